/**
 * URLs under which the sender may know the receiver: what stands between them rewrites scheme, host,
 * port and path.
 *
 * @module
 */
import { type Case, type Found, proved } from './case.js';
import type { FaultCode } from './codes.js';
import { decoded, PERCENT, strict } from './form.js';
import { valuesOf } from './headers.js';

/** The URLs and methods that would verify. */
export function* urlFaults(at: Case, others: readonly string[]): Iterable<Found> {
  const { url, method } = at.message;
  const found = new Set<FaultCode>();
  const tried = new Set([url]);
  for (const [code, made] of candidates(at, others)) {
    if (tried.has(made) || found.has(code)) continue;
    tried.add(made);
    if (!at.holds({ message: { ...at.message, url: made } })) continue;
    found.add(code);
    yield proved(code);
  }
  for (const other of new Set([method?.toUpperCase(), 'POST', 'GET', 'PUT'])) {
    if (method === undefined || other === method) continue;
    if (!at.holds({ message: { ...at.message, method: other } })) continue;
    yield proved('METHOD_OTHER');
    return;
  }
}

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

const URL_PARTS = /^(https?):\/\/([^/?#:[\]]+|\[[^\]]*\])(:\d+)?(\/[^?#]*)?(\?[^#]*)?(?:#.*)?$/i;

/** One change first, then those that come together. */
function* candidates(
  { message }: Case,
  others: readonly string[],
): Iterable<readonly [FaultCode, string]> {
  const [, scheme = '', host = '', port = '', path = '', query = ''] =
    URL_PARTS.exec(message.url ?? '') ?? [];
  if (scheme === '') return;
  const given: Parts = { scheme, host, port, path, query };
  const write = (change: Partial<Parts>) => {
    const of = { ...given, ...change };
    return `${of.scheme}://${of.host}${of.port}${of.path}${of.query}`;
  };
  const otherScheme = scheme.toLowerCase() === 'https' ? 'http' : 'https';
  const schemes = [otherScheme, scheme.toLowerCase()];
  const ports = ['', scheme.toLowerCase() === 'https' ? ':443' : ':80', ':443', ':80'];
  const forwarded = forwardedHosts(message);
  for (const other of schemes) yield ['URL_SCHEME', write({ scheme: other })];
  for (const other of ports) yield ['URL_PORT', write({ port: other })];
  yield ['URL_HOST', write({ host: host.toLowerCase() })];
  for (const [name, number] of forwarded) {
    yield ['URL_HOST', write({ host: name, port: number })];
  }
  yield ['URL_SLASH', write({ path: path.endsWith('/') ? path.slice(0, -1) : `${path}/` })];
  yield* paths(given, write);
  yield* queries(given, write);
  for (const other of others) yield [codeOfOther(given, other), other];
  for (const other of schemes) {
    for (const number of ports) yield ['URL_ORIGIN', write({ scheme: other, port: number })];
    for (const [name, number] of forwarded) {
      yield ['URL_ORIGIN', write({ scheme: other, host: name, port: number })];
      yield ['URL_ORIGIN', write({ scheme: other, host: name, port: '' })];
    }
  }
}

function* paths(
  { path }: Parts,
  write: (change: Partial<Parts>) => string,
): Iterable<readonly [FaultCode, string]> {
  const segments = path.split('/').slice(1);
  for (let count = 1; count <= 3 && count < segments.length; count++) {
    yield ['URL_PREFIX', write({ path: `/${segments.slice(count).join('/')}` })];
  }
  yield ['URL_ENCODING', write({ path: decoded(path) })];
  yield ['URL_ENCODING', write({ path: path.replaceAll(PERCENT, (of) => of.toUpperCase()) })];
  yield ['URL_ENCODING', write({ path: path.replaceAll(PERCENT, (of) => of.toLowerCase()) })];
  yield ['URL_ENCODING', write({ path: encodedUri(path) })];
  const whole = path.split('/').map((segment) => strict(decoded(segment)));
  yield ['URL_ENCODING', write({ path: whole.join('/') })];
}

function* queries(
  { query }: Parts,
  write: (change: Partial<Parts>) => string,
): Iterable<readonly [FaultCode, string]> {
  if (query === '') return;
  const pairs = query.slice(1).split('&');
  const rewritten = [
    '',
    decoded(query),
    query.replaceAll('+', '%20'),
    query.replaceAll('%20', '+'),
    query.replaceAll(PERCENT, (of) => of.toUpperCase()),
    query.replaceAll(PERCENT, (of) => of.toLowerCase()),
    encodedUri(query),
    `?${pairs.toSorted().join('&')}`,
    query.replace(/^\?&|&$/, ''),
  ];
  for (const other of rewritten) yield ['URL_QUERY', write({ query: other })];
}

/** Hosts that the message names itself: good enough to explain, and never to verify by. */
function forwardedHosts(
  message: Case['message'],
): readonly (readonly [host: string, port: string])[] {
  return ['x-forwarded-host', 'host'].flatMap((name) => {
    const [value = ''] = valuesOf(message, name);
    const [, host, port = ''] = /^([A-Za-z0-9.-]+)(:\d+)?$/.exec(value.trim()) ?? [];
    return host === undefined ? [] : [[host, port] as const];
  });
}

/** What differs first in a URL that was given for comparison. */
function codeOfOther(given: Parts, other: string): FaultCode {
  const [, scheme = '', host = '', port = '', path = ''] = URL_PARTS.exec(other) ?? [];
  const changes: FaultCode[] = [];
  if (scheme !== given.scheme) changes.push('URL_SCHEME');
  if (host !== given.host) changes.push('URL_HOST');
  if (port !== given.port) changes.push('URL_PORT');
  if (changes.length > 1) return 'URL_ORIGIN';
  return changes[0] ?? (path === given.path ? 'URL_QUERY' : 'URL_PREFIX');
}

function encodedUri(text: string): string {
  try {
    return encodeURI(decoded(text));
  } catch {
    return text;
  }
}
