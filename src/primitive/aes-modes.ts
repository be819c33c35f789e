/**
 * AES without authentication: building blocks for others' formats, named for what they are.
 * CBC and CTR, {@link https://doi.org/10.6028/NIST.SP.800-38A SP 800-38A}; ECB, the bare block;
 * and CMAC, {@link https://doi.org/10.6028/NIST.SP.800-38B SP 800-38B}, which does authenticate.
 *
 * What CBC, CTR and ECB decrypt is somebody's octets, not somebody's message: anyone can change it
 * on the way. Whoever lets a stranger see whether the padding was right gives them a way to read
 * it. To encrypt something of your own, use AES-GCM.
 *
 * @module
 */
import * as engine from '#engine/cipher';
import { fillRandom } from '#engine/random';
import { same } from '../bytes/equal.js';
import { type Bytes, choice, octets } from '../bytes/octets.js';
import type { BlockModeEngine, EngineKey } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import { pad, unpad } from './padding.js';
import { PreparedKey, stateOf } from './prepared.js';

export type { Bytes };

/** `pkcs7`: RFC 5652, section 6.3. `none`: whole blocks only. */
export type Padding = 'pkcs7' | 'none';

/** A ciphertext with the initialization vector that was drawn for it. */
export interface CipherText {
  readonly iv: Bytes;
  readonly ciphertext: Bytes;
}

/** AES-CBC; the key has 16, 24 or 32 octets. */
export interface CbcAlgorithm {
  readonly kind: 'cipher';
  readonly name: 'AES-CBC';
  key(secret: Uint8Array): CipherKey;
  /** Encrypts under a fresh random IV. */
  encrypt(key: CipherKey, plaintext: Uint8Array, padding: Padding): CipherText;
  /** Decrypts; a wrong length or padding is `ERR_DECRYPT_FAILED`. */
  decrypt(key: CipherKey, iv: Uint8Array, ciphertext: Uint8Array, padding: Padding): Bytes;
}

/** AES-CTR with an initial counter block of 16 octets; the key has 16, 24 or 32 octets. */
export interface CtrAlgorithm {
  readonly kind: 'cipher';
  readonly name: 'AES-CTR';
  key(secret: Uint8Array): CipherKey;
  /** Encrypts under a fresh random counter block. */
  encrypt(key: CipherKey, plaintext: Uint8Array): CipherText;
  decrypt(key: CipherKey, iv: Uint8Array, ciphertext: Uint8Array): Bytes;
}

/** AES-ECB: equal blocks stay equal; the key has 16, 24 or 32 octets. */
export interface EcbAlgorithm {
  readonly kind: 'cipher';
  readonly name: 'AES-ECB';
  key(secret: Uint8Array): CipherKey;
  encrypt(key: CipherKey, plaintext: Uint8Array, padding: Padding): Bytes;
  /** Decrypts; a wrong length or padding is `ERR_DECRYPT_FAILED`. */
  decrypt(key: CipherKey, ciphertext: Uint8Array, padding: Padding): Bytes;
}

/** AES-CMAC, with tags of 16 octets; the key has 16, 24 or 32 octets. */
export interface CmacAlgorithm {
  readonly kind: 'mac';
  readonly name: 'AES-CMAC';
  readonly size: 16;
  key(secret: Uint8Array): CipherKey;
  tag(key: CipherKey, message: Uint8Array): Bytes;
  /** Whether `tag` is the whole tag of `message`. */
  verify(key: CipherKey, message: Uint8Array, tag: Uint8Array): boolean;
}

/** A secret for one of these. */
export type CipherKey = PreparedKey<'secret', 'cipher'>;

const BLOCK = 16;
const KEY_SIZES = [16, 24, 32];
const NO_IV = new Uint8Array(0);

export const aesCbc: CbcAlgorithm = /* @__PURE__ */ Object.freeze<CbcAlgorithm>({
  kind: 'cipher',
  name: 'AES-CBC',
  key: (secret) => importKey(aesCbc, secret, engine.aesCbc.key),
  encrypt(key, plaintext, padding) {
    const state = stateOf<EngineKey<'block'>>(key, aesCbc, 'secret');
    const iv = freshIv();
    return {
      iv,
      ciphertext: engine.aesCbc.encrypt(state, iv, padded('AES-CBC', plaintext, padding)),
    };
  },
  decrypt(key, iv, ciphertext, padding) {
    const state = stateOf<EngineKey<'block'>>(key, aesCbc, 'secret');
    return decryptBlocks(
      'AES-CBC',
      engine.aesCbc,
      state,
      checkIv('AES-CBC', iv),
      ciphertext,
      padding,
    );
  },
});

export const aesCtr: CtrAlgorithm = /* @__PURE__ */ Object.freeze<CtrAlgorithm>({
  kind: 'cipher',
  name: 'AES-CTR',
  key: (secret) => importKey(aesCtr, secret, engine.aesCtr.key),
  encrypt(key, plaintext) {
    const state = stateOf<EngineKey<'block'>>(key, aesCtr, 'secret');
    const iv = freshIv();
    return { iv, ciphertext: engine.aesCtr.encrypt(state, iv, octets(plaintext, 'plaintext')) };
  },
  decrypt(key, iv, ciphertext) {
    const state = stateOf<EngineKey<'block'>>(key, aesCtr, 'secret');
    const given = checkIv('AES-CTR', iv);
    return engine.aesCtr.decrypt(state, given, octets(ciphertext, 'ciphertext'));
  },
});

export const aesEcb: EcbAlgorithm = /* @__PURE__ */ Object.freeze<EcbAlgorithm>({
  kind: 'cipher',
  name: 'AES-ECB',
  key: (secret) => importKey(aesEcb, secret, engine.aesEcb.key),
  encrypt(key, plaintext, padding) {
    const state = stateOf<EngineKey<'block'>>(key, aesEcb, 'secret');
    return engine.aesEcb.encrypt(state, NO_IV, padded('AES-ECB', plaintext, padding));
  },
  decrypt(key, ciphertext, padding) {
    const state = stateOf<EngineKey<'block'>>(key, aesEcb, 'secret');
    return decryptBlocks('AES-ECB', engine.aesEcb, state, NO_IV, ciphertext, padding);
  },
});

export const aesCmac: CmacAlgorithm = /* @__PURE__ */ Object.freeze<CmacAlgorithm>({
  kind: 'mac',
  name: 'AES-CMAC',
  size: 16,
  key: (secret) => importKey(aesCmac, secret, engine.aesCmac.key),
  tag(key, message) {
    const state = stateOf<EngineKey<'cmac'>>(key, aesCmac, 'secret');
    return engine.aesCmac.tag(state, octets(message, 'message'));
  },
  verify(key, message, tag) {
    tag = octets(tag, 'tag');
    return same(aesCmac.tag(key, message), tag);
  },
});

function importKey(
  owner: { readonly name: string },
  secret: Uint8Array,
  make: (secret: Uint8Array) => object,
): CipherKey {
  secret = octets(secret, 'secret');
  if (!KEY_SIZES.includes(secret.length)) {
    throw new CountersignError(
      'ERR_KEY',
      `${owner.name}: expected a key of 16, 24 or 32 octets, found ${secret.length}`,
    );
  }
  return new PreparedKey(owner, 'secret', make(secret));
}

function freshIv(): Bytes {
  const iv = new Uint8Array(BLOCK);
  fillRandom(iv);
  return iv;
}

function checkIv(name: string, iv: Uint8Array): Uint8Array {
  iv = octets(iv, 'iv');
  if (iv.length === BLOCK) return iv;
  throw new CountersignError('ERR_IV', `${name}: expected an IV of 16 octets, found ${iv.length}`);
}

function padded(name: string, plaintext: Uint8Array, padding: Padding): Uint8Array {
  plaintext = octets(plaintext, 'plaintext');
  if (choice(padding, 'padding', ['pkcs7', 'none']) === 'pkcs7') return pad(plaintext);
  if (plaintext.length % BLOCK === 0 && plaintext.length > 0) return plaintext;
  throw new CountersignError(
    'ERR_LENGTH',
    `${name}: expected whole blocks of 16 octets, found ${plaintext.length} octets`,
  );
}

function decryptBlocks(
  name: string,
  mode: BlockModeEngine,
  key: EngineKey<'block'>,
  iv: Uint8Array,
  ciphertext: Uint8Array,
  padding: Padding,
): Bytes {
  ciphertext = octets(ciphertext, 'ciphertext');
  choice(padding, 'padding', ['pkcs7', 'none']);
  const isWhole = ciphertext.length % BLOCK === 0 && ciphertext.length > 0;
  const blocks = isWhole ? mode.decrypt(key, iv, ciphertext) : undefined;
  const plaintext = blocks === undefined || padding === 'none' ? blocks : unpad(blocks);
  if (plaintext === undefined) {
    throw new CountersignError('ERR_DECRYPT_FAILED', `${name}: decryption failed`);
  }
  return plaintext;
}
