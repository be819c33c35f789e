// @ts-check
// The reference floor: what a careful engineer writes straight on node:crypto, with keys parsed
// once, and every check that the platform leaves to its caller.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';

/**
 * HMAC-SHA-256 with a cached KeyObject and a constant-time comparison.
 * @param {Uint8Array} secret
 */
export function hmacSha256(secret) {
  const key = createSecretKey(secret);
  return {
    /** @param {Uint8Array} message */
    tag: (message) => createHmac('sha256', key).update(message).digest(),
    /** @param {Uint8Array} message @param {Uint8Array} tag */
    verify(message, tag) {
      const expected = createHmac('sha256', key).update(message).digest();
      return expected.length === tag.length && timingSafeEqual(expected, tag);
    },
  };
}

/**
 * `crypto.sign` and `crypto.verify` with cached KeyObjects.
 * @param {string | null} hash
 * @param {import('node:crypto').JsonWebKey} jwk
 * @param {{ dsaEncoding?: 'ieee-p1363' }} [options]
 */
export function signature(hash, jwk, options = {}) {
  const privateKey = { key: createPrivateKey({ key: jwk, format: 'jwk' }), ...options };
  const publicKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), ...options };
  return {
    /** @param {Uint8Array} message */
    sign: (message) => sign(hash, message, privateKey),
    /** @param {Uint8Array} message @param {Uint8Array} value */
    verify: (message, value) => verify(hash, message, publicKey, value),
  };
}

/**
 * AES-256-GCM as it is usually written: a random nonce for each message, parts concatenated.
 * @param {Uint8Array} secret
 */
export function aes256Gcm(secret) {
  const key = createSecretKey(secret);
  return {
    /** @param {Uint8Array} plaintext @param {Uint8Array} aad */
    seal(plaintext, aad) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(aad);
      const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]);
    },
    /** @param {Uint8Array} sealed @param {Uint8Array} aad */
    open(sealed, aad) {
      const options = { authTagLength: 16 };
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), options);
      decipher.setAAD(aad);
      decipher.setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    },
  };
}
