// @ts-check
// RSA signatures: https://pages.nist.gov/ACVP/draft-celi-acvp-rsa.html.
import * as rsa from 'countersign/alg/rsa';
import { decodeInteger, encodeBase64Url } from 'countersign/bytes';
import { ALLOW_RSA_1024, ALLOW_RSA_E3, importPublicKey } from 'countersign/key/rsa';
import { verify } from 'countersign/key/use';
import { rsaPkcs1Sha1, rsaPssSha1 } from 'countersign/legacy';
import { hex, number, text } from '../fields.js';
import { find, judge } from '../judge.js';
import { importRelaxed, rsaPublicPolicy } from '../policy.js';
import { once } from '../runner.js';
import { checkVerdict } from './lengths.js';
import { isRandomized } from './signatures.js';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../suites/acvp.js').GroupReader} GroupReader
 * @typedef {import('countersign/alg/rsa').RsaAlgorithm | typeof rsaPkcs1Sha1} Verifier
 */

/** @type {Readonly<Record<string, { pkcs1: Verifier, pss: Verifier, size: number }>>} */
const HASHES = {
  'SHA-1': { pkcs1: rsaPkcs1Sha1, pss: rsaPssSha1, size: 20 },
  'SHA2-256': { pkcs1: rsa.rsaPkcs1Sha256, pss: rsa.rsaPssSha256, size: 32 },
  'SHA2-384': { pkcs1: rsa.rsaPkcs1Sha384, pss: rsa.rsaPssSha384, size: 48 },
  'SHA2-512': { pkcs1: rsa.rsaPkcs1Sha512, pss: rsa.rsaPssSha512, size: 64 },
};

/** @type {Readonly<Record<string, GroupReader>>} */
export const rsaGroups = {
  'rsa sigver': (group) => rsaGroup(group, true),
  // The salt and the key are the implementation's: a published signature is verified.
  'rsa siggen': (group) => rsaGroup(group, false),
};

/**
 * @param {Fields} group
 * @param {boolean} isVerdict whether a test says if its signature is one
 * @returns {ReturnType<GroupReader>}
 */
function rsaGroup(group, isVerdict) {
  const [type, hash] = [text(group, 'sigType'), text(group, 'hashAlg')];
  if (type !== 'pkcs1v1.5' && type !== 'pss') return { scope: `RSA signatures of ${type}` };
  const row = HASHES[hash];
  if (row === undefined) return { scope: `RSA, ${type} with ${hash}` };
  if (isRandomized(group)) return { scope: 'messages randomized as in SP 800-106' };
  const mask = group['maskFunction'] ?? '';
  if (type === 'pss' && mask !== 'mgf1' && mask !== '') {
    return { scope: `PSS with the mask function ${text(group, 'maskFunction')}` };
  }
  if (!isVerdict && !('n' in group)) return { scope: 'a key that the implementation draws' };
  const alg = type === 'pss' ? row.pss : row.pkcs1;
  const salt = type === 'pss' ? number(group, 'saltLen') : row.size;
  const [n, e] = [digits(hex(group, 'n')), digits(hex(group, 'e'))];
  const { needs, policy = saltPolicy(salt, row.size) } = rsaPublicPolicy(
    number(group, 'modulo'),
    decodeInteger(e),
  );
  const jwk = { kty: 'RSA', n: encodeBase64Url(n), e: encodeBase64Url(e) };
  const key = once(() =>
    importRelaxed(needs, (relax) => {
      return importPublicKey(jwk, {
        alg,
        use: 'verify',
        relax: relax ? [ALLOW_RSA_1024, ALLOW_RSA_E3] : [],
      });
    }),
  );
  return {
    algorithm: alg.name,
    run(test, label) {
      if (isVerdict) checkVerdict(test);
      const [message, signature] = [hex(test, 'message'), hex(test, 'signature')];
      const found = find(() => verify(key(), message, signature));
      return judge({
        algorithm: alg.name,
        operation: 'verify',
        label,
        found,
        relaxed: needs,
        ...(policy === undefined ? {} : { policy }),
      });
    },
  };
}

/**
 * @param {number} salt
 * @param {number} size
 */
function saltPolicy(salt, size) {
  return salt === size ? undefined : `PSS with a salt of ${salt} octets`;
}

/** @param {Uint8Array} octets */
function digits(octets) {
  return octets.subarray(octets.findIndex((octet) => octet !== 0));
}
