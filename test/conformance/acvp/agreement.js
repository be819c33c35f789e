// @ts-check
// Key agreement on the curves of NIST: https://pages.nist.gov/ACVP/draft-hammett-acvp-kas-ecc-cdh.html
// and draft-hammett-acvp-kas-ssc-ecc.
import { ecdhP256, ecdhP384, ecdhP521 } from 'countersign/alg/agreement';
import { concat, equal } from 'countersign/bytes';
import { importPrivateKey, importPublicKey } from 'countersign/key/ec';
import { agree } from 'countersign/key/use';
import { hex, sized, text } from '../fields.js';
import { find, judge } from '../judge.js';
import { DIGESTS } from './digests.js';
import { checkVerdict, skipped } from './lengths.js';
import { pointOf } from './signatures.js';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../suites/acvp.js').GroupReader} GroupReader
 * @typedef {import('countersign/alg/agreement').AgreementAlgorithm} AgreementAlgorithm
 */

/** @type {Readonly<Record<string, AgreementAlgorithm>>} */
const CURVES = { 'P-256': ecdhP256, 'P-384': ecdhP384, 'P-521': ecdhP521 };

/**
 * SP 800-56A, section 6: which of ours goes with which of the other party's, in the order of Z. The
 * initiator has an ephemeral key wherever somebody has one; the responder's is the second.
 * @type {Readonly<Record<string, readonly (readonly [initiator: string, responder: string])[]>>}
 */
const SCHEMES = {
  ephemeralUnified: [['ephemeral', 'ephemeral']],
  onePassDh: [['ephemeral', 'static']],
  staticUnified: [['static', 'static']],
  fullUnified: [
    ['ephemeral', 'ephemeral'],
    ['static', 'static'],
  ],
  onePassUnified: [
    ['ephemeral', 'static'],
    ['static', 'static'],
  ],
};

/** @type {Readonly<Record<string, GroupReader>>} */
export const agreementGroups = {
  'kas-ecc cdh-component'(group, { isPair }) {
    const curve = text(group, 'curve');
    const alg = CURVES[curve];
    if (alg === undefined) return { scope: `key agreement on ${curve}` };
    return {
      algorithm: alg.name,
      run(test, label) {
        if (isPair === true && !('privateIut' in test)) return skipped(OWN_KEY);
        return judged(alg, test, label, 'z', keysOf(alg, test, 'privateIut', 'publicServer'));
      },
    };
  },

  'kas-ecc-ssc'(group, { isPair }) {
    const [curve, scheme] = [text(group, 'domainParameterGenerationMode'), text(group, 'scheme')];
    const [alg, pairs] = [CURVES[curve], SCHEMES[scheme]];
    if (alg === undefined) return { scope: `key agreement on ${curve}` };
    if (pairs === undefined) return { scope: `key agreement by ${scheme}` };
    const hashName = text(group, 'hashFunctionZ');
    const hash = DIGESTS[hashName];
    if (hash === undefined && hashName !== 'none') {
      return { scope: `shared secrets hashed by ${hashName}` };
    }
    const role = text(group, 'kasRole');
    if (role !== 'initiator' && role !== 'responder') throw new Error('an unknown kasRole');
    return {
      algorithm: alg.name,
      run(test, label) {
        const own = pairs.map(([a, b]) => (role === 'initiator' ? a : b));
        const theirs = pairs.map(([a, b]) => (role === 'initiator' ? b : a));
        if (isPair === true && own.some((kind) => !(`${kind}PrivateIut` in test))) {
          return skipped(OWN_KEY);
        }
        const keys = own.flatMap((kind, i) =>
          keysOf(alg, test, `${kind}PrivateIut`, `${theirs[i]}PublicServer`),
        );
        return judged(alg, test, label, hash === undefined ? 'z' : 'hashZ', keys, hash);
      },
    };
  },
};

const OWN_KEY = 'out of scope: a key that the implementation draws';

/**
 * The scalar of one key and the point of another, read before anything is tried: a field that can't
 * be read is no refusal.
 * @param {AgreementAlgorithm} alg
 * @param {Fields} test
 * @param {string} own
 * @param {string} theirs
 * @returns {{ scalar: Uint8Array, point: Uint8Array }[]}
 */
function keysOf(alg, test, own, theirs) {
  const scalar = sized(hex(test, own), alg.size);
  return [{ scalar, point: pointOf(test, alg.size, `${theirs}X`, `${theirs}Y`) }];
}

/**
 * A secret that is said to be wrong is another than the one computed, or there is none.
 * @param {AgreementAlgorithm} alg
 * @param {Fields} test
 * @param {string} label
 * @param {string} answer
 * @param {ReturnType<typeof keysOf>} keys one pair for each part of Z
 * @param {import('countersign/alg/digest').DigestAlgorithm} [hash] what Z is given as
 */
function judged(alg, test, label, answer, keys, hash) {
  checkVerdict(test);
  const expected = hex(test, answer);
  const compute = () => {
    const parts = keys.map(({ scalar, point }) => {
      const peer = importPublicKey(point, { alg, use: 'peer' });
      return agree(importPrivateKey(scalar, { alg, use: 'agree' }), peer);
    });
    return hash === undefined ? concat(...parts) : hash.digest(concat(...parts));
  };
  const question = /** @type {const} */ ({ algorithm: alg.name, operation: 'agree', label });
  if (label === 'valid') return judge({ ...question, expected, found: find(compute) });
  return judge({ ...question, found: find(() => equal(compute(), expected)) });
}
