// @ts-check
// A webhook secret is replaced while messages under the old one are still on their way. The messages
// name no key, as most providers' don't, so all keys of the time are tried.
import { hmacSha256 } from 'countersign/alg/hmac';
import { encodeUtf8 } from 'countersign/bytes';
import { createRing } from 'countersign/key/ring';
import { generateSecret, withUse } from 'countersign/key/secret';
import { mac, verify } from 'countersign/key/use';

const now = 1_795_000_000; // seconds since 1970; nothing here reads a clock
const checking = /** @type {const} */ ({ alg: hmacSha256, use: 'verify' });

// Stands in for the provider, who signs with the one and then with the other.
const old = generateSecret({ alg: hmacSha256, use: 'mac', id: '2025' });
const next = generateSecret({ alg: hmacSha256, use: 'mac', id: '2026' });
const body = encodeUtf8('{"amount":"9.99"}');

// A ring never changes: with() makes another one, and requests under way keep theirs.
const before = createRing([{ key: withUse(old, 'verify') }]);
const ring = before.with({
  add: [{ key: withUse(next, 'verify') }],
  promote: [{ ...checking, id: '2026' }],
  retire: [{ ...checking, id: '2025', notAfter: now + 24 * 3600 }],
});

show('2026', isGenuine(mac(next, body), now), true);
show('2025, today', isGenuine(mac(old, body), now), true);
show('2025, in two days', isGenuine(mac(old, body), now + 48 * 3600), false);
// Where a message names its key, that key is asked for and no other; an id that is unknown throws.
show(
  'by its id',
  verify(ring.find({ ...checking, id: '2026' }, now).key, body, mac(next, body)),
  true,
);

/**
 * @param {Uint8Array} tag
 * @param {number} at
 */
function isGenuine(tag, at) {
  return ring.candidates(checking, at).some(({ key }) => verify(key, body, tag));
}

/**
 * @param {string} what
 * @param {boolean} found
 * @param {boolean} expected
 */
function show(what, found, expected) {
  console.log(`${what.padEnd(18)} ${found ? 'genuine' : 'refused'}`);
  if (found !== expected) process.exitCode = 1;
}
