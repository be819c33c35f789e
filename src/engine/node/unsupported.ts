/**
 * Runtimes that answer to the condition `node` with a smaller node:crypto: Bun has no secp256k1 and
 * no DSA, Deno no AES-CBC and AES-GCM with keys of 192 bits. `runtimeCheck` tells what the runtime
 * lacks from a bad key: it tries a key known to be good, once.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';

/** The error for what this runtime lacks, with the way out. */
export function unsupported(algorithm: string): CountersignError {
  return new CountersignError(
    'ERR_UNSUPPORTED_ENGINE',
    `this runtime's node:crypto has no ${algorithm}; run with --conditions=countersign-noble`,
  );
}

/**
 * Makes a check that throws `ERR_UNSUPPORTED_ENGINE` if the runtime can't use a good key. It is
 * called before an import, or where one failed and the fault may lie with the key.
 */
export function runtimeCheck(algorithm: string, useGoodKey: () => void): () => void {
  let works: boolean | undefined;
  return () => {
    works ??= succeeds(useGoodKey);
    if (!works) throw unsupported(algorithm);
  };
}

function succeeds(attempt: () => void): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
