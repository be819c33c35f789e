/**
 * RSA keys, for signatures and for OAEP. `countersign/key/rsa`. Private keys are refused on the
 * noble engine.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { OaepAlgorithm } from '../primitive/rsa-oaep.js';
import type { RsaAlgorithm } from '../primitive/rsa.js';
import { type KeyInput, readKey } from './content.js';
import { Key } from './handle.js';
import { rsaThumbprint } from './thumbprint.js';

/** What a public key of an algorithm is for. */
export type RsaPublicUse<A> = A extends RsaAlgorithm ? 'verify' : 'encrypt';
/** What a private key of an algorithm is for. */
export type RsaPrivateUse<A> = A extends RsaAlgorithm ? 'sign' : 'decrypt';

/** What a key is imported for. */
export interface RsaKeyOptions<A, U> {
  readonly alg: A;
  readonly use: U;
  /** A name in place of the thumbprint of the public key. */
  readonly id?: string;
}

const PUBLIC_USES: Readonly<Record<string, string>> = {
  signature: 'verify',
  encryption: 'encrypt',
};
const PRIVATE_USES: Readonly<Record<string, string>> = { signature: 'sign', encryption: 'decrypt' };

/** Imports a public key that verifies or encrypts. */
export function importPublicKey<A extends RsaAlgorithm | OaepAlgorithm, U extends RsaPublicUse<A>>(
  input: KeyInput,
  options: RsaKeyOptions<A, U>,
): Key<A, U> {
  const { alg, use, id } = checkOptions(options, PUBLIC_USES);
  const { parts } = readKey(input, 'public', 'rsa');
  const { n, e } = parts;
  const prepared = alg.publicKey(parts);
  const material = { n: new Uint8Array(n), e: new Uint8Array(e) };
  return new Key({ alg, use, id: id ?? rsaThumbprint(n, e), relaxed: [], prepared, material });
}

/** Imports a private key that signs or decrypts. */
export function importPrivateKey<
  A extends RsaAlgorithm | OaepAlgorithm,
  U extends RsaPrivateUse<A>,
>(input: KeyInput, options: RsaKeyOptions<A, U>): Key<A, U> {
  const { alg, use, id } = checkOptions(options, PRIVATE_USES);
  const content = readKey(input, 'private', 'rsa');
  const parts = content.parts;
  if (!('d' in parts)) throw new CountersignError('ERR_KEY_PUBLIC', 'expected a private key');
  const prepared = alg.privateKey(parts);
  const { n, e } = parts;
  return new Key({
    alg,
    use,
    id: id ?? rsaThumbprint(n, e),
    relaxed: [],
    prepared,
    material: parts,
  });
}

function checkOptions<A extends { readonly kind: string }, U extends string>(
  options: RsaKeyOptions<A, U>,
  uses: Readonly<Record<string, string>>,
): RsaKeyOptions<A, U> {
  const { kind } = fields(fields(options, 'options', '{ alg, use }').alg, 'options.alg', 'RSA');
  choice(kind, 'options.alg.kind', Object.keys(uses));
  choice<string>(options.use, 'options.use', [uses[kind] ?? '']);
  return options;
}
