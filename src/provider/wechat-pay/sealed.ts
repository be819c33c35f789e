/**
 * `AEAD_AES_256_GCM`, which WeChat Pay puts resources and certificates in: AES-256-GCM under the
 * merchant's APIv3 key, whose 32 octets are its characters.
 *
 * Who has the key made it, and the merchant is one of them: it says less than a signature, and is no
 * reason to leave the signature out.
 *
 * @module
 */
import { decodeBase64 } from '../../bytes/base64.js';
import { type Bytes, named, text } from '../../bytes/octets.js';
import { encodeUtf8 } from '../../bytes/utf8.js';
import { isJsonObject, type JsonValue } from '../../canonical/json-value.js';
import { CountersignError } from '../../errors.js';
import { contentsFor, type Key } from '../../key/handle.js';
import { importSecret } from '../../key/secret.js';
import { openForeign } from '../../key/use.js';
import { type AeadAlgorithm, aes256Gcm } from '../../primitive/aes-gcm.js';

export type { AeadAlgorithm };

const ALGORITHM = 'AEAD_AES_256_GCM';
const NONCE = 12;
const KEY = 32;

/** Imports an APIv3 key: 32 characters, neither hexadecimal nor Base64 of anything. */
export function importApiV3Key(
  given: string,
  options: { readonly id?: string | undefined } = {},
): Key<AeadAlgorithm, 'open'> {
  const { id } = named(options, 'options', ['id']);
  if (encodeUtf8(text(given, 'apiV3Key')).length !== KEY) {
    throw new CountersignError('ERR_KEY', `apiV3Key: expected ${KEY} characters of ASCII`);
  }
  return importSecret(given, { alg: aes256Gcm, use: 'open', encoding: 'utf8', id });
}

/** What is associated with certificates, and with nothing else. */
const CERTIFICATE = 'certificate';

/**
 * Opens `{ algorithm, nonce, associated_data, ciphertext }`. One kind of thing is never taken for
 * another: certificates have a text of their own associated, resources any other.
 */
export function openSealed(
  sealed: JsonValue | undefined,
  key: Key<AeadAlgorithm, 'open'>,
  what: string,
  kind: 'certificate' | 'resource',
): Bytes {
  if (contentsFor(key, 'open').alg !== aes256Gcm) {
    throw new TypeError('apiV3Key: expected a key from importApiV3Key');
  }
  if (sealed === undefined || !isJsonObject(sealed)) {
    throw new CountersignError('ERR_MESSAGE_FORM', `${what}: expected an object`);
  }
  if (textOf(sealed['algorithm'], `${what}.algorithm`) !== ALGORITHM) {
    throw new CountersignError(
      'ERR_MESSAGE_ALGORITHM',
      `${what}.algorithm: expected ${ALGORITHM}; AEAD_SM4_GCM is not opened here`,
    );
  }
  const iv = encodeUtf8(textOf(sealed['nonce'], `${what}.nonce`));
  // Other formats have 16, and the primitive would take them.
  if (iv.length !== NONCE) {
    throw new CountersignError(
      'ERR_IV',
      `${what}.nonce: expected ${NONCE} octets, found ${iv.length}`,
    );
  }
  const associated = textOf(sealed['associated_data'] ?? '', `${what}.associated_data`);
  if ((associated === CERTIFICATE) !== (kind === 'certificate')) {
    throw new CountersignError(
      'ERR_MESSAGE_FORM',
      `${what}.associated_data: expected that of a ${kind}`,
    );
  }
  const octets = decodeBase64(textOf(sealed['ciphertext'], `${what}.ciphertext`));
  const tagAt = Math.max(0, octets.length - aes256Gcm.tagSize);
  const [ciphertext, tag] = [octets.subarray(0, tagAt), octets.subarray(tagAt)];
  return openForeign(key, { iv, ciphertext, tag, aad: encodeUtf8(associated) });
}

/** A member that is a text. */
export function textOf(value: JsonValue | undefined, what: string): string {
  if (typeof value === 'string') return value;
  throw new CountersignError('ERR_MESSAGE_FORM', `${what}: expected a text`);
}
