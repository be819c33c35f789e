// @ts-check
// Tags: https://pages.nist.gov/ACVP/draft-fussell-acvp-mac.html.
import { aesCmac } from 'countersign/alg/aes-modes';
import * as hmac from 'countersign/alg/hmac';
import { mac, verify } from 'countersign/key/use';
import { hmacSha1 } from 'countersign/legacy';
import { text } from '../fields.js';
import { find, judge } from '../judge.js';
import { macSecret, needsOf } from '../secrets.js';
import { areOctets, bitsOf, checkVerdict, NOT_OCTETS, sizedHex, skipped } from './lengths.js';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../suites/acvp.js').GroupReader} GroupReader
 * @typedef {import('countersign/alg/hmac').MacAlgorithm | typeof hmacSha1 | typeof aesCmac} Mac
 */

/** @type {Readonly<Record<string, Mac>>} */
const HMACS = {
  'hmac-sha-1': hmacSha1,
  'hmac-sha2-224': hmac.hmacSha224,
  'hmac-sha2-256': hmac.hmacSha256,
  'hmac-sha2-384': hmac.hmacSha384,
  'hmac-sha2-512': hmac.hmacSha512,
  'hmac-sha3-256': hmac.hmacSha3_256,
  'hmac-sha3-384': hmac.hmacSha3_384,
  'hmac-sha3-512': hmac.hmacSha3_512,
};

/** @type {Readonly<Record<string, GroupReader>>} */
export const macGroups = {
  ...Object.fromEntries(
    Object.entries(HMACS).map(([called, alg]) => [
      called,
      /** @type {GroupReader} */ (group) => macGroup(alg, group, 'msg', false),
    ]),
  ),
  'cmac-aes': (group) => macGroup(aesCmac, group, 'message', text(group, 'direction') === 'ver'),
};

/**
 * @param {Mac} alg
 * @param {Fields} group
 * @param {string} message what the field of the message is called
 * @param {boolean} isVerdict whether the answer is a verdict on the tag, and not the tag
 * @returns {ReturnType<GroupReader>}
 */
function macGroup(alg, group, message, isVerdict) {
  return {
    algorithm: alg.name,
    run(test, label) {
      const [keyBits, bits, tagBits] = [
        bitsOf(test, group, 'keyLen'),
        bitsOf(test, group, 'msgLen'),
        bitsOf(test, group, 'macLen'),
      ];
      if (!areOctets(keyBits, bits, tagBits)) return skipped(NOT_OCTETS);
      if (isVerdict) checkVerdict(test);
      const secret = sizedHex(test, 'key', keyBits);
      const data = sizedHex(test, message, bits);
      const tag = sizedHex(test, 'mac', tagBits);
      const found = find(() => {
        const key = macSecret(secret, alg, 'verify');
        if (isVerdict || tag.length < alg.size) return verify(key, data, tag);
        const made = mac(macSecret(secret, alg, 'mac'), data);
        const octets = made instanceof Uint8Array ? made : made.octets;
        return verify(key, data, octets) === false ? false : octets;
      });
      return judge({
        algorithm: alg.name,
        operation: isVerdict ? 'verify' : 'tag',
        label,
        found,
        relaxed: needsOf(secret),
        ...(isVerdict ? {} : { expected: tag }),
        ...(tag.length < alg.size ? { policy: `a tag of ${tag.length * 8} bits, truncated` } : {}),
        ...(secret.length === 0 ? { policy: 'an empty secret' } : {}),
      });
    },
  };
}
