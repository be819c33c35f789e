/**
 * AES of node:crypto.
 *
 * @module
 */
import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import type { Cipher, CipherGCMTypes, Decipher, KeyObject } from 'node:crypto';
import { same } from '../../bytes/equal.js';
import type {
  AeadEngine,
  BlockModeEngine,
  Bytes,
  CmacEngine,
  EngineKey,
  KeyWrapEngine,
} from '../contract.js';
import { hide, look, plain } from '../state.js';
import { unsupported } from './unsupported.js';

interface State {
  readonly name: string;
  readonly key: KeyObject;
}

const BLOCK = 16;
const ZERO_IV = new Uint8Array(BLOCK);
/** Each octet of the default initial value, RFC 3394, section 2.2.3.1. */
const KW_IV = 0xa6;
/** Without it, node:crypto of versions before 26 decrypts under tags of 4 octets. */
const GCM_OPTIONS = { authTagLength: 16 };

export const aesGcm: AeadEngine = {
  key: (secret) => importKey(secret, 'gcm', 12),
  seal(key, iv, aad, plaintext, out, at) {
    const { name, key: secret } = look<State>(key);
    const cipher = createCipheriv(name as CipherGCMTypes, secret, iv, GCM_OPTIONS);
    cipher.setAAD(aad);
    out.set(cipher.update(plaintext), at);
    cipher.final(); // GCM adds no octets here
    out.set(cipher.getAuthTag(), at + plaintext.length);
  },
  open(key, iv, aad, ciphertext, tag) {
    const { name, key: secret } = look<State>(key);
    const decipher = createDecipheriv(name as CipherGCMTypes, secret, iv, GCM_OPTIONS);
    decipher.setAAD(aad);
    decipher.setAuthTag(tag);
    const plaintext = decipher.update(ciphertext);
    try {
      decipher.final();
    } catch {
      plaintext.fill(0); // not authenticated: it leaves with nobody
      return undefined;
    }
    return plain(plaintext);
  },
};

export const aesCbc: BlockModeEngine = blockMode('cbc', BLOCK);
export const aesCtr: BlockModeEngine = blockMode('ctr', BLOCK);
export const aesEcb: BlockModeEngine = blockMode('ecb', 0);

/**
 * RFC 3394, section 2.2, over the block cipher: Bun and Deno have no AES-KW. Alternating single
 * blocks through one ECB stream is the same as calling AES once per step.
 */
export const aesKw: KeyWrapEngine = {
  key: (secret) => importKey(secret, 'ecb', 0),
  wrap(key, plaintext) {
    const encipher = blockStream(key, createCipheriv);
    const out = new Uint8Array(8 + plaintext.length);
    out.fill(KW_IV, 0, 8);
    out.set(plaintext, 8);
    const steps = plaintext.length / 8;
    const step = new Uint8Array(BLOCK);
    for (let t = 1; t <= 6 * steps; t++) {
      const r = 8 * (1 + ((t - 1) % steps));
      step.set(out.subarray(0, 8));
      step.set(out.subarray(r, r + 8), 8);
      const block = encipher(step);
      out.set(block.subarray(0, 8));
      xorCounter(out, t);
      out.set(block.subarray(8), r);
    }
    return out;
  },
  unwrap(key, wrapped) {
    const decipher = blockStream(key, createDecipheriv);
    const out = new Uint8Array(wrapped);
    const steps = wrapped.length / 8 - 1;
    const step = new Uint8Array(BLOCK);
    for (let t = 6 * steps; t >= 1; t--) {
      const r = 8 * (1 + ((t - 1) % steps));
      xorCounter(out, t);
      step.set(out.subarray(0, 8));
      step.set(out.subarray(r, r + 8), 8);
      const block = decipher(step);
      out.set(block.subarray(0, 8));
      out.set(block.subarray(8), r);
    }
    const plaintext = out.slice(8);
    if (same(out.subarray(0, 8), new Uint8Array(8).fill(KW_IV))) return plaintext;
    plaintext.fill(0);
    return undefined;
  },
};

/** SP 800-38B, section 6.2: the last block of CBC over the message with its last block masked. */
export const aesCmac: CmacEngine = {
  key: (secret) => importKey(secret, 'cbc', BLOCK),
  tag(key, message) {
    const whole = Math.max(1, Math.ceil(message.length / BLOCK));
    const padded = new Uint8Array(whole * BLOCK);
    padded.set(message);
    let mask = doubled(cbcLast(key, ZERO_IV));
    if (message.length !== padded.length) {
      padded[message.length] = 0x80;
      mask = doubled(mask);
    }
    const last = padded.length - BLOCK;
    for (let i = 0; i < BLOCK; i++) padded[last + i] = (padded[last + i] ?? 0) ^ (mask[i] ?? 0);
    return cbcLast(key, padded);
  },
};

function blockMode(mode: string, ivSize: number): BlockModeEngine {
  const run = (make: MakeCipher): BlockModeEngine['encrypt'] => {
    return (key, iv, data) => {
      const { name, key: secret } = look<State>(key);
      const cipher = make(name, secret, ivSize === 0 ? null : iv);
      cipher.setAutoPadding(false);
      const out = plain(cipher.update(data));
      cipher.final();
      return out;
    };
  };
  return {
    key: (secret) => importKey(secret, mode, ivSize),
    encrypt: run(createCipheriv),
    decrypt: run(createDecipheriv),
  };
}

/** The ciphers that this runtime was seen to have: keys of content are imported for each message. */
const known = new Set<string>();

function importKey<Kind extends string>(
  secret: Uint8Array,
  mode: string,
  ivSize: number,
): EngineKey<Kind> {
  const state: State = {
    name: `aes-${secret.length * 8}-${mode}`,
    key: createSecretKey(secret),
  };
  if (known.has(state.name)) return hide(state);
  try {
    createCipheriv(state.name, state.key, ivSize === 0 ? null : new Uint8Array(ivSize));
  } catch {
    throw unsupported(`AES-${secret.length * 8} in ${mode.toUpperCase()} mode`);
  }
  known.add(state.name);
  return hide(state);
}

/** `createCipheriv` and `createDecipheriv`, as far as they are alike. */
type MakeCipher = (name: string, key: KeyObject, iv: Uint8Array | null) => Cipher | Decipher;

/** AES on one block after another, without a new cipher object for each. */
function blockStream(key: EngineKey<'wrap'>, make: MakeCipher): (block: Uint8Array) => Uint8Array {
  const { name, key: secret } = look<State>(key);
  const cipher = make(name, secret, null);
  cipher.setAutoPadding(false);
  return (block) => cipher.update(block);
}

/** A ^= t, section 2.2.1 step 2; t is below 2^32 for any key that fits in memory. */
function xorCounter(register: Bytes, t: number): void {
  for (let i = 0; i < 4; i++) register[7 - i] = (register[7 - i] ?? 0) ^ (t >>> (8 * i));
}

function cbcLast(key: EngineKey<'cmac'>, data: Uint8Array): Bytes {
  const { name, key: secret } = look<State>(key);
  const cipher = createCipheriv(name, secret, ZERO_IV);
  cipher.setAutoPadding(false);
  return plain(cipher.update(data).subarray(-BLOCK));
}

/** Doubling in GF(2^128), SP 800-38B section 6.1, without a branch on the secret bit. */
function doubled(value: Uint8Array): Bytes {
  const out = new Uint8Array(BLOCK);
  for (let i = 0; i < BLOCK; i++) out[i] = ((value[i] ?? 0) << 1) | ((value[i + 1] ?? 0) >> 7);
  out[BLOCK - 1] = (out[BLOCK - 1] ?? 0) ^ (0x87 & -((value[0] ?? 0) >> 7));
  return out;
}
