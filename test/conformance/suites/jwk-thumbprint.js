// @ts-check
// Thumbprints of JWKs, RFC 7638: a file is a list of keys in `cases`, each with the name of a hash and what
// it gives, or `error`.
import { sha256, sha384, sha512 } from 'countersign/alg/digest';
import { encodeUtf8 } from 'countersign/bytes';
import { jwkThumbprint } from 'countersign/jose/jwk';
import { object, text } from '../fields.js';
import { find, judge } from '../judge.js';

export const name = 'JWK thumbprints';

/** @typedef {import('../fields.js').Fields} Fields */

const HASHES = { sha256, sha384, sha512 };

/**
 * @param {import('../runner.js').File} file
 * @returns {Iterable<import('../runner.js').Case> | undefined}
 */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const content = /** @type {Fields | null | undefined} */ (file.json());
  const cases = content?.['cases'];
  if (!Array.isArray(cases) || cases.length === 0 || !cases.every(isCase)) return undefined;
  return cases.map(caseOf);
}

/** @param {unknown} one */
function isCase(one) {
  const isObject = typeof one === 'object' && one !== null;
  return isObject && ['jwk', 'hash', 'expected'].every((member) => member in one);
}

/**
 * @param {Fields} one
 * @param {number} position
 * @returns {import('../runner.js').Case}
 */
function caseOf(one, position) {
  const hash = HASHES[/** @type {keyof typeof HASHES} */ (text(one, 'hash'))];
  const expected = one['expected'];
  const isValid = typeof expected === 'string' && expected !== 'error';
  return {
    id: typeof one['name'] === 'string' ? one['name'] : String(position),
    algorithm: hash.name,
    label: isValid ? 'valid' : 'invalid',
    run: (label) =>
      judge({
        algorithm: hash.name,
        operation: 'digest',
        label,
        found: find(() => encodeUtf8(jwkThumbprint(object(one, 'jwk'), hash))),
        ...(isValid ? { expected: encodeUtf8(expected) } : {}),
      }),
  };
}
