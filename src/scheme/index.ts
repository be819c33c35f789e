/**
 * Schemes as data: what providers sign, described once; verified, signed and explained by one engine.
 * `countersign/scheme`.
 *
 * @module
 */
export type { AlgorithmName, Key, KeyPurpose } from '../key/handle.js';
export type { Relaxation } from '../key/policy.js';
export type { KeyRing } from '../key/ring.js';
export type { Bytes } from '../bytes/octets.js';
export { composeScheme, type SchemeFacts } from './compile.js';
export { defineScheme } from './define.js';
export { identify } from './identify.js';
export { ACCEPT_UNVERIFIED_BODY } from './scheme.js';
export type {
  Identity,
  Scheme,
  SchemeResult,
  SignedMessage,
  Strength,
  VerifyOptions,
} from './scheme.js';
export { verify } from './verify.js';
export { sign, signAsync, type SignOptions } from './sign.js';
export { ALLOW_WEAK_SECRET, secretFor } from './secret.js';
export {
  anyText,
  anyWithout,
  charset,
  digits,
  printable,
  without,
  type Charset,
} from './charset.js';
export { base64, base64Url, hexEither, hexLower, hexUpper, type Encoding } from './encoding.js';
export { anyKey, keyById, type SchemeKeys, type Selection } from './keys.js';
export { body, slot, type Covers, type CoversOf, type How, type Part } from './part.js';
export { pairs } from './pairs.js';
export {
  after,
  configured,
  drawn,
  header,
  headerList,
  optional,
  orEmpty,
  setting,
} from './source.js';
export { rfc3339, unixMilliseconds, unixSeconds, type TimeUnit } from './time.js';
export type { SchemeMessage, Settings } from './message.js';
export type { Unverified, Verified } from './verified.js';
export type { About, Fact, Sure } from './about.js';
export { ifPresent } from './part.js';
export { method, path, target, url } from './url.js';
export { describeScheme } from './describe.js';
export type { SchemeText, SlotText } from './scheme.js';
export { replayDigest, type ReplayDigest } from './replay.js';
export { type JsonBodyOptions, type JsonResult, verifyJson } from './verify-json.js';
export { formBody, formOf, formQuery, type FormSource, type ParseFormRules } from './form.js';
export {
  params,
  textPairs,
  type FormPair,
  type ParamsRules,
  type ParamsWithFields,
} from './params.js';
export { memberSlice } from './member-slice.js';
export { integerMember, member, type MemberPath } from './member.js';
export {
  type ChecksumOf,
  crc32Of,
  type DigestAlgorithm,
  type DigestCovers,
  digestOf,
  type UsesOf,
  type WeakDigestAlgorithm,
} from './digest-of.js';
export { type KeyLine, keyLines, type KeyLinesCovers } from './key-lines.js';
export { bodyDigestIn } from './body-digest-in.js';
export { respelled } from './respelled.js';
export { containing, beyond, until } from './until.js';
export { lowerCase, upperCase } from './letter-case.js';
export { minified } from './minify.js';
export { lengthPrefixed, type LengthForm } from './length-prefixed.js';
export { namedHeaders, type NamedHeadersRules } from './named-headers.js';
export { percentBase64 } from './percent-base64.js';
export { headersList } from './header-lines.js';
export { tagged, type Tagged } from './tagged.js';
export { type HashWithSecret, hashWithSecret, secretPart } from './hash-with-secret.js';
