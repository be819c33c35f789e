/**
 * One signature verified, whatever serialization it came in.
 *
 * @module
 */
import { decodeBase64Url } from '../bytes/base64.js';
import { type Bytes, octets } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import type { JsonObject } from '../canonical/json.js';
import { CountersignError } from '../errors.js';
import { named } from '../key/options.js';
import { openCompact, split } from './compact.js';
import { checkCritical, checkUnderstood, type Header, readProtected } from './header.js';
import { inputOf } from './input.js';
import {
  type Candidate,
  candidatesFor,
  checkKeys,
  type RingOptions,
  type Verifier,
  verifierOf,
  type VerifyingKeys,
} from './keys.js';

/** How a JWS is verified. */
export interface JwsOptions extends RingOptions {
  /** The payload, where it is detached. One that is not given stands in the message. */
  readonly payload?: Uint8Array;
  /**
   * The extensions in `crit` that the caller honours, by what is then in the header. `b64` is
   * honoured here: with it a payload may be signed as it is, RFC 7797.
   */
  readonly understood?: readonly string[];
  /** Octets of the message that are read: 8192, or what stands here. */
  readonly maxBytes?: number;
}

/** What one signature covers, and whose it is. */
export interface Jws extends Verifier {
  readonly payload: Bytes;
  /** The members of the protected header, frozen. */
  readonly header: JsonObject;
}

/** The same with what a reader made of the payload. */
export interface Opened<T> extends Omit<Jws, 'payload'> {
  readonly content: T;
}

/** What a caller wants verified, checked. */
export interface Verification {
  readonly keys: VerifyingKeys;
  readonly ring: RingOptions;
  readonly detached: Uint8Array | undefined;
  readonly understood: readonly string[];
}

/** A signature as it stands in a message. */
export interface Signature {
  /** The protected header, in base64url, and read. */
  readonly encoded: string;
  readonly header: Header;
  readonly alg: string | undefined;
  readonly kid: string | undefined;
  /** In base64url. */
  readonly signature: string;
}

const OPTIONS = ['algs', 'now', 'payload', 'understood', 'maxBytes'];

/** Checks what the caller gave, before the message is looked at. */
export function readOptions(keys: VerifyingKeys, options: JwsOptions): Verification {
  const { algs, now, payload, understood } = named(options, 'options', OPTIONS);
  const ring = { ...(algs === undefined ? {} : { algs }), ...(now === undefined ? {} : { now }) };
  const verification = readVerification(keys, ring, understood);
  // A payload that somebody forgot is not one that stands in the message.
  if (!('payload' in options)) return verification;
  return { ...verification, detached: octets(payload, 'options.payload') };
}

/** The same for a payload that stands in the message. */
export function readVerification(
  keys: VerifyingKeys,
  ring: RingOptions,
  understood: readonly string[] = [],
): Verification {
  checkKeys(keys, ring);
  checkUnderstood(understood);
  return { keys, ring, detached: undefined, understood };
}

/**
 * Refuses a JWS in the compact serialization or returns what it covers. The payload is lent to
 * `read`, which is called once the signature was verified.
 */
export function verifyCompact<T>(
  token: string,
  verification: Verification,
  maxBytes: number | undefined,
  read: (payload: Uint8Array) => T,
): Opened<T> {
  const points = split(token, maxBytes);
  const encoded = token.slice(0, points.header);
  const header = readProtected(encoded);
  checkCritical(header, verification.understood);
  const { members, alg, kid, b64 } = header;
  const { keys, ring, detached } = verification;
  // Before the token is opened: a ring may be the caller's own code, which verifies others.
  const candidates = candidatesFor(keys, ring, alg, kid);
  return openCompact(token, points, ({ input, payload, signature }) => {
    const isAttached = detached === undefined;
    // Octets that are no base64url have no place in a token.
    if ((!isAttached && payload.length > 0) || (isAttached && !b64)) throw misplaced(detached);
    const signed = isAttached ? input : inputOf(encoded, detached, b64);
    const { key, id } = verifierOf(candidates, signed, signature);
    const content = read(detached ?? payload);
    return { content, header: members, keyId: id, relaxed: key.relaxed };
  });
}

/** What a signature of JSON covers, and the key that it verified under. */
export interface Found {
  readonly jws: Jws;
  readonly by: Candidate;
}

/** Refuses a signature of JSON or returns what it covers; `payload` is that of the message. */
export function verifyOne(
  { encoded, header, alg, kid, signature }: Signature,
  payload: string | undefined,
  { keys, ring, detached, understood }: Verification,
): Found {
  checkCritical(header, understood);
  const { b64, members } = header;
  if ((payload === undefined) === (detached === undefined)) throw misplaced(detached);
  const content =
    payload === undefined
      ? new Uint8Array(detached as Uint8Array)
      : b64
        ? decodeBase64Url(payload)
        : encodeUtf8(payload);
  const input = inputOf(encoded, content, b64);
  const value = decodeBase64Url(signature);
  const by = verifierOf(candidatesFor(keys, ring, alg, kid), input, value);
  const { key, id } = by;
  return { jws: { payload: content, header: members, keyId: id, relaxed: key.relaxed }, by };
}

function misplaced(detached: Uint8Array | undefined): CountersignError {
  return new CountersignError(
    'ERR_JOSE_FORM',
    detached === undefined
      ? 'expected a payload in the message, found it detached'
      : 'expected a detached payload, found one in the message',
  );
}
