/**
 * For tests only: what no production code may reach. `countersign/testing`.
 *
 * @module
 */
export type { Bytes } from '../bytes/octets.js';
export { encryptCbcWithIv, encryptCtrWithIv, sealWithNonce, signDeterministic } from './fixed.js';
