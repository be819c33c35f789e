/**
 * What is tried and may not be possible.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';

/** What is not of the form asked for gives nothing. */
export function orNone<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}
