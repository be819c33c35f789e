// @ts-check
// Sets of JWKs, by the tokens that their keys verify, and messages of JOSE of either kind.
import { readJwkSet, importJwkSet } from 'countersign/jose/jwk';
import { verifyJws } from 'countersign/jose/jws';
import { object, text } from '../fields.js';
import { algorithmOf } from '../jose-keys.js';
import { find, judge } from '../judge.js';
import { recipientOf } from '../jwe-keys.js';
import { openJwe } from './jwe.js';

/** @typedef {import('../fields.js').Fields} Fields */

/** @type {Readonly<Record<string, import('../suites/wycheproof.js').GroupReader>>} */
export const jwkGroups = {
  JsonWebKey: (group) => verifierOf(group),

  JsonWebCrypto(group) {
    const tests = /** @type {readonly Fields[]} */ (group['tests']);
    if (tests.every((test) => 'jws' in test)) return verifierOf(group);
    const jwk = object(group, 'private');
    const recipient = recipientOf(jwk, text(jwk, 'alg'));
    if (recipient === undefined) return { scope: `out of scope: JWE with ${String(jwk['alg'])}` };
    return {
      algorithm: recipient.alg.name,
      run: (test, label) => openJwe(recipient, test, label),
    };
  },
};

/** What a key is for that names no algorithm known here. */
const BY_TYPE = { oct: 'HS256', RSA: 'RS256', EC: 'ES256', OKP: 'EdDSA' };

/**
 * @param {Fields} group
 * @returns {ReturnType<import('../suites/wycheproof.js').GroupReader>}
 */
function verifierOf(group) {
  const given = object(group, 'public' in group ? 'public' : 'private');
  /** @type {Fields} */
  const set = 'keys' in given ? given : { keys: [given] };
  const algs = algorithmsOf(/** @type {readonly Fields[]} */ (set['keys']));
  const [first] = algs;
  if (first === undefined) return { scope: 'out of scope: a set without a key' };
  return {
    algorithm: first.name,
    run(test, label) {
      const token = typeof test['jws'] === 'string' ? test['jws'] : JSON.stringify(test['jws']);
      const found = find(() => {
        const { ring } = importJwkSet(readJwkSet(JSON.stringify(set)), { algs, use: 'verify' });
        verifyJws(token, ring, { algs, now: 0 });
        return true;
      });
      return judge({ algorithm: first.name, operation: 'verify', label, found });
    },
  };
}

/**
 * What a caller allows who knows the keys: the algorithms that they name, of public keys if there are any.
 * @param {readonly Fields[]} keys
 */
function algorithmsOf(keys) {
  const hasPairs = keys.some((jwk) => jwk['kty'] !== 'oct');
  const own = keys.filter((jwk) => (jwk['kty'] !== 'oct') === hasPairs);
  const found = own.flatMap((jwk) => {
    const kty = /** @type {keyof typeof BY_TYPE} */ (jwk['kty']);
    return algorithmOf(jwk['alg']) ?? algorithmOf(BY_TYPE[kty]) ?? [];
  });
  return [...new Set(found)];
}
