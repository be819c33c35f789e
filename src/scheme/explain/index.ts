/**
 * Why a message is refused: for the people who run a receiver, and for their tests.
 * `countersign/explain`. Nothing that verifies reaches it, and no receiver calls it for a request: an
 * explanation tells a forger what to mend.
 *
 * @module
 */
export type { CountersignErrorCode } from '../../errors.js';
export type { AlgorithmName, Key, KeyPurpose } from '../../key/handle.js';
export type { KeyRing } from '../../key/ring.js';
export type { SchemeKeys } from '../keys.js';
export type { SchemeMessage, Settings } from '../message.js';
export type { Scheme } from '../scheme.js';
export { type FaultCode, FAULTS, type FaultText } from './codes.js';
export { explain, type ExplainOptions, SECRET_HOLDER } from './explain.js';
export {
  type Explanation,
  explanationText,
  type Fault,
  type Step,
  type StepName,
} from './explanation.js';
export type { KeyRole, OtherKey } from './keys.js';
export type { How } from '../part.js';
