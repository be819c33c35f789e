/**
 * What is known of a provider, fact by fact, with where it is from and how sure it is. It stands beside
 * the schemes, so that a program that verifies does not carry it; the documentation is made of it.
 *
 * @module
 */
import type { Scheme } from './scheme.js';

/**
 * How sure a fact is. `vector`: recomputed from a published key, message and signature. `source`: read
 * in the provider's own code, or found by running it. `docs`: the provider's documentation.
 * `third-party`: code or text of others, a user's report among them. `unsure`: not confirmed by any.
 */
export type Sure = 'vector' | 'source' | 'docs' | 'third-party' | 'unsure';

/** One fact. */
export interface Fact {
  readonly says: string;
  /** A URL, or a repository with the file in it. */
  readonly source: string;
  readonly sure: Sure;
}

/** A provider. */
export interface About {
  readonly name: string;
  /** Its schemes by the names under which its module exports them. */
  readonly schemes: Readonly<Record<string, Scheme>>;
  /** How keys or secrets are replaced without losing messages. */
  readonly rotation: string;
  /** What stops a message that is sent again, and what doesn't. */
  readonly replay: string;
  /** What goes wrong in practice. */
  readonly traps: readonly string[];
  readonly facts: readonly Fact[];
}
