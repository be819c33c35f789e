// @ts-check
// What readers of providers' entries share: their texts, their keys, and the questions that they ask.
// Entries come in two forms, with `message` and `expected` as objects, and flat.
import { createPublicKey } from 'node:crypto';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import {
  ALLOW_RSA_1024,
  ALLOW_RSA_E3,
  importPrivateKey,
  importPublicKey,
} from 'countersign/key/rsa';
import { importCertificate } from 'countersign/key/x509';
import { ALLOW_WEAK_SECRET, secretFor } from 'countersign/scheme';
import { find } from '../judge.js';
import { importRelaxed, rsaPublicPolicy } from '../policy.js';
import { needsOf } from '../secrets.js';

/**
 * @typedef {import('../fields.js').Fields & { readonly id: string, readonly provider: string, readonly direction: string }} Entry
 */

/**
 * One question that an entry asks. `ask` gives octets that are expected, or whether something holds;
 * it adds the relaxations that it needed to those that it is given.
 * @typedef {object} Question
 * @property {string} [what] of an entry with several
 * @property {string} algorithm the name in the table of capabilities
 * @property {import('countersign/capabilities').Operation} operation
 * @property {'valid' | 'invalid'} [label]
 * @property {Uint8Array} [expected]
 * @property {string} [policy]
 * @property {(relaxed: string[]) => unknown} ask
 */

/**
 * Gives the questions of an entry, or a word on why there are none.
 * @typedef {(entry: Entry, all: readonly Entry[]) => readonly Question[] | string} Reader
 */

/** Why an entry is not run whose key stands in another one. */
export const NO_KEY = 'its key is that of another entry, which is not here';
/** Why one is not run that has none of the forms that are known. */
export const UNREAD = 'an entry of a form that is not known';

const HMAC = 'HMAC-SHA-256';
const RSA = rsaPkcs1Sha256.name;
/** @type {Readonly<Record<string, typeof ALLOW_RSA_1024 | typeof ALLOW_RSA_E3>>} */
const RELAXATIONS = { ALLOW_RSA_1024, ALLOW_RSA_E3 };

/**
 * A question about a MAC, which is made and verified alike on every engine.
 * @param {(relaxed: string[]) => unknown} ask
 * @param {string} [algorithm]
 * @returns {Question}
 */
export function macQuestion(ask, algorithm = HMAC) {
  return { algorithm, operation: 'verify', ask };
}

/**
 * @param {(relaxed: string[]) => unknown} ask
 * @param {string} [algorithm]
 * @returns {Question}
 */
export function rsaQuestion(ask, algorithm = RSA) {
  return { algorithm, operation: 'verify', ask };
}

/**
 * @param {(relaxed: string[]) => unknown} ask
 * @param {Uint8Array} expected
 * @returns {Question}
 */
export function rsaSigning(ask, expected) {
  return { what: 'signed', algorithm: RSA, operation: 'sign', ask, expected };
}

/**
 * What must not verify. What can't be read is refused too, and shows nothing of it.
 * @param {Question} question
 * @param {string} what
 * @returns {Question}
 */
export function refusal(question, what) {
  return {
    ...question,
    what,
    label: 'invalid',
    ask(relaxed) {
      const found = find(() => question.ask(relaxed));
      if (found.kind === 'accepted') return true;
      if (found.text === 'ERR_VERIFY_FAILED') return false;
      throw new Error(`expected a wrong signature, found ${found.text}`);
    },
  };
}

/**
 * A text among an entry's members, or `undefined`.
 * @param {unknown} fields
 * @param {string} name
 */
export function maybe(fields, name) {
  const value = /** @type {import('../fields.js').Fields | undefined} */ (fields)?.[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The secret of a scheme, with its relaxation where it is short. `octets` are those of its text.
 * @template {import('countersign/scheme').AlgorithmName} A
 * @template {'mac' | 'verify'} U
 * @param {import('countersign/scheme').Scheme<import('countersign/scheme').Covers, A>} scheme
 * @param {string} secret
 * @param {U} use
 * @param {Uint8Array} octets
 * @param {string[]} relaxed
 */
export function schemeSecret(scheme, secret, use, octets, relaxed) {
  const needs = needsOf(octets);
  note(needs, relaxed);
  return importRelaxed(needs, (relax) =>
    secretFor(scheme, secret, { use, relax: relax ? [ALLOW_WEAK_SECRET] : [] }),
  );
}

/**
 * The key of RSA that verifies what a provider signed: a public key or a certificate, of an entry or of
 * the one that it refers to. What is named for the provider goes before others.
 * @param {Entry} entry
 * @param {readonly Entry[]} all
 * @returns {string | undefined}
 */
export function publicPem(entry, all) {
  const pems = pemsOf(entry, PUBLIC);
  const named = pems.find(([name]) => /public|platform/.test(name));
  return (named ?? pems[0])?.[1] ?? referred(entry, all, publicPem);
}

/**
 * The key that verifies what a merchant signed: the other half of the private key, in a certificate
 * where there is one.
 * @param {Entry} entry
 * @param {readonly Entry[]} all
 * @returns {string | undefined}
 */
export function pairedPem(entry, all) {
  const secret = privatePem(entry, all);
  if (secret === undefined) return publicPem(entry, all);
  const half = spkiOf(secret);
  return pemsOf(entry, PUBLIC).find(([, pem]) => spkiOf(pem) === half)?.[1] ?? half;
}

/**
 * @param {Entry} entry
 * @param {readonly Entry[]} all
 * @returns {string | undefined}
 */
export function privatePem(entry, all) {
  return pemsOf(entry, PRIVATE)[0]?.[1] ?? referred(entry, all, privatePem);
}

const PUBLIC = /^-----BEGIN (?:PUBLIC KEY|CERTIFICATE)-----/;
const PRIVATE = /^-----BEGIN (?:RSA )?PRIVATE KEY-----/;

/**
 * @param {Entry} entry
 * @param {RegExp} form
 */
function pemsOf(entry, form) {
  return /** @type {[string, string][]} */ (
    Object.entries(entry).filter(
      ([name, value]) => typeof value === 'string' && form.test(value) && !name.includes('root'),
    )
  );
}

/** @param {string} pem */
function spkiOf(pem) {
  return String(createPublicKey(pem).export({ type: 'spki', format: 'pem' }));
}

/**
 * @param {Entry} entry
 * @param {readonly Entry[]} all
 * @param {(entry: Entry, all: readonly Entry[]) => string | undefined} of
 */
function referred(entry, all, of) {
  for (const [name, value] of Object.entries(entry)) {
    const other = name.endsWith('_ref') ? all.find(({ id }) => id === value) : undefined;
    // One step, so that entries that refer to each other end.
    if (other !== undefined) return of(other, []);
  }
  return undefined;
}

/**
 * @template {import('countersign/alg/rsa').RsaAlgorithm | import('countersign/legacy').WeakRsaAlgorithm} A
 * @param {string} pem of a public key or a certificate
 * @param {A} alg
 * @param {string | undefined} id
 * @param {string[]} relaxed
 * @returns {import('countersign/scheme').Key<A, 'verify'>}
 */
export function verifierOf(pem, alg, id, relaxed) {
  const { modulusLength = 0, publicExponent = 0n } =
    createPublicKey(pem).asymmetricKeyDetails ?? {};
  const { needs } = rsaPublicPolicy(modulusLength, publicExponent);
  note(needs, relaxed);
  return importRelaxed(needs, (isRelaxed) => {
    const relax = isRelaxed ? needs.flatMap((name) => RELAXATIONS[name] ?? []) : [];
    const options = /** @type {never} */ ({ alg, use: 'verify', id, relax });
    return pem.includes('CERTIFICATE')
      ? importCertificate(pem, options)
      : importPublicKey(pem, options);
  });
}

/**
 * The same for RSA with SHA-256.
 * @param {string} pem
 * @param {string | undefined} id
 * @param {string[]} relaxed
 */
export function rsaVerifier(pem, id, relaxed) {
  return verifierOf(pem, rsaPkcs1Sha256, id, relaxed);
}

/**
 * @param {string} pem
 * @param {string} [id]
 */
export function rsaSigner(pem, id) {
  return importPrivateKey(pem, { alg: rsaPkcs1Sha256, use: 'sign', id });
}

/**
 * @param {readonly string[]} needs
 * @param {string[]} relaxed
 */
function note(needs, relaxed) {
  for (const each of needs) if (!relaxed.includes(each)) relaxed.push(each);
}
