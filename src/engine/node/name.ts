/**
 * Which engine this is.
 *
 * @module
 */
import type { EngineName } from '../contract.js';

export const name: EngineName = 'node';
