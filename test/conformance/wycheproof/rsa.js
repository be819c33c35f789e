// @ts-check
// RSA: signatures of both kinds, and OAEP.
import * as rsa from 'countersign/alg/rsa';
import * as oaep from 'countersign/alg/rsa-oaep';
import { decodeInteger } from 'countersign/bytes';
import {
  ALLOW_RSA_1024,
  ALLOW_RSA_E3,
  importPrivateKey,
  importPublicKey,
} from 'countersign/key/rsa';
import { decrypt, sign, verify } from 'countersign/key/use';
import { rsaPkcs1Sha1, rsaPssSha1 } from 'countersign/legacy';
import { hex, namesOf, number, object, text } from '../fields.js';
import { can, find, judge } from '../judge.js';
import { rsaKeyPolicy } from '../policy.js';
import { once } from '../runner.js';

/**
 * @typedef {import('../suites/wycheproof.js').GroupReader} GroupReader
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('countersign/alg/rsa').RsaAlgorithm | typeof rsaPkcs1Sha1} Verifier
 */

/** @type {Readonly<Record<string, Verifier>>} */
const PKCS1 = {
  'SHA-1': rsaPkcs1Sha1,
  'SHA-256': rsa.rsaPkcs1Sha256,
  'SHA-384': rsa.rsaPkcs1Sha384,
  'SHA-512': rsa.rsaPkcs1Sha512,
};

/** Octets of the digest, which the salt is as long as. */
/** @type {Readonly<Record<string, { alg: Verifier, salt: number }>>} */
const PSS = {
  'SHA-1': { alg: rsaPssSha1, salt: 20 },
  'SHA-256': { alg: rsa.rsaPssSha256, salt: 32 },
  'SHA-384': { alg: rsa.rsaPssSha384, salt: 48 },
  'SHA-512': { alg: rsa.rsaPssSha512, salt: 64 },
};

const OAEP = new Map(Object.values(oaep).map((alg) => [alg.name, alg]));

/** @type {Readonly<Record<string, GroupReader>>} */
export const rsaGroups = {
  RsassaPkcs1Verify(group) {
    const alg = PKCS1[text(group, 'sha')];
    if (alg === undefined) return { scope: `out of scope: PKCS#1 with ${text(group, 'sha')}` };
    return verification(group, alg, keyPolicy(group));
  },

  RsassaPkcs1Generate(group) {
    const alg = Object.values(rsa).find((one) => one === PKCS1[text(group, 'sha')]);
    if (alg === undefined) {
      return { scope: `out of scope: signing PKCS#1 with ${text(group, 'sha')}` };
    }
    const { algorithm, run } = verification(group, alg, keyPolicy(group));
    // Signing is held to 2048 bits, whatever may be verified.
    const mayAlsoSign = can(alg.name, 'sign') && number(group, 'keySize') >= 2048;
    const key = once(() => importPrivateKey(privateOf(group), { alg, use: 'sign' }));
    return {
      algorithm,
      run(test, label) {
        const outcome = run(test, label);
        if (!mayAlsoSign || outcome.verdict !== 'passed' || label !== 'valid') return outcome;
        const found = find(() => sign(key(), hex(test, 'msg')));
        const expected = hex(test, 'sig');
        return judge({ algorithm, operation: 'sign', label, expected, found });
      },
    };
  },

  RsassaPssVerify: pssGroup,
  RsassaPssWithParametersVerify: pssGroup,

  RsaesOaepDecrypt(group) {
    const [sha, mgfSha] = [text(group, 'sha'), text(group, 'mgfSha')];
    const alg = OAEP.get(`RSAES-OAEP ${sha}${sha === mgfSha ? '' : ` MGF1 ${mgfSha}`}`);
    if (alg === undefined) return { scope: `out of scope: OAEP with ${sha} and MGF1 ${mgfSha}` };
    const key = once(() => importPrivateKey(privateOf(group), { alg, use: 'decrypt' }));
    return {
      algorithm: alg.name,
      run(test, label) {
        const found = find(() => decrypt(key(), hex(test, 'ct'), hex(test, 'label')));
        return judge({
          algorithm: alg.name,
          operation: 'decrypt',
          label,
          expected: hex(test, 'msg'),
          found,
          ...primesPolicy(group),
        });
      },
    };
  },
};

/**
 * @param {Fields} group
 * @returns {ReturnType<GroupReader>}
 */
function pssGroup(group) {
  const [sha, mgfSha, salt] = [text(group, 'sha'), text(group, 'mgfSha'), number(group, 'sLen')];
  const row = PSS[sha];
  if (row === undefined) return { scope: `out of scope: PSS with ${sha}` };
  if (mgfSha !== sha) return { scope: `out of scope: PSS with ${sha} and MGF1 ${mgfSha}` };
  const policy = salt === row.salt ? keyPolicy(group) : `PSS with a salt of ${salt} octets`;
  return verification(group, row.alg, policy);
}

/**
 * @param {Fields} group
 * @param {Verifier} alg
 * @param {string | undefined} policy
 * @returns {import('../suites/wycheproof.js').Runnable}
 */
function verification(group, alg, policy) {
  const key = once(() =>
    importPublicKey(hex(group, 'publicKeyDer' in group ? 'publicKeyDer' : 'keyDer'), {
      alg,
      use: 'verify',
      relax: [ALLOW_RSA_1024, ALLOW_RSA_E3],
    }),
  );
  return {
    algorithm: alg.name,
    run(test, label) {
      /** @type {string[]} */
      const relaxed = [];
      const found = find(() => {
        relaxed.push(...namesOf(key().relaxed));
        return verify(key(), hex(test, 'msg'), hex(test, 'sig'));
      });
      return judge({
        algorithm: alg.name,
        operation: 'verify',
        label,
        found,
        relaxed,
        ...(policy === undefined ? {} : { policy }),
      });
    },
  };
}

/**
 * Why a public key is refused whatever is relaxed.
 * @param {Fields} group
 */
function keyPolicy(group) {
  const given = object(group, 'publicKey' in group ? 'publicKey' : 'privateKey');
  return rsaKeyPolicy(number(group, 'keySize'), decodeInteger(hex(given, 'publicExponent')));
}

/**
 * RFC 8017, A.1.2, has keys of more than two primes, which OpenSSL alone computes with.
 * @param {Fields} group
 */
function primesPolicy(group) {
  const isMultiPrime = 'otherPrimeInfos' in object(group, 'privateKey');
  return isMultiPrime ? { policy: 'an RSA key of more than two primes' } : {};
}

/** @param {Fields} group */
function privateOf(group) {
  return 'privateKeyPkcs8' in group ? hex(group, 'privateKeyPkcs8') : text(group, 'privateKeyPem');
}
