/**
 * RSA of node:crypto.
 *
 * @module
 */
import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { same } from '../../bytes/equal.js';
import type { Bytes, DigestEngine, OaepParameters, RsaEngine, RsaScheme } from '../contract.js';
import { rsaPrivateDer, rsaPublicDer } from '../rsa-der.js';
import { oaepDecode, oaepEncode } from '../rsa-encoding.js';
import { hide, look, plain } from '../state.js';
import { nativeName, sha1, sha256 } from './digest.js';
import { privateKeyObject, publicKeyObject } from './key-object.js';
import { fillRandom } from './random.js';
import { unsupported } from './unsupported.js';

interface State {
  readonly key: KeyObject;
  /** Octets of the modulus. */
  readonly size: number;
  /** Whether the modulus has 8k + 1 bits, so that PSS leaves an octet in front of EM. */
  readonly hasSpareOctet: boolean;
}

const RSA_MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

export const rsa: RsaEngine = {
  publicKey(parts) {
    return hide(stateOf(publicKeyObject(rsaPublicDer(parts), 'pkcs1'), parts.n));
  },
  privateKey(parts) {
    try {
      return hide(stateOf(privateKeyObject(rsaPrivateDer(parts), 'pkcs1'), parts.n));
    } catch {
      return undefined;
    }
  },
  generate(bits) {
    const options = { modulusLength: bits, publicExponent: 65_537 };
    const jwk = generateKeyPairSync('rsa', options).privateKey.export({ format: 'jwk' });
    const [n, e, d, p, q, dp, dq, qi] = RSA_MEMBERS.map((name) =>
      withoutZeros(plain(Buffer.from(jwk[name] ?? '', 'base64url'))),
    );
    if (!n || !e || !d || !p || !q || !dp || !dq || !qi) throw unsupported('RSA key generation');
    return { n, e, d, p, q, dp, dq, qi };
  },
  sign(key, scheme, hash, message) {
    return plain(sign(nativeName(hash), message, withPadding(look<State>(key).key, scheme, hash)));
  },
  verify(key, scheme, hash, message, signature) {
    const { key: publicKey, hasSpareOctet } = look<State>(key);
    const options = withPadding(publicKey, scheme, hash);
    try {
      // RFC 8017, section 8.1.2, step 2.c has it zero; Deno takes any.
      const isOneTooLong =
        scheme === 'pss' && hasSpareOctet && rawEncrypt(publicKey, signature)[0] !== 0;
      if (isOneTooLong) return false;
      return verify(nativeName(hash), message, options, signature);
    } catch {
      return false;
    }
  },
  oaepEncrypt(key, parameters, plaintext) {
    const { key: publicKey, size } = look<State>(key);
    if (parameters.hash === parameters.mgfHash) {
      return plain(publicEncrypt(nativeOaep(publicKey, parameters), plaintext));
    }
    const seed = new Uint8Array(parameters.hash.size);
    fillRandom(seed);
    return rawEncrypt(publicKey, oaepEncode(parameters, plaintext, seed, size));
  },
  oaepDecrypt(key, parameters, ciphertext) {
    const { key: privateKey, size } = look<State>(key);
    if (parameters.hash === parameters.mgfHash || nodeHonoursMgf1Hash(privateKey, size)) {
      return nativeDecrypt(privateKey, parameters, ciphertext);
    }
    // Nothing in this path may depend on what comes out; see oaepDecode.
    const options = { key: privateKey, padding: constants.RSA_NO_PADDING };
    return oaepDecode(parameters, privateDecrypt(options, ciphertext));
  },
};

function stateOf(key: KeyObject, modulus: Uint8Array): State {
  return { key, size: modulus.length, hasSpareOctet: modulus[0] === 1 };
}

/** JWK keeps the primes' width; the parts of this package have no leading zeros. */
function withoutZeros(value: Bytes): Bytes {
  const start = value.findIndex((octet) => octet !== 0);
  return start > 0 ? value.subarray(start) : value;
}

/** What `crypto.sign` and `crypto.verify` take; without `saltLength` PSS would accept any. */
export function withPadding(
  key: KeyObject,
  scheme: RsaScheme,
  hash: DigestEngine,
): { key: KeyObject; padding: number; saltLength?: number } {
  return scheme === 'pkcs1'
    ? { key, padding: constants.RSA_PKCS1_PADDING }
    : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: hash.size };
}

function nativeOaep(
  key: KeyObject,
  { hash, mgfHash, label }: OaepParameters,
): { key: KeyObject; padding: number; oaepHash: string; mgf1Hash: string; oaepLabel?: Uint8Array } {
  return {
    key,
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: nativeName(hash),
    mgf1Hash: nativeName(mgfHash),
    ...(label.length === 0 ? {} : { oaepLabel: label }),
  };
}

function nativeDecrypt(
  key: KeyObject,
  parameters: OaepParameters,
  ciphertext: Uint8Array,
): Bytes | undefined {
  try {
    return plain(privateDecrypt(nativeOaep(key, parameters), ciphertext));
  } catch {
    return undefined;
  }
}

function rawEncrypt(key: KeyObject, encoded: Uint8Array): Bytes {
  return plain(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded));
}

let honoursMgf1Hash: boolean | undefined;

/**
 * Node 26 honours `mgf1Hash`, versions before it ignore the option in silence, as Bun and Deno do;
 * so nothing but a trial tells. It is made once, with the first key that needs the answer.
 */
function nodeHonoursMgf1Hash(privateKey: KeyObject, size: number): boolean {
  if (honoursMgf1Hash !== undefined) return honoursMgf1Hash;
  const parameters = { hash: sha256, mgfHash: sha1, label: new Uint8Array(0) };
  const seed = new Uint8Array(sha256.size);
  fillRandom(seed);
  const encoded = oaepEncode(parameters, seed, seed, size);
  const decrypted = nativeDecrypt(
    privateKey,
    parameters,
    rawEncrypt(createPublicKey(privateKey), encoded),
  );
  honoursMgf1Hash = decrypted !== undefined && same(decrypted, seed);
  return honoursMgf1Hash;
}
