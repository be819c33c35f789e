// @ts-check
// RFC 9530: octets, and the value of a digest field for them.
import { decodeBase64 } from 'countersign/bytes';
import { checkDigest, createDigest } from 'countersign/http/digest';
import { CountersignError } from 'countersign/errors';

export const name = 'RFC 9530';

/**
 * @typedef {{ id: string, bodyBase64: string, field: string, value: string, result: string, deprecated?: boolean }} Given
 * @typedef {import('../judge.js').Outcome} Outcome
 */

/** What a refusal says of each result. */
const CODES = {
  invalid: 'ERR_HTTP_DIGEST',
  malformed: 'ERR_STRUCTURED_FIELD',
  unsupported: 'ERR_HTTP_DIGEST_ALGORITHM',
  // The RFC takes the last of two values; what is checked here is trusted, so there must be one.
  'valid-by-rfc8941': 'ERR_STRUCTURED_FIELD',
};

/**
 * @param {import('../runner.js').File} file
 * @returns {Iterable<import('../runner.js').Case> | undefined}
 */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const content = /** @type {{ cases?: unknown } | null | undefined} */ (file.json());
  const cases = content?.cases;
  if (!Array.isArray(cases) || cases.length === 0) return undefined;
  const given = /** @type {Given[]} */ (cases);
  const isGiven = (/** @type {unknown} */ one) =>
    typeof one === 'object' && one !== null && 'bodyBase64' in one && 'field' in one;
  if (!given.every(isGiven)) return undefined;
  return given.map((one) => ({
    id: one.id,
    algorithm: one.field,
    label: one.result,
    run: () => run(one),
  }));
}

/** @param {Given} given @returns {Outcome} */
function run({ bodyBase64, value, result, deprecated = false }) {
  const body = decodeBase64(bodyBase64);
  if (result === 'valid' && !deprecated) {
    const { algorithms } = checkDigest(value, body);
    // The fields of the examples have no space behind a comma in one place.
    const written = createDigest(body, algorithms);
    const expected = value.replaceAll(/,\s*/g, ', ');
    return written === expected ? { verdict: 'passed' } : failed(expected, written);
  }
  const code = deprecated
    ? 'ERR_HTTP_DIGEST_ALGORITHM'
    : CODES[/** @type {keyof typeof CODES} */ (result)];
  try {
    const { algorithms } = checkDigest(value, body);
    return failed(code, algorithms.join());
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    if (error.code !== code) return failed(code, error.code);
  }
  if (deprecated) return { verdict: 'skipped', reason: 'policy: a deprecated algorithm' };
  return result === 'valid-by-rfc8941'
    ? { verdict: 'skipped', reason: 'policy: a key that stands twice' }
    : { verdict: 'passed' };
}

/** @param {string} expected @param {string} found @returns {Outcome} */
function failed(expected, found) {
  return { verdict: 'failed', reason: `expected ${expected}, found ${found}` };
}
