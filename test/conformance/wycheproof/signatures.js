// @ts-check
// ECDSA, Ed25519 and DSA.
import * as ecdsa from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { importPublicKey as importEc } from 'countersign/key/ec';
import { importPublicKey as importEd25519 } from 'countersign/key/ed25519';
import { verify } from 'countersign/key/use';
import { dsaSha1, dsaSha256 } from 'countersign/legacy';
import { hex, object, sized, text } from '../fields.js';
import { find, judge } from '../judge.js';
import { once } from '../runner.js';
import { importForms, publicForms } from './forms.js';

/**
 * @typedef {import('../suites/wycheproof.js').GroupReader} GroupReader
 * @typedef {import('../fields.js').Fields} Fields
 */

/** @type {Readonly<Record<string, import('countersign/alg/ecdsa').EcdsaAlgorithm>>} */
const ECDSA = {
  'secp256r1 SHA-256': ecdsa.ecdsaP256Sha256,
  'secp384r1 SHA-384': ecdsa.ecdsaP384Sha384,
  'secp521r1 SHA-512': ecdsa.ecdsaP521Sha512,
  'secp256k1 SHA-256': ecdsa.ecdsaSecp256k1Sha256,
};

/** @type {Readonly<Record<string, GroupReader>>} */
export const signatureGroups = {
  EcdsaVerify: (group) => ecdsaGroup(group, { encoding: 'der', s: 'any' }),
  EcdsaP1363Verify: (group) => ecdsaGroup(group, { encoding: 'fixed', s: 'any' }),
  // Of the two signatures (r, s) and (r, n - s) the one with the lower s alone.
  EcdsaBitcoinVerify: (group) => ecdsaGroup(group, { encoding: 'der', s: 'low' }),

  EddsaVerify(group) {
    const curve = text(keyOf(group), 'curve');
    if (curve !== 'edwards25519') return { scope: `out of scope: EdDSA on ${curve}` };
    const key = once(() =>
      importForms(publicForms(group), (form) =>
        importEd25519(form, { alg: ed25519, use: 'verify' }),
      ),
    );
    return {
      algorithm: ed25519.name,
      run(test, label) {
        const found = find(() => verify(key(), hex(test, 'msg'), hex(test, 'sig')));
        return judge({ algorithm: ed25519.name, operation: 'verify', label, found });
      },
    };
  },

  DsaVerify(group) {
    const sha = text(group, 'sha');
    const alg = sha === 'SHA-256' ? dsaSha256 : sha === 'SHA-1' ? dsaSha1 : undefined;
    if (alg === undefined) return { scope: `out of scope: DSA with ${sha}` };
    const given = keyOf(group);
    const [p, q, g, y] = ['p', 'q', 'g', 'y'].map((part) => unsigned(hex(given, part)));
    const key = once(() => alg.publicKey(/** @type {never} */ ({ p, q, g, y })));
    return {
      algorithm: alg.name,
      run(test, label) {
        const found = find(() => alg.verify(key(), hex(test, 'msg'), hex(test, 'sig')));
        return judge({ algorithm: alg.name, operation: 'verify', label, found });
      },
    };
  },
  DsaP1363Verify: () => ({ scope: 'out of scope: DSA signatures that are not DER' }),
};

/**
 * @param {Fields} group
 * @param {import('countersign/alg/ecdsa').EcdsaForm} form
 * @returns {ReturnType<GroupReader>}
 */
function ecdsaGroup(group, form) {
  const [curve, sha] = [text(keyOf(group), 'curve'), text(group, 'sha')];
  const alg = ECDSA[`${curve} ${sha}`];
  if (alg === undefined) return { scope: `out of scope: ECDSA on ${curve} with ${sha}` };
  const key = once(() =>
    importForms(publicForms(group), (input) => importEc(input, { alg, use: 'verify' })),
  );
  return {
    algorithm: alg.name,
    run(test, label) {
      const found = find(() => verify(key(), hex(test, 'msg'), hex(test, 'sig'), form));
      return judge({ algorithm: alg.name, operation: 'verify', label, found });
    },
  };
}

/**
 * Older files of the same schema call the public key `key`.
 * @param {Fields} group
 */
function keyOf(group) {
  return object(group, 'publicKey' in group ? 'publicKey' : 'key');
}

/**
 * Integers are written as DER has them, with a zero before a high bit.
 * @param {Uint8Array} octets
 */
function unsigned(octets) {
  return sized(octets, octets.length - octets.findIndex((octet) => octet !== 0));
}
