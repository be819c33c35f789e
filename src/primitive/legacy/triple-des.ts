/**
 * Triple DES, SP 800-67, to decrypt stored data alone, on the node engine: NIST disallows it since
 * 2024, and 64-bit blocks repeat within 32 GiB
 * ({@link https://doi.org/10.1145/2976749.2978423 Sweet32}).
 *
 * @module
 */
import { tripleDes as engine } from '#engine/legacy';
import { octets } from '../../bytes/octets.js';
import type { EngineKey } from '../../engine/contract.js';
import { CountersignError } from '../../errors.js';
import { PreparedKey, stateOf } from '../prepared.js';
import { weak, type WeakOctets } from './weak.js';

/** Decryption of whole blocks of 8 octets; padding is left to the caller's format. */
export interface TripleDesAlgorithm {
  readonly kind: 'weak-cipher';
  readonly strength: 'weak';
  readonly name: '3DES';
  /** Parses 24 octets; a two-key form repeats its first 8 at the end. Parity bits are ignored. */
  key(secret: Uint8Array): PreparedKey<'secret', '3des'>;
  decryptCbc(
    key: PreparedKey<'secret', '3des'>,
    iv: Uint8Array,
    ciphertext: Uint8Array,
  ): WeakOctets;
  decryptEcb(key: PreparedKey<'secret', '3des'>, ciphertext: Uint8Array): WeakOctets;
}

const BLOCK = 8;
const KEY = 24;

export const tripleDes: TripleDesAlgorithm = /* @__PURE__ */ Object.freeze<TripleDesAlgorithm>({
  kind: 'weak-cipher',
  strength: 'weak',
  name: '3DES',
  key(secret) {
    secret = octets(secret, 'secret');
    if (secret.length !== KEY) {
      throw new CountersignError(
        'ERR_KEY',
        `3DES: expected a key of ${KEY} octets, found ${secret.length}`,
      );
    }
    return new PreparedKey(tripleDes, 'secret', engine.key(secret));
  },
  decryptCbc(key, iv, ciphertext) {
    const state = stateOf<EngineKey<'3des'>>(key, tripleDes, 'secret');
    iv = octets(iv, 'iv');
    if (iv.length !== BLOCK) {
      throw new CountersignError(
        'ERR_IV',
        `3DES: expected an IV of ${BLOCK} octets, found ${iv.length}`,
      );
    }
    return weak(engine.decrypt(state, iv, wholeBlocks(ciphertext)));
  },
  decryptEcb(key, ciphertext) {
    const state = stateOf<EngineKey<'3des'>>(key, tripleDes, 'secret');
    const blocks = wholeBlocks(ciphertext);
    // CBC with a zero IV adds the block before to each; Bun and Deno have no 3DES-ECB.
    const out = engine.decrypt(state, new Uint8Array(BLOCK), blocks);
    for (let i = BLOCK; i < out.length; i++) out[i] = (out[i] ?? 0) ^ (blocks[i - BLOCK] ?? 0);
    return weak(out);
  },
});

function wholeBlocks(ciphertext: Uint8Array): Uint8Array {
  ciphertext = octets(ciphertext, 'ciphertext');
  if (ciphertext.length % BLOCK === 0 && ciphertext.length > 0) {
    return ciphertext;
  }
  throw new CountersignError('ERR_DECRYPT_FAILED', '3DES: decryption failed');
}
