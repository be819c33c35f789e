// @ts-check
// jsrsasign: octets travel as hexadecimal.
import { load } from './load.js';

/** @typedef {{ init: (key: unknown) => void, updateHex: (hex: string) => void, sign: () => string, verify: (hex: string) => boolean }} Signature */
/** @typedef {{ readCertPEM: (pem: string) => void, getNotBefore: () => string, getNotAfter: () => string, getSubjectString: () => string, getIssuerString: () => string, getSerialNumberHex: () => string, getPublicKey: () => unknown, verifySignature: (key: unknown) => boolean }} Certificate */
/**
 * @typedef {object} Jsrsasign
 * @property {{ getKey: (input: string | object) => unknown }} KEYUTIL
 * @property {{ crypto: { Signature: new (options: { alg: string }) => Signature, ECDSA: { asn1SigToConcatSig: (hex: string) => string, concatSigToASN1Sig: (hex: string) => string } } }} KJUR
 * @property {new () => Certificate} X509
 */

export async function jsrsasign() {
  /** @type {Jsrsasign | undefined} */
  const module = await load('jsrsasign');
  return module === undefined ? undefined : adapted(module);
}

/** @param {Jsrsasign} module */
function adapted({ KEYUTIL, KJUR, X509 }) {
  const { ECDSA, Signature } = KJUR.crypto;
  /** @param {string} alg @param {unknown} key @param {Uint8Array} message */
  const begun = (alg, key, message) => {
    const signature = new Signature({ alg });
    signature.init(key);
    signature.updateHex(hexOf(message));
    return signature;
  };
  return {
    X509,
    readKey: (/** @type {string | object} */ input) => KEYUTIL.getKey(input),

    /**
     * @param {'SHA256withRSA' | 'SHA256withRSAandMGF1' | 'SHA256withECDSA'} alg
     * @param {string | object} privateInput
     * @param {string | object} publicInput
     */
    signature(alg, privateInput, publicInput) {
      const [privateKey, publicKey] = [KEYUTIL.getKey(privateInput), KEYUTIL.getKey(publicInput)];
      const isEc = alg === 'SHA256withECDSA';
      return {
        /** @param {Uint8Array} message */
        sign(message) {
          const hex = begun(alg, privateKey, message).sign();
          return Buffer.from(isEc ? ECDSA.asn1SigToConcatSig(hex) : hex, 'hex');
        },
        /** @param {Uint8Array} message @param {Uint8Array} value */
        verify(message, value) {
          const hex = hexOf(value);
          const given = isEc ? ECDSA.concatSigToASN1Sig(hex) : hex;
          return begun(alg, publicKey, message).verify(given);
        },
      };
    },
  };
}

/** @param {Uint8Array} octets */
function hexOf(octets) {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('hex');
}
