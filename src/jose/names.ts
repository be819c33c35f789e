/**
 * The names that JOSE has for signature algorithms, beside those that the algorithm values carry:
 * {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.1 RFC 7518, section 3.1},
 * {@link https://www.rfc-editor.org/rfc/rfc8037#section-3.1 RFC 8037},
 * {@link https://www.rfc-editor.org/rfc/rfc8812#section-3.2 RFC 8812} and
 * {@link https://www.rfc-editor.org/rfc/rfc9864 RFC 9864}. It is a table of texts: no algorithm is
 * brought along by it, and none is ever chosen by what a message says. A name is compared with the
 * algorithm of a key, which the caller has chosen.
 *
 * `none` has no row in any spelling, and neither has RSA with SHA-1.
 *
 * @module
 */
import type { AlgorithmName } from '../key/handle.js';

/** `EdDSA` and `Ed25519` are two names of one algorithm: a declared equivalence. */
const ALGORITHMS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['HS256', 'HMAC-SHA-256'],
  ['HS384', 'HMAC-SHA-384'],
  ['HS512', 'HMAC-SHA-512'],
  ['RS256', 'RSASSA-PKCS1-v1_5 SHA-256'],
  ['RS384', 'RSASSA-PKCS1-v1_5 SHA-384'],
  ['RS512', 'RSASSA-PKCS1-v1_5 SHA-512'],
  ['PS256', 'RSASSA-PSS SHA-256'],
  ['PS384', 'RSASSA-PSS SHA-384'],
  ['PS512', 'RSASSA-PSS SHA-512'],
  ['ES256', 'ECDSA P-256 SHA-256'],
  ['ES384', 'ECDSA P-384 SHA-384'],
  ['ES512', 'ECDSA P-521 SHA-512'],
  ['ES256K', 'ECDSA secp256k1 SHA-256'],
  ['EdDSA', 'Ed25519'],
  ['Ed25519', 'Ed25519'],
]);

/** Whether `name`, of a message, is a name of this algorithm. */
export function isNameOf(name: string, alg: AlgorithmName): boolean {
  return ALGORITHMS.get(name) === alg.name;
}

/** The name to write: of Ed25519 the older one, which everybody reads. */
export function nameFor(alg: AlgorithmName): string {
  for (const [name, algorithm] of ALGORITHMS) if (algorithm === alg.name) return name;
  throw new TypeError(`key: expected an algorithm that JOSE has a name for, found ${alg.name}`);
}
