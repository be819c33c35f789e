/**
 * For tests only: what no production code may reach. `countersign/testing`.
 *
 * @module
 */
export type { Bytes } from '../bytes/octets.js';
export { encryptCbcWithIv, encryptCtrWithIv, sealWithNonce, signDeterministic } from './fixed.js';
export type { Simulated, SimulatedMessage, SimulateOptions } from './simulate.js';
export { simulate } from './simulate.js';
export type { BrokenMessage, BrokenMessages, LeftOut } from './broken.js';
export { broken } from './broken.js';
export { BROKEN_KINDS, type BrokenKind } from './broken-kinds.js';
export { type Sample, samples } from './samples/index.js';
export type { SchemeMessage } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, VerifyOptions } from '../scheme/scheme.js';
