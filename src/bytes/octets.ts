/**
 * What counts as octets at every door of this package: a `Uint8Array` of this realm or another
 * (a Buffer is one), on memory that nobody can change while it is being checked.
 *
 * @module
 */

/** Octets that this package made: a plain `Uint8Array` over memory of its own. */
export type Bytes = Uint8Array<ArrayBuffer>;

// The getters of the language itself: they answer for objects of every realm, and no prototype,
// proxy or Symbol.toStringTag lies to them.
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const nameOf = getter(typedArray, Symbol.toStringTag);
const bufferOf = getter(typedArray, 'buffer');
const offsetOf = getter(typedArray, 'byteOffset');
const sizeOf = getter(typedArray, 'byteLength');
const arrayBufferSize = getter(ArrayBuffer.prototype, 'byteLength');
/** Absent from platforms before 2024, which have no resizable memory either. */
const isResizable = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'resizable')?.get;

/**
 * Returns the octets of `value` as a plain `Uint8Array` of this realm over the same memory, else
 * throws a `TypeError` that names `what` and the type found. Callers go on with what it returns:
 * backends refuse another realm's arrays, and a subclass may have a `length` of its own mind.
 *
 * Shared and resizable memory is refused: another thread could change it between the check of a
 * signature and the use of what was signed.
 */
export function octets(value: unknown, what: string): Uint8Array {
  if (nameOf.call(value) !== 'Uint8Array') {
    throw new TypeError(`${what}: expected a Uint8Array, found ${typeName(value)}`);
  }
  const buffer = bufferOf.call(value);
  if (!isFixed(buffer)) {
    throw new TypeError(
      `${what}: expected a Uint8Array on memory of fixed size and one owner, found shared or resizable memory`,
    );
  }
  const isPlain =
    Object.getPrototypeOf(value) === Uint8Array.prototype &&
    !Object.hasOwn(value as Uint8Array, 'length');
  return isPlain
    ? (value as Uint8Array)
    : new Uint8Array(
        buffer as ArrayBuffer,
        offsetOf.call(value) as number,
        sizeOf.call(value) as number,
      );
}

/** Returns `value` if it is a string, else throws a `TypeError`. */
export function text(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${what}: expected a string, found ${typeName(value)}`);
}

/** Returns `value` if it is an integer from `least` to `most`, else throws a `TypeError`. */
export function integer(value: unknown, what: string, least: number, most: number): number {
  // Written so that NaN, which fails every comparison, is refused.
  if (Number.isSafeInteger(value) && least <= (value as number) && (value as number) <= most) {
    return value as number;
  }
  const found = typeof value === 'number' ? 'another number' : typeName(value);
  throw new TypeError(`${what}: expected an integer from ${least} to ${most}, found ${found}`);
}

/** Returns `value` if it is one of `choices`, else throws a `TypeError` that lists them. */
export function choice<T extends string>(value: unknown, what: string, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  const found = typeof value === 'string' ? 'another string' : typeName(value);
  throw new TypeError(`${what}: expected '${choices.join("' or '")}', found ${found}`);
}

/** Returns `value` if it is an object, else throws a `TypeError` that says what it should hold. */
export function fields<T extends object>(value: T, what: string, expected: string): T {
  if (typeof value === 'object' && (value as T | null) !== null) return value;
  throw new TypeError(`${what}: expected ${expected}, found ${typeName(value)}`);
}

/**
 * Returns options that have no other names than these. One that is spelled wrong would be left out
 * in silence: a key that was to expire would not.
 */
export function named<T extends object>(value: T, what: string, names: readonly string[]): T {
  const isObject = typeof value === 'object' && (value as T | null) !== null;
  const given = isObject && !Array.isArray(value) ? Object.keys(value) : undefined;
  if (given?.every((name) => names.includes(name)) === true) return value;
  // For an error alone: on the way of every call it would be what takes longest.
  fields(value, what, `{ ${names.join(', ')} }`);
  throw new TypeError(`${what}: expected ${names.join(', ')} and nothing else`);
}

/** A name for the kind of `value`, with nothing of its content. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return 'an array';
  return (nameOf.call(value) as string | undefined) ?? 'an object';
}

function isFixed(buffer: unknown): boolean {
  try {
    arrayBufferSize.call(buffer); // throws for a SharedArrayBuffer, of whichever realm
  } catch {
    return false;
  }
  return isResizable?.call(buffer) !== true;
}

function getter(of: object, name: PropertyKey): (this: unknown) => unknown {
  const get = Object.getOwnPropertyDescriptor(of, name)?.get;
  /* v8 ignore next -- both are part of ECMAScript since 2015 */
  if (get === undefined) throw new TypeError(`this JavaScript has no getter ${String(name)}`);
  return get;
}
