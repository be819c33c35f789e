// What holds of every scheme, tried on every sample: a scheme that is added with a sample is held
import type { Key } from '../../src/key/handle.js';
// against all of it. Broken messages by name are in broken.engine.test.ts.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstAmbiguity } from '../../src/scheme/decodable.js';
import { createBuild } from '../../src/scheme/build.js';
import type { AlgorithmName } from '../../src/key/handle.js';
import type { AnyDescription } from '../../src/scheme/description.js';
import type { SchemeMessage } from '../../src/scheme/message.js';
import { piecesOf } from '../../src/scheme/part.js';
import { ACCEPT_UNVERIFIED_BODY, type SchemeResult } from '../../src/scheme/scheme.js';
import { verify } from '../../src/scheme/verify.js';
import { drawKey, verifyingKey } from '../../src/testing/keys.js';
import { readTexts, rewrite, signedOctets } from '../../src/testing/rewrite.js';
import { simulate, type SimulatedMessage } from '../../src/testing/simulate.js';
import { engineName } from '../vectors.js';
import { canSign, cases, NOW, outcome, type SchemeCase, utf8 } from './cases.js';
import { signedCases } from './signed.js';

const isNode = engineName === 'node';
/** All bits on node; in plain JavaScript a public key takes a millisecond, and P-521 on node. */
const mostFlips = ({ name }: AlgorithmName): number => {
  if (process.env['COUNTERSIGN_FULL'] === '1') return Infinity;
  if (name.startsWith('ECDSA P-521')) return isNode ? 600 : 12;
  return isNode ? Infinity : 48;
};

test('every scheme that is signed here has a sample that is', () => {
  expect(cases.length).toBeGreaterThan(0);
});

/** What this engine signs, and what it can't sign as openssl has signed it. */
const tried = [...cases, ...signedCases.filter(({ alg }) => !canSign(alg))];

describe.each(tried.map((of) => [of.name, of] as const))('%s', (_, of) => {
  const { scheme, description, simulated, alg } = of;
  const { message } = simulated;
  const genuine = verify(scheme, message, simulated.keys, simulated.options);
  const bindsBody = scheme.covers['body'] === 'whole';

  test('what is signed verifies, and gives what was signed', () => {
    expect(genuine.scheme).toBe(scheme.id);
    expect(genuine.covers).toEqual(scheme.covers);
    expect(genuine.timestamp).toBe(scheme.freshness === 'none' ? undefined : NOW);
    expect(genuine.body).toEqual(bindsBody ? message.body : undefined);
    expect(genuine.unverifiedBody).toBeUndefined();
    expect(genuine.keyId).toBe(simulated.keys[0]?.id);
    const bound = Object.keys(scheme.covers).filter(
      (name) => name !== 'body' && scheme.covers[name] !== 'checksum',
    );
    expect(Object.keys(genuine.values).toSorted()).toEqual(bound.toSorted());
    for (const [name, value] of Object.entries(of.sample.values ?? {})) {
      if (bound.includes(name)) expect(Reflect.get(genuine.values, name)).toBe(value);
    }
  });

  test('no payload comes of a body that is not bound, but under a name that says so', () => {
    const wanted = outcome(of, message, { body: ACCEPT_UNVERIFIED_BODY }) as SchemeResult;
    expect(wanted.unverifiedBody).toEqual(message.body);
    expect(wanted.body).toEqual(bindsBody ? message.body : undefined);
    if (bindsBody) return;
    for (const covers of [undefined, [], Object.keys(scheme.covers).slice(1)]) {
      expect(() => outcome(of, message, { covers })).toThrow(TypeError);
    }
  });

  test('every shape of headers is the same to it', () => {
    const { headers, ...rest } = message;
    const lower = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
    const upper = headers.map(([name, value]) => [name.toUpperCase(), value] as const);
    const blank = headers.map(([name, value]) => [name, ` \t${value}\t `] as const);
    const shapes: Readonly<Record<string, SchemeMessage>> = {
      object: { ...rest, headers: Object.fromEntries(lower) },
      'object with lists': {
        ...rest,
        headers: Object.fromEntries(lower.map(([name, value]) => [name, [value]])),
      },
      Headers: { ...rest, headers: new Headers(headers) as never },
      rawHeaders: { ...rest, rawHeaders: headers.flat() },
      'rawHeaders beside headers': { ...rest, headers: {}, rawHeaders: headers.flat() },
      'names and values by turns': { ...rest, headers: headers.flat() },
      Map: { ...rest, headers: new Map(headers) },
      'lower case': { ...rest, headers: lower },
      'upper case': { ...rest, headers: upper },
      'blanks around values': { ...rest, headers: blank },
      'another order': { ...rest, headers: headers.toReversed() },
      'other headers too': { ...rest, headers: [['x-other', '1'], ...headers, ['y', '2']] },
    };
    for (const [shape, given] of Object.entries(shapes)) {
      expect(outcome(of, given), shape).toEqual(genuine);
    }
  });

  test('a header that is missing or came twice is refused, unless nothing is read of it', () => {
    for (const [at, [name, value]] of message.headers.entries()) {
      const without = { ...message, headers: message.headers.toSpliced(at, 1) };
      const twice = { ...message, headers: [...message.headers, [name, value] as const] };
      const isRead = isBound(of, without);
      for (const given of [without, twice]) {
        const found = outcome(of, given);
        if (isRead || typeof found === 'string') expect(found, name).toMatch(/^ERR_/);
        else expect(found, name).toEqual(genuine);
      }
    }
  });

  test('one bit that changes what is signed is refused, and any other changes no value', () => {
    for (const flipped of sampled(flips(message), mostFlips(alg))) {
      const found = outcome(of, flipped);
      if (isBound(of, flipped)) expect(typeof found, where(message, flipped)).toBe('string');
      else if (typeof found !== 'string') expect(found).toEqual(genuine);
    }
  });

  test('a changed body is refused where it is bound', () => {
    if (scheme.covers['body'] === undefined) return;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (body) => {
        fc.pre(Buffer.compare(body, message.body) !== 0);
        expect(typeof outcome(of, { ...message, body })).toBe('string');
      }),
      { numRuns: isNode ? 30 : 3 },
    );
  });

  test('both edges of time', () => {
    const time = description?.time;
    if (time === undefined) return;
    const at = (now: number): unknown => {
      const found = outcome(of, message, { now });
      return typeof found === 'string' ? found : 'verified';
    };
    const [last, next] = time.edge === 'inclusive' ? [0, 1] : [-1, 0];
    expect(at(NOW + time.past + last)).toBe('verified');
    expect(at(NOW + time.past + next)).toBe('ERR_TOO_OLD');
    expect(at(NOW - time.future - last)).toBe('verified');
    expect(at(NOW - time.future - next)).toBe('ERR_NOT_YET_VALID');
    const narrow = (now: number): unknown => outcome(of, message, { now, tolerance: 10 });
    // Whatever the scheme's own edge is, that of a tolerance is within.
    expect(narrow(NOW + 11)).toBe('ERR_TOO_OLD');
    expect(narrow(NOW - 11)).toBe('ERR_NOT_YET_VALID');
  });

  test.each([NaN, undefined, '', null, Infinity, -1, 0.5, NOW * 1000, String(NOW), BigInt(NOW)])(
    'now as %s is a mistake',
    (now) => {
      expect(() => outcome(of, message, { now })).toThrow(TypeError);
    },
  );

  test('a message has one reading, or the data shows two of one text', () => {
    if (description === undefined) return;
    const { ambiguous } = description;
    const unclear = firstAmbiguity(piecesOf(description.message, createBuild(description)));
    expect(unclear === undefined).toBe(ambiguous === undefined);
    if (ambiguous === undefined) return;
    const { settings } = simulated.from;
    const [one, other] = ambiguous.example();
    expect(readTexts(description, one, settings)).not.toEqual(
      readTexts(description, other, settings),
    );
    expect(signedOctets(description, one, settings)).toEqual(
      signedOctets(description, other, settings),
    );
  });

  test('written again by its slots, it is the same message', () => {
    if (description === undefined) return;
    const { from } = simulated;
    const texts = readTexts(description, message, from.settings);
    // A GET without a body has none, and is given one here, of no octets.
    const empty = { body: new Uint8Array(0) };
    expect({ ...empty, ...rewrite(description, from, texts) }).toEqual({ ...empty, ...message });
  });

  test('letters of either case in hex, where the encoding says so and nowhere else', () => {
    if (description === undefined) return;
    const { from } = simulated;
    const { encoding } = description.signature;
    const texts = readTexts(description, message, from.settings);
    const signatures = texts.signatures.map((text) => text.toUpperCase());
    const upper = rewrite(description, from, { ...texts, signatures });
    const isSame = encoding.equivalence === 'letter-case' || signatures[0] === texts.signatures[0];
    if (isSame) expect(outcome(of, upper)).toEqual(genuine);
    else expect(typeof outcome(of, upper)).toBe('string');
  });

  test('several signatures: one that is right is enough, where the scheme has a list', () => {
    if (description?.slots[description.signature.slot]?.kind !== 'list') return;
    const { message: unsigned, values, settings } = simulated.from;
    const newer = simulated.from.keys[0];
    const own = simulated.from.keys as readonly Key[];
    const older = drawKey(alg, simulated.keys[0]?.id, ...own);
    const key = [older, newer] as never;
    const both = simulate(scheme, { now: NOW, key, ...unsigned, values, settings });
    for (const one of both.keys) {
      expect(verify(scheme, both.message, [one], both.options).body).toEqual(genuine.body);
    }
    const third = verifyingKey(drawKey(alg, undefined, ...own, older));
    expect(outcome({ scheme, simulated: { ...both, keys: [third] } })).toMatch(/^ERR_/);
  });
});

/** Whether a change shows in what is signed, or in the signature; of a composed scheme nobody knows. */
function isBound({ scheme, description, simulated }: SchemeCase, changed: SchemeMessage): boolean {
  const { message } = simulated;
  const { settings } = simulated.from;
  if (description === undefined) {
    const isSame = Buffer.compare(changed.body ?? utf8(''), message.body) === 0;
    return !isSame && scheme.covers['body'] !== undefined;
  }
  const [was, is] = [message, changed].map((of) =>
    readTexts(description, of, settings).signatures.map((text) => octetsOr(text, description)),
  );
  if (JSON.stringify(was) !== JSON.stringify(is)) return true;
  const octets = signedOctets(description, changed, settings);
  return String(octets) !== String(signedOctets(description, message, settings));
}

function octetsOr(text: string, { signature }: AnyDescription): string {
  try {
    return signature.encoding.decode(text).join();
  } catch {
    return text;
  }
}

/**
 * Every message with one bit changed: in the body, in the value of a header, in the URL behind its
 * origin, which is the receiver's own word.
 */
function flips(message: SimulatedMessage): readonly (() => SimulatedMessage)[] {
  const { body, headers, url } = message;
  const origin = /^https:[/][/][^/]*[/]?/.exec(url ?? '')?.[0].length ?? 0;
  const bits = (count: number, flip: (at: number, bit: number) => SimulatedMessage) =>
    Array.from({ length: 8 * count }, (_, i) => () => flip(i >> 3, 1 << (i & 7)));
  const flipText = (text: string, at: number, bit: number): string =>
    text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ bit) + text.slice(at + 1);
  return [
    ...bits(body.length, (at, bit) => ({ ...message, body: body.with(at, (body[at] ?? 0) ^ bit) })),
    ...headers.flatMap(([name, value], i) =>
      bits(value.length, (at, bit) => ({
        ...message,
        headers: headers.with(i, [name, flipText(value, at, bit)]),
      })),
    ),
    ...(url === undefined
      ? []
      : bits(url.length - origin, (at, bit) => ({
          ...message,
          url: flipText(url, origin + at, bit),
        }))),
  ];
}

function sampled(
  all: readonly (() => SimulatedMessage)[],
  most: number,
): readonly SimulatedMessage[] {
  const chosen =
    all.length <= most ? all : fc.sample(fc.constantFrom(...all), { numRuns: most, seed: 6 });
  return chosen.map((make) => make());
}

/** Where a bit was changed, for the message of a test that fails. */
function where(message: SimulatedMessage, flipped: SimulatedMessage): string {
  const at = message.body.findIndex((octet, i) => octet !== flipped.body[i]);
  if (at >= 0) return `body, octet ${at}`;
  const header = message.headers.findIndex(([, value], i) => value !== flipped.headers[i]?.[1]);
  return header < 0 ? `url ${flipped.url ?? ''}` : `header ${flipped.headers[header]?.join(': ')}`;
}
