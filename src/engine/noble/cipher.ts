/**
 * AES of @noble/ciphers.
 *
 * @module
 */
import { aeskw, cbc, cmac, ctr, ecb, gcm } from '@noble/ciphers/aes.js';
import { join } from '../../bytes/concat.js';
import type {
  AeadEngine,
  BlockModeEngine,
  Bytes,
  CmacEngine,
  EngineKey,
  KeyWrapEngine,
} from '../contract.js';
import { hide, look, plain } from '../state.js';

interface State {
  readonly secret: Uint8Array;
}

export const aesGcm: AeadEngine = {
  key: keep,
  seal(key, iv, aad, plaintext, out, at) {
    out.set(gcm(look<State>(key).secret, iv, aad).encrypt(plaintext), at);
  },
  open: (key, iv, aad, ciphertext, tag) =>
    attempt(() => gcm(look<State>(key).secret, iv, aad).decrypt(join(ciphertext, tag))),
};

export const aesKw: KeyWrapEngine = {
  key: keep,
  wrap: (key, plaintext) => plain(aeskw(look<State>(key).secret).encrypt(plaintext)),
  unwrap: (key, wrapped) => attempt(() => aeskw(look<State>(key).secret).decrypt(wrapped)),
};

const NO_PADDING = { disablePadding: true };

export const aesCbc: BlockModeEngine = /* @__PURE__ */ blockMode((secret, iv) =>
  cbc(secret, iv, NO_PADDING),
);
export const aesCtr: BlockModeEngine = /* @__PURE__ */ blockMode((secret, iv) => ctr(secret, iv));
export const aesEcb: BlockModeEngine = /* @__PURE__ */ blockMode((secret) =>
  ecb(secret, NO_PADDING),
);

export const aesCmac: CmacEngine = {
  key: keep,
  tag: (key, message) => plain(cmac(message, look<State>(key).secret)),
};

/** What noble's modes return, as far as it is used here. */
interface Mode {
  encrypt(data: Uint8Array): Uint8Array;
  decrypt(data: Uint8Array): Uint8Array;
}

function blockMode(mode: (secret: Uint8Array, iv: Uint8Array) => Mode): BlockModeEngine {
  return {
    key: keep,
    encrypt: (key, iv, data) => plain(mode(look<State>(key).secret, iv).encrypt(data)),
    decrypt: (key, iv, data) => plain(mode(look<State>(key).secret, iv).decrypt(data)),
  };
}

function keep<Kind extends string>(secret: Uint8Array): EngineKey<Kind> {
  return hide({ secret: new Uint8Array(secret) } satisfies State);
}

function attempt(compute: () => Uint8Array): Bytes | undefined {
  try {
    return plain(compute());
  } catch {
    return undefined;
  }
}
