/**
 * What a scheme is, as data: where its inputs stand, which of them are signed and how, by which
 * algorithms and keys. Its values are imported, never named by text, so that a program holds what its
 * schemes use and the compiler sees what doesn't fit.
 *
 * @module
 */
import type { EcdsaForm, VerifyingAlgorithm } from '../key/use.js';
import type { Encoding } from './encoding.js';
import type { Selection } from './keys.js';
import type { Direction, SchemeMessage } from './message.js';
import type { Covers, CoversOf, MessagePart } from './part.js';
import type { SecretText } from './secret-text.js';
import type { FormSource, ListSource, TextSource } from './source.js';
import type { TimeUnit } from './time.js';

/** The inputs of a scheme by their names. */
export type Slots = Readonly<Record<string, TextSource | ListSource | FormSource>>;

/** The configuration that slots read. */
export type SettingsOf<S> = S[keyof S] extends infer Source
  ? Source extends TextSource | FormSource
    ? NonNullable<Source['setting']>
    : never
  : never;

/** The names of what is bound by each octet, and not by a checksum. */
export type BoundBy<C> = {
  [Name in keyof C]: Extract<C[Name], 'whole' | 'optional'> extends never ? never : Name;
}[keyof C];

/** Where the time of a message stands. Only a signed one says anything. */
export interface SignedTime<Covered> {
  readonly slot: Covered;
  readonly unit: TimeUnit;
  /** Seconds that a message may be old, and the sender's clock be ahead. */
  readonly past: number;
  readonly future: number;
  /** Whether a message of exactly that age is taken. */
  readonly edge: 'inclusive' | 'exclusive';
}

/** A scheme whose message has several readings says so, and shows two messages of one text. */
export interface Ambiguous {
  readonly why: string;
  readonly example: () => readonly [SchemeMessage, SchemeMessage];
}

/** What every scheme says. */
export interface DescriptionBase<
  S extends Slots,
  M extends readonly MessagePart<Covers, keyof S & string>[],
  A extends readonly VerifyingAlgorithm[],
> {
  /** Lower case, for programs: `stripe`. It is bound into replay keys and evidence. */
  readonly id: string;
  /** Counts up when the same message would be read in another way. */
  readonly version: number;
  readonly title: string;
  readonly direction: Direction;
  readonly slots: S;
  /** What is signed. */
  readonly message: M;
  /** Further messages that the provider itself signs at times; the result says which one it was. */
  readonly attempts?: readonly {
    readonly name: string;
    readonly message: readonly MessagePart<Covers, keyof S & string>[];
  }[];
  /** The algorithms that it may be signed by. */
  readonly algs: A;
  /** A slot that selects among them, by the provider's names. */
  readonly algBy?:
    | {
        readonly slot: keyof S & string;
        readonly names: Readonly<Record<string, A[number]>>;
        /** The name that a message without one stands for. The slot is optional then. */
        readonly absent?: string | undefined;
      }
    | undefined;
  readonly keys: Selection;
  /** How the text of a secret becomes its octets. Public keys have doors of their own. */
  readonly secret?: SecretText | undefined;
  readonly signature: {
    readonly slot: keyof S & string;
    readonly encoding: Encoding;
    /** For ECDSA. */
    readonly form?: EcdsaForm | undefined;
  };
  /** What the signature binds. It has to be what `message` says. */
  readonly covers: NoInfer<CoversOf<M>>;
  /** The slot that stays the same when a message is delivered again. It has to be signed. */
  readonly delivery?: (BoundBy<NoInfer<CoversOf<M>>> & string) | undefined;
  /** Slots that say, unsigned, where a key may be found: the URL of a certificate. */
  readonly hints?: readonly (keyof S & string)[] | undefined;
  /** Required where the message has several readings, and refused where it has one. */
  readonly ambiguous?: Ambiguous | undefined;
}

/** A scheme either has a signed time, or says that nothing tells how old a message is. */
export type Description<
  S extends Slots = Slots,
  M extends readonly MessagePart<Covers, keyof S & string>[] = readonly MessagePart[],
  A extends readonly VerifyingAlgorithm[] = readonly VerifyingAlgorithm[],
> = DescriptionBase<S, M, A> &
  (
    | {
        readonly time: SignedTime<BoundBy<NoInfer<CoversOf<M>>> & keyof S & string>;
        readonly freshness?: undefined;
      }
    | { readonly time?: undefined; readonly freshness: 'none' }
  );

/** A description, to code that works on any of them. */
export type AnyDescription = Description;
