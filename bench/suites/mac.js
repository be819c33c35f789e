// @ts-check
// HMAC: making a tag and checking one, through handles and through the algorithm value.
import { hmac as nobleHmac } from '@noble/hashes/hmac.js';
import { sha256 as nobleSha256, sha512 as nobleSha512 } from '@noble/hashes/sha2.js';
import { hmacSha256, hmacSha512 } from 'countersign/alg/hmac';
import { importSecret } from 'countersign/key/secret';
import { mac, verify } from 'countersign/key/use';
import { defineCase, peer } from '../case.js';
import * as physical from '../floor/physical.js';
import * as reference from '../floor/reference.js';
import { both, messages, spoilt, turn, twoSecrets } from '../inputs.js';
import { forge } from '../peers/forge.js';

/** @typedef {{ which: 0 | 1, message: Uint8Array, tag: Uint8Array }} Input */

const SIZES = [64, 256, 1024, 16_384, 65_536, 1_048_576];
/** Above this the physical floor is the reference: no pad is copied. */
const LARGEST_COPIED = 16_384;
/** What is slow is compared on messages of a callback's size. */
const LARGEST_OF_PEERS = 1024;

const HASHES = /** @type {const} */ ([
  { hash: 'sha256', name: 'HMAC-SHA-256', alg: hmacSha256, noble: nobleSha256 },
  { hash: 'sha512', name: 'HMAC-SHA-512', alg: hmacSha512, noble: nobleSha512 },
]);

export const suite = {
  title: 'MAC',
  about:
    'Reference: `createHmac` with a cached `KeyObject`, and `timingSafeEqual`. Physical: two calls ' +
    'of `crypto.hash` over pads computed once (messages up to 16 KiB).',
  cases: HASHES.flatMap((row) =>
    /** @type {const} */ (['verify', 'tag']).flatMap((job) =>
      SIZES.map((size) => macCase(row, job, size)),
    ),
  ),
};

/**
 * @param {typeof HASHES[number]} row
 * @param {'verify' | 'tag'} job
 * @param {number} size
 */
function macCase({ hash, name, alg, noble }, job, size) {
  return defineCase({
    name: `${name} ${job}`,
    size,
    quick: size === 1024 || (hash === 'sha256' && job === 'verify'),
    ...(hash === 'sha256' && job === 'verify' && size <= 1024
      ? { aims: [{ least: 1.3, against: 'reference' }] }
      : {}),
    async build() {
      const secrets = twoSecrets(alg.size);
      const raw = /** @type {const} */ ({ alg, encoding: 'raw' });
      const macKeys = both(secrets, (secret) => importSecret(secret, { ...raw, use: 'mac' }));
      const keys = both(secrets, (secret) => importSecret(secret, { ...raw, use: 'verify' }));
      const prepared = both(secrets, (secret) => alg.key(secret));
      const floors = both(secrets, (secret) => reference.hmac(hash, secret));
      const fast = both(secrets, (secret) => physical.hmac(hash, secret));
      /** @type {Input[]} */
      const inputs = messages(size).map((message, i) => {
        const which = turn(i);
        return { which, message, tag: floors[which].tag(message) };
      });
      const isTag = (/** @type {unknown} */ result, /** @type {Input} */ { tag }) =>
        result instanceof Uint8Array && Buffer.compare(result, tag) === 0;
      const [checks, tags] = [
        {
          handle: (/** @type {Input} */ { which, message, tag }) =>
            verify(keys[which], message, tag),
          value: (/** @type {Input} */ { which, message, tag }) =>
            alg.verify(prepared[which], message, tag),
          reference: (/** @type {Input} */ { which, message, tag }) =>
            floors[which].verify(message, tag),
          physical: (/** @type {Input} */ { which, message, tag }) =>
            fast[which].verify(message, tag),
        },
        {
          handle: (/** @type {Input} */ { which, message }) => mac(macKeys[which], message),
          value: (/** @type {Input} */ { which, message }) => alg.tag(prepared[which], message),
          reference: (/** @type {Input} */ { which, message }) => floors[which].tag(message),
          physical: (/** @type {Input} */ { which, message }) => fast[which].tag(message),
        },
      ];
      const runs = job === 'verify' ? checks : tags;
      const compared = (/** @type {(input: Input) => Uint8Array} */ tagOf) =>
        job === 'tag'
          ? tagOf
          : (/** @type {Input} */ input) => {
              const expected = tagOf(input);
              return Buffer.compare(expected, input.tag) === 0;
            };
      return {
        inputs,
        tampered: spoilt(inputs, 'message'),
        isRight: job === 'verify' ? (result) => result === true : isTag,
        subjects: [
          { name: 'countersign', role: 'ours', run: runs.handle },
          { name: 'countersign, algorithm value', role: 'ours', run: runs.value },
          { name: 'reference', role: 'reference', run: runs.reference },
          ...(size <= LARGEST_COPIED
            ? [{ name: 'physical', role: /** @type {const} */ ('physical'), run: runs.physical }]
            : []),
          ...(size <= LARGEST_OF_PEERS
            ? [
                peer('@noble/hashes', noble, (digest) =>
                  compared(({ which, message }) => nobleHmac(digest, secrets[which], message)),
                ),
                peer('node-forge', await forge(), ({ hmac }) => {
                  const forges = both(secrets, (secret) => hmac(hash, secret));
                  return compared(({ which, message }) => forges[which](message));
                }),
              ]
            : []),
        ],
      };
    },
  });
}
