// @ts-check
// The reference floor of tokens: what a careful engineer writes straight on node:crypto for one key
// and one algorithm. Header and claims are parsed, and looked at.
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';

/** @typedef {{ issuer: string, audience: string, now: number }} Expected */
/** @typedef {(input: string) => Buffer} Sign */
/** @typedef {(input: string, signature: Buffer) => boolean} Verify */

/**
 * The signatures of one key by one name.
 * @param {string} alg
 * @param {Uint8Array | import('node:crypto').JsonWebKey} key
 * @returns {{ sign: Sign, verify: Verify }}
 */
export function signatures(alg, key) {
  if (key instanceof Uint8Array) {
    const secret = createSecretKey(key);
    const tag = (/** @type {string} */ input) =>
      createHmac('sha256', secret).update(input).digest();
    return {
      sign: tag,
      verify(input, signature) {
        const expected = tag(input);
        return expected.length === signature.length && timingSafeEqual(expected, signature);
      },
    };
  }
  const hash = alg === 'EdDSA' ? null : 'sha256';
  const form = /** @type {const} */ ({ dsaEncoding: 'ieee-p1363' });
  const privateKey = { key: createPrivateKey({ key, format: 'jwk' }), ...form };
  const publicKey = { key: createPublicKey({ key, format: 'jwk' }), ...form };
  return {
    sign: (input) => sign(hash, Buffer.from(input), privateKey),
    verify: (input, signature) => verify(hash, Buffer.from(input), publicKey, signature),
  };
}

/**
 * Makes tokens.
 * @param {string} alg
 * @param {Sign} signOf
 */
export function issuer(alg, signOf) {
  /** @param {object} claims */
  return (claims) => {
    const header = JSON.stringify({ alg, typ: 'JWT' });
    const payload = JSON.stringify(claims);
    const input = `${base64Url(header)}.${base64Url(payload)}`;
    return `${input}.${signOf(input).toString('base64url')}`;
  };
}

/**
 * Checks tokens, and gives their claims.
 * @param {string} alg
 * @param {Verify} isSignature
 * @param {Expected} expected
 */
export function verifier(alg, isSignature, expected) {
  /** @param {string} token */
  return (token) => {
    const [head = '', body = '', value, more] = token.split('.');
    if (value === undefined || more !== undefined) throw new Error('no token');
    const header = /** @type {Record<string, unknown>} */ (JSON.parse(textOf(head)));
    if (header['alg'] !== alg || header['typ'] !== 'JWT' || 'crit' in header) {
      throw new Error('another header');
    }
    if (!isSignature(`${head}.${body}`, Buffer.from(value, 'base64url'))) {
      throw new Error('another signature');
    }
    const claims = /** @type {Record<string, unknown>} */ (JSON.parse(textOf(body)));
    const { iss, aud, exp, iat } = claims;
    const isFor =
      aud === expected.audience || (Array.isArray(aud) && aud.includes(expected.audience));
    const isNow = expected.now < Number(exp) && Number(iat) <= expected.now;
    if (iss !== expected.issuer || !isFor || !isNow) throw new Error('other claims');
    return claims;
  };
}

/** @param {string} text */
function base64Url(text) {
  return Buffer.from(text).toString('base64url');
}

/** @param {string} text */
function textOf(text) {
  return Buffer.from(text, 'base64url').toString();
}
