/**
 * What each engine can do, algorithm by algorithm: the one table that the test suites run from, the
 * README shows, and an `ERR_UNSUPPORTED_ENGINE` agrees with. A cell that is listed is tested; one
 * that is not is tested to refuse.
 *
 * It speaks of the engines in full. Bun and Deno run the node engine on a smaller node:crypto, and
 * refuse what that lacks when its keys are imported.
 *
 * @module
 */

import type { EngineName } from './contract.js';

export type { EngineName };

/** What can be done with an algorithm. */
export type Operation =
  | 'digest'
  | 'tag'
  | 'derive'
  | 'sign'
  | 'signDeterministic'
  | 'verify'
  | 'agree'
  | 'encrypt'
  | 'decrypt'
  | 'seal'
  | 'open'
  | 'wrap'
  | 'unwrap';

/** One row of the table. */
export type Capability = Readonly<Record<EngineName, readonly Operation[]>>;

const MAC = everywhere('tag', 'verify');
const DIGEST = everywhere('digest');
const KDF = everywhere('derive');
const ECDSA: Capability = row(
  ['sign', 'verify'],
  ['sign', 'signDeterministic', 'verify'],
  ['sign', 'signDeterministic', 'verify'],
);
const RSA_SIGNATURE: Capability = row(['sign', 'verify'], ['verify'], ['sign', 'verify']);
const RSA_ENCRYPTION: Capability = row(['encrypt', 'decrypt'], ['encrypt'], ['encrypt', 'decrypt']);
const AEAD = everywhere('seal', 'open');
const CIPHER = everywhere('encrypt', 'decrypt');
const OAEP_HASHES = ['SHA-1', 'SHA-256', 'SHA-512'] as const;

/** The table: the names are those that the algorithm values carry. */
export const CAPABILITIES: Readonly<Record<string, Capability>> = Object.freeze({
  'SHA-224': DIGEST,
  'SHA-256': DIGEST,
  'SHA-384': DIGEST,
  'SHA-512': DIGEST,
  'SHA3-256': DIGEST,
  'SHA3-384': DIGEST,
  'SHA3-512': DIGEST,
  'HMAC-SHA-224': MAC,
  'HMAC-SHA-256': MAC,
  'HMAC-SHA-384': MAC,
  'HMAC-SHA-512': MAC,
  'HMAC-SHA3-256': MAC,
  'HMAC-SHA3-384': MAC,
  'HMAC-SHA3-512': MAC,
  'HKDF-SHA-256': KDF,
  'HKDF-SHA-384': KDF,
  'HKDF-SHA-512': KDF,
  'Concat KDF': KDF,
  'X9.63 KDF': KDF,
  'ECDSA P-256 SHA-256': ECDSA,
  'ECDSA P-384 SHA-384': ECDSA,
  'ECDSA P-521 SHA-512': ECDSA,
  'ECDSA secp256k1 SHA-256': ECDSA,
  Ed25519: everywhere('sign', 'verify'),
  'ECDH P-256': everywhere('agree'),
  'ECDH P-384': everywhere('agree'),
  'ECDH P-521': everywhere('agree'),
  X25519: everywhere('agree'),
  'RSASSA-PKCS1-v1_5 SHA-256': RSA_SIGNATURE,
  'RSASSA-PKCS1-v1_5 SHA-384': RSA_SIGNATURE,
  'RSASSA-PKCS1-v1_5 SHA-512': RSA_SIGNATURE,
  'RSASSA-PSS SHA-256': RSA_SIGNATURE,
  'RSASSA-PSS SHA-384': RSA_SIGNATURE,
  'RSASSA-PSS SHA-512': RSA_SIGNATURE,
  ...Object.fromEntries(
    OAEP_HASHES.flatMap((hash) =>
      OAEP_HASHES.map((mgf) => [
        `RSAES-OAEP ${hash}${hash === mgf ? '' : ` MGF1 ${mgf}`}`,
        RSA_ENCRYPTION,
      ]),
    ),
  ),
  'AES-128-GCM': AEAD,
  'AES-192-GCM': AEAD,
  'AES-256-GCM': AEAD,
  'AES-128-CBC-HMAC-SHA-256': AEAD,
  'AES-192-CBC-HMAC-SHA-384': AEAD,
  'AES-256-CBC-HMAC-SHA-512': AEAD,
  'AES-128-KW': everywhere('wrap', 'unwrap'),
  'AES-192-KW': everywhere('wrap', 'unwrap'),
  'AES-256-KW': everywhere('wrap', 'unwrap'),
  'AES-CBC': CIPHER,
  'AES-CTR': CIPHER,
  'AES-ECB': CIPHER,
  'AES-CMAC': MAC,
  MD5: DIGEST,
  'SHA-1': DIGEST,
  'HMAC-MD5': MAC,
  'HMAC-SHA-1': MAC,
  'RSASSA-PKCS1-v1_5 SHA-1': everywhere('verify'),
  'RSASSA-PSS SHA-1': everywhere('verify'),
  'DSA SHA-1': row(['verify'], [], ['verify']),
  'DSA SHA-256': row(['verify'], [], ['verify']),
  '3DES': row(['decrypt'], [], ['decrypt']),
});

function everywhere(...operations: Operation[]): Capability {
  return row(operations, operations, operations);
}

function row(node: Operation[], noble: Operation[], dual: Operation[]): Capability {
  for (const cell of [node, noble, dual]) Object.freeze(cell);
  return Object.freeze({ node, noble, dual });
}
