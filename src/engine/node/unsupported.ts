/**
 * Runtimes that answer to the condition `node` with a smaller node:crypto (Bun has no secp256k1,
 * rsa-pss keys and DSA, Deno no AES-192) refuse a whole algorithm by failing to take its keys.
 * `onImportFailure` tells that from a bad key: it tries a key known to be good, once.
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
 * Makes a check that is called when an import failed: it throws `ERR_UNSUPPORTED_ENGINE` if the
 * runtime can't import a good key either, and returns when the fault lies with the key.
 */
export function onImportFailure(algorithm: string, importGoodKey: () => void): () => void {
  let works: boolean | undefined;
  return () => {
    works ??= succeeds(importGoodKey);
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
