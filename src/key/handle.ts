/**
 * What callers hold instead of a key: a handle that says what it is for and shows nothing of what
 * it holds. It is bound to one algorithm and one use when it is made.
 *
 * A handle can't be cloned, and so not posted to a worker: `structuredClone` would make an empty
 * object of it in silence. It reads every enumerable property, and here finds one that refuses.
 *
 * @module
 */
import { text, typeName } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { Material } from './material.js';
import type { Relaxation } from './policy.js';

/** What a key may do. */
export type KeyPurpose =
  | 'sign'
  | 'verify'
  | 'mac'
  | 'seal'
  | 'open'
  | 'encrypt'
  | 'decrypt'
  | 'wrap'
  | 'unwrap'
  | 'agree'
  | 'peer';

/** Any algorithm value, as far as a handle knows it. */
export interface AlgorithmName {
  readonly kind: string;
  readonly name: string;
}

/** What a handle is made of. */
export interface KeyContents<A extends AlgorithmName, U extends KeyPurpose> {
  readonly alg: A;
  readonly use: U;
  readonly id: string | undefined;
  readonly relaxed: readonly Relaxation[];
  /** The parsed key that `alg` made. */
  readonly prepared: object;
  readonly material: Material;
}

let reveal: <A extends AlgorithmName, U extends KeyPurpose>(
  key: Key<A, U>,
) => KeyContents<A, U> | undefined;

/** Longer than any thumbprint, and than any name that a person reads. */
const LONGEST_ID = 256;

const TOKEN: unique symbol = /* @__PURE__ */ Symbol('countersign.key');

/** A key for one algorithm and one use. */
export class Key<A extends AlgorithmName = AlgorithmName, U extends KeyPurpose = KeyPurpose> {
  readonly #contents: KeyContents<A, U>;

  /** @internal Called by `makeKey` alone: the class can be had from any handle. */
  constructor(contents: KeyContents<A, U>, token: symbol) {
    if (token !== TOKEN) throw new TypeError('expected a key to be imported, not constructed');
    const { id } = contents;
    if (id !== undefined && !(0 < text(id, 'options.id').length && id.length <= LONGEST_ID)) {
      throw new TypeError(`options.id: expected 1 to ${LONGEST_ID} characters`);
    }
    this.#contents = { ...contents, relaxed: Object.freeze([...contents.relaxed]) };
    // The one property of its own: whatever copies a handle meets it first.
    Object.defineProperty(this, 'octets', { enumerable: true, get: refuseClone });
    Object.freeze(this);
  }

  /** The algorithm value that the key was imported for. */
  get alg(): A {
    return this.#contents.alg;
  }

  /** The one thing that it does. */
  get use(): U {
    return this.#contents.use;
  }

  /** RFC 7638's thumbprint of a public key, or the name that the caller gave. */
  get id(): string | undefined {
    return this.#contents.id;
  }

  /** The relaxations of policy that this key needed, if any. */
  get relaxed(): readonly Relaxation[] {
    return this.#contents.relaxed;
  }

  static {
    reveal = (key) => (isObject(key) && #contents in key ? key.#contents : undefined);
    Object.defineProperty(Key.prototype, Symbol.toStringTag, { value: 'Key' });
    // What `console.log` prints on Node and its kin.
    Object.defineProperty(Key.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value(this: Key) {
        return `Key(${[this.alg.name, this.use, this.id ?? []].flat().join(', ')})`;
      },
    });
  }
}

/** Makes a handle. */
export function makeKey<A extends AlgorithmName, U extends KeyPurpose>(
  contents: KeyContents<A, U>,
): Key<A, U> {
  return new Key(contents, TOKEN);
}

/** What a handle holds; anything else is a `TypeError`. */
export function contentsOf<A extends AlgorithmName, U extends KeyPurpose>(
  key: Key<A, U>,
): KeyContents<A, U> {
  const contents = reveal(key);
  if (contents !== undefined) return contents;
  throw new TypeError(`key: expected a key that was imported here, found ${typeName(key)}`);
}

/** What a handle of one use holds. */
export function contentsFor<A extends AlgorithmName, U extends KeyPurpose>(
  key: Key<A, U>,
  use: U,
): KeyContents<A, U> {
  const contents = contentsOf(key);
  if (contents.use === use) return contents;
  throw new CountersignError(
    'ERR_KEY_USE',
    `${contents.alg.name}: expected a key to ${use}, found one to ${contents.use}`,
  );
}

function refuseClone(): never {
  throw new CountersignError(
    'ERR_KEY_NOT_TRANSFERABLE',
    'a key is neither cloned nor written out; see exportPublicKey and exportForWorker',
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
