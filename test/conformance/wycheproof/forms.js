// @ts-check
// One key in several forms: every form that a group has it in must be taken, and be the same key.
import { hex, object, text } from '../fields.js';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('countersign/key').KeyInput} KeyInput
 */

/** Base64url characters of a coordinate. A shorter one needs a relaxation and shows another thing. */
const COORDINATES = new Map(Object.entries({ 'P-256': 43, 'P-384': 64, 'P-521': 88, Ed25519: 43 }));

/**
 * The public key of a group. Older files of the same schema begin the names with `key`.
 * @param {Fields} group
 * @returns {KeyInput[]}
 */
export function publicForms(group) {
  const [der, pem, asn, jwk] = ['Der', 'Pem', 'Asn', 'Jwk'].map((form) =>
    [`publicKey${form}`, `key${form}`].find((name) => name in group),
  );
  if (der === undefined) throw new Error('no publicKeyDer');
  return [
    hex(group, der),
    ...(pem === undefined ? [] : [text(group, pem)]),
    ...(asn === undefined ? [] : [hex(group, asn)]),
    ...(jwk === undefined ? [] : jwkOf(object(group, jwk), false)),
  ];
}

/**
 * @param {Fields} group
 * @returns {KeyInput[]}
 */
export function privateForms(group) {
  const forms = [
    ...('privateKeyPkcs8' in group ? [hex(group, 'privateKeyPkcs8')] : []),
    ...('privateKeyPem' in group ? [text(group, 'privateKeyPem')] : []),
    ...('privateKeyJwk' in group ? jwkOf(object(group, 'privateKeyJwk'), true) : []),
  ];
  if (forms.length === 0) throw new Error('no privateKeyPkcs8');
  return forms;
}

/**
 * The key that all forms are.
 * @template {{ readonly id: string | undefined }} K
 * @param {readonly KeyInput[]} forms
 * @param {(input: KeyInput) => K} load
 * @returns {K}
 */
export function importForms(forms, load) {
  const [key, ...others] = forms.map(load);
  if (key === undefined) throw new Error('no form of the key');
  const other = others.findIndex(({ id }) => id !== key.id);
  if (other < 0) return key;
  throw new Error(`form ${other + 1} of the key is another key than form 0`);
}

/**
 * The numbers of a JWK: what else it says is its file's name for it.
 * @param {Fields} jwk
 * @param {boolean} isPrivate
 * @returns {KeyInput[]}
 */
function jwkOf({ alg: _alg, kid: _kid, use: _use, key_ops: _ops, ...numbers }, isPrivate) {
  const length = COORDINATES.get(String(numbers['crv']));
  const isWhole = ['x', 'y'].every((name) => {
    const value = numbers[name];
    return value === undefined || (typeof value === 'string' && value.length === length);
  });
  const hasForm = 'd' in numbers === isPrivate && (numbers['kty'] === 'RSA' || isWhole);
  return hasForm ? [numbers] : [];
}
