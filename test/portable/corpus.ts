// The key corpus: what its entries ask of the doors. test/key/corpus has the data and says where
// the expectations come from.
import type { Operation } from '../../src/engine/capabilities.js';
import type { KeyInput } from '../../src/key/content.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import * as rsaKeys from '../../src/key/rsa.js';
import * as x from '../../src/key/x25519.js';
import { ecdhP256, ecdhP384, ecdhP521, x25519 } from '../../src/primitive/agreement.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { rsaOaepSha256 } from '../../src/primitive/rsa-oaep.js';
import {
  rsaPkcs1Sha256,
  rsaPssSha256,
  rsaPssSha384,
  rsaPssSha512,
} from '../../src/primitive/rsa.js';
import { type Case, type Cell, octetsOf } from './cases.js';

export type What = 'public' | 'private';

interface Written {
  readonly name: string;
  readonly key: string | null;
  readonly what: What;
  readonly alg: string;
  readonly form: 'text' | 'der' | 'jwk';
  readonly made: string;
  readonly expect: string;
  /** What the message of a refusal must say. */
  readonly named?: string;
  /** Refused the same by every door, whichever half is asked for. */
  readonly everyDoor?: true;
  readonly input: string | Readonly<Record<string, unknown>>;
}

export type Entry = Written & Case;

export interface Corpus {
  readonly keys: readonly { readonly name: string; readonly id: string }[];
  readonly entries: readonly Written[];
}

const rsaDoor = { door: rsaKeys, uses: { public: 'verify', private: 'sign' } };
const ecDoor = { door: ec, uses: { public: 'verify', private: 'sign' } };
const agreeing = { public: 'peer', private: 'agree' };
export const DOORS = {
  rsaPkcs1Sha256: { ...rsaDoor, alg: rsaPkcs1Sha256 },
  rsaPssSha256: { ...rsaDoor, alg: rsaPssSha256 },
  rsaPssSha384: { ...rsaDoor, alg: rsaPssSha384 },
  rsaPssSha512: { ...rsaDoor, alg: rsaPssSha512 },
  rsaOaepSha256: {
    door: rsaKeys,
    uses: { public: 'encrypt', private: 'decrypt' },
    alg: rsaOaepSha256,
  },
  ecdsaP256Sha256: { ...ecDoor, alg: ecdsaP256Sha256 },
  ecdsaP384Sha384: { ...ecDoor, alg: ecdsaP384Sha384 },
  ecdsaP521Sha512: { ...ecDoor, alg: ecdsaP521Sha512 },
  ecdsaSecp256k1Sha256: { ...ecDoor, alg: ecdsaSecp256k1Sha256 },
  ecdhP256: { door: ec, uses: agreeing, alg: ecdhP256 },
  ecdhP384: { door: ec, uses: agreeing, alg: ecdhP384 },
  ecdhP521: { door: ec, uses: agreeing, alg: ecdhP521 },
  ed25519: { door: ed, uses: { public: 'verify', private: 'sign' }, alg: ed25519 },
  x25519: { door: x, uses: agreeing, alg: x25519 },
} as const;
export type AlgorithmName = keyof typeof DOORS;

type Load = (input: KeyInput, options: unknown) => { readonly id: string | undefined };

export function entriesOf({ entries }: Corpus): Entry[] {
  return entries.map((entry): Entry => ({ ...entry, id: entry.name }));
}

export function inputOf({ form, input }: Entry): KeyInput {
  return form === 'der' && typeof input === 'string' ? octetsOf(input) : input;
}

/** The id that the door of an algorithm's family gives for an entry. */
export function load(entry: Entry, name = entry.alg, what = entry.what): string | undefined {
  const { door, uses, alg } = DOORS[name as AlgorithmName];
  const open = (what === 'public' ? door.importPublicKey : door.importPrivateKey) as Load;
  return open(inputOf(entry), { alg, use: uses[what] }).id;
}

/** A cell for each algorithm and half: an encoding gives its key's id, all else its code. */
export function corpusCells(corpus: Corpus): Cell[] {
  const entries = entriesOf(corpus);
  const idOf = new Map(corpus.keys.map(({ name, id }) => [name, id]));
  return Object.entries(DOORS).flatMap(([name, { uses, alg }]) =>
    (['public', 'private'] as const).flatMap((what): Cell[] => {
      const own = entries.filter((entry) => entry.alg === name && entry.what === what);
      // The doors for agreement are asked with keys that the corpus has for signatures.
      if (own.length === 0) return [];
      const use = uses[what];
      return [
        {
          title: `${name} ${what}`,
          algorithm: alg.name,
          operation: (use === 'peer' ? 'agree' : use) as Operation,
          cases: own,
          ask(item) {
            const entry = item as Entry;
            const id = idOf.get(entry.key ?? '') ?? 'a key that the corpus has';
            return [[entry.expect === 'ok' ? id : entry.expect, () => load(entry)]];
          },
        },
      ];
    }),
  );
}
