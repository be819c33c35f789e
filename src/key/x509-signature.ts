/**
 * How certificates are signed, and whether one was. What its algorithm names is decided before any
 * arithmetic: MD5 and SHA-1 make two certificates share one signature, which is how a rogue CA was
 * made ({@link https://doi.org/10.1007/978-3-642-03356-8_4 Stevens and others, 2009}).
 *
 * - RSASSA-PKCS1-v1_5 and RSASSA-PSS: {@link https://www.rfc-editor.org/rfc/rfc4055 RFC 4055}
 * - ECDSA: {@link https://www.rfc-editor.org/rfc/rfc5758#section-3.2 RFC 5758, section 3.2}
 * - Ed25519: {@link https://www.rfc-editor.org/rfc/rfc8410#section-3 RFC 8410, section 3}
 *
 * @module
 */
import { DER_TAG, type DerValue } from '../bytes/der.js';
import { CountersignError } from '../errors.js';
import { isEcdsaPair, verifyEcdsaHash } from '../primitive/ecdsa-hash.js';
import {
  type EcdsaAlgorithm,
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
} from '../primitive/ecdsa.js';
import { ed25519 } from '../primitive/ed25519.js';
import { rsaRelaxations } from '../primitive/rsa-policy.js';
import {
  type RsaAlgorithm,
  rsaPkcs1Sha256,
  rsaPkcs1Sha384,
  rsaPkcs1Sha512,
  rsaPssSha256,
  rsaPssSha384,
  rsaPssSha512,
} from '../primitive/rsa.js';
import { readAlgorithm } from './container.js';
import { digestSize, isWithin, type PssParameters, readPssParameters } from './pss.js';
import type { CertificateParts } from './x509-certificate.js';

/** How a certificate says that it was signed. */
export type SignatureMethod =
  | { readonly family: 'rsa'; readonly alg: RsaAlgorithm }
  | { readonly family: 'ec'; readonly hash: string }
  | { readonly family: 'ed25519' };

type SubjectKey = CertificateParts['key'];

const RSA_PKCS1: Readonly<Record<string, RsaAlgorithm>> = {
  '1.2.840.113549.1.1.11': rsaPkcs1Sha256,
  '1.2.840.113549.1.1.12': rsaPkcs1Sha384,
  '1.2.840.113549.1.1.13': rsaPkcs1Sha512,
};
const RSA_PSS = '1.2.840.113549.1.1.10';
const PSS: Readonly<Record<string, RsaAlgorithm>> = {
  'SHA-256': rsaPssSha256,
  'SHA-384': rsaPssSha384,
  'SHA-512': rsaPssSha512,
};
const ECDSA: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
};
const EC_CURVES: Readonly<Record<string, EcdsaAlgorithm>> = {
  'P-256': ecdsaP256Sha256,
  'P-384': ecdsaP384Sha384,
  'P-521': ecdsaP521Sha512,
};
const ED25519 = '1.3.101.112';
/** MD2, MD4, MD5 and SHA-1 with RSA, DSA and ECDSA, by RFC 3279, section 2.2, and OIW. */
const WEAK: readonly string[] = [
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.3',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.3.14.3.2.3',
  '1.3.14.3.2.29',
  '1.3.14.3.2.27',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
];
const FORM = { encoding: 'der', s: 'any' } as const;

/** What an AlgorithmIdentifier stands for; a weak or unknown one is refused. */
export function readMethod(algorithm: DerValue): SignatureMethod {
  const { oid, parameters } = readAlgorithm(algorithm);
  if (WEAK.includes(oid)) throw weak(oid);
  if (oid === RSA_PSS) return { family: 'rsa', alg: pssOf(readPss(parameters)) };
  const pkcs1 = RSA_PKCS1[oid];
  // RFC 4055, section 5, has NULL.
  if (pkcs1 !== undefined && parameters?.tag === DER_TAG.null && parameters.content.length === 0) {
    return { family: 'rsa', alg: pkcs1 };
  }
  const hash = ECDSA[oid];
  if (hash !== undefined && parameters === undefined) return { family: 'ec', hash };
  if (oid === ED25519 && parameters === undefined) return { family: 'ed25519' };
  throw unusable(`found ${oid}, or parameters of another form`);
}

/** Refuses a key outside the policy, before any arithmetic with it. */
export function checkKey(key: SubjectKey): void {
  if (key instanceof CountersignError) throw key;
  if (key.family === 'rsa') rsaRelaxations(key.parts, []);
}

/** Refuses a key that does not sign by that method. */
export function checkSuits(method: SignatureMethod, key: SubjectKey): void {
  if (key instanceof CountersignError) throw key;
  if (method.family === 'rsa' && key.family === 'rsa') {
    const { scheme, hash } = method.alg;
    if (key.pss === undefined || (scheme === 'pss' && isWithin(key.pss, hash))) return;
    throw unusable('found a key that is restricted to another form of RSASSA-PSS');
  }
  if (method.family === 'ec' && key.family === 'ec') {
    const isOwn = EC_CURVES[key.curve]?.name.endsWith(` ${method.hash}`) === true;
    if (isOwn || isEcdsaPair(key.curve, method.hash)) return;
    throw unusable(`found ${key.curve} with ${method.hash}`);
  }
  if (method.family === 'ed25519' && key.family === 'ed25519') return;
  throw unusable(`found an issuer with a key of the family ${key.family}`);
}

/** Whether the issuer's key signed the octets; it must suit the method. */
export function isSignedBy(
  { tbs, signature }: CertificateParts,
  method: SignatureMethod,
  key: SubjectKey,
): boolean {
  if (key instanceof CountersignError) throw key;
  if (method.family === 'rsa' && key.family === 'rsa') {
    return method.alg.verify(method.alg.publicKey(key.parts), tbs, signature);
  }
  if (method.family === 'ed25519' && key.family === 'ed25519') {
    return ed25519.verify(ed25519.publicKey(key.octets), tbs, signature);
  }
  if (method.family !== 'ec' || key.family !== 'ec') return false;
  const alg = EC_CURVES[key.curve];
  if (alg === undefined) return false;
  const point = alg.publicKey(key.point);
  return alg.name.endsWith(` ${method.hash}`)
    ? alg.verify(point, tbs, signature, FORM)
    : verifyEcdsaHash(alg, method.hash, point, tbs, signature);
}

function readPss(parameters: DerValue | undefined): PssParameters {
  // RFC 4055, section 3.1: in a signature they must be there.
  if (parameters === undefined) throw unusable('found RSASSA-PSS without parameters');
  try {
    return readPssParameters(parameters);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    throw unusable('found other parameters than those of RSASSA-PSS');
  }
}

function pssOf({ hash, mgfHash, saltLength }: PssParameters): RsaAlgorithm {
  if (hash === 'SHA-1' || mgfHash === 'SHA-1') throw weak('RSASSA-PSS with SHA-1');
  const alg = PSS[hash];
  if (alg !== undefined && mgfHash === hash && saltLength === digestSize(hash)) return alg;
  throw unusable(`found RSASSA-PSS with ${hash}, MGF1 with ${mgfHash}, a salt of ${saltLength}`);
}

function weak(found: string): CountersignError {
  return new CountersignError(
    'ERR_PATH_WEAK_HASH',
    `expected a signature over SHA-256 or better, found ${found}`,
  );
}

function unusable(found: string): CountersignError {
  return new CountersignError(
    'ERR_PATH_ALGORITHM',
    `expected RSA, ECDSA or Ed25519 as SECURITY lists them, ${found}`,
  );
}
