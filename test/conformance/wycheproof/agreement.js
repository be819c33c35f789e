// @ts-check
// ECDH and X25519, with keys in each form that the suite has them in.
import { ecdhP256, ecdhP384, ecdhP521, x25519 } from 'countersign/alg/agreement';
import { importKey } from 'countersign/key';
import { agree } from 'countersign/key/use';
import { hex, object, sized, text } from '../fields.js';
import { find, judge } from '../judge.js';

/**
 * @typedef {import('../suites/wycheproof.js').GroupReader} GroupReader
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('countersign/alg/agreement').AgreementAlgorithm} AgreementAlgorithm
 * @typedef {(test: Fields, name: string, alg: AgreementAlgorithm) => import('countersign/key').KeyInput} KeyReader
 */

/** @type {Readonly<Record<string, AgreementAlgorithm>>} */
const CURVES = {
  secp256r1: ecdhP256,
  secp384r1: ecdhP384,
  secp521r1: ecdhP521,
  'P-256': ecdhP256,
  'P-384': ecdhP384,
  'P-521': ecdhP521,
  curve25519: x25519,
};

/** @type {KeyReader} */
const octets = (test, name) => hex(test, name);
/** @type {KeyReader} */
const pem = (test, name) => text(test, name);
/** @type {KeyReader} */
const jwk = (test, name) => object(test, name);
/** @type {KeyReader} A private key as an integer. */
const scalar = (test, name, alg) => sized(hex(test, name), alg.size);

/** @type {Readonly<Record<string, GroupReader>>} */
export const agreementGroups = {
  EcdhTest: (group) => agreement(group, octets, scalar),
  EcdhEcpointTest: (group) => agreement(group, octets, scalar),
  EcdhPemTest: (group) => agreement(group, pem, pem),
  EcdhWebcryptoTest: (group) => agreement(group, jwk, jwk),
  XdhComp: (group) => agreement(group, octets, octets),
  XdhAsnComp: (group) => agreement(group, octets, octets),
  XdhPemComp: (group) => agreement(group, pem, pem),
  XdhJwkComp: (group) => agreement(group, jwk, jwk),
};

/**
 * @param {Fields} group
 * @param {KeyReader} readPublic
 * @param {KeyReader} readPrivate
 * @returns {ReturnType<GroupReader>}
 */
function agreement(group, readPublic, readPrivate) {
  const curve = text(group, 'curve');
  const alg = CURVES[curve];
  if (alg === undefined) return { scope: `out of scope: key agreement on ${curve}` };
  return {
    algorithm: alg.name,
    run(test, label) {
      const found = find(() => {
        const peer = importKey(readPublic(test, 'public', alg), { alg, use: 'peer' });
        return agree(importKey(readPrivate(test, 'private', alg), { alg, use: 'agree' }), peer);
      });
      const expected = hex(test, 'shared');
      return judge({ algorithm: alg.name, operation: 'agree', label, expected, found });
    },
  };
}
