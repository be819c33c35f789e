/**
 * What Alipay signs of requests, notifications and the page that a payer comes back to: the
 * parameters as `name=value`, decoded, sorted and joined by `&`. Values are octets in the charset of
 * the message. Nothing is transcoded before it is verified: GBK that was read as UTF-8 is lost.
 *
 * @module
 */
import { rsaPkcs1Sha1, type WeakRsaAlgorithm } from '../../primitive/legacy/rsa.js';
import { type RsaAlgorithm, rsaPkcs1Sha256 } from '../../primitive/rsa.js';
import { encodeUtf8 } from '../../bytes/utf8.js';
import type { ParseFormRules } from '../../canonical/form.js';
import type { Ambiguous } from '../../scheme/description.js';
import type { ParamsRules } from '../../scheme/params.js';

/** `RSA2`: RSASSA-PKCS1-v1_5 with SHA-256. */
export const rsa2: RsaAlgorithm = rsaPkcs1Sha256;
/** `RSA`: the same with SHA-1, of old applications. It verifies only. */
export const rsa1: WeakRsaAlgorithm = rsaPkcs1Sha1;

/** A form is decoded once; a second time would make a space of a `+` that was paid for. */
export const READ: ParseFormRules = {
  decode: 'once',
  plus: 'space',
  duplicates: 'refuse',
  emptyValues: 'keep',
  bare: 'refuse',
  emptySegments: 'refuse',
};

/** The parameters but for some. */
export function signed(drop: readonly string[]): ParamsRules {
  return { drop, sort: 'octets', repeated: 'keep', equals: '=', joiner: '&', delimiters: 'keep' };
}

const WHY =
  'Values are signed as they are, without the encoding that keeps them apart: one that holds & and = has the text of two.';

/** Two forms of one text. */
export function ambiguous(one: string, other: string, inQuery = false): Ambiguous {
  const message = (form: string) =>
    inQuery ? { url: `https://shop.example/return?${form}` } : { body: encodeUtf8(form) };
  return { why: WHY, example: () => [message(one), message(other)] };
}
