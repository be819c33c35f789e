/**
 * DSA and Triple DES are node's alone: there is no second opinion to be had.
 *
 * @module
 */
import type { DsaEngine } from '../contract.js';
import { dsa as nodeDsa } from '../node/legacy.js';
import { hashes } from './both.js';

export { tripleDes } from '../node/legacy.js';

export const dsa: DsaEngine = {
  publicKey: (parts) => nodeDsa.publicKey(parts),
  verify: (key, hash, message, signature) =>
    nodeDsa.verify(key, hashes(hash).node, message, signature),
};
