/**
 * Proofs of possession, DPoP: {@link https://www.rfc-editor.org/rfc/rfc9449 RFC 9449}.
 * `countersign/jose/dpop`.
 *
 * A proof brings its own public key, so a proof that verifies shows nothing by itself. A resource
 * server knows the key's thumbprint, from `cnf.jkt` of the access token, and `verifyDpop` takes
 * that. A token endpoint learns it here: `verifyUnboundDpop` returns a key that is bound to
 * nothing, and the endpoint binds to it the token that it issues.
 *
 * What a proof can't show is that it comes for the first time. `jti` and the time until which it
 * would be taken again are in the result; who remembers the one until the other sees replays
 * (section 11.1).
 *
 * @module
 */
import { encodeBase64Url } from '../bytes/base64.js';
import { fields, text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import type { JsonObject, JsonValue } from '../canonical/json.js';
import { CountersignError } from '../errors.js';
import { exportPublicKey } from '../key/export.js';
import { Key } from '../key/handle.js';
import { named } from '../key/options.js';
import { importHalf } from '../key/pair.js';
import type { RemoteSigner } from '../key/remote.js';
import type { SigningAlgorithm } from '../key/use.js';
import { sha256 } from '../primitive/digest.js';
import { randomOctets } from '../primitive/random.js';
import { checkAge, type Clock, readClock } from '../scheme/freshness.js';
import { type Verified, verified } from '../scheme/verified.js';
import { checkType, claim, namesOf, needClaim, needText, readAge, readClaims } from './claims.js';
import { openCompact, split } from './compact.js';
import { checkCritical, isObject, readProtected } from './header.js';
import { verifierOf } from './keys.js';
import { hasPrivateMember } from './jwk-import.js';
import { isNameOf, nameFor } from './names.js';
import { signJws, signJwsAsync } from './jws.js';
import { hasMore, targetOf } from './target.js';
import { writeClaims } from './token.js';

export type { JsonObject, JsonValue, Key, RemoteSigner, SigningAlgorithm, Verified };

/** Says that no access token goes with a proof: at a token endpoint. */
export const NO_ACCESS_TOKEN: unique symbol = /* @__PURE__ */ Symbol('countersign.NO_ACCESS_TOKEN');
/** Takes proofs without a nonce of the server's: with clocks alone against replays. */
export const NO_NONCE: unique symbol = /* @__PURE__ */ Symbol('countersign.NO_NONCE');

/** What a proof is made for. */
export interface DpopMaking {
  readonly method: string;
  /** The URL of the request; its query and fragment are left out of the proof. */
  readonly url: string;
  /** The present, in seconds since 1970. */
  readonly now: number;
  /** The access token that goes with it. */
  readonly accessToken: string | typeof NO_ACCESS_TOKEN;
  /** The nonce that the server gave last. */
  readonly nonce: string | typeof NO_NONCE;
}

/** What any proof is verified for. */
export interface DpopRequest {
  /** The algorithms of which the key may be. */
  readonly algs: readonly SigningAlgorithm[];
  readonly method: string;
  /** The URL of the request; its query and fragment are not compared. */
  readonly url: string;
  /** The present, in seconds since 1970. */
  readonly now: number;
  /** By how many seconds the client's clock may differ: 0 to 86,400. */
  readonly clockTolerance: number;
  /** How many seconds ago the proof may have been made. */
  readonly maxAge: number;
  /** The nonce that the server gave, or those that it still takes. */
  readonly nonce: string | readonly string[] | typeof NO_NONCE;
  /** Octets of the proof that are read: 8192, or what stands here. */
  readonly maxBytes?: number;
}

/** What a proof is verified for that comes with an access token. */
export interface DpopOptions extends DpopRequest {
  /** `cnf.jkt` of the access token, which must have been verified. */
  readonly thumbprint: string;
  /** The access token; a proof must be of this one. */
  readonly accessToken: string | typeof NO_ACCESS_TOKEN;
}

/** What a proof says. */
export interface Dpop {
  /** The thumbprint of the key that made it, RFC 7638. */
  readonly thumbprint: string;
  /** What tells it from other proofs. */
  readonly jti: string;
  readonly iat: number;
  /** The second from which on it is refused for its age: until then its `jti` is kept. */
  readonly until: number;
  readonly claims: JsonObject;
}

/** A key that a proof was made with, and that nothing was bound to yet. */
export interface UnboundKey extends Dpop {
  readonly key: Key<SigningAlgorithm, 'verify'>;
}

/** Makes a proof of possession of a private key. */
export function createDpopProof(key: Key<SigningAlgorithm, 'sign'>, making: DpopMaking): string {
  const [claims, header] = proofOf(exportPublicKey(key, 'jwk'), making);
  return signJws(writeClaims(claims), key, { header });
}

/** The same with a key here or elsewhere. */
export async function createDpopProofAsync(
  key: Key<SigningAlgorithm, 'sign'> | RemoteSigner,
  making: DpopMaking,
): Promise<string> {
  const holder = key instanceof Key ? key : fields(key, 'key', 'a key that signs').publicKey;
  const [claims, header] = proofOf(exportPublicKey(holder, 'jwk'), making);
  return signJwsAsync(writeClaims(claims), key, { header });
}

/** Verifies a proof of possession of the key that an access token is bound to. */
export function verifyDpop(proof: string, options: DpopOptions): Verified<Dpop> {
  const { accessToken } = named(options, 'options', [...REQUEST, 'thumbprint', 'accessToken']);
  const expected = text(options.thumbprint, 'options.thumbprint');
  const ath = accessToken === NO_ACCESS_TOKEN ? undefined : hashOf(accessToken);
  const { thumbprint, jti, iat, until, claims } = verifyProof(proof, options, expected);
  if (ath !== undefined && claims['ath'] !== ath) {
    throw new CountersignError('ERR_DPOP_BINDING', 'ath: expected the digest of the access token');
  }
  return verified({ thumbprint, jti, iat, until, claims });
}

/**
 * Verifies a proof at a token endpoint, which binds to its key what it issues. Anyone makes such a
 * proof: it says nothing of who the client is.
 */
export function verifyUnboundDpop(proof: string, options: DpopRequest): Verified<UnboundKey> {
  return verified(verifyProof(proof, named(options, 'options', REQUEST), undefined));
}

const TYPE = 'dpop+jwt';
const REQUEST: readonly string[] = [
  'algs',
  'method',
  'url',
  'now',
  'clockTolerance',
  'maxAge',
  'nonce',
  'maxBytes',
];
/** RFC 9110, section 9.1: a token, and methods have case. */
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;
/** Longer than any id that is drawn; the server keeps them. */
const LONGEST_ID = 256;
/** Of 4096 bits, in base64url. Anyone brings a key here, and a longer one costs four times as much. */
const LONGEST_MODULUS = 683;

function proofOf(
  jwk: Readonly<Record<string, string>>,
  making: DpopMaking,
): readonly [claims: Record<string, unknown>, header: Record<string, unknown>] {
  const { method, url, now, accessToken, nonce } = named(making, 'options', MAKING);
  const htu = text(url, 'options.url').replace(/[?#][^]*$/, '');
  if (targetOf(htu) === undefined) throw new TypeError('options.url: expected a URL of HTTP');
  const claims = {
    jti: encodeBase64Url(randomOctets(16)),
    htm: readMethod(method),
    htu,
    iat: now,
    ...(accessToken === NO_ACCESS_TOKEN ? {} : { ath: hashOf(accessToken) }),
    ...(nonce === NO_NONCE ? {} : { nonce: text(nonce, 'options.nonce') }),
  };
  return [claims, { typ: TYPE, jwk }];
}

const MAKING = ['method', 'url', 'now', 'accessToken', 'nonce'];

/**
 * Section 4.3, all of it. Whoever sends a proof chooses its key: so what costs little is looked at
 * first, and the signature once the proof is one for this request.
 */
function verifyProof(
  proof: string,
  options: DpopRequest,
  thumbprint: string | undefined,
): UnboundKey {
  const { algs, now, clockTolerance } = options;
  const clock = readClock(now, clockTolerance, 'options.clockTolerance');
  const maxAge = readAge(options.maxAge);
  const method = readMethod(options.method);
  const target = targetOf(text(options.url, 'options.url'));
  if (target === undefined) throw new TypeError('options.url: expected an absolute URL of HTTP');
  const nonces = options.nonce === NO_NONCE ? undefined : namesOf(options.nonce, 'options.nonce');
  checkAlgorithms(algs);

  const points = split(proof, options.maxBytes);
  const header = readProtected(proof.slice(0, points.header));
  const { alg, typ, members } = header;
  checkType(typ, [TYPE]);
  checkCritical(header, []);
  const chosen = algs.find((one) => isNameOf(alg ?? '', one));
  if (chosen === undefined) {
    throw new CountersignError(
      'ERR_JOSE_ALGORITHM',
      'header: expected alg to be among options.algs',
    );
  }
  const key = importProofKey(members, chosen);
  if (thumbprint !== undefined && key.id !== thumbprint) {
    throw new CountersignError(
      'ERR_DPOP_BINDING',
      'jwk: expected the key that the token is bound to',
    );
  }
  const { claims, jti, iat } = openCompact(proof, points, ({ input, payload, signature }) => {
    const said = readClaims(payload);
    const id = needText(said, 'jti');
    if (id.length > LONGEST_ID) throw claim('jti', `at most ${LONGEST_ID} characters`);
    if (needText(said, 'htm') !== method) throw otherRequest('htm');
    const htu = needText(said, 'htu');
    if (hasMore(htu) || targetOf(htu) !== target) throw otherRequest('htu');
    const time = needClaim(said, 'iat');
    checkAge('iat', time, maxAge, clock);
    verifierOf([{ key, id: key.id }], input, signature);
    return { claims: said, jti: id, iat: time };
  });
  if (nonces !== undefined && !nonces.includes(claims['nonce'] as string)) {
    throw new CountersignError('ERR_DPOP_NONCE', 'nonce: expected one that the server gave');
  }
  const until = untilOf(iat as number, maxAge, clock);
  return {
    key,
    thumbprint: key.id ?? '',
    jti,
    iat: iat as number,
    until,
    claims: Object.freeze(claims),
  };
}

/** The public key of a proof, by the policy for every key, before anything is computed with it. */
function importProofKey(
  header: JsonObject,
  alg: SigningAlgorithm,
): Key<SigningAlgorithm, 'verify'> {
  const { jwk } = header;
  if (!isObject(jwk)) throw new CountersignError('ERR_JOSE_HEADER', 'header: expected jwk');
  if (hasPrivateMember(jwk)) {
    throw new CountersignError(
      'ERR_KEY_PRIVATE',
      'jwk: expected a public key, found private members',
    );
  }
  const { n } = jwk;
  if (typeof n === 'string' && n.length > LONGEST_MODULUS) {
    throw new CountersignError('ERR_RSA_MODULUS', 'jwk: expected an RSA key of at most 4096 bits');
  }
  return importHalf(jwk, 'public', alg.family, { alg, use: 'verify' });
}

function checkAlgorithms(algs: readonly SigningAlgorithm[]): void {
  if (!Array.isArray(algs) || algs.length === 0) {
    throw new TypeError('options.algs: expected an array of algorithms');
  }
  for (const alg of algs as readonly SigningAlgorithm[]) {
    nameFor(fields(alg, 'options.algs', 'algorithms'));
    // A secret that everybody is shown is none.
    if ((alg.kind as string) === 'signature') continue;
    throw new TypeError('options.algs: expected algorithms of key pairs');
  }
}

function readMethod(method: string): string {
  if (METHOD.test(text(method, 'options.method'))) return method;
  throw new TypeError('options.method: expected a method of HTTP');
}

/** `ath`, section 4.2: over the token's ASCII, of which all of it is. */
function hashOf(accessToken: string): string {
  const given = text(accessToken, 'options.accessToken');
  if (!/^[\x21-\x7e]+$/.test(given)) {
    throw new TypeError('options.accessToken: expected an access token, in printable ASCII');
  }
  return encodeBase64Url(sha256.digest(encodeUtf8(given)));
}

function untilOf(iat: number, maxAge: number, { tolerance }: Clock): number {
  return Math.floor(iat) + maxAge + tolerance + 1;
}

function otherRequest(name: string): CountersignError {
  return new CountersignError('ERR_DPOP_REQUEST', `${name}: expected the request at hand`);
}
