/**
 * Keys that live elsewhere: in a key service, an HSM, WebCrypto, libuv's pool. `countersign/key/remote`.
 *
 * A remote key is a plain object with a function of the caller's own. What that function answers is
 * not believed: it is measured, brought into the form asked for, and verified. What it throws is
 * passed on as it is.
 *
 * @module
 */
import { same } from '../bytes/equal.js';
import { type Bytes, choice, fields, octets, text, typeName } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { CmacAlgorithm } from '../primitive/aes-modes.js';
import type { EcdsaAlgorithm, EcdsaForm } from '../primitive/ecdsa.js';
import type { MacAlgorithm } from '../primitive/hmac.js';
import type { OaepAlgorithm } from '../primitive/rsa-oaep.js';
import type { RsaAlgorithm } from '../primitive/rsa.js';
import { contentsFor, contentsOf, Key } from './handle.js';
import { decrypt, type Form, mac, sign, type SigningAlgorithm, verify } from './use.js';

export type { Bytes };

/** A private key that signs elsewhere. */
export interface RemoteSigner<A extends SigningAlgorithm = SigningAlgorithm> {
  readonly alg: A;
  /** Its public key, which every signature must verify under. */
  readonly publicKey: Key<A, 'verify'>;
  /** What the service calls the key. */
  readonly keyId: string;
  /**
   * What `sign` takes. Most services take digests: those that take messages bound them, AWS KMS at
   * 4,096 octets. Ed25519 signs messages alone.
   */
  readonly input: 'message' | 'digest';
  /** How the service writes signatures: `der` or `fixed` for ECDSA, `raw` for the others. */
  readonly format: 'der' | 'fixed' | 'raw';
  sign(input: Uint8Array): Promise<Uint8Array>;
}

/** A private RSA key that decrypts elsewhere. */
export interface RemoteDecrypter {
  readonly alg: OaepAlgorithm;
  /** What the service calls the key. */
  readonly keyId: string;
  /**
   * The plaintext, or `undefined` where the service refuses the ciphertext. What it throws is passed
   * on as it is, and says that nothing was tried: a refusal that is thrown tells whoever sent the
   * ciphertext that it was one.
   */
  decrypt(ciphertext: Uint8Array, label: Uint8Array): Promise<Uint8Array | undefined>;
}

/** The algorithms of remote secrets. */
export type RemoteMacAlgorithm = MacAlgorithm | CmacAlgorithm;

/** A secret that makes tags elsewhere. */
export interface RemoteMac<A extends RemoteMacAlgorithm = RemoteMacAlgorithm> {
  readonly alg: A;
  /** What the service calls the key. */
  readonly keyId: string;
  mac(message: Uint8Array): Promise<Uint8Array>;
}

/**
 * Passed to `signAsync`, leaves a remote signature unverified: for a service that is trusted to
 * sign what it was given, where verifying costs too much.
 */
export const SKIP_VERIFY_AFTER_SIGN: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.SKIP_VERIFY_AFTER_SIGN',
);

/** How `signAsync` is told about a signature: its form if it is ECDSA's, and what to leave out. */
export type AsyncForm<A> = [...form: Form<A>, skip?: typeof SKIP_VERIFY_AFTER_SIGN];

/** Signs with a handle or a remote key. */
export async function signAsync<A extends SigningAlgorithm>(
  key: Key<A, 'sign'> | RemoteSigner<A>,
  message: Uint8Array,
  ...given: AsyncForm<A>
): Promise<Bytes> {
  const doesSkip = given.at(-1) === SKIP_VERIFY_AFTER_SIGN;
  const asGiven = (doesSkip ? given.slice(0, -1) : given) as Form<A>;
  if (key instanceof Key) return sign(key, message, ...asGiven);
  // Everything is read once, before anybody else runs: what is checked is what is used.
  const { alg, publicKey, input, format, sign: signRemotely } = checkSigner(key);
  const copy = new Uint8Array(octets(message, 'message'));
  const form = alg.family === 'ec' ? [readForm(asGiven[0])] : [];
  const asked = input === 'digest' && alg.family !== 'ed25519' ? alg.digest(copy) : copy;
  const answer = answerOf(alg.name, await signRemotely.call(key, new Uint8Array(asked)));
  const signature = alg.family === 'ec' ? reencoded(alg, answer, format, form[0]) : answer;
  const size = alg.family === 'ec' ? signature.length : sizeOf(publicKey);
  if (signature.length !== size) throw untrue(alg.name, `a signature of ${size} octets`);
  const verifier = publicKey as Key<RsaAlgorithm, 'verify'>;
  if (!doesSkip && !verify(verifier, copy, signature, ...(form as unknown as []))) {
    throw untrue(alg.name, 'a signature of the message under its public key');
  }
  return signature;
}

/** Makes a tag with a handle or a remote key. */
export async function macAsync<A extends RemoteMacAlgorithm>(
  key: Key<A, 'mac'> | RemoteMac<A>,
  message: Uint8Array,
): Promise<Bytes> {
  if (key instanceof Key) return mac(key, message);
  const { alg, mac: tagRemotely } = checkRemote(key, 'mac', 'mac');
  const copy = new Uint8Array(octets(message, 'message'));
  const tag = answerOf(alg.name, await tagRemotely.call(key, copy));
  if (tag.length === alg.size) return tag;
  throw untrue(alg.name, `a tag of ${alg.size} octets`);
}

/** Whether `signature`, a signature or a tag, is one of `message`; a remote secret computes it. */
export async function verifyAsync<A extends RemoteMacAlgorithm | SigningAlgorithm>(
  key: Key<A, 'verify'>,
  message: Uint8Array,
  signature: Uint8Array,
  ...form: Form<A>
): Promise<boolean>;
export async function verifyAsync(
  key: RemoteMac,
  message: Uint8Array,
  tag: Uint8Array,
): Promise<boolean>;
export async function verifyAsync(
  key: Key<RemoteMacAlgorithm | SigningAlgorithm, 'verify'> | RemoteMac,
  message: Uint8Array,
  signature: Uint8Array,
  ...form: [form?: EcdsaForm]
): Promise<boolean> {
  if (key instanceof Key) return verify(key, message, signature, ...(form as []));
  const tag = new Uint8Array(octets(signature, 'signature'));
  return same(await macAsync(key, message), tag);
}

/** Decrypts with a handle or a remote key. */
export async function decryptAsync(
  key: Key<OaepAlgorithm, 'decrypt'> | RemoteDecrypter,
  ciphertext: Uint8Array,
  label: Uint8Array,
): Promise<Bytes> {
  if (key instanceof Key) return decrypt(key, ciphertext, label);
  const { alg, decrypt: decryptRemotely } = checkRemote(key, 'decrypt', 'encryption');
  const copies = [octets(ciphertext, 'ciphertext'), octets(label, 'label')] as const;
  const { length } = copies[0];
  // The sizes of the moduli that are taken, and what fits into one, RFC 8017, section 7.1.1.
  const most = length - 2 * alg.hashSize - 2;
  const isSized = LEAST_MODULUS <= length && length <= MOST_MODULUS;
  const answer: unknown = isSized
    ? await decryptRemotely.call(key, new Uint8Array(copies[0]), new Uint8Array(copies[1]))
    : undefined;
  // One code for whatever it answers that is no plaintext.
  const plaintext = octetsOf(answer);
  if (plaintext !== undefined && plaintext.length <= most) return plaintext;
  throw new CountersignError('ERR_DECRYPT_FAILED', `${alg.name}: decryption failed`);
}

const LEAST_MODULUS = 256;
const MOST_MODULUS = 1024;

function checkSigner<A extends SigningAlgorithm>(key: RemoteSigner<A>): RemoteSigner<A> {
  const read = checkRemote(key, 'sign', 'signature');
  const { alg, publicKey, input, format } = read;
  const { alg: own, relaxed } = contentsFor(publicKey, 'verify');
  if (own !== alg) {
    throw new CountersignError('ERR_KEY_USE', `${alg.name}: expected a public key of it`);
  }
  // Each relaxation is to verify alone.
  if (relaxed.length > 0) {
    throw new CountersignError('ERR_KEY_USE', `${alg.name}: found a key that only verifies`);
  }
  choice(format, 'key.format', alg.family === 'ec' ? ['der', 'fixed'] : ['raw']);
  choice(input, 'key.input', alg.family === 'ed25519' ? ['message'] : ['message', 'digest']);
  return read;
}

function checkRemote<K extends RemoteSigner | RemoteDecrypter | RemoteMac>(
  key: K,
  does: string,
  kind: string,
): K {
  // A copy of the members, inherited ones too, so that each is read once.
  const source = fields(key, 'key', 'a key that was imported here, or a remote one');
  const { alg, keyId } = source;
  choice(fields(alg, 'key.alg', 'an algorithm').kind as string, 'key.alg.kind', [kind]);
  text(keyId, 'key.keyId');
  const call = (source as unknown as Readonly<Record<string, unknown>>)[does];
  if (typeof call !== 'function') {
    throw new TypeError(`key.${does}: expected a function, found ${typeName(call)}`);
  }
  if (does !== 'sign') return { alg, keyId, [does]: call } as unknown as K;
  const { publicKey, input, format } = source as RemoteSigner;
  return { alg, keyId, publicKey, input, format, sign: call } as unknown as K;
}

/** What a remote key answered, as octets of our own; WebCrypto answers with an ArrayBuffer. */
function answerOf(name: string, answer: unknown): Bytes {
  const found = octetsOf(answer);
  if (found !== undefined) return found;
  throw untrue(name, `octets, found ${typeName(answer)}`);
}

function octetsOf(answer: unknown): Bytes | undefined {
  try {
    return new Uint8Array(
      answer instanceof ArrayBuffer ? new Uint8Array(answer) : octets(answer, 'answer'),
    );
  } catch {
    return undefined;
  }
}

/** Octets of a signature: as many as the modulus has, or Ed25519's 64. */
function sizeOf(publicKey: Key<SigningAlgorithm, 'verify'>): number {
  const { material } = contentsOf(publicKey);
  return material.kind !== 'secret' && material.family === 'rsa' ? material.parts.n.length : 64;
}

/** Checked before a signature is made and paid for, and copied before anybody else runs. */
function readForm(form: EcdsaForm | undefined): EcdsaForm {
  const { encoding, s } = fields(form as EcdsaForm, 'form', '{ encoding, s }');
  return {
    encoding: choice(encoding, 'form.encoding', ['fixed', 'der']),
    s: choice(s, 'form.s', ['low', 'any']),
  };
}

function reencoded(
  alg: EcdsaAlgorithm,
  answer: Uint8Array,
  format: string,
  form: EcdsaForm | undefined,
): Bytes {
  try {
    return alg.convert(answer, format as EcdsaForm['encoding'], form as EcdsaForm);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    throw untrue(alg.name, `a signature, ${format}-encoded`);
  }
}

function untrue(name: string, expected: string): CountersignError {
  return new CountersignError('ERR_KEY_REMOTE', `${name}: expected of the remote key ${expected}`);
}
