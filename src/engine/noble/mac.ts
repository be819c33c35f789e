/**
 * HMAC of @noble/hashes. The key's state, with the padded keys already absorbed, is cloned per tag.
 *
 * @module
 */
import { hmac as nobleHmac } from '@noble/hashes/hmac.js';
import { latin1Of } from '../../bytes/latin1.js';
import type { DigestEngine, MacEngine, TagParts, TagPartsText } from '../contract.js';
import { hide, look } from '../state.js';
import {
  md5,
  nativeHash,
  sha1,
  sha224,
  sha256,
  sha384,
  sha3_256,
  sha3_384,
  sha3_512,
  sha512,
} from './digest.js';

type State = ReturnType<typeof nobleHmac.create>;

export const hmacSha224: MacEngine = /* @__PURE__ */ hmac(sha224);
export const hmacSha256: MacEngine = /* @__PURE__ */ hmac(sha256);
export const hmacSha384: MacEngine = /* @__PURE__ */ hmac(sha384);
export const hmacSha512: MacEngine = /* @__PURE__ */ hmac(sha512);
export const hmacSha3_256: MacEngine = /* @__PURE__ */ hmac(sha3_256);
export const hmacSha3_384: MacEngine = /* @__PURE__ */ hmac(sha3_384);
export const hmacSha3_512: MacEngine = /* @__PURE__ */ hmac(sha3_512);
export const hmacSha1: MacEngine = /* @__PURE__ */ hmac(sha1);
export const hmacMd5: MacEngine = /* @__PURE__ */ hmac(md5);

export const tagPartsText: TagPartsText = undefined;

export const tagParts: TagParts = (key, parts) => {
  const state = look<State>(key).clone();
  for (const part of parts) state.update(typeof part === 'string' ? latin1Of(part) : part);
  return state.digest();
};

function hmac(digest: DigestEngine): MacEngine {
  return {
    key: (secret) => hide(nobleHmac.create(nativeHash(digest), secret)),
    tag: (key, message) => look<State>(key).clone().update(message).digest(),
  };
}
