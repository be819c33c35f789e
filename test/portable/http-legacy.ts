// Vectors of draft-cavage-http-signatures-12 and of OAuth 1.0.
import {
  type CavageAlgorithm,
  type CavageSigningKey,
  signCavage,
  verifyCavage,
} from '../../src/http/cavage.js';
import { type HttpRequest, readRequest } from '../../src/http/message.js';
import {
  type Oauth1Algorithm,
  oauth1BaseString,
  oauth1Secret,
  type Oauth1SigningKey,
  signOauth1,
  verifyOauth1,
} from '../../src/http/oauth1.js';
import { ALLOW_RSA_1024, ALLOW_WEAK_SECRET, importKey, type Key } from '../../src/key/index.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { hmacSha1, rsaPkcs1Sha1 } from '../../src/primitive/legacy/index.js';
import { rsaPkcs1Sha256, rsaPkcs1Sha512 } from '../../src/primitive/rsa.js';
import {
  type Case,
  type Cell,
  get,
  octetsOf,
  ofKind,
  type Question,
  type VectorFile,
} from './cases.js';

type Jwk = Readonly<Record<string, string>>;

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

interface CavageCase extends Case {
  readonly alg: string;
  readonly key: Jwk | string;
  readonly relaxed?: boolean;
  readonly request: Sent;
  readonly now: number;
  readonly keyId: string;
  readonly names: readonly string[];
  readonly algorithm: 'own' | 'hs2019' | 'none';
  readonly created?: number;
  readonly expires?: number;
  readonly signingString: string;
  readonly value: string;
}

interface Oauth1Case extends Case {
  readonly alg: string;
  readonly secrets?: readonly [string, string];
  readonly key?: Jwk;
  readonly request: Sent;
  readonly consumerKey: string;
  readonly token?: string;
  readonly now: number;
  readonly body: 'hash' | 'form';
  readonly query: 'decoded' | 'raw';
  readonly baseString: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly signature: string;
  readonly value: string;
}

const FORM = { encoding: 'der', s: 'any' } as const;
const ALGORITHMS = new Map(
  [
    ecdsaP256Sha256,
    ed25519,
    hmacSha1,
    hmacSha256,
    rsaPkcs1Sha1,
    rsaPkcs1Sha256,
    rsaPkcs1Sha512,
  ].map((alg) => [alg.name, alg] as const),
);

export function cavageCells(files: readonly VectorFile[]): Cell[] {
  return ofKind(files, 'cavage').flatMap(({ file, cases }) =>
    cellsOf(file, cases as readonly CavageCase[], signsCavage, verifiesCavage),
  );
}

export function oauth1Cells(files: readonly VectorFile[]): Cell[] {
  return ofKind(files, 'oauth1').flatMap(({ file, cases }) =>
    cellsOf(file, cases as readonly Oauth1Case[], signsOauth1, verifiesOauth1),
  );
}

/** Cells for each algorithm: what it signs, as far as a private key is there, and what it verifies. */
function cellsOf<C extends Case & { readonly alg: string }>(
  file: string,
  cases: readonly C[],
  sign: (item: C) => readonly Question[],
  verify: (item: C) => readonly Question[],
): Cell[] {
  return [...new Set(cases.map(({ alg }) => alg))].flatMap((algorithm): Cell[] => {
    const own = cases.filter(({ alg }) => alg === algorithm);
    const signing = own.filter((item) => sign(item).length > 0);
    const operation = algorithm.startsWith('HMAC') ? 'tag' : 'sign';
    const title = `${file} ${algorithm}`;
    return [
      ...(signing.length === 0
        ? []
        : [
            {
              title,
              algorithm,
              operation,
              cases: signing,
              ask: (item: Case) => sign(item as C),
            } as const,
          ]),
      { title, algorithm, operation: 'verify', cases: own, ask: (item) => verify(item as C) },
    ];
  });
}

function arrived({ method, url, headers, body }: Sent, more: [string, string][] = []): HttpRequest {
  return readRequest(
    { method, url, headers: [...headers, ...more] },
    { origin: /^[^/]*\/\/[^/]*/.exec(url)?.[0] ?? '', body: octetsOf(body) },
  );
}

function publicJwk(jwk: Jwk): Jwk {
  return Object.fromEntries(
    Object.entries(jwk).filter(([name]) => ['kty', 'crv', 'n', 'e', 'x', 'y'].includes(name)),
  );
}

/** A key of a case: a JWK, or a secret in hexadecimal. */
function keyOf(
  { alg, key, relaxed }: { alg: string; key?: Jwk | string; relaxed?: boolean },
  use: 'sign' | 'verify',
  id?: string,
): Key {
  const algorithm = get(ALGORITHMS, alg);
  if (typeof key === 'string') {
    const given = { alg: hmacSha256, encoding: 'hex', id } as const;
    return use === 'sign'
      ? importKey(key, { ...given, use: 'mac' })
      : importKey(key, { ...given, use: 'verify' });
  }
  const relax = relaxed === true ? [ALLOW_RSA_1024] : undefined;
  const jwk = use === 'sign' ? key : publicJwk(key ?? {});
  return importKey(jwk as never, { alg: algorithm, use, id, relax } as never);
}

function signsCavage(item: CavageCase): readonly Question[] {
  const { key, request, keyId, names: headers, algorithm, created, expires, alg } = item;
  if (typeof key !== 'string' && key['d'] === undefined) return [];
  const options = {
    keyId,
    headers,
    algorithm,
    created,
    expires,
    field: 'signature',
    ecdsa: FORM,
  } as const;
  const signed = (): ReturnType<typeof signCavage> =>
    signCavage(arrived(request), keyOf(item, 'sign') as CavageSigningKey, options);
  const string: Question = [item.signingString, () => signed().signingString];
  if (!alg.startsWith('ECDSA')) return [string, [item.value, () => signed().header[1]]];
  return [string, [keyId, () => verified(item, signed().header)]];
}

function verified(item: CavageCase, header: readonly [string, string]): string {
  const { names: headers, now, keyId, request } = item;
  return String(
    verifyCavage(
      arrived(request, [[...header]]),
      keyOf(item, 'verify', keyId) as Key<CavageAlgorithm, 'verify'>,
      { now, tolerance: 0, maxAge: 60, headers, time: 'either', field: 'either', ecdsa: FORM },
    ).keyId,
  );
}

function verifiesCavage(item: CavageCase): readonly Question[] {
  const { value, keyId, request } = item;
  const lines = request.headers.map(([name, line]): [string, string] => [
    name,
    name === 'Date' ? line.replace(':00 ', ':01 ').replace(':40 ', ':41 ') : line,
  ]);
  const other = { ...item, request: { ...request, method: 'DELETE', headers: lines } };
  const hasDate = item.names.includes('date');
  return [
    [keyId, () => verified(item, ['Signature', value])],
    [keyId, () => verified(item, ['Authorization', `Signature ${value}`])],
    [
      'ERR_VERIFY_FAILED',
      () => verified({ ...other, now: item.now + (hasDate ? 1 : 0) }, ['Signature', value]),
    ],
  ];
}

function oauthKey(item: Oauth1Case, use: 'sign' | 'verify'): Key {
  const { alg, secrets, consumerKey, token } = item;
  if (secrets === undefined) return keyOf(item, use, use === 'verify' ? consumerKey : undefined);
  const [consumerSecret, tokenSecret] = secrets;
  const given = {
    consumerKey,
    consumerSecret,
    token,
    tokenSecret: token === undefined ? undefined : tokenSecret,
  };
  return oauth1Secret(given, {
    alg: alg === 'HMAC-SHA-1' ? hmacSha1 : hmacSha256,
    use: use === 'sign' ? 'mac' : 'verify',
    relax: [ALLOW_WEAK_SECRET],
  });
}

/** What is always written here is in the computed cases alone; SHA-1 under RSA is not signed. */
function signsOauth1(item: Oauth1Case): readonly Question[] {
  const { parameters, alg, request, consumerKey, now, query } = item;
  const given = new Map(parameters);
  if (!given.has('oauth_version') || alg === rsaPkcs1Sha1.name) return [];
  const { body } = item;
  const isForm = request.headers.some(([, value]) => value.includes('form'));
  const nonce = given.get('oauth_nonce');
  const signed = (): ReturnType<typeof signOauth1> =>
    signOauth1(arrived(request), oauthKey(item, 'sign') as Oauth1SigningKey, {
      now,
      consumerKey,
      nonce,
      query,
      body: body === 'form' && !isForm ? 'none' : body,
    });
  const signature = encodeURIComponent(item.signature);
  return [
    [item.baseString, () => signed().baseString],
    [signature, () => /oauth_signature="([^"]*)"/.exec(signed().header[1])?.[1]],
  ];
}

function verifiesOauth1(item: Oauth1Case): readonly Question[] {
  const { request, parameters, value, now, query, body, consumerKey, alg } = item;
  const isForm = request.headers.some(([, line]) => line.includes('form'));
  const form = isForm ? new TextDecoder().decode(octetsOf(request.body)) : undefined;
  const verify = (sent: Sent): string => {
    const key = oauthKey(item, 'verify') as Key<Oauth1Algorithm, 'verify'>;
    const options = { now, tolerance: 0, maxAge: 60, query, body };
    const claims = verifyOauth1(arrived(sent, [['Authorization', value]]), key, options);
    return `${claims.consumerKey} ${claims.strength}`;
  };
  const strength = alg.endsWith('SHA-1') ? 'weak' : 'strong';
  return [
    [item.baseString, () => oauth1BaseString(arrived(request), parameters, { query, form })],
    [`${consumerKey} ${strength}`, () => verify(request)],
    ['ERR_VERIFY_FAILED', () => verify({ ...request, method: 'DELETE' })],
  ];
}
