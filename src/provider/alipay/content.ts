/**
 * Content encryption: AES-128-CBC under an initialization vector of zeros, which is none, and without
 * a tag. Equal beginnings stay equal, and what is changed on the way is changed in the plaintext. The
 * signature over the ciphertext is all there is to hold on to: it is verified first, or nothing is
 * decrypted.
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from '../../bytes/base64.js';
import { type Bytes, fields, octets, text } from '../../bytes/octets.js';
import { encodeUtf8 } from '../../bytes/utf8.js';
import { readJson } from '../../canonical/json-read.js';
import type { JsonValue } from '../../canonical/json-value.js';
import { CountersignError } from '../../errors.js';
import { aesCbc, aesEcb, type CipherKey } from '../../primitive/aes-modes.js';
import type { SchemeResult } from '../../scheme/scheme.js';
import { type Verified, verified } from '../../scheme/verified.js';
import { alipayResponse, type AlipayResponseCovers, alipayResponseSha1 } from './response.js';

declare const brand: unique symbol;

/** A key for content, which shows nothing of itself. */
export interface AlipayContentKey {
  readonly [brand]: 'content key';
}

/** The content of an answer that was verified. */
export interface AlipayContent {
  readonly plaintext: Bytes;
  readonly json: JsonValue;
}

const KEY = 16;
const BLOCK = 16;
const NO_IV = /* @__PURE__ */ new Uint8Array(BLOCK);
/** Of a padded text; a request is far below. */
const MOST_OCTETS = 1 << 20;

const keys = /* @__PURE__ */ new WeakMap<
  AlipayContentKey,
  { readonly cbc: CipherKey; readonly ecb: CipherKey }
>();

/** Imports the key as the open platform shows it: Base64 of 16 octets. */
export function importContentKey(given: string): AlipayContentKey {
  const secret = decodeBase64(text(given, 'given').trim());
  if (secret.length !== KEY) {
    throw new CountersignError('ERR_KEY', `expected a key of ${KEY} octets`);
  }
  const key = Object.freeze({}) as AlipayContentKey;
  keys.set(key, { cbc: aesCbc.key(secret), ecb: aesEcb.key(secret) });
  return key;
}

/** Encrypts `biz_content`: the call then has `encrypt_type=AES`, and is signed with the ciphertext. */
export function encryptContent(plaintext: string | Uint8Array, key: AlipayContentKey): string {
  const { ecb } = keysOf(key);
  const content = typeof plaintext === 'string' ? encodeUtf8(plaintext) : plaintext;
  const blocks = padded(octets(content, 'plaintext'));
  // CBC of its definition, SP 800-38A, section 6.2: no algorithm here takes another's vector.
  let before: Uint8Array = NO_IV;
  for (let at = 0; at < blocks.length; at += BLOCK) {
    const block = blocks.subarray(at, at + BLOCK);
    for (let i = 0; i < BLOCK; i++) block[i] = (block[i] ?? 0) ^ (before[i] ?? 0);
    block.set(aesEcb.encrypt(ecb, block, 'none'));
    before = block;
  }
  return encodeBase64(blocks);
}

/**
 * Decrypts the content of an encrypted answer. Everything that can be wrong with it is one code,
 * `ERR_DECRYPT_FAILED`: its Base64, its padding, its JSON.
 */
export function decryptContent(
  response: Verified<SchemeResult<AlipayResponseCovers>>,
  key: AlipayContentKey,
): Verified<AlipayContent> {
  const { scheme, values } = fields(response, 'response', 'what verify returned');
  if (scheme !== alipayResponse.id && scheme !== alipayResponseSha1.id) {
    throw new TypeError('response: expected what verify returned by alipayResponse');
  }
  const { cbc } = keysOf(key);
  try {
    const ciphertext = decodeBase64(readJson(encodeUtf8(values.response)) as string);
    const plaintext = aesCbc.decrypt(cbc, NO_IV, ciphertext, 'pkcs7');
    return verified({ plaintext, json: readJson(plaintext) });
  } catch {
    throw new CountersignError('ERR_DECRYPT_FAILED', 'content: decryption failed');
  }
}

function keysOf(key: AlipayContentKey): { readonly cbc: CipherKey; readonly ecb: CipherKey } {
  const found = keys.get(key);
  if (found !== undefined) return found;
  throw new TypeError('key: expected a key from importContentKey');
}

/** PKCS #7: the last block is filled up, or one is added. */
function padded(content: Uint8Array): Bytes {
  if (!(content.length <= MOST_OCTETS)) {
    throw new CountersignError('ERR_LENGTH', `expected at most ${MOST_OCTETS} octets of content`);
  }
  const count = BLOCK - (content.length % BLOCK);
  const out = new Uint8Array(content.length + count).fill(count);
  out.set(content);
  return out;
}
