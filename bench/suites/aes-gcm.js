// @ts-check
// AES-256-GCM: sealing under a fresh nonce, and opening.
import { gcm } from '@noble/ciphers/aes.js';
import { randomBytes } from 'node:crypto';
import { aes256Gcm } from 'countersign/alg/aes-gcm';
import { importSecret } from 'countersign/key/secret';
import { open, seal } from 'countersign/key/use';
import { defineCase, peer } from '../case.js';
import * as physical from '../floor/physical.js';
import * as reference from '../floor/reference.js';
import { both, messages, spoilt, turn, twoSecrets } from '../inputs.js';
import { forge } from '../peers/forge.js';

/** @typedef {{ which: 0 | 1, plaintext: Uint8Array, sealed: Uint8Array }} Input */
/** @typedef {{ seal: (plaintext: Uint8Array, aad: Uint8Array) => Uint8Array, open: (sealed: Uint8Array, aad: Uint8Array) => Uint8Array }} Sealer */

const SIZES = [16, 256, 1024, 16_384, 65_536, 1_048_576];
const LARGEST_OF_PEERS = 1024;
const aad = new Uint8Array(Buffer.from('customer 1001'));

export const suite = {
  title: 'AES-256-GCM',
  about:
    'With 13 octets of additional data. Reference: `createCipheriv` with a cached `KeyObject`, ' +
    '`randomBytes` for each nonce, `Buffer.concat`. Physical: the same with random octets drawn in ' +
    'blocks and one allocation.',
  cases: /** @type {const} */ (['seal', 'open']).flatMap((job) =>
    SIZES.map((size) => caseOf(job, size)),
  ),
};

/** @param {'seal' | 'open'} job @param {number} size */
function caseOf(job, size) {
  return defineCase({
    name: `AES-256-GCM ${job}`,
    size,
    quick: size === 16 || job === 'seal',
    ...(job === 'seal' && size === 16 ? { aims: [{ least: 1.3, against: 'reference' }] } : {}),
    async build() {
      const secrets = twoSecrets(32);
      const floors = both(secrets, reference.aes256Gcm);
      const plaintexts = messages(size);
      /** @type {Input[]} */
      const inputs = plaintexts.map((plaintext, i) => {
        const which = turn(i);
        return { which, plaintext, sealed: floors[which].seal(plaintext, aad) };
      });
      const run = (/** @type {readonly [Sealer, Sealer]} */ sealers) =>
        job === 'seal'
          ? (/** @type {Input} */ { which, plaintext }) => sealers[which].seal(plaintext, aad)
          : (/** @type {Input} */ { which, sealed }) => sealers[which].open(sealed, aad);
      const peers =
        size > LARGEST_OF_PEERS
          ? []
          : [
              peer('@noble/ciphers', gcm, () => run(both(secrets, nobleGcm))),
              peer('node-forge', await forge(), ({ aesGcm }) => run(both(secrets, aesGcm))),
            ];
      return {
        inputs,
        tampered: spoilt(inputs, job === 'seal' ? 'plaintext' : 'sealed'),
        isRight(result, { which, plaintext }) {
          if (!(result instanceof Uint8Array)) return false;
          const opened = job === 'seal' ? floors[which].open(result, aad) : result;
          return Buffer.compare(opened, plaintext) === 0;
        },
        subjects: [
          { name: 'countersign', role: 'ours', run: run(both(secrets, ourGcm)) },
          { name: 'reference', role: 'reference', run: run(floors) },
          { name: 'physical', role: 'physical', run: run(both(secrets, physical.aes256Gcm)) },
          ...peers,
        ],
      };
    },
  });
}

/** @param {Uint8Array} secret @returns {Sealer} */
function ourGcm(secret) {
  const options = /** @type {const} */ ({ alg: aes256Gcm, encoding: 'raw' });
  const sealKey = importSecret(secret, { ...options, use: 'seal' });
  const openKey = importSecret(secret, { ...options, use: 'open' });
  return {
    seal: (plaintext, data) => seal(sealKey, plaintext, data),
    open: (sealed, data) => open(openKey, sealed, data),
  };
}

/** @param {Uint8Array} secret @returns {Sealer} */
function nobleGcm(secret) {
  return {
    seal(plaintext, data) {
      const nonce = randomBytes(12);
      return Buffer.concat([nonce, gcm(secret, nonce, data).encrypt(plaintext)]);
    },
    open: (sealed, data) => gcm(secret, sealed.subarray(0, 12), data).decrypt(sealed.subarray(12)),
  };
}
