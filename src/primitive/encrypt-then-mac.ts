/**
 * AES-CBC and then HMAC over what came out,
 * {@link https://www.rfc-editor.org/rfc/rfc7518#section-5.2.2 RFC 7518, section 5.2.2}, under a given
 * IV: what `aes-cbc-hmac.ts` draws one for, and the known answers of testing/ bring theirs to.
 *
 * @module
 */
import { aesCbc } from '#engine/cipher';
import { join } from '../bytes/concat.js';
import { same } from '../bytes/equal.js';
import { encodeUint32 } from '../bytes/integer.js';
import type { Bytes } from '../bytes/octets.js';
import type { EngineKey, MacEngine } from '../engine/contract.js';
import { pad, unpad } from './padding.js';

/** The two halves of a key, parsed; a tag is as long as either half. */
export interface EncryptThenMac {
  readonly mac: MacEngine;
  readonly macKey: EngineKey<'mac'>;
  readonly encKey: EngineKey<'block'>;
  readonly half: number;
}

const BLOCK = 16;
const TWO_32 = 2 ** 32;

/** MAC_KEY is the first half of a key and ENC_KEY the second. */
export function splitKey(mac: MacEngine, key: Uint8Array): EncryptThenMac {
  const half = key.length / 2;
  const macKey = mac.key(key.subarray(0, half));
  return { mac, macKey, encKey: aesCbc.key(key.subarray(half)), half };
}

/** IV, ciphertext and tag, one after the other. */
export function sealUnder(
  key: EncryptThenMac,
  iv: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Bytes {
  const ciphertext = aesCbc.encrypt(key.encKey, iv, pad(plaintext));
  return join(iv, ciphertext, tagOf(key, iv, ciphertext, aad));
}

/** The plaintext, if the tag is whole and right. Nothing is decrypted before that is known. */
export function openUnder(
  key: EncryptThenMac,
  iv: Uint8Array,
  ciphertext: Uint8Array,
  tag: Uint8Array,
  aad: Uint8Array,
): Bytes | undefined {
  if (!same(tagOf(key, iv, ciphertext, aad), tag)) return undefined;
  const isWhole = ciphertext.length > 0 && ciphertext.length % BLOCK === 0;
  return isWhole ? unpad(aesCbc.decrypt(key.encKey, iv, ciphertext)) : undefined;
}

/** A ‖ IV ‖ E ‖ AL, where AL is the number of bits of A in 64 bits; T is the first half of the MAC. */
function tagOf(
  { mac, macKey, half }: EncryptThenMac,
  iv: Uint8Array,
  ciphertext: Uint8Array,
  aad: Uint8Array,
): Bytes {
  const bits = aad.length * 8;
  const [high, low] = [encodeUint32(Math.floor(bits / TWO_32)), encodeUint32(bits % TWO_32)];
  return mac.tag(macKey, join(aad, iv, ciphertext, high, low)).slice(0, half);
}
