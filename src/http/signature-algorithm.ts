/**
 * The algorithms of {@link https://www.rfc-editor.org/rfc/rfc9421#section-3.3 RFC 9421, section 3.3}, by
 * their registered names. A name in a message is compared with that of the key, and chooses nothing.
 *
 * @module
 */
import type { AlgorithmName } from '../key/handle.js';
import type { RemoteMacAlgorithm } from '../key/remote.js';
import type { SigningAlgorithm } from '../key/use.js';

/** The algorithms of keys for it. */
export type HttpSignatureAlgorithm = SigningAlgorithm | RemoteMacAlgorithm;

/** Section 3.3.4: r ‖ s; either s, since no signer is told which. */
export const ECDSA_FORM = { encoding: 'fixed', s: 'any' } as const;

const NAMES: Readonly<Record<string, string>> = {
  'RSASSA-PSS SHA-512': 'rsa-pss-sha512',
  'RSASSA-PKCS1-v1_5 SHA-256': 'rsa-v1_5-sha256',
  'HMAC-SHA-256': 'hmac-sha256',
  'ECDSA P-256 SHA-256': 'ecdsa-p256-sha256',
  'ECDSA P-384 SHA-384': 'ecdsa-p384-sha384',
  Ed25519: 'ed25519',
};

/** The registered name of an algorithm; one that has none is a `TypeError`. */
export function registeredName({ name }: AlgorithmName): string {
  const registered = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (registered !== undefined) return registered;
  throw new TypeError('key.alg: expected one of the six algorithms of RFC 9421');
}
