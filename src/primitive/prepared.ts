/**
 * Keys parsed once and bound to one algorithm value and one side of it: a key made by
 * `ecdsaP256Sha256.publicKey` is taken by `ecdsaP256Sha256.verify` and by nothing else.
 *
 * @module
 */
/** Which side of an algorithm a key is for. */
export type KeyUse = 'secret' | 'public' | 'private';

let open: (key: PreparedKey<KeyUse>, owner: object, use: KeyUse) => object | undefined;

/** A parsed key. It shows what it is for and nothing of what it holds. */
export class PreparedKey<Use extends KeyUse, Family extends string = string> {
  /**
   * For the compiler, which refuses a key of another family by it; there is nothing here at run
   * time. Which algorithm of its family a key belongs to is checked when it is used.
   */
  declare readonly family?: Family;
  /** The name of the algorithm that made the key and that alone takes it. */
  readonly algorithm: string;
  readonly use: Use;
  readonly #owner: object;
  readonly #state: object;

  /** @internal */
  constructor(owner: { readonly name: string }, use: Use, state: object) {
    this.algorithm = owner.name;
    this.use = use;
    this.#owner = owner;
    this.#state = state;
    Object.freeze(this);
  }

  static {
    open = (key, owner, use) =>
      isObject(key) && #state in key && key.#owner === owner && key.use === use
        ? key.#state
        : undefined;
  }
}

/** What `owner` and only `owner` finds inside a key that it made. */
export function stateOf<State extends object>(
  key: unknown,
  owner: { readonly name: string },
  use: KeyUse,
): State {
  const state = open(key as PreparedKey<KeyUse>, owner, use);
  if (state !== undefined) return state as State;
  const found =
    key instanceof PreparedKey ? `one of ${key.algorithm} (${key.use})` : 'another value';
  throw new TypeError(`key: expected the ${use} key of ${owner.name}, found ${found}`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
