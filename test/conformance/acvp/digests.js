// @ts-check
// Hash functions: https://pages.nist.gov/ACVP/draft-celi-acvp-sha.html and draft-celi-acvp-sha3.
import * as strong from 'countersign/alg/digest';
import { concat, equal } from 'countersign/bytes';
import { sha1 } from 'countersign/legacy';
import { hex, number, object, text } from '../fields.js';
import { find, judge } from '../judge.js';
import { areOctets, bitsOf, NOT_OCTETS, sizedHex, skipped } from './lengths.js';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../judge.js').Outcome} Outcome
 * @typedef {import('../suites/acvp.js').GroupReader} GroupReader
 * @typedef {Pick<import('countersign/alg/digest').DigestAlgorithm, 'name' | 'digest'>} Digest
 */

/**
 * By ACVP's names.
 * @type {Readonly<Record<string, import('countersign/alg/digest').DigestAlgorithm>>}
 */
export const DIGESTS = {
  'SHA2-224': strong.sha224,
  'SHA2-256': strong.sha256,
  'SHA2-384': strong.sha384,
  'SHA2-512': strong.sha512,
  'SHA3-256': strong.sha3_256,
  'SHA3-384': strong.sha3_384,
  'SHA3-512': strong.sha3_512,
};

/** @type {Digest} */
const SHA1 = { name: sha1.name, digest: (data) => sha1.digest(data).octets };

/** The tests of large data begin at 1 GiB; what fits here is small enough for every engine. */
const LARGEST = 64 * 2 ** 20;
const ROUNDS = 100;
const STEPS = 1000;

/** @type {Readonly<Record<string, GroupReader>>} */
export const digestGroups = Object.fromEntries(
  Object.entries({ 'SHA-1': SHA1, ...DIGESTS }).map(([called, alg]) => [
    called.toLowerCase(),
    /** @type {GroupReader} */ (group) => digestGroup(alg, group),
  ]),
);

/**
 * @param {Digest} alg
 * @param {Fields} group
 * @returns {ReturnType<GroupReader>}
 */
function digestGroup(alg, group) {
  const type = text(group, 'testType');
  const algorithm = alg.name;
  if (type === 'AFT') return { algorithm, run: (test, label) => message(alg, test, label) };
  if (type === 'LDT') return { algorithm, run: (test, label) => largeData(alg, test, label) };
  if (type !== 'MCT') return { scope: `${algorithm}, tests of the type ${type}` };
  const version = group['mctVersion'] ?? 'standard';
  if (version !== 'standard' && version !== 'alternate') throw new Error('an unknown mctVersion');
  return { algorithm, run: (test, label) => monteCarlo(alg, version, test, label) };
}

/**
 * @param {Digest} alg
 * @param {Fields} test
 * @param {string} label
 * @returns {Outcome}
 */
function message(alg, test, label) {
  const bits = bitsOf(test, {}, 'len');
  if (!areOctets(bits)) return skipped(NOT_OCTETS);
  const [data, expected] = [sizedHex(test, 'msg', bits), hex(test, 'md')];
  return judged(
    alg,
    label,
    expected,
    find(() => alg.digest(data)),
  );
}

/**
 * A message that is told by what is repeated to fill it.
 * @param {Digest} alg
 * @param {Fields} test
 * @param {string} label
 * @returns {Outcome}
 */
function largeData(alg, test, label) {
  const large = object(test, 'largeMsg');
  const technique = text(large, 'expansionTechnique');
  if (technique !== 'repeating') return skipped(`out of scope: large messages by ${technique}`);
  const [bits, full] = [number(large, 'contentLength'), number(large, 'fullLength')];
  if (!areOctets(bits, full)) return skipped(NOT_OCTETS);
  const [content, expected] = [sizedHex(large, 'content', bits), hex(test, 'md')];
  if (content.length === 0) throw new Error('no content to repeat');
  if (full / 8 > LARGEST) return skipped('out of scope: messages above 64 MiB');
  const data = new Uint8Array(full / 8);
  for (let at = 0; at < data.length; at += content.length) {
    data.set(content.subarray(0, data.length - at), at);
  }
  return judged(
    alg,
    label,
    expected,
    find(() => alg.digest(data)),
  );
}

/**
 * 100 times 1000 digests, each of what came before; the first that is another is what is found.
 * @param {Digest} alg
 * @param {'standard' | 'alternate'} version
 * @param {Fields} test
 * @param {string} label
 * @returns {Outcome}
 */
function monteCarlo(alg, version, test, label) {
  const bits = bitsOf(test, {}, 'len');
  if (!areOctets(bits)) return skipped(NOT_OCTETS);
  /** @type {Uint8Array} */
  let seed = sizedHex(test, 'msg', bits);
  const results = test['resultsArray'];
  if (!Array.isArray(results) || results.length !== ROUNDS) throw new Error('no 100 results');
  const digests = /** @type {Fields[]} */ (results).map((result) => hex(result, 'md'));
  const size = seed.length;
  let [expected = seed] = digests;
  const found = find(() => {
    for (expected of digests) {
      seed = alg.name.startsWith('SHA3-')
        ? spongeRound(alg, version, seed, size)
        : chainRound(alg, version, seed, size);
      if (!equal(seed, expected)) break;
    }
    return seed;
  });
  return judged(alg, label, expected, found);
}

/**
 * SHA-1 and SHA-2: the digest of the last three.
 * @param {Digest} alg
 * @param {'standard' | 'alternate'} version
 * @param {Uint8Array} seed
 * @param {number} size
 */
export function chainRound(alg, version, seed, size) {
  let [a, b, c] = [seed, seed, seed];
  for (let i = 0; i < STEPS; i++) {
    const data = concat(a, b, c);
    const next = alg.digest(version === 'standard' ? data : fitted(data, size));
    [a, b, c] = [b, c, next];
  }
  return c;
}

/**
 * SHA-3: the digest of the last.
 * @param {Digest} alg
 * @param {'standard' | 'alternate'} version
 * @param {Uint8Array} seed
 * @param {number} size
 */
function spongeRound(alg, version, seed, size) {
  let data = seed;
  for (let i = 0; i < STEPS; i++) {
    data = alg.digest(version === 'standard' ? data : fitted(data, size));
  }
  return data;
}

/**
 * The alternate version has all messages as long as the first: cut, or filled with zeros.
 * @param {Uint8Array} data
 * @param {number} size
 */
function fitted(data, size) {
  const out = new Uint8Array(size);
  out.set(data.subarray(0, size));
  return out;
}

/**
 * @param {Digest} alg
 * @param {string} label
 * @param {Uint8Array} expected
 * @param {import('../judge.js').Found} found
 */
function judged({ name }, label, expected, found) {
  return judge({ algorithm: name, operation: 'digest', label, expected, found });
}
