/**
 * The JSON serializations of a JWS, {@link https://www.rfc-editor.org/rfc/rfc7515#section-7.2
 * RFC 7515, section 7.2}: flattened, with one signature, and general, with up to 8.
 *
 * A header may stand beside its signature unprotected. It says which key and algorithm the signer
 * means, which the verifier's own keys confirm or not; nothing else of it is looked at, and nothing
 * of it comes back. `crit` and `b64` have no effect there and are refused.
 *
 * @module
 */
import { encodeBase64Url } from '../bytes/base64.js';
import { type Bytes, fields, octets } from '../bytes/octets.js';
import { type JsonObject, type JsonValue, readJson, writeJsonText } from '../canonical/json.js';
import { CountersignError } from '../errors.js';
import { named } from '../key/options.js';
import { type Verified, verified } from '../scheme/verified.js';
import { headerOf, type Header, isObject, readProtected, textOf } from './header.js';
import {
  checkSize,
  type Making,
  payloadText,
  signatureBy,
  signatureByAsync,
  unsigned,
} from './input.js';
import type { AsyncSigningKey, Candidate, SigningKey, Verifier, VerifyingKeys } from './keys.js';
import {
  type Jws,
  type JwsOptions,
  readOptions,
  type Signature,
  type Verification,
  verifyOne,
} from './verify.js';

/** How a flattened JWS is made. */
export interface FlattenedMaking extends Making {
  /** Members that stand beside the signature, unprotected. */
  readonly unprotected?: Readonly<Record<string, unknown>>;
}

/** One of the signers of a general JWS. */
export interface Signer<K extends AsyncSigningKey = SigningKey> {
  readonly key: K;
  /** The members of the protected header besides `alg`. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Members that stand beside the signature, unprotected. */
  readonly unprotected?: Readonly<Record<string, unknown>>;
}

/** One of the signatures that verified, and its protected header. */
export interface VerifiedSignature extends Verifier {
  readonly header: JsonObject;
}

/** What the signatures of a general JWS cover that verified: one or more. */
export interface GeneralJws {
  readonly payload: Bytes;
  readonly signatures: readonly VerifiedSignature[];
}

/** Signs, and writes the flattened JSON serialization: RFC 7515, section 7.2.2. */
export function signFlattenedJws(
  payload: Uint8Array,
  key: SigningKey,
  making: FlattenedMaking = {},
): string {
  const half = halfOf(payload, { key, ...named(making, 'options', FLATTENED) }, making);
  return writeJsonText({ ...half.shared, ...half.finish(signatureBy(key, half.input)) });
}

/** The same with a key here or elsewhere. */
export async function signFlattenedJwsAsync(
  payload: Uint8Array,
  key: AsyncSigningKey,
  making: FlattenedMaking = {},
): Promise<string> {
  const half = halfOf(payload, { key, ...named(making, 'options', FLATTENED) }, making);
  const signature = await signatureByAsync(key, half.input);
  return writeJsonText({ ...half.shared, ...half.finish(signature) });
}

/** Signs with up to 8 keys, and writes the general JSON serialization: RFC 7515, section 7.2.1. */
export function signGeneralJws(
  payload: Uint8Array,
  signers: readonly Signer[],
  making: Pick<Making, 'detached' | 'b64'> = {},
): string {
  const halves = halvesOf(payload, signers, making);
  const signatures = halves.map(({ key, input, finish }) => finish(signatureBy(key, input)));
  return writeJsonText({ ...halves[0]?.shared, signatures });
}

/** The same with keys here or elsewhere. */
export async function signGeneralJwsAsync(
  payload: Uint8Array,
  signers: readonly Signer<AsyncSigningKey>[],
  making: Pick<Making, 'detached' | 'b64'> = {},
): Promise<string> {
  const halves = halvesOf(payload, signers, making);
  const signatures = await Promise.all(
    halves.map(async ({ key, input, finish }) => finish(await signatureByAsync(key, input))),
  );
  return writeJsonText({ ...halves[0]?.shared, signatures });
}

/** Verifies a JWS in the flattened JSON serialization. */
export function verifyFlattenedJws(
  message: Uint8Array,
  keys: VerifyingKeys,
  options: JwsOptions = {},
): Verified<Jws> {
  const verification = readOptions(keys, options);
  const members = readMessage(message, options.maxBytes);
  if (Object.hasOwn(members, 'signatures')) throw form('one signature');
  return verified(verifyOne(signatureOf(members), payloadOf(members), verification).jws);
}

/**
 * Verifies a JWS in the general JSON serialization. One signature under one of the keys is enough,
 * and of each key the first that verifies comes back: how many are needed, and whose, is for the
 * caller to say. The others may be anybody's, and malformed.
 */
export function verifyGeneralJws(
  message: Uint8Array,
  keys: VerifyingKeys,
  options: JwsOptions = {},
): Verified<GeneralJws> {
  const verification = readOptions(keys, options);
  const members = readMessage(message, options.maxBytes);
  const { signatures } = members;
  const list: readonly JsonValue[] = Array.isArray(signatures) ? signatures : [];
  if (
    list.length === 0 ||
    list.length > MOST_SIGNATURES ||
    IN_SIGNATURE.some((name) => Object.hasOwn(members, name))
  ) {
    throw form(`1 to ${MOST_SIGNATURES} signatures in a list of them alone`);
  }
  return verified(verifySome(list, payloadOf(members), verification));
}

const FLATTENED = ['header', 'detached', 'b64', 'unprotected'];
const GENERAL = ['detached', 'b64'];
const SIGNER = ['key', 'header', 'unprotected'];
const IN_SIGNATURE = ['protected', 'header', 'signature'];
const MOST_SIGNATURES = 8;
/** What says nothing of one signature: it stops the verification of all. */
const OTHERWISE: readonly string[] = ['ERR_UNSUPPORTED_ENGINE', 'ERR_ENGINE_DISAGREEMENT'];
const NO_HEADER: Header = /* @__PURE__ */ headerOf(
  /* @__PURE__ */ Object.create(null) as JsonObject,
);

/** A signature to be made, and what it is written with. */
interface Half<K extends AsyncSigningKey> {
  readonly key: K;
  readonly input: Uint8Array;
  /** The payload, unless it is detached. */
  readonly shared: { readonly payload?: string };
  readonly finish: (signature: Uint8Array) => object;
}

function halvesOf<K extends AsyncSigningKey>(
  payload: Uint8Array,
  signers: readonly Signer<K>[],
  making: Pick<Making, 'detached' | 'b64'>,
): readonly Half<K>[] {
  named(making, 'options', GENERAL);
  if (!Array.isArray(signers) || signers.length === 0 || signers.length > MOST_SIGNATURES) {
    throw new TypeError(`signers: expected an array of 1 to ${MOST_SIGNATURES}`);
  }
  return (signers as readonly Signer<K>[]).map((signer) =>
    halfOf(payload, named(signer, 'signers', SIGNER), making),
  );
}

function halfOf<K extends AsyncSigningKey>(
  payload: Uint8Array,
  { key, header = {}, unprotected }: Signer<K>,
  { detached = false, b64 = true }: Making,
): Half<K> {
  const parts = unsigned(payload, key, { header, detached, b64 });
  const members = unprotected === undefined ? {} : checkUnprotected(unprotected, parts.header);
  // Section 7.2.1: an empty one does not stand there.
  const beside = Object.keys(members).length === 0 ? {} : { header: members };
  return {
    key,
    input: parts.input,
    shared: parts.isAttached ? { payload: payloadText(parts) } : {},
    finish: (signature) => ({
      protected: parts.header,
      ...beside,
      signature: encodeBase64Url(signature),
    }),
  };
}

/** What is written beside a signature must be what is read. */
function checkUnprotected(
  unprotected: Readonly<Record<string, unknown>>,
  encoded: string,
): JsonObject {
  const members = fields(unprotected, 'options.unprotected', 'the members of a header');
  const own = readProtected(encoded).members;
  for (const name of Object.keys(members)) {
    if (!UNPROTECTABLE.includes(name) && !Object.hasOwn(own, name)) continue;
    throw new TypeError('options.unprotected: expected no name that is or must be protected');
  }
  return members as JsonObject;
}

const UNPROTECTABLE = ['alg', 'crit', 'b64'];

function readMessage(message: Uint8Array, maxBytes: number | undefined): JsonObject {
  const given = octets(message, 'message');
  checkSize(given.length, maxBytes);
  const members = readJson(given, { maxBytes: given.length });
  if (isObject(members)) return members;
  throw form('an object');
}

/** The payload of a message; a detached one is not there. */
function payloadOf(members: JsonObject): string | undefined {
  if (!Object.hasOwn(members, 'payload')) return undefined;
  return textOf(members, 'payload') ?? refuse(form('payload to be text'));
}

function signatureOf(members: JsonObject): Signature {
  const signature = textOf(members, 'signature') ?? refuse(form('signature to be text'));
  const isProtected = Object.hasOwn(members, 'protected');
  const encoded = isProtected ? (textOf(members, 'protected') ?? '') : '';
  const unprotected = Object.hasOwn(members, 'header') ? members['header'] : undefined;
  // Section 7.2.1: neither stands there empty.
  if (isProtected && encoded === '') throw form('protected to be text, and not empty');
  if (!isProtected && unprotected === undefined) throw form('protected, header or both');
  const header = encoded === '' ? NO_HEADER : readProtected(encoded);
  const { alg, kid } = header;
  if (unprotected === undefined) return { encoded, header, alg, kid, signature };
  if (!isObject(unprotected) || Object.keys(unprotected).length === 0) {
    throw form('header to be an object, and not empty');
  }
  for (const name of Object.keys(unprotected)) {
    if (name === 'crit' || name === 'b64' || Object.hasOwn(header.members, name)) {
      throw new CountersignError(
        'ERR_JOSE_HEADER',
        'header: expected nothing that is or must be protected',
      );
    }
  }
  const beside = headerOf(unprotected);
  return { encoded, header, alg: alg ?? beside.alg, kid: kid ?? beside.kid, signature };
}

function verifySome(
  signatures: readonly JsonValue[],
  payload: string | undefined,
  verification: Verification,
): GeneralJws {
  const found = new Map<string, Jws>();
  const encodings = new Set<boolean>();
  const faults: CountersignError[] = [];
  for (const one of signatures) {
    try {
      if (!isObject(one)) throw form('signatures that are objects');
      const signature = signatureOf(one);
      const { jws, by } = verifyOne(signature, payload, verification);
      encodings.add(signature.header.b64);
      const name = nameOf(by);
      // Who signed twice has not two voices.
      if (!found.has(name)) found.set(name, jws);
    } catch (error) {
      if (!(error instanceof CountersignError) || OTHERWISE.includes(error.code)) throw error;
      faults.push(error);
    }
  }
  // RFC 7797, section 3: a payload is encoded for all or for none.
  if (encodings.size > 1) throw form('one b64 for all');
  const all = [...found.values()];
  const [first] = all;
  if (first === undefined) {
    throw (
      faults.find(({ code }) => code === 'ERR_VERIFY_FAILED') ?? faults[0] ?? form('signatures')
    );
  }
  return {
    payload: first.payload,
    signatures: Object.freeze(
      all.map(({ header, keyId, relaxed }) => Object.freeze({ header, keyId, relaxed })),
    ),
  };
}

/** A key by the names that it has in a ring; where there is no ring there is one key. */
function nameOf({ key, id }: Candidate): string {
  return JSON.stringify([key.alg.name, id]);
}

function form(expected: string): CountersignError {
  return new CountersignError('ERR_JOSE_FORM', `expected ${expected}`);
}

function refuse(error: CountersignError): never {
  throw error;
}
