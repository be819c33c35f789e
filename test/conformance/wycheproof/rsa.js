// @ts-check
// RSA: signatures of both kinds, and OAEP.
import * as rsa from 'countersign/alg/rsa';
import * as oaep from 'countersign/alg/rsa-oaep';
import { decodeInteger, encodeBase64Url, equal } from 'countersign/bytes';
import {
  ALLOW_RSA_1024,
  ALLOW_RSA_E3,
  importPrivateKey,
  importPublicKey,
} from 'countersign/key/rsa';
import { decrypt, encrypt, sign, verify } from 'countersign/key/use';
import { rsaPkcs1Sha1, rsaPssSha1 } from 'countersign/legacy';
import { hex, number, object, text } from '../fields.js';
import { can, find, judge } from '../judge.js';
import { importRelaxed, rsaPrivatePolicy, rsaPublicPolicy } from '../policy.js';
import { once } from '../runner.js';
import { importForms, privateForms, publicForms } from './forms.js';

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
    return verification(group, alg);
  },

  RsassaPkcs1Generate(group) {
    const alg = Object.values(rsa).find((one) => one === PKCS1[text(group, 'sha')]);
    if (alg === undefined) {
      return { scope: `out of scope: signing PKCS#1 with ${text(group, 'sha')}` };
    }
    const { algorithm, run } = verification(group, alg);
    // Signing is held to 2048 bits, whatever may be verified.
    const mayAlsoSign = can(alg.name, 'sign') && number(group, 'keySize') >= 2048;
    const key = once(() =>
      importForms(privateForms(group), (form) => importPrivateKey(form, { alg, use: 'sign' })),
    );
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
    const key = once(() =>
      importForms(privateForms(group), (form) => importPrivateKey(form, { alg, use: 'decrypt' })),
    );
    const publicKey = once(() => importPublicKey(publicJwk(group), { alg, use: 'encrypt' }));
    const policy = privatePolicy(group);
    return {
      algorithm: alg.name,
      run(test, label) {
        const [expected, context] = [hex(test, 'msg'), hex(test, 'label')];
        const found = find(() => {
          const decrypted = decrypt(key(), hex(test, 'ct'), context);
          // What is decrypted is what is encrypted.
          const again = decrypt(key(), encrypt(publicKey(), decrypted, context), context);
          return equal(again, decrypted) ? decrypted : again;
        });
        const operation = /** @type {const} */ ('decrypt');
        const question = { algorithm: alg.name, operation, label, expected, found };
        return judge(policy === undefined ? question : { ...question, policy });
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
  const policy = salt === row.salt ? undefined : `PSS with a salt of ${salt} octets`;
  return verification(group, row.alg, policy);
}

/**
 * @param {Fields} group
 * @param {Verifier} alg
 * @param {string} [saltPolicy]
 * @returns {import('../suites/wycheproof.js').Runnable}
 */
function verification(group, alg, saltPolicy) {
  const { needs, policy = saltPolicy } = rsaPublicPolicy(...sizesOf(group));
  const key = once(() =>
    importForms(publicForms(group), (form) =>
      importRelaxed(needs, (relax) => {
        return importPublicKey(form, {
          alg,
          use: 'verify',
          relax: relax ? [ALLOW_RSA_1024, ALLOW_RSA_E3] : [],
        });
      }),
    ),
  );
  return {
    algorithm: alg.name,
    run(test, label) {
      const found = find(() => verify(key(), hex(test, 'msg'), hex(test, 'sig')));
      const operation = /** @type {const} */ ('verify');
      const question = { algorithm: alg.name, operation, label, found, relaxed: needs };
      return judge(policy === undefined ? question : { ...question, policy });
    },
  };
}

/**
 * RFC 8017, A.1.2, has keys of more than two primes, which OpenSSL alone computes with.
 * @param {Fields} group
 */
function privatePolicy(group) {
  const isMultiPrime = 'otherPrimeInfos' in object(group, 'privateKey');
  return isMultiPrime ? 'an RSA key of more than two primes' : rsaPrivatePolicy(...sizesOf(group));
}

/**
 * Bits of the modulus, and the exponent.
 * @param {Fields} group
 * @returns {[number, bigint]}
 */
function sizesOf(group) {
  const given = object(group, 'publicKey' in group ? 'publicKey' : 'privateKey');
  return [number(group, 'keySize'), decodeInteger(hex(given, 'publicExponent'))];
}

/** @param {Fields} group */
function publicJwk(group) {
  const given = object(group, 'privateKey');
  const [n, e] = ['modulus', 'publicExponent'].map((name) => {
    const octets = hex(given, name);
    return encodeBase64Url(octets.subarray(octets.findIndex((octet) => octet !== 0)));
  });
  return { kty: 'RSA', n, e };
}
