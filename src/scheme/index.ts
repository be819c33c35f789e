/**
 * What a program does with schemes. `countersign/scheme`. What schemes are described with has a door of
 * its own, vocabulary.ts, so that a program that verifies loads none of it.
 *
 * @module
 */
export type { AlgorithmName, Key, KeyPurpose } from '../key/handle.js';
export type { Relaxation } from '../key/policy.js';
export type { KeyRing } from '../key/ring.js';
export type { Bytes } from '../bytes/octets.js';
export type { FormPair } from '../canonical/form-pair.js';
export { identify } from './identify.js';
export { ACCEPT_UNVERIFIED_BODY } from './scheme.js';
export type {
  Identity,
  Scheme,
  SchemeResult,
  SchemeText,
  SlotText,
  Strength,
  VerifyOptions,
} from './scheme.js';
export type { SignedMessage } from './signed.js';
export { verify } from './verify.js';
export { type JsonBodyOptions, type JsonResult, verifyJson } from './verify-json.js';
export { sign, signAsync, type SignOptions } from './sign.js';
export { ALLOW_WEAK_SECRET, secretFor } from './secret.js';
export { describeScheme } from './describe.js';
export { replayDigest, type ReplayDigest } from './replay.js';
export { textPairs } from './text-pairs.js';
export type { SchemeKeys } from './keys.js';
export type { Covers, How } from './part.js';
export type { SchemeMessage, Settings } from './message.js';
export type { Unverified, Verified } from './verified.js';
export type { About, Fact, Sure } from './about.js';
export type { JsonValue } from '../canonical/json-value.js';
export type { Values } from './scheme.js';
export type { SchemeSecretOptions } from './secret.js';
