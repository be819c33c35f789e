// What a refusal is called.
import { CountersignError } from '../src/errors.js';

/** The code of what it throws, the name of an error that has none, nothing when it throws nothing. */
export function code(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof CountersignError ? error.code : (error as Error).name;
  }
}
