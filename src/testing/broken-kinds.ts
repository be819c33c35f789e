/**
 * The ways in which messages arrive broken, with a sentence each.
 *
 * @module
 */

/** The name of a way. */
export type BrokenKind =
  | 'signature-missing'
  | 'signature-empty'
  | 'signature-of-another-message'
  | 'signature-bit'
  | 'signature-truncated'
  | 'signature-longer'
  | 'signature-other-encoding'
  | 'signature-other-case'
  | 'signature-other-version'
  | 'signature-twice'
  | 'signatures-too-many'
  | 'header-not-ascii'
  | 'body-bit'
  | 'body-written-again'
  | 'body-line-end'
  | 'body-byte-order-mark'
  | 'body-emptied'
  | 'body-cut-off'
  | 'value-twice'
  | 'value-added'
  | 'body-of-another-message'
  | 'body-too-large'
  | 'method-changed'
  | 'url-changed'
  | 'slot-changed'
  | 'slot-missing'
  | 'slots-swapped'
  | 'setting-other'
  | 'time-too-old'
  | 'time-too-new'
  | 'time-other-unit'
  | 'time-renewed'
  | 'time-missing'
  | 'key-other'
  | 'key-unknown'
  | 'algorithm-unknown';

/** What is wrong with the signature, or with the headers as such. */
export type SignatureKind = Extract<BrokenKind, `signature${string}` | 'header-not-ascii'>;
/** What happened to the body, the method or the URL. */
export type BodyKind = Extract<
  BrokenKind,
  `body-${string}` | `value-${string}` | 'method-changed' | 'url-changed'
>;
/** What is wrong with times, keys and signed values. */
export type ValueKind = Exclude<BrokenKind, SignatureKind | BodyKind>;

/** What was done to the message, or to what it was signed with. */
export const BROKEN_KINDS: Readonly<Record<BrokenKind, string>> = /* @__PURE__ */ Object.freeze({
  'signature-missing': 'Nothing is signed: the signature is not there.',
  'signature-empty': 'The place of the signature is there and holds nothing.',
  'signature-of-another-message': 'The signature is genuine and of another body.',
  'signature-bit': 'One bit of the signature is another.',
  'signature-truncated': 'The last octet of the signature is missing.',
  'signature-longer': 'Behind the signature stands more text.',
  'signature-other-encoding': 'The signature is written in hex for Base64, or the reverse.',
  'signature-other-case': 'The hex of the signature has letters of the other case.',
  'signature-other-version':
    'The signature stands under the name of a version that does not exist.',
  'signature-twice': 'The header of the signature came twice.',
  'signatures-too-many': 'There are more signatures than any sender has keys.',
  'header-not-ascii': 'A header ends with a character that is not ASCII.',
  'body-bit': 'One bit of the body is another.',
  'body-written-again': 'The body was parsed and written again: its data is the same.',
  'body-line-end': 'A line end stands behind the body.',
  'body-byte-order-mark': 'A byte order mark stands before the body.',
  'body-emptied': 'The body is gone: something has read it before.',
  'body-cut-off': 'The end of the body is missing.',
  'value-twice': 'A name of the body or the query stands in it twice.',
  'value-added': 'A name stands in the body or the query that was not signed.',
  'body-of-another-message': 'The headers are genuine and of another body: a replay.',
  'body-too-large': 'The body is larger than the limit.',
  'method-changed': 'The method is another one.',
  'url-changed': 'The path of the URL is longer: a proxy wrote it, or somebody between.',
  'slot-changed': 'A signed value beside the body is another one.',
  'slot-missing': 'A signed value beside the body is missing.',
  'slots-swapped': 'A signed value stands in the place of the signature, and the reverse.',
  'setting-other': 'It was signed for another receiver, as far as the configuration says.',
  'time-too-old': 'It was signed longer ago than the scheme takes.',
  'time-too-new': 'It was signed by a clock that is too far ahead.',
  'time-other-unit': 'Its time is signed and in another unit: milliseconds for seconds.',
  'time-renewed': 'An old signature, and the time of now: a replay.',
  'time-missing': 'The time is missing.',
  'key-other': 'It was signed with a key that the receiver does not have.',
  'key-unknown': 'It names a key that the receiver does not have.',
  'algorithm-unknown': 'It names an algorithm that the scheme does not have.',
});
