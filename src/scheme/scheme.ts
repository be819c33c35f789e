/**
 * What a scheme is to its users: a value that says what it covers, taken by `verify`, `sign`,
 * `identify` and `explain`.
 *
 * @module
 */
import type { Bytes } from '../bytes/octets.js';
import type { FormPair } from '../canonical/form-pair.js';
import type { AlgorithmName, Key } from '../key/handle.js';
import type { Relaxation } from '../key/policy.js';
import type { EcdsaForm } from '../key/use.js';
import type { AnyDescription } from './description.js';
import type { SchemeKeys } from './keys.js';
import type { Direction, SchemeMessage, Settings } from './message.js';
import type { Covers } from './part.js';
import type { ReplayDigest } from './replay.js';
import type { SecretText } from './secret-text.js';
import type { SignedMessage } from './signed.js';
import type { Verified } from './verified.js';

/** Whom a signature convinces: anybody, the holders of the secret, or nobody who looks closely. */
export type Strength = 'public-key' | 'shared-secret' | 'weak';

/** Takes the octets of a body that the signature does not bind, under a name that says so. */
export const ACCEPT_UNVERIFIED_BODY: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.ACCEPT_UNVERIFIED_BODY',
);

/** What is asked of every verification. */
export interface BaseOptions {
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds in place of the scheme's own tolerances, to both sides; 0 to 86,400. */
  readonly tolerance?: number | undefined;
  /** The most octets of a body; 1,048,576 unless given. */
  readonly maxBodyBytes?: number | undefined;
  readonly body?: typeof ACCEPT_UNVERIFIED_BODY | undefined;
  /** {@link replayDigest}, where the receiver keeps what it has seen. */
  readonly replay?: ReplayDigest | undefined;
}

/** The configuration that the scheme signs, if there is any. */
export type WithSettings<S extends string> = [S] extends [never]
  ? { readonly settings?: undefined }
  : { readonly settings: Settings<S> };

/**
 * Of a scheme that does not bind the body, the names of what it binds: whoever reads the call then
 * sees what was not verified.
 */
export type WithCovers<C extends Covers> = C extends { readonly body: 'whole' }
  ? { readonly covers?: undefined }
  : { readonly covers: readonly (keyof C)[] };

export type VerifyOptions<C extends Covers = Covers, S extends string = string> = BaseOptions &
  WithSettings<S> &
  WithCovers<C>;

/** The texts that a signature binds, and the pairs of lists that it binds. */
export type Values<C extends Covers> = {
  readonly [
    Name in Exclude<keyof C, 'body'> as C[Name] extends 'checksum' ? never : Name
  ]: C[Name] extends 'pairs'
    ? readonly FormPair[]
    : C[Name] extends 'optional'
      ? string | undefined
      : string;
};

/** What a message says, once it was verified. */
export interface SchemeResult<C extends Covers = Covers> {
  /** The id of the scheme. */
  readonly scheme: string;
  /** What the signature binds. */
  readonly covers: C;
  /** The texts that it binds, by their slots. */
  readonly values: Values<C>;
  /** The octets that arrived; only of a scheme that binds them. Don't write to them. */
  readonly body: C extends { readonly body: 'whole' } ? Bytes : undefined;
  /** The octets that arrived and that nothing vouches for, with `ACCEPT_UNVERIFIED_BODY`. */
  readonly unverifiedBody: Uint8Array | undefined;
  /** Seconds since 1970, of a scheme that signs its time. */
  readonly timestamp: number | undefined;
  /** What stays the same when the message is delivered again, of a scheme that signs it. */
  readonly deliveryId: string | undefined;
  /** A digest of what was signed, with `replay`: the same for each message that is sent again. */
  readonly replayDigest: Bytes | undefined;
  /** The id of the key that verified it, if it has one. */
  readonly keyId: string | undefined;
  /** The name of the spelling that was signed, of a provider that signs several; else `undefined`. */
  readonly alternative: string | undefined;
  readonly strength: Strength;
  /** What the key needed to be taken. */
  readonly relaxed: readonly Relaxation[];
}

/** What a message claims, before anything is verified. */
export interface Identity {
  /** The id that the message names its key by, if it does. */
  readonly keyId: string | undefined;
  /** Further texts that help to find the key: the URL of a certificate, which anybody may write. */
  readonly hints: Readonly<Record<string, string | undefined>>;
}

/** One input of a scheme. */
export interface SlotText {
  readonly name: string;
  /** Where it stands: `header webhook-id`. */
  readonly from: string;
  /** What it may hold. */
  readonly holds: string;
  readonly isOptional: boolean;
  readonly isSigned: boolean;
}

/** A scheme in words. */
export interface SchemeText {
  /** What is signed, with `{name}` for a slot and `[…]` for what may be left out. */
  readonly message: string;
  /** What else the provider signs at times, by the names that results have. */
  readonly alternatives: Readonly<Record<string, string>>;
  readonly slots: readonly SlotText[];
  /** Where the signature stands and how it is written. */
  readonly signature: string;
  /** Which key a message is tried with. */
  readonly key: string;
  /** How the text of a secret becomes octets, of a scheme with a shared one. */
  readonly secret: string | undefined;
  /** The time and how far it may be from the receiver's. */
  readonly time: string | undefined;
  /** The slot that stays the same when a message is delivered again. */
  readonly delivery: string | undefined;
  /** Why two messages can have one text, where they can. */
  readonly ambiguous: string | undefined;
}

/** How a scheme does what it does. */
export interface Engine {
  verify(message: SchemeMessage, keys: SchemeKeys, options: VerifyOptions): Verified<SchemeResult>;
  /** Of a scheme that was composed. */
  readonly identify?: ((message: SchemeMessage) => Identity) | undefined;
  readonly secret?: SecretText | undefined;
  /** Of a scheme that was compiled. */
  readonly description?: AnyDescription | undefined;
  /** Of a scheme that was composed. */
  readonly sign?: Signing | undefined;
  readonly describe?: (() => SchemeText) | undefined;
}

/** How a composed scheme signs. */
export type Signing = (draft: SchemeMessage, options: SigningOptions) => Unsigned;

export interface SigningOptions {
  readonly now: number;
  readonly alg: AlgorithmName;
  readonly keyId: string | undefined;
  /** The first key, unless it is elsewhere. */
  readonly key?: Key | undefined;
  readonly settings: Settings;
  readonly values: Readonly<Record<string, string>>;
}

/** A message without its signature, and what has to be signed. */
export interface Unsigned {
  readonly octets: Bytes;
  /** For ECDSA. */
  readonly form?: EcdsaForm | undefined;
  /** One signature for each key. */
  finish(signatures: readonly Bytes[]): SignedMessage;
}

export const ENGINE: unique symbol = /* @__PURE__ */ Symbol('countersign.scheme');

/** A way to sign messages. `C` is what it binds, `A` its algorithms, `S` what has to be configured. */
export interface Scheme<
  C extends Covers = Covers,
  A extends AlgorithmName = AlgorithmName,
  S extends string = string,
> {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly direction: Direction;
  readonly covers: C;
  readonly algs: readonly A[];
  /** The names of what has to be configured. */
  readonly settings: readonly S[];
  readonly freshness: 'signed time' | 'none';
  /** The least that its algorithms have. */
  readonly strength: Strength;
  /** @internal */
  readonly [ENGINE]: Engine;
}
