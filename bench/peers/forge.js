// @ts-check
// node-forge: its buffers hold text of one octet per character, so octets are turned into that and
// back, as its users do.
import { load } from './load.js';

/** @typedef {{ getBytes: () => string, data: string }} ForgeBuffer */
/** @typedef {{ update: (text: string) => void, digest: () => ForgeBuffer }} Digest */
/** @typedef {{ start: (hash: string, key: string | null) => void, update: (text: string) => void, digest: () => ForgeBuffer }} ForgeHmac */
/** @typedef {{ start: (options: object) => void, update: (buffer: ForgeBuffer) => void, finish: () => boolean, output: ForgeBuffer, mode: { tag: ForgeBuffer } }} ForgeCipher */
/** @typedef {{ sign: (digest: Digest, scheme?: unknown) => string, decrypt: (data: string, scheme: string, options: object) => string }} ForgePrivateKey */
/** @typedef {{ verify: (digest: string, signature: string, scheme?: unknown) => boolean, encrypt: (data: string, scheme: string, options: object) => string }} ForgePublicKey */
/** @typedef {{ validity: { notBefore: Date, notAfter: Date }, subject: unknown }} ForgeCertificate */
/**
 * @typedef {object} Forge
 * @property {{ createBuffer: (text: string) => ForgeBuffer }} util
 * @property {{ create: () => ForgeHmac }} hmac
 * @property {Record<'sha256' | 'sha512' | 'sha384', { create: () => Digest }>} md
 * @property {{ createCipher: (name: string, key: string) => ForgeCipher, createDecipher: (name: string, key: string) => ForgeCipher }} cipher
 * @property {{ getBytesSync: (length: number) => string }} random
 * @property {{ create: (options: object) => unknown }} pss
 * @property {{ mgf1: { create: (digest: Digest) => unknown } }} mgf
 * @property {object} pki
 * @property {(pem: string) => ForgePrivateKey} pki.privateKeyFromPem
 * @property {(pem: string) => ForgePublicKey} pki.publicKeyFromPem
 * @property {(pem: string) => ForgeCertificate} pki.certificateFromPem
 * @property {(roots: ForgeCertificate[]) => unknown} pki.createCaStore
 * @property {(store: unknown, chain: ForgeCertificate[], options: object) => boolean} pki.verifyCertificateChain
 * @property {{ sign: (options: object) => Uint8Array, verify: (options: object) => boolean }} pki.ed25519
 * @property {{ fromDer: (text: string) => unknown }} asn1
 */

export async function forge() {
  /** @type {{ default: Forge } | undefined} */
  const module = await load('node-forge');
  return module === undefined ? undefined : adapted(module.default);
}

/** @param {Forge} f */
function adapted(f) {
  const digestOf = (/** @type {'sha256' | 'sha512'} */ hash, /** @type {Uint8Array} */ message) => {
    const digest = f.md[hash].create();
    digest.update(textOf(message));
    return digest;
  };
  const schemeOf = (/** @type {'PKCS#1' | 'PSS'} */ padding) =>
    padding === 'PSS'
      ? f.pss.create({
          md: f.md.sha256.create(),
          mgf: f.mgf.mgf1.create(f.md.sha256.create()),
          saltLength: 32,
        })
      : undefined;
  const oaep = { md: f.md.sha256.create(), mgf1: { md: f.md.sha256.create() } };
  return {
    pki: f.pki,
    fromDer: (/** @type {Uint8Array} */ der) => f.asn1.fromDer(textOf(der)),

    /** @param {'sha256' | 'sha512'} hash @param {Uint8Array} secret */
    hmac(hash, secret) {
      const mac = f.hmac.create();
      mac.start(hash, textOf(secret));
      return (/** @type {Uint8Array} */ message) => {
        mac.start(hash, null); // the same key again
        mac.update(textOf(message));
        return octetsOf(mac.digest().getBytes());
      };
    },

    /** @param {string} pem @param {'PKCS#1' | 'PSS'} padding */
    rsaSigner(pem, padding) {
      const key = f.pki.privateKeyFromPem(pem);
      return (/** @type {Uint8Array} */ message) =>
        octetsOf(key.sign(digestOf('sha256', message), schemeOf(padding)));
    },

    /** @param {string} pem @param {'PKCS#1' | 'PSS'} padding */
    rsaVerifier(pem, padding) {
      const key = f.pki.publicKeyFromPem(pem);
      return (/** @type {Uint8Array} */ message, /** @type {Uint8Array} */ signature) =>
        key.verify(
          digestOf('sha256', message).digest().getBytes(),
          textOf(signature),
          schemeOf(padding),
        );
    },

    /** @param {{ d: string, x: string }} jwk */
    ed25519({ d, x }) {
      const publicKey = Buffer.from(x, 'base64url');
      const privateKey = Buffer.concat([Buffer.from(d, 'base64url'), publicKey]);
      return {
        sign: (/** @type {Uint8Array} */ message) => f.pki.ed25519.sign({ message, privateKey }),
        verify: (/** @type {Uint8Array} */ message, /** @type {Uint8Array} */ signature) =>
          f.pki.ed25519.verify({ message, publicKey, signature }),
      };
    },

    /** @param {string} privatePem @param {string} publicPem */
    oaepSha256(privatePem, publicPem) {
      const [privateKey, publicKey] = [
        f.pki.privateKeyFromPem(privatePem),
        f.pki.publicKeyFromPem(publicPem),
      ];
      return {
        encrypt: (/** @type {Uint8Array} */ plaintext) =>
          octetsOf(publicKey.encrypt(textOf(plaintext), 'RSA-OAEP', oaep)),
        decrypt: (/** @type {Uint8Array} */ ciphertext) =>
          octetsOf(privateKey.decrypt(textOf(ciphertext), 'RSA-OAEP', oaep)),
      };
    },

    /** @param {Uint8Array} secret */
    aesGcm(secret) {
      const key = textOf(secret);
      return {
        /** @param {Uint8Array} plaintext @param {Uint8Array} aad */
        seal(plaintext, aad) {
          const iv = f.random.getBytesSync(12);
          const cipher = f.cipher.createCipher('AES-GCM', key);
          cipher.start({ iv, additionalData: textOf(aad), tagLength: 128 });
          cipher.update(f.util.createBuffer(textOf(plaintext)));
          cipher.finish();
          return octetsOf(iv + cipher.output.getBytes() + cipher.mode.tag.getBytes());
        },
        /** @param {Uint8Array} sealed @param {Uint8Array} aad */
        open(sealed, aad) {
          const iv = textOf(sealed.subarray(0, 12));
          const tag = f.util.createBuffer(textOf(sealed.subarray(-16)));
          const decipher = f.cipher.createDecipher('AES-GCM', key);
          decipher.start({ iv, additionalData: textOf(aad), tagLength: 128, tag });
          decipher.update(f.util.createBuffer(textOf(sealed.subarray(12, -16))));
          if (!decipher.finish()) throw new Error('tag');
          return octetsOf(decipher.output.getBytes());
        },
      };
    },
  };
}

/** @param {Uint8Array} octets */
function textOf(octets) {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
}

/** @param {string} text */
function octetsOf(text) {
  return Buffer.from(text, 'latin1');
}
