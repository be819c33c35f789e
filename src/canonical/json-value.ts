/**
 * What JSON can say, as values of JavaScript, and what its reader and its writer have in common.
 *
 * @module
 */
import { integer, named, typeName } from '../bytes/octets.js';

/**
 * Takes integers beyond 2^53 - 1, as `bigint`. They are JSON, but neither I-JSON
 * ({@link https://www.rfc-editor.org/rfc/rfc7493#section-2.2 RFC 7493, section 2.2}) nor
 * RFC 8785: most other readers round them in silence.
 */
export const ALLOW_BIG_INTEGERS: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.ALLOW_BIG_INTEGERS',
);

/** A JSON value. `Big` is `bigint` where `ALLOW_BIG_INTEGERS` was passed. */
export type JsonValue<Big = never> =
  null | boolean | number | string | Big | JsonArray<Big> | JsonObject<Big>;

/** A JSON array. */
export type JsonArray<Big = never> = readonly JsonValue<Big>[];

/** A JSON object. As read it has no prototype: no member of it is one that the sender did not send. */
export interface JsonObject<Big = never> {
  readonly [name: string]: JsonValue<Big>;
}

/** Whether a value is an object: arrays are told from it, which `Array.isArray` alone does not do. */
export function isJsonObject<Big = never>(value: JsonValue<Big>): value is JsonObject<Big> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the reader and the writer can be told. */
export interface JsonOptions {
  /** Levels of arrays and objects within each other, from 0 to 512; 64 unless given. */
  readonly maxDepth?: number | undefined;
  /** `ALLOW_BIG_INTEGERS`, or integers beyond 2^53 - 1 are refused. */
  readonly integers?: typeof ALLOW_BIG_INTEGERS | undefined;
}

/** More than any document needs that means well. */
const DEFAULT_DEPTH = 64;
/** Every level is a call within a call; the smallest stack in use holds some thousands. */
const DEEPEST = 512;

/** Checks options, of which there are some more than those that both have. */
export function readOptions<T extends JsonOptions>(
  options: T | undefined,
  more: readonly string[],
): { readonly options: Partial<T>; readonly maxDepth: number; readonly bigIntegers: boolean } {
  if (options === undefined) {
    return { options: {}, maxDepth: DEFAULT_DEPTH, bigIntegers: false };
  }
  named(options, 'options', [...more, 'maxDepth', 'integers']);
  const integers: unknown = options.integers;
  if (integers !== undefined && integers !== ALLOW_BIG_INTEGERS) {
    throw new TypeError(
      `options.integers: expected ALLOW_BIG_INTEGERS, found ${typeName(integers)}`,
    );
  }
  return {
    options,
    maxDepth: integer(options.maxDepth ?? DEFAULT_DEPTH, 'options.maxDepth', 0, DEEPEST),
    bigIntegers: integers === ALLOW_BIG_INTEGERS,
  };
}
