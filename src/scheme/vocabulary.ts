/**
 * Schemes as data: what providers sign, described once; verified, signed and explained by one engine.
 * `countersign/scheme/define`.
 *
 * @module
 */
export type { AlgorithmName, Key } from '../key/handle.js';
export type { KeyRing } from '../key/ring.js';
export type { Bytes } from '../bytes/octets.js';
export type { Scheme } from './scheme.js';
export type { SchemeMessage, Settings } from './message.js';
export { composeScheme, type SchemeFacts } from './compile.js';
export { defineScheme } from './define.js';
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
export { ifPresent } from './if-present.js';
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
export { method, path, target, url } from './url.js';
export { formBody, formOf, formQuery, type FormSource, type ParseFormRules } from './form.js';
export { params, type FormPair, type ParamsRules, type ParamsWithFields } from './params.js';
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
export {
  base64Secret,
  type Base64SecretRules,
  hexSecret,
  type SecretText,
  utf8Secret,
} from './secret-text.js';
export type { Draft } from './draft.js';
export type { Candidates, SignaturesOf } from './keys.js';
export type { Direction } from './message.js';
export type { Emit, MessagePart } from './part.js';
export type { Piece } from './piece.js';
export type { Engine, Strength } from './scheme.js';
export type { Build, HeaderSource, Read, TextSource } from './source.js';
export type { PreparedKey } from '../primitive/prepared.js';
export type { Description } from './description.js';
export type { PairRules, Pairs } from './pairs.js';
export type { ParamsCovers } from './params.js';
export type { ListSource } from './source.js';
export type { ContainingCovers } from './until.js';
