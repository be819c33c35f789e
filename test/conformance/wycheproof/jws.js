// @ts-check
// JWS in the compact serialization. A group has one JWK, whose `alg` its tokens have to keep to.
import { decodeBase64Url } from 'countersign/bytes';
import { verifyJws } from 'countersign/jose/jws';
import { object, text } from '../fields.js';
import { algorithmOf, verifyingKey } from '../jose-keys.js';
import { find, judge } from '../judge.js';
import { needsOf } from '../secrets.js';

/** @type {Readonly<Record<string, import('../suites/wycheproof.js').GroupReader>>} */
export const jwsGroups = {
  JsonWebSignature(group) {
    const jwk = object(group, 'public' in group ? 'public' : 'private');
    const [first] = /** @type {import('../fields.js').Fields[]} */ (group['tests']);
    // A JWK that says none, or one that nobody has registered, is asked about by its first token's.
    const alg = algorithmOf(jwk['alg']) ?? algorithmOf(claimedBy(first));
    if (alg === undefined) return { scope: `out of scope: JWS with ${String(jwk['alg'])}` };
    const relaxed = alg.kind === 'mac' ? needsOf(decodeBase64Url(text(jwk, 'k'))) : [];
    return {
      algorithm: alg.name,
      run(test, label) {
        const found = find(() => {
          verifyJws(text(test, 'jws'), verifyingKey(jwk, alg));
          return true;
        });
        return judge({ algorithm: alg.name, operation: 'verify', label, found, relaxed });
      },
    };
  },
};

/**
 * What a token says its algorithm is.
 * @param {import('../fields.js').Fields | undefined} test
 */
function claimedBy(test) {
  const [header = ''] = String(test?.['jws']).split('.');
  const { alg } = /** @type {{ alg?: unknown }} */ (
    JSON.parse(Buffer.from(header, 'base64url').toString())
  );
  return alg;
}
