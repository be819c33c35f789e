// @ts-check
// Key derivation: https://pages.nist.gov/ACVP/draft-hammett-acvp-kas-kdf-hkdf.html,
// draft-hammett-acvp-kas-kdf-onestep and draft-celi-acvp-kdf-ansi-x963.
import { concatKdf, hkdfSha256, hkdfSha384, hkdfSha512, x963Kdf } from 'countersign/alg/kdf';
import { concat, decodeHex, encodeUint32, equal } from 'countersign/bytes';
import { hex, number, object, text } from '../fields.js';
import { find, judge } from '../judge.js';
import { DIGESTS } from './digests.js';
import { areOctets, checkVerdict, NOT_OCTETS, sizedHex, skipped } from './lengths.js';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../judge.js').Outcome} Outcome
 * @typedef {import('../suites/acvp.js').GroupReader} GroupReader
 */

/** @type {Readonly<Record<string, import('countersign/alg/kdf').HkdfAlgorithm>>} */
const HKDFS = { 'SHA2-256': hkdfSha256, 'SHA2-384': hkdfSha384, 'SHA2-512': hkdfSha512 };

/** @type {Readonly<Record<string, GroupReader>>} */
export const derivationGroups = {
  'kda hkdf'(group) {
    if (group['multiExpansion'] === true) return { scope: 'HKDF of several keys at once' };
    const hash = text(object(group, 'kdfConfiguration'), 'hmacAlg');
    const alg = HKDFS[hash];
    if (alg === undefined) return { scope: `HKDF with ${hash}` };
    return kdaGroup(group, alg.name, (parameter) => {
      const [input, salt] = [inputOf(group, parameter), hex(parameter, 'salt')];
      return (info, length) => alg.derive(input, salt, info, length);
    });
  },

  'kda onestep'(group) {
    const auxiliary = text(object(group, 'kdfConfiguration'), 'auxFunction');
    const hash = DIGESTS[auxiliary];
    if (hash === undefined) return { scope: `the one-step KDF with ${auxiliary}` };
    return kdaGroup(group, 'Concat KDF', (parameter) => {
      const input = inputOf(group, parameter);
      return (info, length) => concatKdf(hash, input, info, length);
    });
  },

  'kdf-components ansix9.63'(group) {
    const called = text(group, 'hashAlg');
    const hash = DIGESTS[called];
    if (hash === undefined) return { scope: `the KDF of X9.63 with ${called}` };
    const [infoBits, bits] = [number(group, 'sharedInfoLength'), number(group, 'keyDataLength')];
    const algorithm = 'X9.63 KDF';
    return {
      algorithm,
      run(test, label) {
        if (!areOctets(infoBits, bits)) return skipped(NOT_OCTETS);
        const z = hex(test, 'z');
        const info = sizedHex(test, 'sharedInfo', infoBits);
        const expected = sizedHex(test, 'keyData', bits);
        const found = find(() => x963Kdf(hash, z, info, bits / 8));
        return judge({ algorithm, operation: 'derive', label, expected, found });
      },
    };
  },
};

/**
 * @param {Fields} group
 * @param {string} algorithm
 * @param {(parameter: Fields) => (info: Uint8Array, length: number) => Uint8Array} prepare reads
 *   the fields before anything is tried, since one that can't be read is no refusal
 * @returns {ReturnType<GroupReader>}
 */
function kdaGroup(group, algorithm, prepare) {
  const configuration = object(group, 'kdfConfiguration');
  const encoding = text(configuration, 'fixedInfoEncoding');
  if (encoding !== 'concatenation') return { scope: `fixed info encoded as ${encoding}` };
  const pattern = text(configuration, 'fixedInfoPattern').split('||');
  const unknown = pattern.find((part) => !Object.hasOwn(PARTS, part) && !LITERAL.test(part));
  if (unknown !== undefined) return { scope: `fixed info with ${unknown}` };
  const bits = number(configuration, 'l');
  return {
    algorithm,
    run(test, label) {
      if (!areOctets(bits)) return skipped(NOT_OCTETS);
      if (text(group, 'testType') === 'VAL') checkVerdict(test);
      const expected = sizedHex(test, 'dkm', bits);
      const derive = prepare(object(test, 'kdfParameter'));
      const info = concat(...pattern.map((part) => partOf(part, test, bits)));
      const compute = () => derive(info, bits / 8);
      const question = /** @type {const} */ ({ algorithm, operation: 'derive', label });
      if (label === 'valid') return judge({ ...question, expected, found: find(compute) });
      // A key that is said to be wrong is another than the one derived.
      return judge({ ...question, found: find(() => equal(compute(), expected)) });
    },
  };
}

/**
 * The shared secret; a hybrid one with its second part, SP 800-56C, section 2. Elsewhere `t` is a part
 * of the fixed info, if its pattern says so.
 * @param {Fields} group
 * @param {Fields} parameter
 */
function inputOf(group, parameter) {
  const z = hex(parameter, 'z');
  return group['usesHybridSharedSecret'] === true ? concat(z, hex(parameter, 't')) : z;
}

/** A part of the fixed info that the pattern itself holds. */
const LITERAL = /^literal\[([0-9A-Fa-f]*)\]$/;

/** @type {Readonly<Record<string, (test: Fields, bits: number) => Uint8Array>>} */
const PARTS = {
  l: (_, bits) => encodeUint32(bits),
  uPartyInfo: (test) => partyOf(object(test, 'fixedInfoPartyU')),
  vPartyInfo: (test) => partyOf(object(test, 'fixedInfoPartyV')),
  algorithmId: (test) => hex(object(test, 'kdfParameter'), 'algorithmId'),
  context: (test) => hex(object(test, 'kdfParameter'), 'context'),
  label: (test) => hex(object(test, 'kdfParameter'), 'label'),
  t: (test) => hex(object(test, 'kdfParameter'), 't'),
};

/**
 * @param {string} part
 * @param {Fields} test
 * @param {number} bits
 */
function partOf(part, test, bits) {
  const read = PARTS[part];
  return read === undefined ? decodeHex(LITERAL.exec(part)?.[1] ?? '', 'either') : read(test, bits);
}

/**
 * The id of a party, and its ephemeral key where it has one.
 * @param {Fields} party
 */
function partyOf(party) {
  const id = hex(party, 'partyId');
  return 'ephemeralData' in party ? concat(id, hex(party, 'ephemeralData')) : id;
}
