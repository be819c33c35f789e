// @ts-check
// Tags and key derivation.
import { aesCmac } from 'countersign/alg/aes-modes';
import * as hmac from 'countersign/alg/hmac';
import { hkdfSha256, hkdfSha384, hkdfSha512 } from 'countersign/alg/kdf';
import { mac, verify } from 'countersign/key/use';
import { hmacSha1 } from 'countersign/legacy';
import { hex, number } from '../fields.js';
import { find, judge } from '../judge.js';
import { macSecret, needsOf } from '../secrets.js';

/** @type {Readonly<Record<string, import('countersign/alg/hmac').MacAlgorithm | typeof hmacSha1 | typeof aesCmac>>} */
const MACS = {
  'AES-CMAC': aesCmac,
  HMACSHA1: hmacSha1,
  HMACSHA224: hmac.hmacSha224,
  HMACSHA256: hmac.hmacSha256,
  HMACSHA384: hmac.hmacSha384,
  HMACSHA512: hmac.hmacSha512,
  'HMACSHA3-256': hmac.hmacSha3_256,
  'HMACSHA3-384': hmac.hmacSha3_384,
  'HMACSHA3-512': hmac.hmacSha3_512,
};

/** @type {Readonly<Record<string, import('countersign/alg/kdf').HkdfAlgorithm>>} */
const KDFS = {
  'HKDF-SHA-256': hkdfSha256,
  'HKDF-SHA-384': hkdfSha384,
  'HKDF-SHA-512': hkdfSha512,
};

/** @type {Readonly<Record<string, import('../suites/wycheproof.js').GroupReader>>} */
export const macGroups = {
  MacTest(group, { algorithm }) {
    const alg = MACS[String(algorithm)];
    if (alg === undefined) return { scope: `out of scope: ${String(algorithm)}` };
    const bits = number(group, 'tagSize');
    return {
      algorithm: alg.name,
      run(test, label) {
        const [secret, message, tag] = [hex(test, 'key'), hex(test, 'msg'), hex(test, 'tag')];
        const found = find(() => {
          const key = macSecret(secret, alg, 'verify');
          if (verify(key, message, tag) === false) return false;
          // What verifies is what is made.
          const made = mac(macSecret(secret, alg, 'mac'), message);
          return verify(key, message, made instanceof Uint8Array ? made : made.octets);
        });
        return judge({
          algorithm: alg.name,
          operation: 'verify',
          label,
          found,
          relaxed: needsOf(secret),
          ...(bits < alg.size * 8 ? { policy: `a tag of ${bits} bits, truncated` } : {}),
          ...(secret.length === 0 ? { policy: 'an empty secret' } : {}),
        });
      },
    };
  },

  HkdfTest(_, { algorithm }) {
    const alg = KDFS[String(algorithm)];
    if (alg === undefined) return { scope: `out of scope: ${String(algorithm)}` };
    return {
      algorithm: alg.name,
      run(test, label) {
        const [ikm, salt, info] = [hex(test, 'ikm'), hex(test, 'salt'), hex(test, 'info')];
        // The caller asks for a number of octets, and one out of range is the caller's mistake.
        const found = find(() => alg.derive(ikm, salt, info, number(test, 'size')), {
          typeErrorRefuses: true,
        });
        const expected = hex(test, 'okm');
        return judge({ algorithm: alg.name, operation: 'derive', label, expected, found });
      },
    };
  },
};
