// Whether the time that OAEP decoding takes tells the first octet: Manger's attack (CRYPTO 2001)
// reads a plaintext from that one bit. Welch's t-test between two classes of messages; |t| < 4.5 is
// the bound of ISO/IEC 17825. An early return, 16 microseconds here, gives t above 100.
//
// A message that decodes is not measured against one that doesn't: whoever asks sees that anyway.
import {
  constants,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Bytes, OaepParameters } from '../../src/engine/contract.js';
import { sha1, sha256 } from '../../src/engine/node/digest.js';
import { rsaPrivateDer, rsaPublicDer } from '../../src/engine/rsa-der.js';
import { oaepDecode, oaepEncode } from '../../src/engine/rsa-encoding.js';
import { rsaOaepSha256Mgf1Sha1 } from '../../src/primitive/rsa-oaep.js';
import { privateParts } from '../primitive/rsa-keys.js';

const NONE = new Uint8Array(0);
const PARAMETERS: OaepParameters = { hash: sha256, mgfHash: sha1, label: NONE };
const OTHER_LABEL: OaepParameters = { ...PARAMETERS, label: Uint8Array.of(1) };
const SIZE = 256;
const BOUND = 4.5;
const ATTEMPTS = 3;
/** Different messages per class, so that no one message's octets are what is measured. */
const MESSAGES = 256;

type Class = readonly Uint8Array[];

const many = (make: () => Uint8Array): Class => Array.from({ length: MESSAGES }, make);
const plaintext = (): Bytes => Uint8Array.from(randomBytes(32));
const encode = (parameters: OaepParameters, octets: Uint8Array): Bytes =>
  oaepEncode(parameters, octets, Uint8Array.from(randomBytes(sha256.size)), SIZE);
const startingWith = (first: number, encoded: Bytes): Bytes => {
  encoded[0] = first;
  return encoded;
};

/** The first octet is wrong, everything else right: what the attacker asks about. */
const wrongFirst = (): Bytes => startingWith(1, encode(PARAMETERS, plaintext()));
/** The first octet is right, the hash of the label wrong. */
const wrongLabel = (): Bytes => encode(OTHER_LABEL, plaintext());
/** Both are wrong. */
const wrongBoth = (): Bytes => startingWith(1, wrongLabel());
/** Random octets behind the first: as good as never any padding. */
const noise = (first: number): Bytes => startingWith(first, Uint8Array.from(randomBytes(SIZE)));

/** Runs both classes in random order and returns Welch's t between the times that they take. */
function measure(
  measurements: number,
  classes: readonly [Class, Class],
  run: (message: Uint8Array) => unknown,
): number {
  const warmUp = Math.ceil(measurements / 10);
  const order = randomBytes(2 * (warmUp + measurements));
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < warmUp + measurements; i++) {
    const which = ((order[2 * i] ?? 0) & 1) as 0 | 1;
    const message = classes[which][order[2 * i + 1] ?? 0] ?? NONE;
    const start = process.hrtime.bigint();
    run(message);
    const time = process.hrtime.bigint() - start;
    if (i >= warmUp) times[which].push(Number(time));
  }
  // What else the machine did meanwhile is cropped, at one bound for both.
  const bound = times.flat().toSorted((a, b) => a - b)[Math.floor(measurements * 0.95)] ?? 0;
  const [a, b] = times.map((all) => moments(all.filter((time) => time <= bound)));
  if (a === undefined || b === undefined) throw new Error('nothing was measured');
  return (a.mean - b.mean) / Math.sqrt(a.variance / a.count + b.variance / b.count);
}

function moments(times: readonly number[]): { count: number; mean: number; variance: number } {
  const count = times.length;
  const mean = times.reduce((sum, time) => sum + time, 0) / count;
  const squares = times.reduce((sum, time) => sum + (time - mean) ** 2, 0);
  return { count, mean, variance: squares / (count - 1) };
}

/** The smallest |t| of a few attempts: chance passes the bound now and then, a leak every time. */
function smallest(what: string, attempt: () => number): number {
  let least = Infinity;
  for (let i = 0; i < ATTEMPTS && least >= BOUND; i++) {
    const t = attempt();
    console.log(`${what}: t = ${t.toFixed(2)}`);
    least = Math.min(least, Math.abs(t));
  }
  return least;
}

/** What not to write: the natural decoder, that returns as soon as it knows. */
function decodeEarly(parameters: OaepParameters, encoded: Uint8Array): Bytes | undefined {
  return encoded[0] === 0 ? oaepDecode(parameters, encoded) : undefined;
}

describe('the time of oaepDecode does not tell the first octet', () => {
  test.each([
    ['a wrong label against a wrong first octet', wrongLabel, wrongFirst],
    ['a wrong label with and without a wrong first octet', wrongLabel, wrongBoth],
    ['noise behind either first octet', () => noise(0), () => noise(1)],
    ['noise behind 0 and 255', () => noise(0), () => noise(255)],
  ])('%s', (what, zero, nonzero) => {
    const classes = [many(zero), many(nonzero)] as const;
    for (const message of classes.flat()) expect(oaepDecode(PARAMETERS, message)).toBeUndefined();
    const decode = (message: Uint8Array): unknown => oaepDecode(PARAMETERS, message);
    expect(smallest(what, () => measure(200_000, classes, decode))).toBeLessThan(BOUND);
  });

  // The instrument is good for something: it sees the leak that was avoided.
  test('that of a decoder with an early return does', () => {
    const classes = [many(wrongLabel), many(wrongFirst)] as const;
    const decode = (message: Uint8Array): unknown => decodeEarly(PARAMETERS, message);
    const t = smallest('an early return', () => measure(20_000, classes, decode));
    expect(t).toBeGreaterThan(BOUND);
  });
});

describe('the time of decrypt does not tell it either', () => {
  const parts = privateParts('rsa-2048-a');
  const key = rsaOaepSha256Mgf1Sha1.privateKey(parts);
  const encrypter = createPublicKey({
    key: Buffer.from(rsaPublicDer(parts)),
    format: 'der',
    type: 'pkcs1',
  });
  const encrypted = (encoded: Uint8Array): Bytes =>
    Uint8Array.from(publicEncrypt({ key: encrypter, padding: constants.RSA_NO_PADDING }, encoded));
  const classes = [
    many(() => encrypted(wrongLabel())),
    many(() => encrypted(wrongFirst())),
  ] as const;

  test('a wrong label against a wrong first octet', () => {
    const decrypt = (ciphertext: Uint8Array): void => {
      expect(() => rsaOaepSha256Mgf1Sha1.decrypt(key, ciphertext, NONE)).toThrow();
    };
    for (const ciphertext of classes.flat()) decrypt(ciphertext);
    expect(smallest('decrypt', () => measure(4000, classes, attempt))).toBeLessThan(BOUND);

    function attempt(ciphertext: Uint8Array): void {
      try {
        rsaOaepSha256Mgf1Sha1.decrypt(key, ciphertext, NONE);
      } catch {
        // All of them fail.
      }
    }
  });

  // Blinding makes the private operation noisy; the early return still stands out of it.
  test('that of the same with an early return does', () => {
    const options = {
      key: createPrivateKey({
        key: Buffer.from(rsaPrivateDer(parts)),
        format: 'der',
        type: 'pkcs1',
      }),
      padding: constants.RSA_NO_PADDING,
    };
    const decrypt = (ciphertext: Uint8Array): unknown =>
      decodeEarly(PARAMETERS, privateDecrypt(options, ciphertext));
    const t = smallest('decrypt with an early return', () => measure(4000, classes, decrypt));
    expect(t).toBeGreaterThan(BOUND);
  });
});
