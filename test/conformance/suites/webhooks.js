// @ts-check
// Libraries of webhooks' own tests as data: a secret, a payload, headers or a header, and whether it
// is valid. Which scheme it is the headers say.
import { encodeUtf8 } from 'countersign/bytes';
import { github } from 'countersign/provider/github';
import { standardWebhooks } from 'countersign/provider/standard-webhooks';
import { ALLOW_WEAK_SECRET, secretFor, sign, verify } from 'countersign/scheme';
import { find, judge } from '../judge.js';
import { importRelaxed } from '../policy.js';
import { needsOf } from '../secrets.js';

export const name = 'Webhooks';

/**
 * @typedef {object} Given
 * @property {string} name
 * @property {'sign' | 'verify' | 'construct'} op
 * @property {string} [secret]
 * @property {readonly string[]} [secrets] of which any may be right
 * @property {string} payload
 * @property {string} expected
 * @property {string} [header]
 * @property {Record<string, string>} [headers]
 * @property {string} [id]
 * @property {number | string} [timestamp]
 * @property {number} [now]
 * @property {number} [toleranceSec]
 * @property {boolean} [enforceTimestamp]
 */

/** @param {import('../runner.js').File} file */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const content = /** @type {{ cases?: unknown } | null | undefined} */ (file.json());
  if (!Array.isArray(content?.cases) || content.cases.length === 0) return undefined;
  const cases = /** @type {readonly Partial<Given>[]} */ (content.cases);
  const isKnown = cases.every(
    ({ op, payload }) =>
      ['sign', 'verify', 'construct'].includes(op ?? '') && payload !== undefined,
  );
  if (!isKnown) return undefined;
  const isStandard = cases.some(({ headers, id }) => headers !== undefined || id !== undefined);
  return /** @type {readonly Given[]} */ (cases).map((given) => caseOf(given, isStandard));
}

/** Messages without headers of their own are GitHub's. @param {Given} given @param {boolean} isStandard @returns {import('../runner.js').Case} */
function caseOf(given, isStandard) {
  const { op, expected } = given;
  const scheme = isStandard ? standardWebhooks : github;
  const isKnownAnswer = op === 'sign' && expected !== 'error';
  const label = isKnownAnswer ? 'valid' : (LABELS[expected] ?? 'invalid');
  return {
    id: given.name,
    algorithm: scheme.title,
    label,
    run(asked) {
      const relaxed = /** @type {string[]} */ ([]);
      const found = find(() => answer(given, scheme, relaxed), { typeErrorRefuses: true });
      const expectedOctets = isKnownAnswer ? { expected: encodeUtf8(expected) } : {};
      const operation = op === 'sign' ? 'tag' : 'verify';
      return judge({
        algorithm: 'HMAC-SHA-256',
        operation,
        label: asked,
        ...expectedOctets,
        found,
        relaxed,
      });
    },
  };
}

/** @type {Readonly<Record<string, string>>} */
const LABELS = { valid: 'valid', 'implementation-defined': 'acceptable' };

/**
 * @param {Given} given
 * @param {typeof github | typeof standardWebhooks} scheme
 * @param {string[]} relaxed
 */
function answer(given, scheme, relaxed) {
  const { op, payload, secret = '', secrets = [secret], header = '', headers } = given;
  const body = encodeUtf8(payload);
  if (op === 'sign') {
    const { id, timestamp = 0 } = given;
    const key = keyOf(scheme, secrets[0] ?? '', 'mac', relaxed);
    const now = /** @type {number} */ (timestamp);
    const signed = sign(scheme, { body }, key, {
      now,
      ...(id === undefined ? {} : { values: { id } }),
    });
    return encodeUtf8(signed.headers.at(-1)?.[1] ?? '');
  }
  const keys = secrets.map((each) => keyOf(scheme, each, 'verify', relaxed));
  // A case in which no time is looked at is looked at in its own time.
  const time = Number(Object.entries(headers ?? {}).find(([each]) => /timestamp/i.test(each))?.[1]);
  const { now = 0, toleranceSec } = given;
  verify(scheme, { headers: headers ?? { 'X-Hub-Signature-256': header }, body }, keys, {
    now: given.enforceTimestamp === false ? time : now,
    ...(toleranceSec === undefined ? {} : { tolerance: toleranceSec }),
  });
  return true;
}

/**
 * @template {'mac' | 'verify'} U
 * @param {typeof github | typeof standardWebhooks} scheme
 * @param {string} secret
 * @param {U} use
 * @param {string[]} relaxed
 */
function keyOf(scheme, secret, use, relaxed) {
  const needs = scheme === github && secret !== '' ? needsOf(encodeUtf8(secret)) : [];
  for (const each of needs) if (!relaxed.includes(each)) relaxed.push(each);
  return importRelaxed(needs, (relax) =>
    secretFor(scheme, secret, { use, relax: relax ? [ALLOW_WEAK_SECRET] : [] }),
  );
}
