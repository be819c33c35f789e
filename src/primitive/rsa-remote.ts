/**
 * Private RSA operations off the calling thread, of the parts of a key. What they give is not
 * checked here: whoever hands it on verifies it first.
 *
 * @module
 */
import { sha1, sha256, sha384, sha512 } from '#engine/digest';
import { remote } from '#engine/remote';
import { type Bytes, octets } from '../bytes/octets.js';
import type { DigestEngine } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import { readPrivate } from './rsa-key.js';
import type { OaepAlgorithm } from './rsa-oaep.js';
import type { RsaAlgorithm, RsaPrivateParts } from './rsa.js';

/** Parses a private key once; what it gives signs. */
export async function remoteRsaSigning(
  { scheme, hash }: RsaAlgorithm,
  parts: RsaPrivateParts,
): Promise<(message: Uint8Array) => Promise<Bytes>> {
  const key = await remote.rsaPrivateKey(readPrivate(parts), scheme, hashOf(hash));
  return async (message) => remote.rsaSign(key, octets(message, 'message'));
}

/** Parses a private key once; what it gives decrypts, or says that there is no plaintext. */
export async function remoteOaepDecryption(
  { name, hash, mgfHash }: OaepAlgorithm,
  parts: RsaPrivateParts,
): Promise<(ciphertext: Uint8Array, label: Uint8Array) => Promise<Bytes | undefined>> {
  if (hash !== mgfHash) {
    throw new CountersignError(
      'ERR_UNSUPPORTED_ENGINE',
      `${name}: WebCrypto has one hash function for both uses; decrypt on Node, with a local key`,
    );
  }
  const read = readPrivate(parts);
  const key = await remote.oaepPrivateKey(read, hashOf(hash));
  return async (ciphertext, label) =>
    ciphertext.length === read.n.length
      ? remote.oaepDecrypt(key, octets(label, 'label'), octets(ciphertext, 'ciphertext'))
      : undefined;
}

function hashOf(name: string): DigestEngine {
  const hash = [sha1, sha256, sha384, sha512].find((one) => one.name === name);
  if (hash === undefined) throw new TypeError('alg: expected an algorithm of this package');
  return hash;
}
