/**
 * Verifies a message and reads its body as JSON, in one step: what is read is what was verified, and
 * no duplicate name is read in two ways by two readers.
 *
 * @module
 */
import { readJson, type ReadJsonOptions } from '../canonical/json-read.js';
import type { JsonValue } from '../canonical/json-value.js';
import type { AlgorithmName } from '../key/handle.js';
import type { SchemeKeys } from './keys.js';
import type { SchemeMessage } from './message.js';
import type { Covers } from './part.js';
import type { Scheme, SchemeResult, VerifyOptions } from './scheme.js';
import { type Verified, verified } from './verified.js';
import { verify } from './verify.js';

/** What a message says, with its body as JSON. */
export interface JsonResult<C extends Covers> extends SchemeResult<C> {
  /** The body, read by the strict reader. Objects have no prototype. */
  readonly json: JsonValue;
}

/** How a body is read. */
export type JsonBodyOptions = Omit<ReadJsonOptions, 'integers'>;

/**
 * Verifies a message whose scheme binds the body, and reads the body. Of another scheme the body is
 * not vouched for, and is not read here.
 */
export function verifyJson<
  C extends Covers & { readonly body: 'whole' },
  A extends AlgorithmName,
  S extends string,
>(
  scheme: Scheme<C, A, S>,
  message: SchemeMessage,
  keys: SchemeKeys<NoInfer<A>>,
  options: VerifyOptions<C, NoInfer<S>>,
  json?: JsonBodyOptions,
): Verified<JsonResult<C>> {
  const result: SchemeResult<C> = verify(scheme, message, keys, options);
  const body = result.body as Uint8Array | undefined;
  if (body === undefined) {
    throw new TypeError(`scheme: expected one that binds the body; ${scheme.id} does not`);
  }
  // As many octets as were let in are read, unless the reader is told otherwise.
  const limits = { maxBytes: Math.max(body.length, 1), ...json, integers: undefined };
  return verified({ ...result, json: readJson(body, limits) });
}
