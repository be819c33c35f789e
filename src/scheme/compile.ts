/**
 * Compiles a description that was checked before: those of `provider/` by a test, users' own by
 * `defineScheme`. What is checked is not compiled into every program, and nothing is done at import
 * that can wait for the first message.
 *
 * @module
 */
import type { VerifyingAlgorithm } from '../key/use.js';
import type { AnyDescription, Description, SettingsOf, Slots } from './description.js';
import type { Covers, CoversOf, MessagePart } from './part.js';
import { ENGINE, type Engine, type Scheme, type Strength } from './scheme.js';
import { compileVerify } from './verify.js';

/** Makes a scheme of a description, which the types alone have looked at. */
export function compileScheme<
  const S extends Slots,
  const M extends readonly MessagePart<Covers, keyof S & string>[],
  const A extends readonly VerifyingAlgorithm[],
>(given: Description<S, M, A>): Scheme<CoversOf<M>, A[number], Extract<SettingsOf<S>, string>> {
  const description = given as unknown as AnyDescription;
  const { id, version, title, direction, covers, algs, slots, time, secret } = description;
  let verify: Engine['verify'] | undefined;
  const engine: Engine = {
    verify: (message, keys, options) =>
      (verify ??= compileVerify(description))(message, keys, options),
    secret,
    description,
  };
  return Object.freeze({
    id,
    version,
    title,
    direction,
    covers: Object.freeze(covers),
    algs,
    settings: Object.values(slots).flatMap((of) => ('setting' in of ? (of.setting ?? []) : [])),
    freshness: time === undefined ? 'none' : 'signed time',
    strength: strengthOf(algs),
    [ENGINE]: engine,
  }) as never;
}

/** What a scheme says of itself, which a composed one says too. */
export type SchemeFacts = Pick<
  Scheme,
  'id' | 'version' | 'title' | 'direction' | 'covers' | 'algs' | 'settings' | 'freshness'
>;

/**
 * Makes a scheme of functions, for what no description holds: several signatures in one body, or a
 * signature that an engine of `jose` or `http` verifies.
 */
export function composeScheme<
  const C extends Covers,
  A extends VerifyingAlgorithm,
  const S extends string = never,
>(
  facts: SchemeFacts & {
    readonly covers: C;
    readonly algs: readonly A[];
    readonly settings: readonly S[];
  },
  engine: Omit<Engine, 'description'> & Required<Pick<Engine, 'identify'>>,
): Scheme<C, A, S> {
  return Object.freeze({
    ...facts,
    covers: Object.freeze(facts.covers),
    strength: strengthOf(facts.algs),
    [ENGINE]: engine,
  });
}

/** The least that these algorithms have. */
export function strengthOf(algs: readonly { readonly kind: string }[]): Strength {
  if (algs.some(({ kind }) => kind.startsWith('weak'))) return 'weak';
  return algs.every(({ kind }) => kind.endsWith('signature')) ? 'public-key' : 'shared-secret';
}
