/**
 * What the key of a recipient does with the key of a message: RSA-OAEP and AES key wrap carry it,
 * ECDH-ES agrees on it or on a key that wraps it, and a key of content's own is it (`dir`).
 *
 * @module
 */
import { type Bytes, fields, typeName } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { exportSecretInTheClear } from '../key/export.js';
import { Key } from '../key/handle.js';
import type { KeyRing } from '../key/ring.js';
import { generateSecret, importSecret } from '../key/secret.js';
import {
  type AeadAlgorithm,
  type AgreementAlgorithm,
  decrypt,
  encrypt,
  type KeyWrapAlgorithm,
  type OaepAlgorithm,
  unwrap,
  wrap as wrapKey,
} from '../key/use.js';
import { randomOctets } from '../primitive/random.js';
import { agreeAnew, agreeWith, curveOf, readParty, readPeer } from './jwe-agreement.js';
import type { JweMessage } from './jwe-message.js';
import {
  type AgreementWrap,
  contentName,
  DIRECT_AGREEMENT,
  type JweAlgorithm,
  managementName,
  refusedName,
} from './jwe-names.js';

/** The key of a recipient, to encrypt to. */
export type JweEncryptionKey =
  | Key<OaepAlgorithm, 'encrypt'>
  | Key<KeyWrapAlgorithm, 'wrap'>
  | Key<AeadAlgorithm, 'seal'>
  | Key<AgreementAlgorithm, 'peer'>;

/** The key of the recipient. */
export type JweDecryptionKey =
  | Key<OaepAlgorithm, 'decrypt'>
  | Key<KeyWrapAlgorithm, 'unwrap'>
  | Key<AeadAlgorithm, 'open'>
  | Key<AgreementAlgorithm, 'agree'>;

/** What decrypts: one key, or a ring, from which a message's `kid` chooses among `algs`. */
export type JweKeys = JweDecryptionKey | KeyRing;

/** How keys are chosen. */
export interface JweKeyOptions {
  /** With a key that agrees, and only then: what is done with what it agrees on. */
  readonly wrap?: AgreementWrap | undefined;
  /** With a ring, and only then: the algorithms of which a key may be. */
  readonly algs?: readonly JweAlgorithm[] | undefined;
  /** With a ring: the present, in seconds, since keys have their times. */
  readonly now?: number | undefined;
}

/** A key to try, and what it is called. */
export interface JweCandidate {
  readonly key: JweDecryptionKey;
  readonly id: string | undefined;
}

/** The key of a new message, and what goes with the message because of it. */
export interface NewContentKey {
  readonly key: Key<AeadAlgorithm, 'seal'>;
  readonly encryptedKey: Uint8Array;
  readonly epk: Readonly<Record<string, string>> | undefined;
}

/** The names of the parties to an agreement. */
export interface Parties {
  readonly apu: Uint8Array;
  readonly apv: Uint8Array;
}

const NONE = /* @__PURE__ */ new Uint8Array(0);
const RAW = { encoding: 'raw' } as const;
const MOST_ALGORITHMS = 8;
const USES = { encryption: 'decrypt', wrap: 'unwrap', aead: 'open', agreement: 'agree' } as const;
/** What says nothing of a message, and is no failure of it. */
const OTHERWISE: readonly string[] = [
  'ERR_UNSUPPORTED_ENGINE',
  'ERR_ENGINE_DISAGREEMENT',
  'ERR_RANDOM_UNAVAILABLE',
];

/** Checks what the caller gave to decrypt with, before the message is looked at. */
export function checkJweKeys(keys: JweKeys, { wrap, algs, now }: JweKeyOptions): void {
  const all: readonly JweAlgorithm[] =
    keys instanceof Key ? [ownAlgorithm(keys)] : ringAlgorithms(keys, algs, now);
  if (keys instanceof Key && algs !== undefined) {
    throw new TypeError('options.algs: expected with a ring alone; a key has its one algorithm');
  }
  if (keys instanceof Key && now !== undefined) {
    throw new TypeError('options.now: expected with a ring alone');
  }
  checkWrap(all, wrap);
  for (const alg of all) managementName(alg, wrap);
}

/** Refuses `wrap` where no key agrees: it would do nothing. */
export function checkWrap(algs: readonly JweAlgorithm[], wrap: AgreementWrap | undefined): void {
  if (wrap === undefined || algs.some(({ kind }) => kind === 'agreement')) return;
  throw new TypeError('options.wrap: expected with a key that agrees alone');
}

/** The keys to try; a message whose `alg` none of them has is refused. */
export function candidatesFor(
  keys: JweKeys,
  { wrap, algs = [], now = Number.NaN }: JweKeyOptions,
  { header: { kid, members }, alg: name, enc }: JweMessage,
): readonly JweCandidate[] {
  const isOf = (alg: JweAlgorithm): boolean =>
    managementName(alg, wrap) === name && (alg.kind !== 'aead' || alg === enc);
  if (keys instanceof Key) {
    if (isOf(keys.alg)) return [{ key: keys, id: keys.id }];
    throw otherAlgorithm(name);
  }
  // Keys on several curves have one name; the sender's is on the curve of its recipient's.
  const curve = curveOf(members);
  const alg = algs.find((one) => isOf(one) && (one.kind !== 'agreement' || one.curve === curve));
  if (alg === undefined) throw otherAlgorithm(name);
  const slot = { alg, use: USES[alg.kind] };
  const found =
    kid === undefined ? keys.candidates(slot, now) : [keys.find({ ...slot, id: kid }, now)];
  return found as unknown as readonly JweCandidate[];
}

/** Refuses a message for another algorithm than a key has. */
export function otherAlgorithm(name: string): CountersignError {
  return new CountersignError(
    'ERR_JOSE_ALGORITHM',
    `header: expected alg to be the name of the algorithm of the key, found ${refusedName(name)}`,
  );
}

/** Makes the key of a message. */
export function newContentKey(
  recipient: JweEncryptionKey,
  enc: AeadAlgorithm,
  wrap: AgreementWrap | undefined,
  parties: Parties,
): NewContentKey {
  const { alg } = recipient;
  if (alg.kind === 'aead') {
    if (alg !== enc) throw new TypeError('options.enc: expected the algorithm of the key itself');
    return { key: recipient as Key<AeadAlgorithm, 'seal'>, encryptedKey: NONE, epk: undefined };
  }
  if (alg.kind === 'agreement') {
    const peer = recipient as Key<AgreementAlgorithm, 'peer'>;
    const name = managementName(alg, wrap);
    if (wrap === undefined || wrap === DIRECT_AGREEMENT) {
      const size = enc.keySize;
      const agreed = agreeAnew(peer, { name: contentName(enc, 'options.enc'), size, ...parties });
      const key = importSecret(agreed.key, { alg: enc, use: 'seal', ...RAW });
      return { key, encryptedKey: NONE, epk: agreed.epk };
    }
    const agreed = agreeAnew(peer, { name, size: wrap.keySize, ...parties });
    const wrapping = importSecret(agreed.key, { alg: wrap, use: 'wrap', ...RAW });
    return { ...newSecret(enc, (cek) => wrapKey(wrapping, cek)), epk: agreed.epk };
  }
  return alg.kind === 'wrap'
    ? newSecret(enc, (cek) => wrapKey(recipient as Key<KeyWrapAlgorithm, 'wrap'>, cek))
    : newSecret(enc, (cek) => encrypt(recipient as Key<OaepAlgorithm, 'encrypt'>, cek, NONE));
}

/**
 * The key of a message that came, or nothing where it can't have one. What is wrong with an
 * encrypted key doesn't show here.
 */
export function contentKeyOf(
  recipient: JweDecryptionKey,
  message: JweMessage,
  wrap: AgreementWrap | undefined,
): Key<AeadAlgorithm, 'open'> | undefined {
  const { alg } = recipient;
  const { enc, encryptedKey, header } = message;
  if (alg.kind === 'aead') {
    return isEmpty(message) ? (recipient as Key<AeadAlgorithm, 'open'>) : undefined;
  }
  if (alg.kind !== 'agreement') {
    return orDrawn(enc, () =>
      alg.kind === 'wrap'
        ? unwrap(recipient as Key<KeyWrapAlgorithm, 'unwrap'>, encryptedKey)
        : decrypt(recipient as Key<OaepAlgorithm, 'decrypt'>, encryptedKey, NONE),
    );
  }
  const key = recipient as Key<AgreementAlgorithm, 'agree'>;
  const epk = readPeer(alg, header.members);
  const parties = { apu: readParty(header.members, 'apu'), apv: readParty(header.members, 'apv') };
  if (wrap === undefined || wrap === DIRECT_AGREEMENT) {
    if (!isEmpty(message)) return undefined;
    const name = contentName(enc, 'options.enc');
    return orDrawn(enc, () => agreeWith(key, epk, { name, size: enc.keySize, ...parties }));
  }
  return orDrawn(enc, () => {
    const purpose = { name: message.alg, size: wrap.keySize, ...parties };
    const agreed = agreeWith(key, epk, purpose);
    return unwrap(importSecret(agreed, { alg: wrap, use: 'unwrap', ...RAW }), encryptedKey);
  });
}

/**
 * {@link https://www.rfc-editor.org/rfc/rfc7516#section-11.5 RFC 7516, section 11.5}: where there is no
 * key of the right size, or one that anyone can guess, the content is tried with one that was drawn,
 * so that a sender who guesses at an encrypted key sees the failure of a spoilt content.
 */
export function orDrawn(enc: AeadAlgorithm, find: () => Bytes): Key<AeadAlgorithm, 'open'> {
  const drawn = randomOctets(enc.keySize);
  const found = attempt(find);
  const imported = (cek: Bytes): Key<AeadAlgorithm, 'open'> =>
    importSecret(cek, { alg: enc, use: 'open', ...RAW });
  const key = found?.length === enc.keySize ? attempt(() => imported(found)) : undefined;
  return key ?? imported(drawn);
}

/** What a computation gives, or nothing where the message is to blame. */
export function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof CountersignError) || OTHERWISE.includes(error.code)) throw error;
    return undefined;
  }
}

/** RFC 7516, section 5.2, step 10: there is no encrypted key where a key is agreed upon or shared. */
function isEmpty({ encryptedKey }: JweMessage): boolean {
  return encryptedKey.length === 0;
}

function newSecret(
  enc: AeadAlgorithm,
  carry: (cek: Uint8Array) => Uint8Array,
): Omit<NewContentKey, 'epk'> & { readonly epk: undefined } {
  const key = generateSecret({ alg: enc, use: 'seal' });
  return { key, encryptedKey: carry(exportSecretInTheClear(key)), epk: undefined };
}

function ownAlgorithm(key: JweDecryptionKey): JweAlgorithm {
  const { alg, use } = key;
  if (Object.hasOwn(USES, alg.kind) && USES[alg.kind] === use) return alg;
  throw new CountersignError('ERR_KEY_USE', `${alg.name}: expected a key that decrypts a JWE`);
}

function ringAlgorithms(
  ring: KeyRing,
  algs: readonly JweAlgorithm[] | undefined,
  now: number | undefined,
): readonly JweAlgorithm[] {
  if (typeof fields(ring, 'keys', 'a key or a ring').find !== 'function') {
    throw new TypeError(`keys: expected a key or a ring, found ${typeName(ring)}`);
  }
  if (!Array.isArray(algs) || algs.length === 0 || algs.length > MOST_ALGORITHMS) {
    throw new TypeError(`options.algs: expected 1 to ${MOST_ALGORITHMS} algorithms with a ring`);
  }
  if (now === undefined) throw new TypeError('options.now: expected the present with a ring');
  for (const alg of algs as readonly JweAlgorithm[]) {
    const { kind } = fields(alg, 'options.algs', 'algorithms');
    if (!Object.hasOwn(USES, kind)) {
      throw new TypeError('options.algs: expected algorithms that JOSE encrypts to');
    }
  }
  return algs as readonly JweAlgorithm[];
}
