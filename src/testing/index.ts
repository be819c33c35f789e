/**
 * For tests only: what no production code may reach. `countersign/testing`.
 *
 * @module
 */
export { encryptCbcWithIv, encryptCtrWithIv, sealWithNonce, signDeterministic } from './fixed.js';
