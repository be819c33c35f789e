/**
 * JSON Web Encryption, {@link https://www.rfc-editor.org/rfc/rfc7516 RFC 7516}, in the compact
 * serialization: RSA-OAEP, AES key wrap, ECDH-ES and keys of content's own, over AES-GCM and AES-CBC
 * with HMAC. `countersign/jose/jwe`.
 *
 * The key of the recipient decides `alg`, the caller's list decides `enc`; a header only chooses among
 * what both allow. There is no compression, no password and no RSA1_5.
 *
 * Encryption to a public key tells nothing of the sender: anybody has the key. So the result is
 * called decrypted, and nothing in it is verified. Who must know the sender encrypts what was
 * signed: a JWT in a JWE, with `cty` of `JWT` (RFC 7519, section 5.2).
 *
 * After a message was taken apart every failure is `ERR_DECRYPT_FAILED`. One of an encrypted key shows
 * no sooner than one of the content, which is then tried with a key that was drawn. Time still
 * depends on the sizes of the parts, which anyone sees: an IV of another size, or an encrypted key
 * where there is none, is refused before a key is used.
 *
 * @module
 */
import { encodeBase64Url } from '../bytes/base64.js';
import { type Bytes, choice, fields, integer, octets, text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { type JsonObject, type JsonValue, readJson, writeJson } from '../canonical/json.js';
import { CountersignError } from '../errors.js';
import { Key } from '../key/handle.js';
import { named } from '../key/options.js';
import type { Relaxation } from '../key/policy.js';
import { decryptAsync, type RemoteDecrypter } from '../key/remote.js';
import type { KeyRing } from '../key/ring.js';
import {
  type AeadAlgorithm,
  type AgreementAlgorithm,
  type KeyWrapAlgorithm,
  type OaepAlgorithm,
  openForeign,
  seal,
} from '../key/use.js';
import { checkUnderstood, headerOf, LONGEST_HEADER } from './header.js';
import { checkParty } from './jwe-agreement.js';
import {
  attempt,
  candidatesFor,
  checkJweKeys,
  checkWrap,
  contentKeyOf,
  type JweDecryptionKey,
  type JweEncryptionKey,
  type JweKeyOptions,
  type JweKeys,
  newContentKey,
  orDrawn,
  otherAlgorithm,
} from './jwe-keys.js';
import { type JweMessage, type Reading, readJwe } from './jwe-message.js';
import {
  type AgreementWrap,
  contentName,
  DIRECT_AGREEMENT,
  type JweAlgorithm,
  managementName,
} from './jwe-names.js';

export { DIRECT_AGREEMENT };
export type {
  AeadAlgorithm,
  AgreementAlgorithm,
  AgreementWrap,
  Bytes,
  JsonObject,
  JsonValue,
  JweAlgorithm,
  JweDecryptionKey,
  JweEncryptionKey,
  JweKeyOptions,
  JweKeys,
  Key,
  KeyRing,
  KeyWrapAlgorithm,
  OaepAlgorithm,
  Relaxation,
  RemoteDecrypter,
};

/**
 * Passed in `relax`, takes an AES-GCM IV of 16 octets beside those of 12 that RFC 7518, section 5.3,
 * has: some card schemes' libraries write such. None is written here.
 */
export const ALLOW_GCM_IV_16: unique symbol = /* @__PURE__ */ Symbol('countersign.ALLOW_GCM_IV_16');

/** How a message is encrypted. */
export interface EncryptOptions {
  /** What encrypts the content; of a key of content's own its algorithm. */
  readonly enc: AeadAlgorithm;
  /** With a key that agrees, and only then: what is done with what it agrees on. */
  readonly wrap?: AgreementWrap | undefined;
  /** The members of the protected header besides `alg`, `enc` and those of an agreement: `kid`, `cty`. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  /** With a key that agrees: what the sender and the recipient are called, in octets. */
  readonly apu?: Uint8Array | undefined;
  readonly apv?: Uint8Array | undefined;
  /** Octets that the recipient reads of a message: 65,536, or what stands here. */
  readonly maxBytes?: number | undefined;
  /** Octets that the recipient reads of a header: 65,536, or what stands here. */
  readonly maxHeaderBytes?: number | undefined;
}

/** How a message is decrypted. */
export interface DecryptOptions extends JweKeyOptions {
  /** What may have encrypted the content. */
  readonly enc: readonly AeadAlgorithm[];
  /** Octets of the message that are read: 65,536, or what stands here. */
  readonly maxBytes?: number | undefined;
  /** Octets of its header, in base64url: 65,536, or what stands here. */
  readonly maxHeaderBytes?: number | undefined;
  /** The extensions in `crit` that the caller honours, by what is then in the header. */
  readonly understood?: readonly string[] | undefined;
  readonly relax?: readonly (typeof ALLOW_GCM_IV_16)[] | undefined;
}

/** What a message held. Of a message to a public key nobody knows who wrote it. */
export interface Decrypted {
  readonly plaintext: Bytes;
  /** The members of the protected header, frozen; as much to be believed as the plaintext. */
  readonly header: JsonObject;
  /** The id of the key, in its ring if it came from one. */
  readonly keyId: string | undefined;
  /** The relaxations that the key and the message needed. */
  readonly relaxed: readonly (Relaxation | typeof ALLOW_GCM_IV_16)[];
}

const MOST_OCTETS = 65_536;
/** What a caller may raise that to. */
const LIMIT = 1 << 24;
const MOST_ENCS = 8;
const SIZES = ['maxBytes', 'maxHeaderBytes'];
const ENCRYPT_OPTIONS = ['enc', 'wrap', 'header', 'apu', 'apv', ...SIZES];
const DECRYPT_OPTIONS = ['enc', 'wrap', 'algs', 'now', 'understood', 'relax', ...SIZES];
/** What this module writes by itself, or never. */
const OWN_MEMBERS = ['alg', 'enc', 'epk', 'apu', 'apv', 'zip', 'crit'];
const NONE = /* @__PURE__ */ new Uint8Array(0);
const GCM_NONCE = 12;
const FOREIGN_NONCE = 16;

/** Encrypts to the holder of a key. */
export function encryptJwe(
  plaintext: Uint8Array,
  key: JweEncryptionKey,
  options: EncryptOptions,
): string {
  const { enc, wrap, header, apu, apv } = named(options, 'options', ENCRYPT_OPTIONS);
  plaintext = octets(plaintext, 'plaintext');
  const { maxBytes, maxHeaderBytes } = readSizes(options);
  const name = contentName(enc, 'options.enc');
  const { alg } = fields(key, 'key', 'a key to encrypt to');
  checkWrap([fields(alg, 'key.alg', 'an algorithm')], wrap);
  const managed = managementName(alg, wrap);
  const parties = { apu: party(alg, apu, 'apu'), apv: party(alg, apv, 'apv') };
  const members = headerMembers(header);
  const made = newContentKey(key, enc, wrap, parties);
  const encoded = encodeBase64Url(
    writeJson({
      ...members,
      alg: managed,
      enc: name,
      ...(made.epk === undefined ? {} : { epk: made.epk }),
      ...(parties.apu.length === 0 ? {} : { apu: encodeBase64Url(parties.apu) }),
      ...(parties.apv.length === 0 ? {} : { apv: encodeBase64Url(parties.apv) }),
    }),
  );
  checkRead(encoded.length, maxHeaderBytes, 'a header', 'maxHeaderBytes');
  const sealed = seal(made.key, plaintext, encodeUtf8(encoded));
  const tagAt = sealed.length - enc.tagSize;
  const parts = [
    made.encryptedKey,
    sealed.subarray(0, enc.nonceSize),
    sealed.subarray(enc.nonceSize, tagAt),
    sealed.subarray(tagAt),
  ];
  const token = [encoded, ...parts.map((part) => encodeBase64Url(part))].join('.');
  checkRead(token.length, maxBytes, 'a message', 'maxBytes');
  return token;
}

/** Decrypts with a key, or with the one of a ring that the message names. */
export function decryptJwe(token: string, keys: JweKeys, options: DecryptOptions): Decrypted {
  const wanted = readOptions(options);
  checkJweKeys(keys, options);
  const message = readJwe(token, wanted, options.wrap !== undefined);
  const candidates = candidatesFor(keys, options, message);
  checkIv(message, wanted);
  for (const { key, id } of candidates) {
    const contentKey = contentKeyOf(key, message, options.wrap);
    const plaintext = contentKey === undefined ? undefined : opened(contentKey, message);
    if (plaintext !== undefined) return result(plaintext, message, id, key.relaxed);
  }
  throw failure();
}

/**
 * The same with a key here or elsewhere. What the function of a remote key throws is passed on as it
 * is: it says that nothing was tried.
 */
export async function decryptJweAsync(
  token: string,
  keys: JweKeys | RemoteDecrypter,
  options: DecryptOptions,
): Promise<Decrypted> {
  if (!isRemote(keys)) return decryptJwe(token, keys, options);
  const wanted = readOptions(options);
  const { alg, keyId } = keys;
  checkRemote(keys, options);
  const message = readJwe(token, wanted, false);
  if (managementName(alg, undefined) !== message.alg) throw otherAlgorithm(message.alg);
  checkIv(message, wanted);
  let cek: Bytes = NONE;
  try {
    cek = await decryptAsync(keys, message.encryptedKey, NONE);
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== 'ERR_DECRYPT_FAILED') throw error;
  }
  const plaintext = opened(
    orDrawn(message.enc, () => cek),
    message,
  );
  if (plaintext !== undefined) return result(plaintext, message, keyId, []);
  throw failure();
}

/** What the caller gave, checked before the message is looked at. */
interface Wanted extends Reading {
  readonly mayBe16: boolean;
}

function readOptions(options: DecryptOptions): Wanted {
  const { enc, understood = [], relax = [] } = named(options, 'options', DECRYPT_OPTIONS);
  if (!Array.isArray(enc) || enc.length === 0 || enc.length > MOST_ENCS) {
    throw new TypeError(`options.enc: expected an array of 1 to ${MOST_ENCS} algorithms`);
  }
  for (const one of enc as readonly AeadAlgorithm[]) contentName(one, 'options.enc');
  if (!Array.isArray(relax) || !relax.every((one) => one === ALLOW_GCM_IV_16)) {
    throw new TypeError('options.relax: expected an array of ALLOW_GCM_IV_16');
  }
  checkUnderstood(understood);
  // RFC 7797 has it for JWS; what it says of a JWE nobody knows.
  if (understood.includes('b64')) {
    throw new TypeError('options.understood: expected no b64, which no JWE has');
  }
  return {
    encs: enc as readonly AeadAlgorithm[],
    ...readSizes(options),
    understood,
    mayBe16: relax.length > 0,
  };
}

function readSizes({
  maxBytes = MOST_OCTETS,
  maxHeaderBytes = LONGEST_HEADER,
}: Pick<DecryptOptions, 'maxBytes' | 'maxHeaderBytes'>): Pick<
  Reading,
  'maxBytes' | 'maxHeaderBytes'
> {
  integer(maxBytes, 'options.maxBytes', 1, LIMIT);
  integer(maxHeaderBytes, 'options.maxHeaderBytes', 1, LIMIT);
  return { maxBytes, maxHeaderBytes };
}

/** What the recipient would not read is not written. */
function checkRead(length: number, most: number, what: string, name: string): void {
  if (length <= most) return;
  throw new TypeError(
    `options.${name}: expected as many octets as ${what} has, ${length}, found ${most}`,
  );
}

/** How long an IV is, anyone sees; no key is used on what can't be. */
function checkIv({ enc, iv }: JweMessage, { mayBe16 }: Wanted): void {
  if (iv.length === enc.nonceSize || (mayBe16 && isForeignIv(enc, iv))) return;
  throw failure();
}

function isForeignIv(enc: AeadAlgorithm, iv: Uint8Array): boolean {
  return enc.nonceSize === GCM_NONCE && iv.length === FOREIGN_NONCE;
}

function opened(key: Key<AeadAlgorithm, 'open'>, message: JweMessage): Bytes | undefined {
  const { iv, ciphertext, tag, aad } = message;
  return attempt(() => openForeign(key, { iv, ciphertext, tag, aad }));
}

function result(
  plaintext: Bytes,
  { header, enc, iv }: JweMessage,
  keyId: string | undefined,
  relaxed: readonly Relaxation[],
): Decrypted {
  const all: Decrypted['relaxed'] = isForeignIv(enc, iv) ? [...relaxed, ALLOW_GCM_IV_16] : relaxed;
  return Object.freeze<Decrypted>({
    plaintext,
    header: header.members,
    keyId,
    relaxed: Object.freeze(all),
  });
}

function isRemote(keys: JweKeys | RemoteDecrypter): keys is RemoteDecrypter {
  return !(keys instanceof Key) && typeof (keys as RemoteDecrypter | null)?.decrypt === 'function';
}

/** What a remote key leaves no room for. */
function checkRemote({ alg, keyId }: RemoteDecrypter, { algs, wrap, now }: DecryptOptions): void {
  text(keyId, 'key.keyId');
  choice<string>(fields(alg, 'key.alg', 'RSA-OAEP').kind, 'key.alg.kind', ['encryption']);
  if (algs !== undefined || wrap !== undefined || now !== undefined) {
    throw new TypeError('options: expected neither algs, now nor wrap with a remote key');
  }
}

/** What a party to an agreement is called; other keys have no parties. */
function party(alg: JweAlgorithm, value: Uint8Array | undefined, name: string): Uint8Array {
  if (value === undefined) return NONE;
  if (alg.kind !== 'agreement') {
    throw new TypeError(`options.${name}: expected with a key that agrees alone`);
  }
  return checkParty(
    octets(value, `options.${name}`),
    () => new TypeError(`options.${name}: expected fewer octets`),
  );
}

/** The caller's own members of a header, which must be such that they are read again. */
function headerMembers(given: Readonly<Record<string, unknown>> | undefined): JsonObject {
  if (given === undefined) return {};
  const members = fields(given, 'options.header', 'the members of a header') as JsonObject;
  const own = OWN_MEMBERS.filter((name) => Object.hasOwn(members, name));
  if (own.length > 0) throw new TypeError(`options.header: expected no ${own.join(', ')}`);
  const written = writeJson(members);
  try {
    return headerOf(readJson(written, { maxBytes: written.length })).members;
  } catch (error) {
    throw error instanceof CountersignError ? unwritable(error) : error;
  }
}

/** A header of the caller's own that no reader would take. */
function unwritable({ message }: CountersignError): TypeError {
  return new TypeError(`options.header: ${message}`);
}

function failure(): CountersignError {
  return new CountersignError('ERR_DECRYPT_FAILED', 'JWE: decryption failed');
}
