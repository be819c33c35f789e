/**
 * RSA keys parsed, checked against the policy first, the same on every engine.
 *
 * @module
 */
import { rsa } from '#engine/rsa';
import { sha256 } from '#engine/digest';
import { compareIntegers } from '../bytes/integer.js';
import { fields, octets } from '../bytes/octets.js';
import type { EngineKey, RsaPrivateParts, RsaPublicParts } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import { type RsaRelaxation, rsaRelaxations } from './rsa-policy.js';

const PROBE = new Uint8Array(32);

/** A parsed key with its modulus, which signatures and ciphertexts are measured by. */
export interface RsaKey<Kind extends 'rsa-public' | 'rsa-private'> {
  readonly key: EngineKey<Kind>;
  readonly n: Uint8Array;
}

/**
 * Draws a key pair of `bits` with the exponent 65537, {@link https://doi.org/10.6028/NIST.FIPS.186-5
 * FIPS 186-5, appendix A.1}, by the platform's generator.
 */
export function generateRsa(bits: number): RsaPrivateParts {
  return rsa.generate(bits);
}

/** Parses a public key, given as unsigned octets without leading zeros. */
export function importRsaPublic(
  parts: RsaPublicParts,
  relax: readonly RsaRelaxation[] = [],
): RsaKey<'rsa-public'> {
  const { n, e } = readPublic(parts, relax);
  return { key: rsa.publicKey({ n, e }), n };
}

/**
 * Parses a private key, which must make a good signature first. That is no proof that all its parts
 * belong together: OpenSSL notices a wrong CRT part and goes on with d. It shows that this key does
 * not sign wrongly, which would give the factors of the modulus away ({@link https://doi.org/10.1007/3-540-69053-0_4 Boneh, DeMillo, Lipton}).
 */
export function importRsaPrivate(parts: RsaPrivateParts): RsaKey<'rsa-private'> {
  const read = readPrivate(parts);
  const { n, e } = read;
  const key = rsa.privateKey(read);
  if (key !== undefined) {
    try {
      const signature = rsa.sign(key, 'pkcs1', sha256, PROBE);
      if (rsa.verify(rsa.publicKey({ n, e }), 'pkcs1', sha256, PROBE, signature)) return { key, n };
    } catch (error) {
      // The dual engine's word for a bad signature is not swallowed; the backend's own text is.
      if (error instanceof CountersignError) throw error;
    }
  }
  throw new CountersignError('ERR_KEY', 'RSA: expected the parts of one private key');
}

/** Whether octets are as long as the modulus and below it, RFC 8017, sections 5.2.2 and 5.1.2. */
export function isRepresentative(value: Uint8Array, n: Uint8Array): boolean {
  return value.length === n.length && compareIntegers(value, n) < 0;
}

/** Reads the parts of a private key; the policy of private keys is never relaxed. */
export function readPrivate(parts: RsaPrivateParts): RsaPrivateParts {
  const { n, e } = readPublic(parts, []);
  const part = (name: 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi'): Uint8Array =>
    readUnsigned(parts[name], name, n.length);
  const [d, p, q] = [part('d'), part('p'), part('q')];
  const [dp, dq, qi] = [part('dp'), part('dq'), part('qi')];
  // Of two primes whose product is n; what has other sizes is no key, and costs time.
  const both = p.length + q.length - n.length;
  const isSized =
    (both === 0 || both === 1) &&
    dp.length <= p.length &&
    dq.length <= q.length &&
    qi.length <= p.length;
  if (isSized) return { n, e, d, p, q, dp, dq, qi };
  throw new CountersignError('ERR_KEY', 'RSA: expected parts of the sizes of two primes');
}

/** Reads each part once and copies it: what is checked here is what the engine gets. */
function readPublic(parts: RsaPublicParts, relax: readonly RsaRelaxation[]): RsaPublicParts {
  const given = fields(parts, 'parts', 'the parts of an RSA key');
  const n = readUnsigned(given.n, 'n', Infinity);
  const e = readUnsigned(given.e, 'e', Infinity);
  rsaRelaxations({ n, e }, relax);
  return { n, e };
}

/** The bound matters: with an exponent of 16 MiB OpenSSL would be busy for hours. */
function readUnsigned(value: unknown, name: string, most: number): Uint8Array {
  const part = octets(value, `parts.${name}`);
  if (!(part.length <= most)) {
    throw new CountersignError('ERR_KEY', `RSA: expected ${name} no longer than the modulus`);
  }
  if (part.length === 0 || part[0] === 0) {
    throw new CountersignError('ERR_KEY', `RSA: expected ${name} without leading zero octets`);
  }
  return new Uint8Array(part);
}
