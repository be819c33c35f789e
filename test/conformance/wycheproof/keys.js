// @ts-check
// Encodings of keys: whether they are taken, whatever is in them.
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { x25519 } from 'countersign/alg/agreement';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { importKey } from 'countersign/key';
import { hex, text } from '../fields.js';
import { find, judge } from '../judge.js';

/** @type {Readonly<Record<string, import('countersign/key').KeyAlgorithm>>} */
const ALGORITHMS = {
  secp256r1: ecdsaP256Sha256,
  secp384r1: ecdsaP384Sha384,
  secp521r1: ecdsaP521Sha512,
  secp256k1: ecdsaSecp256k1Sha256,
  Ed25519: ed25519,
  X25519: x25519,
  RSA: rsaPkcs1Sha256,
};

/** @type {Readonly<Record<string, import('../suites/wycheproof.js').GroupReader>>} */
export const keyGroups = {
  PkixKeyDecode(group) {
    const [family, parameters] = [text(group, 'algorithm'), text(group, 'parameterSet')];
    const alg = ALGORITHMS[parameters] ?? ALGORITHMS[family];
    if (alg === undefined) return { scope: `out of scope: keys for ${family} ${parameters}` };
    const isPublic = text(group, 'keyType') === 'spki';
    const isAgreement = alg.kind === 'agreement';
    const half = isPublic ? (isAgreement ? 'peer' : 'verify') : isAgreement ? 'agree' : 'sign';
    const operation = isAgreement ? 'agree' : isPublic ? 'verify' : 'sign';
    return {
      algorithm: alg.name,
      run(test, label) {
        const found = find(() => {
          importKey(hex(test, 'encoded'), { alg, use: /** @type {never} */ (half) });
          return true;
        });
        const isShort = family === 'RSA' && Number(parameters) < 2048;
        const policy = isShort ? { policy: `an RSA modulus of ${parameters} bits` } : {};
        return judge({ algorithm: alg.name, operation, label, found, ...policy });
      },
    };
  },
};
