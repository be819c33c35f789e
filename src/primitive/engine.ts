/**
 * Which engine this process runs on: the one that the platform has, or the one that a condition
 * forced. A condition misspelled is a condition ignored, so whoever forces one checks it here.
 *
 * @module
 */
import { name } from '#engine/name';
import type { EngineName } from '../engine/contract.js';

export type { EngineName };

/** `node`, `noble` or `dual`. */
export const ENGINE: EngineName = name;
