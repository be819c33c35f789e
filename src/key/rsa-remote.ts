/**
 * RSA private keys off the calling thread: in libuv's pool on the node engine, through WebCrypto on
 * noble. `countersign/key/rsa-remote`. An RSA signature takes a millisecond or more, in which a
 * thread that signs by itself serves nobody.
 *
 * @module
 */
import { same } from '../bytes/equal.js';
import { choice, fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { randomOctets } from '../primitive/random.js';
import type { OaepAlgorithm } from '../primitive/rsa-oaep.js';
import { remoteOaepDecryption, remoteRsaSigning } from '../primitive/rsa-remote.js';
import type { RsaAlgorithm } from '../primitive/rsa.js';
import { type KeyInput, readKey } from './content.js';
import type { Key, KeyPurpose } from './handle.js';
import { named } from './options.js';
import { handleOf, type KeyOptions } from './pair.js';
import { decryptAsync, type RemoteDecrypter, type RemoteSigner, signAsync } from './remote.js';
import { encrypt } from './use.js';
import type { RsaPrivateParts } from '../primitive/rsa.js';

export type { Key, KeyInput, KeyOptions };

/** Imports a private key that signs off the thread; it must make one good signature first. */
export async function importRemoteSigner(
  input: KeyInput,
  options: KeyOptions<RsaAlgorithm, 'sign'>,
): Promise<RemoteSigner<RsaAlgorithm>> {
  const { alg, use, id } = checkOptions(options, 'signature', 'sign');
  const { parts, publicKey } = readHalves(input, alg, use, 'verify', id);
  const signer: RemoteSigner<RsaAlgorithm> = Object.freeze<RemoteSigner<RsaAlgorithm>>({
    alg,
    publicKey,
    keyId: publicKey.id ?? '',
    input: 'message',
    format: 'raw',
    sign: await remoteRsaSigning(alg, parts),
  });
  await attempt(alg, () => signAsync(signer, PROBE));
  return signer;
}

/** Imports a private key that decrypts off the thread; it must open one ciphertext first. */
export async function importRemoteDecrypter(
  input: KeyInput,
  options: KeyOptions<OaepAlgorithm, 'decrypt'>,
): Promise<RemoteDecrypter> {
  const { alg, use, id } = checkOptions(options, 'encryption', 'decrypt');
  const { parts, publicKey } = readHalves(input, alg, use, 'encrypt', id);
  const decrypter: RemoteDecrypter = Object.freeze<RemoteDecrypter>({
    alg,
    keyId: publicKey.id ?? '',
    decrypt: await remoteOaepDecryption(alg, parts),
  });
  await attempt(alg, async () => {
    const secret = randomOctets(16);
    const opened = await decryptAsync(decrypter, encrypt(publicKey, secret, PROBE), PROBE);
    if (!same(opened, secret)) throw new CountersignError('ERR_KEY', alg.name);
  });
  return decrypter;
}

const PROBE = /* @__PURE__ */ new Uint8Array(32);

function checkOptions<A extends RsaAlgorithm | OaepAlgorithm, U extends string>(
  options: KeyOptions<A, U>,
  kind: string,
  use: U,
): KeyOptions<A, U> {
  const { alg } = named(options, 'options', ['alg', 'use', 'id']);
  choice(fields(alg, 'options.alg', 'RSA').family, 'options.alg.family', ['rsa']);
  choice<string>(alg.kind, 'options.alg.kind', [kind]);
  choice(options.use, 'options.use', [use]);
  return options;
}

/** The parts of a private key, and the handle of its public one, by the policy for both. */
function readHalves<A extends RsaAlgorithm | OaepAlgorithm, U extends KeyPurpose>(
  input: KeyInput,
  alg: A,
  use: string,
  publicUse: U,
  id: string | undefined,
): { readonly parts: RsaPrivateParts; readonly publicKey: Key<A, U> } {
  const wanted = {
    kind: 'private',
    family: 'rsa',
    algorithm: alg.name,
    use,
    curve: undefined,
    mayPad: false,
  } as const;
  const content = readKey(input, wanted);
  if (content.family !== 'rsa' || content.kind !== 'private') throw new TypeError('unreachable');
  const { n, e } = content.parts;
  const half = { ...content, kind: 'public', parts: { n, e } } as const;
  return { parts: content.parts, publicKey: handleOf(alg, publicUse, half, id, []) };
}

/** Parts that don't belong together show in the first result, and in nothing before. */
async function attempt(
  alg: RsaAlgorithm | OaepAlgorithm,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'ERR_ENGINE_DISAGREEMENT')
      throw error;
    throw new CountersignError('ERR_KEY', `${alg.name}: expected the parts of one private key`);
  }
}
