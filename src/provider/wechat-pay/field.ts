/**
 * Sensitive fields: names, bank cards and the like, encrypted one by one within a body. RSAES-OAEP
 * with SHA-1 and MGF1 over SHA-1 and no label, in Base64.
 *
 * A request's are encrypted to the platform, by a key of `platformKeys`, and its header
 * `Wechatpay-Serial`, which is sent beside what is signed, has the key's id. A response's are decrypted
 * by the merchant's private key. Encryption says nothing of who wrote a field: verify the response.
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from '../../bytes/base64.js';
import { fields, text } from '../../bytes/octets.js';
import { decodeUtf8, encodeUtf8 } from '../../bytes/utf8.js';
import { CountersignError } from '../../errors.js';
import { contentsFor, Key } from '../../key/handle.js';
import { decryptAsync, type RemoteDecrypter } from '../../key/remote.js';
import { decrypt, encrypt } from '../../key/use.js';
import { type OaepAlgorithm, rsaOaepSha1 } from '../../primitive/rsa-oaep.js';

export type { Key, OaepAlgorithm, RemoteDecrypter };

const NO_LABEL: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/** Encrypts a field. An empty one stays empty, as in WeChat Pay's own libraries. */
export function encryptField(field: string, key: Key<OaepAlgorithm, 'encrypt'>): string {
  checkAlgorithm(contentsFor(key, 'encrypt').alg);
  const octets = encodeUtf8(text(field, 'field'));
  return octets.length === 0 ? '' : encodeBase64(encrypt(key, octets, NO_LABEL));
}

/** Decrypts a field. An empty one stays empty. */
export function decryptField(field: string, key: Key<OaepAlgorithm, 'decrypt'>): string {
  checkAlgorithm(contentsFor(key, 'decrypt').alg);
  const octets = decodeBase64(text(field, 'field'));
  return octets.length === 0 ? '' : readField(decrypt(key, octets, NO_LABEL));
}

/** The same by a key that may be elsewhere. */
export async function decryptFieldAsync(
  field: string,
  key: Key<OaepAlgorithm, 'decrypt'> | RemoteDecrypter,
): Promise<string> {
  if (key instanceof Key) return decryptField(field, key);
  const octets = decodeBase64(text(field, 'field'));
  checkAlgorithm(fields(key, 'key', 'a key that decrypts').alg);
  return octets.length === 0 ? '' : readField(await decryptAsync(key, octets, NO_LABEL));
}

function checkAlgorithm(alg: unknown): void {
  if (alg === rsaOaepSha1) return;
  throw new TypeError(`key: expected one for rsaOaepSha1, ${rsaOaepSha1.name}`);
}

/** One code for all that can be wrong with it. */
function readField(octets: Uint8Array): string {
  try {
    return decodeUtf8(octets);
  } catch {
    throw new CountersignError('ERR_DECRYPT_FAILED', 'field: decryption failed');
  }
}
