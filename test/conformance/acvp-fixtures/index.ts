/**
 * Vector sets in ACVP's shape, made when they are needed by node:crypto, which knows nothing of this
 * library. Where it can't make them, they are a standard's numbers.
 *
 * @module
 */
import { CIPHERS } from './ciphers.js';
import { CURVES } from './curves.js';
import { DERIVATIONS } from './derivation.js';
import { DIGESTS } from './digests.js';
import { MACS } from './macs.js';
import type { Fixture } from './shape.js';
import { SIGNATURES } from './signatures.js';

export const FIXTURES: readonly Fixture[] = [
  ...DIGESTS,
  ...MACS,
  ...CIPHERS,
  ...CURVES,
  ...SIGNATURES,
  ...DERIVATIONS,
];
