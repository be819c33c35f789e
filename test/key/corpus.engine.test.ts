// The corpus: the same few keys in every encoding that openssl, shells and environments leave them
// in, each of which gives that key's one id, and what is taken for a key and is none, refused by its
// name. Written by openssl and Python; see corpus/README.md. What is expected there comes from the
// standards, not from this library.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/errors.js';
import { importKey } from '../../src/key/index.js';
import {
  type AlgorithmName,
  type Corpus,
  DOORS,
  entriesOf,
  type Entry,
  inputOf,
  load,
} from '../portable/corpus.js';
import { engineName, outcome, runCases } from '../vectors.js';

const corpus = JSON.parse(
  readFileSync(new URL('corpus/corpus.json', import.meta.url), 'utf8'),
) as Corpus;
const entries = entriesOf(corpus);
const good = entries.filter((entry) => entry.expect === 'ok');
const bad = entries.filter((entry) => entry.expect !== 'ok');
const idOf = new Map(corpus.keys.map(({ name, id }) => [name, id]));

/** What the door of an algorithm's family gives for an entry: an id, or the code of the refusal. */
function through(...given: Parameters<typeof load>): string {
  return outcome(() => load(...given));
}

function isPrivateRsa({ what, alg }: Entry): boolean {
  return what === 'private' && alg.startsWith('rsa');
}

/** The key's id, but where the engine can't hold the key. */
function expectedOf(entry: Entry): string {
  if (engineName === 'noble' && isPrivateRsa(entry)) return 'ERR_UNSUPPORTED_ENGINE';
  return idOf.get(entry.key ?? '') ?? 'a key that the corpus has';
}

function messageOf(entry: Entry): string {
  try {
    load(entry);
  } catch (error) {
    if (error instanceof CountersignError) return error.message;
    throw error;
  }
  return '';
}

describe('the corpus', () => {
  test('has at least 60 encodings of the same keys, of each key both halves', () => {
    expect(corpus.keys.map(({ name }) => name)).toEqual([
      'rsa-2048',
      'rsa-3072',
      'rsa-pss',
      'rsa-pss-sha-256',
      'p-256',
      'p-384',
      'p-521',
      'secp256k1',
      'ed25519',
      'x25519',
    ]);
    expect(new Set(corpus.keys.map(({ id }) => id)).size).toBe(corpus.keys.length);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
    expect(new Set(good.map(({ input }) => JSON.stringify(input))).size).toBeGreaterThan(250);
    for (const { name } of corpus.keys) {
      for (const what of ['public', 'private']) {
        const found = good.filter((entry) => entry.key === name && entry.what === what);
        expect(new Set(found.map(({ form }) => form)).size, `${name} ${what}`).toBe(3);
      }
    }
    expect(bad.length).toBeGreaterThan(150);
    expect(new Set(bad.map((entry) => entry.expect)).size).toBeGreaterThan(20);
  });
});

describe('each encoding of a key gives its one id', () => {
  test.each(corpus.keys.map(({ name }) => name))('%s', (name) => {
    runCases(
      good.filter(({ key }) => key === name),
      (entry) => ({
        expected: expectedOf(entry as Entry),
        found: through(entry as Entry),
      }),
    );
  });

  test('to the door for another use of the key too', () => {
    const others: Readonly<Record<string, AlgorithmName>> = {
      'rsa-2048': 'rsaOaepSha256',
      'rsa-3072': 'rsaPssSha512',
      'p-256': 'ecdhP256',
      'p-384': 'ecdhP384',
      'p-521': 'ecdhP521',
    };
    runCases(
      // A JWK may say what it is for, and then it is for nothing else.
      good.filter(({ key, form }) => others[key ?? ''] !== undefined && form !== 'jwk'),
      (entry) => ({
        expected: expectedOf(entry as Entry),
        found: through(entry as Entry, others[(entry as Entry).key ?? '']),
      }),
    );
  });
});

describe('the wrong kind', () => {
  test('is refused by its code', () => {
    runCases(bad, (entry) => ({
      expected: String(entry.expect),
      found: through(entry as Entry),
    }));
  });

  test('has the same code at every door, whichever half is asked for', () => {
    const doors: AlgorithmName[] = ['rsaPssSha256', 'ecdsaP256Sha256', 'ed25519', 'x25519'];
    runCases(
      bad.filter(({ everyDoor }) => everyDoor === true),
      (entry) => {
        const found = doors.flatMap((name) =>
          (['public', 'private'] as const).map((what) => through(entry as Entry, name, what)),
        );
        return { expected: String(entry.expect), found: [...new Set(found)].join() };
      },
    );
  });

  test('is named in the message', () => {
    runCases(
      bad.filter(({ named }) => named !== undefined),
      (entry) => {
        const { named = '' } = entry as Entry;
        const message = messageOf(entry as Entry);
        return { expected: named, found: message.includes(named) ? named : message };
      },
    );
  });

  test('is told how to be opened', () => {
    for (const entry of bad.filter(({ expect: code }) => code === 'ERR_KEY_ENCRYPTED')) {
      expect(messageOf(entry), entry.name).toMatch(/openssl pk/);
    }
  });

  test('leaves nothing of the key in the message', () => {
    runCases(bad, (entry) => {
      const message = messageOf(entry as Entry);
      const material = materialOf(entry as Entry);
      const pieces = Array.from({ length: Math.max(0, message.length - PIECE + 1) }, (_, i) =>
        message.slice(i, i + PIECE),
      );
      const leaked = pieces.filter((piece) => material.some((text) => text.includes(piece)));
      return { expected: '', found: leaked.join('; ') };
    });
  });
});

describe('importKey', () => {
  test('gives what the door of the family gives', () => {
    // A certificate gives its public key here; policy.engine.test.ts has it.
    const others = entries.filter(({ what, expect: code }) => {
      return what === 'private' || code !== 'ERR_KEY_CERTIFICATE';
    });
    runCases(others, (entry) => {
      const { alg: name, what } = entry as Entry;
      const { uses, alg } = DOORS[name as AlgorithmName];
      const options = { alg, use: uses[what] } as never;
      return {
        expected: through(entry as Entry),
        found: outcome(() => importKey(inputOf(entry as Entry), options).id),
      };
    });
  });
});

const PIECE = 16;

/** What no message may hold a piece of: the input in the spellings that a slip would print. */
function materialOf({ form, input }: Entry): string[] {
  if (typeof input !== 'string') {
    return Object.values(input).flatMap((value) =>
      typeof value === 'string' ? [value, spelled(Buffer.from(value, 'base64url'))].flat() : [],
    );
  }
  if (form === 'der') return spelled(Buffer.from(input, 'hex'));
  // Boundaries are no secret.
  const between = input.replaceAll(/-+(?:BEGIN|END)[A-Z0-9 ]+-+/g, ' ').replaceAll(/\\+[nr]/g, ' ');
  const compact = between.replaceAll(/[^A-Za-z0-9+/=]/g, '');
  return [between, compact, ...spelled(Buffer.from(compact, 'base64'))];
}

function spelled(octets: Buffer): string[] {
  const hex = octets.toString('hex');
  return [
    hex,
    hex.toUpperCase(),
    octets.toString('base64'),
    octets.toString('base64url'),
    octets.toString('latin1'),
    octets.join(),
  ];
}
