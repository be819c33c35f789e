// @ts-check
// JWE in the compact serialization. A group has one JWK, whose `alg` its messages have to keep to.
import { hex, object, text } from '../fields.js';
import { find, judge } from '../judge.js';
import { recipientOf } from '../jwe-keys.js';

/** @typedef {import('../fields.js').Fields} Fields */

/** @type {Readonly<Record<string, import('../suites/wycheproof.js').GroupReader>>} */
export const jweGroups = {
  JsonWebEncryption(group) {
    const jwk = object(group, 'private');
    const recipient = recipientOf(jwk, text(jwk, 'alg'));
    if (recipient === undefined) return { scope: `out of scope: JWE with ${String(jwk['alg'])}` };
    return {
      algorithm: recipient.alg.name,
      run: (test, label) => openJwe(recipient, test, label),
    };
  },
};

/**
 * @param {NonNullable<ReturnType<typeof recipientOf>>} recipient
 * @param {import('../suites/wycheproof.js').Test} test
 * @param {string} label
 */
export function openJwe({ alg, operation, policy, open }, test, label) {
  // The other serializations are asked of a reader of the compact one.
  const token = typeof test['jwe'] === 'string' ? test['jwe'] : JSON.stringify(test['jwe']);
  const enc = typeof test['enc'] === 'string' ? test['enc'] : undefined;
  const expected = 'pt' in test ? hex(test, 'pt') : undefined;
  const found = find(() => {
    const plaintext = open(token, enc);
    return expected === undefined ? true : plaintext;
  });
  const isPacked = test.flags?.includes('CompressedPlaintext') === true;
  const why = isPacked ? 'compressed content of JWE' : policy;
  return judge({
    algorithm: alg.name,
    operation,
    label,
    found,
    ...(expected === undefined ? {} : { expected }),
    ...(why === undefined ? {} : { policy: why }),
  });
}
