// Vectors of the schemes that sign requests of HTTP.
import { type HttpRequest, readRequest } from '../../src/http/message.js';
import {
  ACCEPT_UNSIGNED_PAYLOAD,
  deriveSigV4aKeyPair,
  deriveSigV4Key,
  presignSigV4,
  signSigV4,
  type SigV4Path,
  UNSIGNED_PAYLOAD,
  verifySigV4,
} from '../../src/http/sigv4.js';
import { exportPublicKey } from '../../src/key/export.js';
import { importSecret, type Key } from '../../src/key/secret.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { hmacSha256, type MacAlgorithm } from '../../src/primitive/hmac.js';
import { type Case, type Cell, octetsOf, ofKind, type Question, type VectorFile } from './cases.js';

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

interface SigV4Case extends Case {
  readonly request: Sent;
  readonly accessKeyId: string;
  readonly secret: string;
  readonly region: string;
  readonly service: string;
  readonly time: number;
  readonly path: SigV4Path;
  readonly payload: 'signed' | 'header' | 'unsigned';
  readonly form: 'header' | 'query';
  readonly headers: readonly string[];
  readonly sessionToken?: string;
  readonly expires?: number;
  readonly stringToSign: string;
  readonly signature: string;
}

export function sigV4Cells(files: readonly VectorFile[]): Cell[] {
  return ofKind(files, 'sigv4').flatMap(({ file, algorithm, cases }): Cell[] => [
    { title: file, algorithm, operation: 'tag', cases, ask: (item) => signs(item as SigV4Case) },
    {
      title: file,
      algorithm,
      operation: 'verify',
      cases,
      ask: (item) => verifies(item as SigV4Case),
    },
  ]);
}

export function sigV4aCells(files: readonly VectorFile[]): Cell[] {
  return ofKind(files, 'sigv4a').map(({ file, algorithm, cases }) => ({
    title: file,
    algorithm,
    operation: 'verify',
    cases,
    ask: (item) => verifiesA(item as SigV4Case & { readonly publicKey: string }),
  }));
}

/** A request with these fields more and this target. */
function arrived(
  { method, url, headers, body }: Sent,
  more: readonly (readonly [string, string])[] = [],
  target = url,
): HttpRequest {
  return readRequest(
    { method, url: target, headers: [...headers, ...more] },
    { origin: new URL(url).origin, body: octetsOf(body) },
  );
}

function secretOf({ secret }: SigV4Case): Key<MacAlgorithm, 'mac'> {
  return importSecret(secret, { alg: hmacSha256, use: 'mac', encoding: 'utf8' });
}

function keyOf<U extends 'mac' | 'verify'>(item: SigV4Case, use: U): Key<MacAlgorithm, U> {
  const { accessKeyId, region, service, time } = item;
  const day = new Date(time * 1000).toISOString().slice(0, 10).replaceAll('-', '');
  return deriveSigV4Key(secretOf(item), { accessKeyId, day, region, service, use });
}

interface Signed {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
  readonly request: HttpRequest;
}

function signed(item: SigV4Case): Signed {
  const { request, time: now, path, payload, headers, sessionToken, expires } = item;
  const given = { now, path, headers, sessionToken };
  const key = keyOf(item, 'mac');
  if (item.form === 'query') {
    const digest = payload === 'unsigned' ? UNSIGNED_PAYLOAD : 'signed';
    const options = { ...given, payload: digest, expires: Number(expires) } as const;
    const made = presignSigV4(arrived(request), key, options);
    const signature = /X-Amz-Signature=([^&]*)/.exec(made.target)?.[1] ?? '';
    return { ...made, signature, request: arrived(request, [], made.target) };
  }
  const digest = payload === 'unsigned' ? UNSIGNED_PAYLOAD : payload;
  const made = signSigV4(arrived(request), key, { ...given, payload: digest });
  const signature = made.headers.at(-1)?.[1].split('Signature=')[1] ?? '';
  return { ...made, signature, request: arrived(request, made.headers) };
}

function signs(item: SigV4Case): readonly Question[] {
  return [
    [String(item['canonicalRequest']), () => signed(item).canonicalRequest],
    [item.stringToSign, () => signed(item).stringToSign],
    [item.signature, () => signed(item).signature],
  ];
}

function verifies(item: SigV4Case): readonly Question[] {
  const { service, region, path, payload, form, time, accessKeyId, headers } = item;
  const verify = (request: HttpRequest): string =>
    verifySigV4(request, keyOf(item, 'verify'), {
      now: time,
      tolerance: 0,
      maxAge: 1,
      form,
      service,
      region,
      path,
      headers,
      payload: payload === 'unsigned' ? ACCEPT_UNSIGNED_PAYLOAD : undefined,
    }).accessKeyId;
  const other = (request: HttpRequest): HttpRequest => ({ ...request, method: 'DELETE' });
  return [
    [accessKeyId, () => verify(signed(item).request)],
    ['ERR_VERIFY_FAILED', () => verify(other(signed(item).request))],
  ];
}

function verifiesA(item: SigV4Case & { readonly publicKey: string }): readonly Question[] {
  const { request, accessKeyId, service, region, path, time, publicKey } = item;
  const { publicKey: key } = deriveSigV4aKeyPair(secretOf(item), {
    accessKeyId,
    alg: ecdsaP256Sha256,
  });
  const point = (): Uint8Array => exportPublicKey(key, 'raw');
  if (!('request' in item)) return [[publicKey, point]];
  const options = {
    now: time,
    tolerance: 0,
    maxAge: 1,
    form: 'either',
    service,
    region,
    path,
  } as const;
  return [
    [publicKey, point],
    [accessKeyId, () => verifySigV4(arrived(request), key, options).accessKeyId],
    [
      'ERR_VERIFY_FAILED',
      () => verifySigV4({ ...arrived(request), method: 'PUT' }, key, options).accessKeyId,
    ],
  ];
}
