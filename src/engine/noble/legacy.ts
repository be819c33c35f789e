/**
 * DSA and Triple DES are in no well-kept JavaScript library, and are not written here either.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';
import type { DsaEngine, TripleDesEngine } from '../contract.js';

export const dsa: DsaEngine = {
  publicKey: () => refuse('DSA'),
  verify: () => refuse('DSA'),
};

export const tripleDes: TripleDesEngine = {
  key: () => refuse('Triple DES'),
  decrypt: () => refuse('Triple DES'),
};

function refuse(algorithm: string): never {
  throw new CountersignError(
    'ERR_UNSUPPORTED_ENGINE',
    `the noble engine has no ${algorithm}: run on Node with --conditions=countersign-node`,
  );
}
