// @ts-check
// The reference floor: what a careful engineer writes straight on node:crypto, with keys parsed
// once, and every check that the platform leaves to its caller.
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  hkdfSync,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
  X509Certificate,
} from 'node:crypto';

/** @typedef {import('node:crypto').KeyObject} KeyObject */

/**
 * HMAC with a cached KeyObject and a constant-time comparison.
 * @param {string} hash
 * @param {Uint8Array} secret
 */
export function hmac(hash, secret) {
  const key = createSecretKey(secret);
  return {
    /** @param {Uint8Array} message */
    tag: (message) => createHmac(hash, key).update(message).digest(),
    /** @param {Uint8Array} message @param {Uint8Array} tag */
    verify(message, tag) {
      const expected = createHmac(hash, key).update(message).digest();
      return expected.length === tag.length && timingSafeEqual(expected, tag);
    },
  };
}

/**
 * A callback whose header is `sha256=` and lower-case hexadecimal, over the body.
 * @param {Uint8Array} secret
 */
export function githubCallback(secret) {
  const { verify: check } = hmac('sha256', secret);
  /** @param {Uint8Array} body @param {string} header */
  return (body, header) => header.startsWith('sha256=') && check(body, hex(header.slice(7)));
}

/**
 * A callback whose header is `t=seconds,v1=lower-case hexadecimal`, over seconds, a point and the
 * body, with the time checked.
 * @param {Uint8Array} secret
 */
export function timestampedCallback(secret) {
  const key = createSecretKey(secret);
  /** @param {Uint8Array} body @param {string} header @param {number} now */
  return (body, header, now) => {
    const [, seconds = '', text = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
    if (!(Math.abs(now - Number(seconds)) <= 300)) return false;
    const expected = createHmac('sha256', key).update(`${seconds}.`).update(body).digest();
    const given = hex(text);
    return expected.length === given.length && timingSafeEqual(expected, given);
  };
}

/**
 * A callback as Standard Webhooks has it: Base64 over the id, seconds and the body.
 * @param {Uint8Array} secret
 */
export function standardCallback(secret) {
  const key = createSecretKey(secret);
  /** @param {Uint8Array} body @param {Record<string, string>} headers @param {number} now */
  return (body, headers, now) => {
    const id = headers['webhook-id'] ?? '';
    const seconds = headers['webhook-timestamp'] ?? '';
    const header = headers['webhook-signature'] ?? '';
    if (!header.startsWith('v1,') || !/^\d{1,12}$/.test(seconds)) return false;
    if (!(Math.abs(now - Number(seconds)) <= 300)) return false;
    const expected = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest();
    const given = base64(header.slice(3));
    return expected.length === given.length && timingSafeEqual(expected, given);
  };
}

/**
 * `crypto.sign` and `crypto.verify` with cached KeyObjects.
 * @param {string | null} hash
 * @param {import('node:crypto').JsonWebKey} jwk
 * @param {{ dsaEncoding?: 'ieee-p1363', padding?: number, saltLength?: number }} [options]
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
 * AES-GCM as it is usually written: a random nonce for each message, parts concatenated.
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

/**
 * RSAES-OAEP with SHA-256.
 * @param {{ privateKey: KeyObject, publicKey: KeyObject }} pair
 */
export function oaepSha256({ privateKey, publicKey }) {
  const options = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return {
    /** @param {Uint8Array} plaintext */
    encrypt: (plaintext) => publicEncrypt({ key: publicKey, ...options }, plaintext),
    /** @param {Uint8Array} ciphertext */
    decrypt: (ciphertext) => privateDecrypt({ key: privateKey, ...options }, ciphertext),
  };
}

/** @param {string} hash @param {Uint8Array} ikm @param {Uint8Array} salt @param {Uint8Array} info */
export function hkdf(hash, ikm, salt, info) {
  return new Uint8Array(hkdfSync(hash, ikm, salt, info, 32));
}

/**
 * AES-256 key wrap, RFC 3394.
 * @param {Uint8Array} secret
 */
export function aes256Kw(secret) {
  const key = createSecretKey(secret);
  const iv = Buffer.alloc(8, 0xa6);
  return {
    /** @param {Uint8Array} plaintext */
    wrap(plaintext) {
      const cipher = createCipheriv('id-aes256-wrap', key, iv);
      return Buffer.concat([cipher.update(plaintext), cipher.final()]);
    },
    /** @param {Uint8Array} wrapped */
    unwrap(wrapped) {
      if (wrapped.length < 24 || wrapped.length % 8 !== 0) throw new Error('length');
      const decipher = createDecipheriv('id-aes256-wrap', key, iv);
      return Buffer.concat([decipher.update(wrapped), decipher.final()]);
    },
  };
}

/** @param {KeyObject} privateKey @param {KeyObject} publicKey */
export function agree(privateKey, publicKey) {
  return diffieHellman({ privateKey, publicKey });
}

/**
 * Decoders of Buffer forgive, so that what they read is written again and compared.
 * @param {string} text
 */
export const hex = (text) => decoded(text, 'hex');
/** @param {string} text */
export const base64 = (text) => decoded(text, 'base64');
/** @param {string} text */
export const base64url = (text) => decoded(text, 'base64url');

/** @param {string} text @param {'hex' | 'base64' | 'base64url'} encoding */
function decoded(text, encoding) {
  const octets = Buffer.from(text, encoding);
  if (octets.toString(encoding) !== text) throw new Error(`not ${encoding}`);
  return octets;
}

/**
 * A public key, and that it is one of the kind and the size wanted.
 * @param {string | Buffer | import('node:crypto').JsonWebKey} input
 * @param {string} type
 */
export function readPublicKey(input, type) {
  return ofKind(createPublicKey(/** @type {never} */ (keyInput(input, 'spki'))), type);
}

/**
 * @param {string | Buffer | import('node:crypto').JsonWebKey} input
 * @param {string} type
 */
export function readPrivateKey(input, type) {
  return ofKind(createPrivateKey(/** @type {never} */ (keyInput(input, 'pkcs8'))), type);
}

/** @param {string | Buffer | import('node:crypto').JsonWebKey} input @param {string} type */
function keyInput(input, type) {
  if (typeof input === 'string') return input;
  if (Buffer.isBuffer(input)) return { key: input, format: 'der', type };
  return { key: input, format: 'jwk' };
}

/** @param {KeyObject} key @param {string} type */
function ofKind(key, type) {
  const { modulusLength, publicExponent, namedCurve } = key.asymmetricKeyDetails ?? {};
  const isRight =
    key.asymmetricKeyType === 'rsa'
      ? (modulusLength ?? 0) >= 2048 && (publicExponent ?? 0n) >= 65537n
      : true;
  if (!isRight || (namedCurve ?? key.asymmetricKeyType) !== type) throw new Error('another key');
  return key;
}

/** A certificate and what is read of it. @param {Uint8Array} der */
export function certificate(der) {
  const read = new X509Certificate(der);
  const { subject, issuer, serialNumber, validFrom, validTo, fingerprint256, ca } = read;
  const key = read.publicKey;
  return { subject, issuer, serialNumber, validFrom, validTo, fingerprint256, ca, key };
}

/**
 * A leaf, the authority above it, and a root.
 * @param {readonly [X509Certificate, X509Certificate, X509Certificate]} path
 * @param {number} now in seconds
 */
export function isPath([leaf, authority, root], now) {
  /** @param {X509Certificate} below @param {X509Certificate} above */
  const issued = (below, above) =>
    above.ca && below.checkIssued(above) && below.verify(above.publicKey);
  return (
    [leaf, authority, root].every(
      ({ validFrom, validTo }) =>
        Date.parse(validFrom) <= now * 1000 && now * 1000 <= Date.parse(validTo),
    ) &&
    issued(leaf, authority) &&
    issued(authority, root)
  );
}

/** The octets between the boundaries of a PEM block. @param {string} text @param {string} label */
export function pem(text, label) {
  const [begin, end] = [`-----BEGIN ${label}-----\n`, `-----END ${label}-----\n`];
  if (!text.startsWith(begin) || !text.endsWith(end)) throw new Error('not this PEM');
  return base64(text.slice(begin.length, -end.length).replaceAll('\n', ''));
}

/**
 * What samples of vendors do: the PEM, for every call.
 * @param {string} key
 * @param {Uint8Array} message
 * @param {{ dsaEncoding?: 'ieee-p1363' }} options
 */
export function signWithPem(key, message, options) {
  return sign('sha256', message, { key, ...options });
}

/**
 * @param {string} key
 * @param {Uint8Array} message
 * @param {Uint8Array} value
 * @param {{ dsaEncoding?: 'ieee-p1363' }} options
 */
export function verifyWithPem(key, message, value, options) {
  return verify('sha256', message, { key, ...options }, value);
}
