// @ts-check
// Writers of RFC 8785.
import { load } from './load.js';

/** @typedef {(value: unknown) => string | undefined} Canonicalize */

/** @returns {Promise<Canonicalize | undefined>} */
export async function canonicalize() {
  /** @type {{ default: Canonicalize } | undefined} */
  const module = await load('canonicalize');
  return module?.default;
}

/** @returns {Promise<Canonicalize | undefined>} */
export async function jsonCanonicalize() {
  /** @type {{ canonicalize: Canonicalize } | undefined} */
  const module = await load('json-canonicalize');
  return module?.canonicalize;
}
