/**
 * The public operations of RSA with BigInt. The private ones are refused by name: BigInt takes
 * time by the value of its operands, which here would be the private key.
 *
 * @module
 */
import { pow } from '@noble/curves/abstract/modular.js';
import { same } from '../../bytes/equal.js';
import { decodeInteger, encodeInteger } from '../../bytes/integer.js';
import { CountersignError } from '../../errors.js';
import type { RsaEngine } from '../contract.js';
import { oaepEncode, pkcs1Encode, pssVerify } from '../rsa-encoding.js';
import { hide, look } from '../state.js';
import { fillRandom } from './random.js';

interface State {
  readonly n: bigint;
  readonly e: bigint;
  readonly size: number;
  readonly bits: number;
}

export const rsa: RsaEngine = {
  publicKey(parts) {
    const n = decodeInteger(parts.n);
    const bits = n.toString(2).length;
    return hide({ n, e: decodeInteger(parts.e), size: parts.n.length, bits } satisfies State);
  },
  privateKey: refuse,
  generate: refuse,
  sign: refuse,
  verify(key, scheme, hash, message, signature) {
    const { n, e, size, bits } = look<State>(key);
    const encoded = encodeInteger(pow(decodeInteger(signature), e, n), size);
    return scheme === 'pkcs1'
      ? same(encoded, pkcs1Encode(hash, message, size))
      : pssVerify(hash, message, encoded, bits - 1);
  },
  oaepEncrypt(key, parameters, plaintext) {
    const { n, e, size } = look<State>(key);
    const seed = new Uint8Array(parameters.hash.size);
    fillRandom(seed);
    const encoded = oaepEncode(parameters, plaintext, seed, size);
    return encodeInteger(pow(decodeInteger(encoded), e, n), size);
  },
  oaepDecrypt: refuse,
};

function refuse(): never {
  throw new CountersignError(
    'ERR_UNSUPPORTED_ENGINE',
    'the noble engine has no RSA private keys: run on Node with --conditions=countersign-node, or import a remote key, countersign/key/rsa-remote',
  );
}
