// @ts-check
// RFC 7520's examples of encryption, section 5, as https://github.com/ietf-jose/cookbook has them: a file
// is one example, or a list of them in `cases`. Those that have no compact form are not asked.
import { encodeUtf8 } from 'countersign/bytes';
import { object, text } from '../fields.js';
import { find, judge } from '../judge.js';
import { recipientOf } from '../jwe-keys.js';

export const name = 'JWE cookbook';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../runner.js').Case} Case
 */

/**
 * @param {import('../runner.js').File} file
 * @returns {Iterable<Case> | undefined}
 */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const content = /** @type {Fields | null | undefined} */ (file.json());
  const listed = Array.isArray(content?.['cases']) ? content['cases'] : [content];
  const examples = /** @type {Fields[]} */ (listed).filter(isExample);
  return examples.length === 0 || examples.length < listed.length
    ? undefined
    : examples.map(caseOf);
}

/** @param {Fields | null | undefined} content */
function isExample(content) {
  const isObject = (/** @type {unknown} */ part) => typeof part === 'object' && part !== null;
  return ['input', 'encrypting_content', 'output'].every((part) => isObject(content?.[part]));
}

/**
 * @param {Fields} example
 * @param {number} position
 * @returns {Case}
 */
function caseOf(example, position) {
  const id = typeof example['title'] === 'string' ? example['title'] : String(position);
  const [input, output] = [object(example, 'input'), object(example, 'output')];
  const token = output['compact'];
  const names = [input['alg']].flat().map(String);
  if (typeof token !== 'string') {
    const reason = 'out of scope: the JSON serialization of JWE';
    return {
      id,
      algorithm: names.join(),
      label: 'valid',
      run: () => ({ verdict: 'skipped', reason }),
    };
  }
  const [alg = ''] = names;
  // A password is no key; what would be one is not asked for.
  const jwk = 'key' in input ? object(input, 'key') : { kty: 'oct', k: '', alg };
  const recipient = recipientOf(jwk, alg);
  if (recipient === undefined) {
    const reason = `out of scope: ${alg} of JWE`;
    return { id, algorithm: alg, label: 'valid', run: () => ({ verdict: 'skipped', reason }) };
  }
  const isPacked = 'zip' in object(object(example, 'encrypting_content'), 'protected');
  const policy = isPacked ? 'compressed content of JWE' : recipient.policy;
  return {
    id,
    algorithm: recipient.alg.name,
    label: 'valid',
    run: (label) =>
      judge({
        algorithm: recipient.alg.name,
        operation: recipient.operation,
        label,
        expected: encodeUtf8(text(input, 'plaintext')),
        found: find(() => recipient.open(token, text(input, 'enc'))),
        ...(policy === undefined ? {} : { policy }),
      }),
  };
}
