// What the tests of canonical/ share.
import { CountersignError } from '../../src/errors.js';

/** The code of the error that something throws, or `none`. Another error is thrown on. */
export function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
  return 'none';
}
