// @ts-check
// ECDSA, EdDSA and DSA: https://pages.nist.gov/ACVP/draft-fussell-acvp-ecdsa.html,
// draft-celi-acvp-eddsa and draft-fussell-acvp-dsa.
import * as ecdsa from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { concat, derInteger, derSequence } from 'countersign/bytes';
import { importPrivateKey, importPublicKey } from 'countersign/key/ec';
import * as edwards from 'countersign/key/ed25519';
import { sign, verify } from 'countersign/key/use';
import { dsaSha1, dsaSha256 } from 'countersign/legacy';
import { signDeterministic } from 'countersign/testing';
import { hex, sized, text } from '../fields.js';
import { find, judge } from '../judge.js';
import { once } from '../runner.js';
import { checkVerdict, skipped } from './lengths.js';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../suites/acvp.js').GroupReader} GroupReader
 * @typedef {import('countersign/alg/ecdsa').EcdsaAlgorithm} EcdsaAlgorithm
 */

/** @type {Readonly<Record<string, { alg: EcdsaAlgorithm, hash: string }>>} */
const CURVES = {
  'P-256': { alg: ecdsa.ecdsaP256Sha256, hash: 'SHA2-256' },
  'P-384': { alg: ecdsa.ecdsaP384Sha384, hash: 'SHA2-384' },
  'P-521': { alg: ecdsa.ecdsaP521Sha512, hash: 'SHA2-512' },
};

/** r ‖ s, which is how the two come. */
const FORM = /** @type {const} */ ({ encoding: 'fixed', s: 'any' });

/** @type {Readonly<Record<string, GroupReader>>} */
export const signatureGroups = {
  'ecdsa keyver'(group) {
    const curve = text(group, 'curve');
    const alg = CURVES[curve]?.alg;
    if (alg === undefined) return { scope: `ECDSA keys on ${curve}` };
    return {
      algorithm: alg.name,
      run(test, label) {
        checkVerdict(test);
        const point = pointOf(test, alg.size);
        const found = find(() => {
          importPublicKey(point, { alg, use: 'verify' });
          return true;
        });
        return judge({ algorithm: alg.name, operation: 'verify', label, found });
      },
    };
  },

  'ecdsa sigver': (group) =>
    ecdsaGroup(group, (alg, test, label) => {
      checkVerdict(test);
      const [point, message, signature] = partsOf(alg, test, test);
      const found = find(() => {
        return verify(importPublicKey(point, { alg, use: 'verify' }), message, signature, FORM);
      });
      return judge({ algorithm: alg.name, operation: 'verify', label, found });
    }),

  // The nonce is the implementation's, so that a published signature can only be verified.
  'ecdsa siggen': (group) =>
    ecdsaGroup(group, (alg, test, label) => {
      const [point, message, signature] = partsOf(alg, group, test);
      const d = 'd' in group ? sized(hex(group, 'd'), alg.size) : undefined;
      const found = find(() => {
        const key = importPublicKey(point, { alg, use: 'verify' });
        if (d === undefined || !verify(key, message, signature, FORM)) {
          return verify(key, message, signature, FORM);
        }
        const made = sign(importPrivateKey(d, { alg, use: 'sign' }), message, FORM);
        return verify(key, message, made, FORM);
      });
      return judge({ algorithm: alg.name, operation: 'verify', label, found });
    }),

  'detecdsa siggen': (group) =>
    ecdsaGroup(group, (alg, test, label) => {
      if (!('d' in group)) return skipped('out of scope: a key that the implementation draws');
      const d = sized(hex(group, 'd'), alg.size);
      const [message, expected] = [hex(test, 'message'), signatureOf(test, alg.size)];
      const found = find(() => signDeterministic(alg, alg.privateKey(d), message));
      return judge({ algorithm: alg.name, operation: 'signDeterministic', label, expected, found });
    }),

  'eddsa keyver'(group) {
    const scope = eddsaScope(group);
    if (scope !== undefined) return { scope };
    return {
      algorithm: ed25519.name,
      run(test, label) {
        checkVerdict(test);
        const q = hex(test, 'q');
        const found = find(() => {
          edwards.importPublicKey(q, { alg: ed25519, use: 'verify' });
          return true;
        });
        return judge({ algorithm: ed25519.name, operation: 'verify', label, found });
      },
    };
  },

  'eddsa sigver'(group) {
    const scope = eddsaScope(group);
    if (scope !== undefined) return { scope };
    return {
      algorithm: ed25519.name,
      run(test, label) {
        checkVerdict(test);
        if (hasContext(test)) return skipped(CONTEXT);
        const [q, message, signature] = [
          hex(test, 'q'),
          hex(test, 'message'),
          hex(test, 'signature'),
        ];
        const found = find(() => {
          const key = edwards.importPublicKey(q, { alg: ed25519, use: 'verify' });
          return verify(key, message, signature);
        });
        return judge({ algorithm: ed25519.name, operation: 'verify', label, found });
      },
    };
  },

  'eddsa siggen'(group) {
    const scope = eddsaScope(group);
    if (scope !== undefined) return { scope };
    if (!('d' in group)) return { scope: 'a key that the implementation draws' };
    const key = once(() =>
      edwards.importPrivateKey(hex(group, 'd'), { alg: ed25519, use: 'sign' }),
    );
    return {
      algorithm: ed25519.name,
      run(test, label) {
        if (hasContext(test)) return skipped(CONTEXT);
        const [message, expected] = [hex(test, 'message'), hex(test, 'signature')];
        const found = find(() => sign(key(), message));
        return judge({ algorithm: ed25519.name, operation: 'sign', label, expected, found });
      },
    };
  },

  'dsa sigver'(group) {
    const hash = text(group, 'hashAlg');
    const alg = hash === 'SHA2-256' ? dsaSha256 : hash === 'SHA-1' ? dsaSha1 : undefined;
    if (alg === undefined) return { scope: `DSA with ${hash}` };
    if (isRandomized(group)) return { scope: RANDOMIZED };
    return {
      algorithm: alg.name,
      run(test, label) {
        checkVerdict(test);
        const [p, q, g] = ['p', 'q', 'g'].map((part) => digits(hex(group, part)));
        const y = digits(hex(test, 'y'));
        const [message, r, s] = [hex(test, 'message'), hex(test, 'r'), hex(test, 's')];
        const signature = derSequence(derInteger(r), derInteger(s));
        const found = find(() =>
          alg.verify(alg.publicKey(/** @type {never} */ ({ p, q, g, y })), message, signature),
        );
        return judge({ algorithm: alg.name, operation: 'verify', label, found });
      },
    };
  },
};

const CONTEXT = 'out of scope: EdDSA with a context';
const RANDOMIZED = 'messages randomized as in SP 800-106';

/**
 * @param {Fields} group
 * @param {(alg: EcdsaAlgorithm, test: Fields, label: string) => import('../judge.js').Outcome} run
 * @returns {ReturnType<GroupReader>}
 */
function ecdsaGroup(group, run) {
  const [curve, hash] = [text(group, 'curve'), text(group, 'hashAlg')];
  const row = CURVES[curve];
  if (row?.hash !== hash) return { scope: `ECDSA on ${curve} with ${hash}` };
  if (group['component'] === true || group['componentTest'] === true) {
    return { scope: 'ECDSA of a digest without its message' };
  }
  if (isRandomized(group)) return { scope: RANDOMIZED };
  return { algorithm: row.alg.name, run: (test, label) => run(row.alg, test, label) };
}

/**
 * The point of the key, the message, r ‖ s: read before anything is tried, since a field that can't
 * be read is no refusal.
 * @param {EcdsaAlgorithm} alg
 * @param {Fields} keyFields
 * @param {Fields} test
 */
function partsOf({ size }, keyFields, test) {
  return /** @type {const} */ ([
    pointOf(keyFields, size),
    hex(test, 'message'),
    signatureOf(test, size),
  ]);
}

/**
 * SEC 1, section 2.3.3.
 * @param {Fields} fields
 * @param {number} size
 */
export function pointOf(fields, size, x = 'qx', y = 'qy') {
  return concat(Uint8Array.of(4), sized(hex(fields, x), size), sized(hex(fields, y), size));
}

/**
 * @param {Fields} test
 * @param {number} size
 */
function signatureOf(test, size) {
  return concat(sized(hex(test, 'r'), size), sized(hex(test, 's'), size));
}

/** @param {Fields} group */
export function isRandomized(group) {
  return group['conformance'] === 'SP800-106';
}

/** @param {Fields} group */
function eddsaScope(group) {
  const curve = text(group, 'curve');
  if (curve !== 'ED-25519') return `EdDSA on ${curve}`;
  return group['preHash'] === true ? 'EdDSA of a digest, Ed25519ph' : undefined;
}

/** @param {Fields} test */
function hasContext(test) {
  return typeof test['context'] === 'string' && test['context'] !== '';
}

/** @param {Uint8Array} octets */
function digits(octets) {
  return octets.subarray(octets.findIndex((octet) => octet !== 0));
}
