// @ts-check
// A webhook secret is replaced while messages under the old one are still on their way.
import { hmacSha256 } from 'countersign/alg/hmac';
import { CountersignError } from 'countersign/errors';
import { createRing } from 'countersign/key/ring';
import { generateSecret } from 'countersign/key/secret';

const slot = /** @type {const} */ ({ alg: hmacSha256, use: 'verify' });
const now = 1_795_000_000; // seconds since 1970; nothing here reads a clock

// A ring never changes: with() makes another one, and requests under way keep theirs.
const before = createRing([{ key: generateSecret({ ...slot, id: '2025' }) }]);
const ring = before.with({
  add: [{ key: generateSecret({ ...slot, id: '2026' }) }],
  promote: [{ ...slot, id: '2026' }],
  retire: [{ ...slot, id: '2025', notAfter: now + 24 * 3600 }],
});

// The id comes with the message. Algorithm and use never do.
show('2025, today', find('2025', now), '2025');
show('2025, in two days', find('2025', now + 48 * 3600), 'ERR_KEY_EXPIRED');
show('2026', find('2026', now), '2026');
show('an unknown id', find('2024', now), 'ERR_KEY_UNKNOWN');
show('to sign with', ring.primary(slot, now).id, '2026');
show('the ring before', String(before.keys.map(({ id }) => id)), '2025');

/**
 * @param {string} id
 * @param {number} at
 */
function find(id, at) {
  try {
    return ring.find({ ...slot, id }, at).id;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return error.code;
  }
}

/**
 * @param {string} what
 * @param {string} found
 * @param {string} expected
 */
function show(what, found, expected) {
  console.log(`${what.padEnd(18)} ${found}`);
  if (found !== expected) process.exitCode = 1;
}
