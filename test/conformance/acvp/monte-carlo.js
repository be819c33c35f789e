// @ts-check
// The chains of AES-CBC and AES-ECB, the Monte Carlo tests of
// https://pages.nist.gov/ACVP/draft-celi-acvp-symmetric.html: 100 keys, 1000 blocks under each.
import { concat, equal } from 'countersign/bytes';
import { hex } from '../fields.js';
import { find } from '../judge.js';

const KEYS = 100;
const BLOCKS = 1000;

/**
 * @typedef {{ encrypts: boolean, secret: Uint8Array, iv: Uint8Array, input: Uint8Array }} Start
 */

/**
 * What the chain should give and what it gives, to the first block that is another.
 * @param {import('./blocks.js').Mode} mode
 * @param {import('../fields.js').Fields} test
 * @param {Start} start
 * @param {string} answer what the field of the result is called
 */
export function monteCarlo(mode, test, { encrypts, secret, iv, input }, answer) {
  const results = test['resultsArray'];
  if (!Array.isArray(results) || results.length !== KEYS) throw new Error('no 100 results');
  const answers = /** @type {import('../fields.js').Fields[]} */ (results).map((result) =>
    hex(result, answer),
  );
  let expected = input;
  const found = find(() => {
    for (expected of answers) {
      const { before, last } = chain(mode, encrypts, secret, iv, input);
      if (!equal(last, expected)) return last;
      const mask = concat(before, last).subarray(32 - secret.length);
      secret = secret.map((octet, i) => octet ^ (mask[i] ?? 0));
      // ECB goes on from its last block; CBC from the last but one, under the last as its IV.
      [iv, input] = mode.hasIv ? [last, before] : [iv, last];
    }
    return expected;
  });
  return { expected, found };
}

/**
 * The last two of 1000 blocks. In CBC a block goes in two steps after it came out, the IV first.
 * @param {import('./blocks.js').Mode} mode
 * @param {boolean} encrypts
 * @param {Uint8Array} secret
 * @param {Uint8Array} iv
 * @param {Uint8Array} input
 */
export function chain({ key: prepare, hasIv, encrypt, decrypt }, encrypts, secret, iv, input) {
  const key = prepare(secret);
  let [before, last, feedback] = [iv, iv, iv];
  for (let i = 0; i < BLOCKS; i++) {
    const out = encrypts ? encrypt(key, feedback, input) : decrypt(key, feedback, input);
    [before, last] = [last, out];
    if (hasIv) [feedback, input] = [encrypts ? out : input, before];
    else input = out;
  }
  return { before, last };
}
