// @ts-check
// Rings of keys: finding one by its name, and those to try for a message that names none.
import { randomBytes } from 'node:crypto';
import { hmacSha256 } from 'countersign/alg/hmac';
import { aes256Gcm } from 'countersign/alg/aes-gcm';
import { createRing } from 'countersign/key/ring';
import { importSecret } from 'countersign/key/secret';
import { defineCase } from '../case.js';

const SIZES = [1, 10, 100, 1000];
const NOW = 1_800_000_000;

export const suite = {
  title: 'Key rings',
  about:
    'Rings of 1 to 1,000 keys. Reference: a `Map` by id, algorithm and use, with the time looked ' +
    'at. `candidates` finds two keys that stand in a ring beside so many others.',
  cases: SIZES.flatMap((size) => [findCase(size), candidatesCase(size)]),
};

/** @param {number} size */
function findCase(size) {
  return defineCase({
    name: 'find',
    size,
    unit: 'keys',
    quick: true,
    build() {
      const entries = tagKeys(size);
      const ring = createRing(entries);
      const map = new Map(
        entries.map(({ key }) => [`${key.id} ${key.alg.name} ${key.use}`, { key, notAfter: NOW }]),
      );
      const inputs = entries.map(({ key }) => ({ id: key.id ?? '' }));
      /** @typedef {{ id: string }} Name */
      return {
        inputs,
        tampered: inputs.slice(0, 2).map(() => ({ id: 'unknown' })),
        isRight: (result, { id }) => result === id,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: (/** @type {Name} */ { id }) =>
              ring.find({ id, alg: hmacSha256, use: 'verify' }, NOW).id,
          },
          {
            name: 'reference',
            role: 'reference',
            run(/** @type {Name} */ { id }) {
              const found = map.get(`${id} ${hmacSha256.name} verify`);
              return found !== undefined && NOW <= found.notAfter ? found.key.id : undefined;
            },
          },
        ],
      };
    },
  });
}

/** @param {number} size */
function candidatesCase(size) {
  return defineCase({
    name: 'candidates',
    size,
    unit: 'keys',
    quick: true,
    build() {
      const seals = [0, 1].map((i) => ({
        key: importSecret(randomBytes(32), {
          alg: aes256Gcm,
          use: 'open',
          encoding: 'raw',
          id: `seal ${i}`,
        }),
      }));
      const ring = createRing([...tagKeys(size), ...seals]);
      const slot = /** @type {const} */ ({ alg: aes256Gcm, use: 'open' });
      return {
        inputs: [{ now: NOW }],
        tampered: [{ now: NaN }],
        isRight: (result) => result === 2,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: (/** @type {{ now: number }} */ { now }) => ring.candidates(slot, now).length,
          },
        ],
      };
    },
  });
}

/** @param {number} count */
function tagKeys(count) {
  return Array.from({ length: count }, (_, i) => ({
    key: importSecret(randomBytes(32), {
      alg: hmacSha256,
      use: 'verify',
      encoding: 'raw',
      id: `key ${i}`,
    }),
  }));
}
