/**
 * The canonical request of AWS Signature Version 4, which SigV4a has unchanged:
 * {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request
 * Create a canonical request}.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { linesOf } from './covered.js';
import { type HttpRequest, splitTarget } from './message.js';
import { decodePercent, encodePercent, type Pair, pairsOf, sortedPairs } from './percent.js';

/**
 * How the path is written. `normalized`: without empty and dot segments, and what stands on the
 * wire is encoded once more, as all services but S3 have it. `verbatim`: that without removing
 * segments. `s3`: encoded once, and no segment removed, since they are parts of names there.
 */
export type SigV4Path = 'normalized' | 'verbatim' | 's3';

export const SIGV4_PATHS: readonly SigV4Path[] = ['normalized', 'verbatim', 's3'];

/** An empty segment, or one that may be dots. */
const NORMALIZED_AWAY = /\/[/.]/;

/** What is signed, part by part. */
export interface CanonicalParts {
  readonly method: string;
  readonly path: string;
  /** Decoded. */
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly payload: string;
}

/** Writes the canonical request. */
export function canonicalRequest({
  method,
  path,
  query,
  headers,
  payload,
}: CanonicalParts): string {
  const pairs = query.map(([name, value]) => [encodePercent(name), encodePercent(value)] as const);
  return [
    method,
    path,
    sortedPairs(pairs),
    ...headers.map(([name, value]) => `${name}:${value}`),
    '',
    headers.map(([name]) => name).join(';'),
    payload,
  ].join('\n');
}

/** The path as it is signed. */
export function canonicalPath(request: HttpRequest, rule: SigV4Path): string {
  const path = coveredPath(request, rule);
  return rule === 's3' ? path : path.split('/').map(encodePercent).join('/');
}

/** What of the path is signed, encoded once: two requests of one signature have it in common. */
export function coveredPath(request: HttpRequest, rule: SigV4Path): string {
  const [path] = splitTarget(request);
  if (rule === 'verbatim' || (rule === 'normalized' && !NORMALIZED_AWAY.test(path))) return path;
  const segments = path.slice(1).split('/');
  // Segment by segment: `%2F` is no slash, and stays what it is.
  if (rule === 's3') {
    return `/${segments.map((one) => encodePercent(decodePercent(one, 'plus'))).join('/')}`;
  }
  return `/${normalized(segments).join('/')}`;
}

/**
 * The pairs of the query, decoded once. A plus sign is refused: to a server that reads forms it is
 * a space, here it would be signed as `%2B`, and one signature would stand for both.
 */
export function queryOf(request: HttpRequest): readonly Pair[] {
  const query = splitTarget(request)[1]?.slice(1) ?? '';
  if (query.includes('+')) {
    throw new CountersignError('ERR_HTTP_MESSAGE', 'query: expected %20 or %2B, found a plus sign');
  }
  return pairsOf(query).map(
    ([name, value]) => [decodePercent(name, 'plus'), decodePercent(value, 'plus')] as const,
  );
}

/** The fields of these names as they are signed: without runs of blanks, lines joined by commas. */
export function canonicalHeaders(request: HttpRequest, names: readonly string[]): readonly Pair[] {
  return names.map((name) => {
    const lines = linesOf(request, name);
    return [name, lines.map((line) => line.replace(/[\t ]+/g, ' ')).join(',')] as const;
  });
}

/** Without empty segments and `.`, each `..` taking the one before; a last slash stays. */
function normalized(segments: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return segments.at(-1) === '' && kept.length > 0 ? [...kept, ''] : kept;
}
