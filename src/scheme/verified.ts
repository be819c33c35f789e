/**
 * The brand of what was verified. A function that acts on a callback or a token asks for
 * `Verified<T>` and so can't be given one that nobody checked.
 *
 * @module
 */

declare const brand: unique symbol;

/**
 * `T` as a function that verifies returned it. Not every field was signed: a label, the id of a key or
 * its relaxations stand beside what was, and `T` says which do.
 */
export type Verified<T extends object> = Readonly<T> & {
  /** For the type checker alone: nothing stands here. */
  readonly [brand]: 'verified';
};

/** Brands and freezes a result. Only what verifies calls it, as its last act. */
export function verified<T extends object>(value: T): Verified<T> {
  return Object.freeze(value) as Verified<T>;
}

/** `T` as a message claims it, before anything is verified: good to find a key by, and for nothing else. */
export type Unverified<T extends object> = Readonly<T> & {
  readonly [brand]: 'unverified';
};
