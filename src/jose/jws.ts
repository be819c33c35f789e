/**
 * JSON Web Signature, {@link https://www.rfc-editor.org/rfc/rfc7515 RFC 7515}: the compact
 * serialization here, the JSON ones beside it in jws-json.ts, each with its payload detached
 * (appendix F) or not encoded ({@link https://www.rfc-editor.org/rfc/rfc7797 RFC 7797}) where asked
 * for. `countersign/jose/jws`.
 *
 * The key decides the algorithm; a message whose `alg` is no name of it is refused. What comes back
 * is what was signed: the payload and the protected header, never the unprotected one.
 *
 * With one key, `kid` says nothing: the caller knows whose message it is. With a ring it finds the
 * key, and one that is not found is refused.
 *
 * A payload that is not encoded is detached in the compact form. RFC 7797, section 5.2, lets some
 * texts stand there as they are, and leaves it to each application which.
 *
 * Of an ECDSA signature (r, s) anyone makes (r, n - s), which verifies too. A guard against replays
 * goes by what was signed, such as a `jti`, and not by the text of a token.
 *
 * @module
 */
import { asciiText } from '../bytes/ascii.js';
import { encodeBase64Url } from '../bytes/base64.js';
import type { Bytes } from '../bytes/octets.js';
import type { JsonObject, JsonValue } from '../canonical/json.js';
import { named } from '../key/options.js';
import type { Key } from '../key/handle.js';
import type { Relaxation } from '../key/policy.js';
import type { KeyRing } from '../key/ring.js';
import type { RemoteMac, RemoteSigner } from '../key/remote.js';
import { type Verified, verified } from '../scheme/verified.js';
import { headerOfCompact } from './compact.js';
import { type Making, signatureBy, signatureByAsync, unsigned, type Unsigned } from './input.js';
import type {
  AsyncSigningKey,
  JwsAlgorithm,
  RingOptions,
  SigningKey,
  Verifier,
  VerifyingKeys,
} from './keys.js';
import { type Jws, type JwsOptions, readOptions, verifyCompact } from './verify.js';

export * from './jws-json.js';
export type {
  AsyncSigningKey,
  Bytes,
  JsonObject,
  JsonValue,
  Jws,
  JwsAlgorithm,
  JwsOptions,
  Key,
  KeyRing,
  Making,
  RemoteMac,
  RemoteSigner,
  RingOptions,
  SigningKey,
  Verified,
  Verifier,
  VerifyingKeys,
  Relaxation,
};

/** Signs, and writes the compact serialization: RFC 7515, section 3.1. */
export function signJws(payload: Uint8Array, key: SigningKey, making: Making = {}): string {
  const parts = unsigned(payload, key, named(making, 'options', MAKING));
  return compact(parts, making.b64 !== false, signatureBy(key, parts.input));
}

/** The same with a key here or elsewhere. */
export async function signJwsAsync(
  payload: Uint8Array,
  key: AsyncSigningKey,
  making: Making = {},
): Promise<string> {
  const parts = unsigned(payload, key, named(making, 'options', MAKING));
  return compact(parts, making.b64 !== false, await signatureByAsync(key, parts.input));
}

/** Verifies a JWS in the compact serialization. */
export function verifyJws(
  token: string,
  keys: VerifyingKeys,
  options: JwsOptions = {},
): Verified<Jws> {
  const verification = readOptions(keys, options);
  const found = verifyCompact(token, verification, options.maxBytes, copyOf);
  const { content: payload, header, keyId, relaxed } = found;
  return verified({ payload, header, keyId, relaxed });
}

/**
 * The header of a JWS of which nothing was verified: for whoever must fetch a key by its `kid`
 * before it can be. Nothing else is to be believed of it.
 */
export function readUnverifiedHeader(
  token: string,
  options: Pick<JwsOptions, 'maxBytes'> = {},
): JsonObject {
  const { maxBytes } = named(options, 'options', ['maxBytes']);
  return headerOfCompact(token, maxBytes).members;
}

const MAKING = ['header', 'detached', 'b64'];

function copyOf(payload: Uint8Array): Bytes {
  return new Uint8Array(payload);
}

/** Octets that are no base64url have no place in a token. */
function compact(
  { header, isAttached, input }: Unsigned,
  b64: boolean,
  signature: Uint8Array,
): string {
  const start = isAttached && b64 ? asciiText(input) : `${header}.`;
  return `${start}.${encodeBase64Url(signature)}`;
}
