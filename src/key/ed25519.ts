/**
 * Ed25519 keys. `countersign/key/ed25519`.
 *
 * @module
 */
import { same } from '../bytes/equal.js';
import { choice, fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { ed25519, type Ed25519Algorithm } from '../primitive/ed25519.js';
import { type KeyInput, readKey } from './content.js';
import { Key } from './handle.js';
import { okpThumbprint } from './thumbprint.js';

/** What a key is imported for. */
export interface Ed25519KeyOptions<U> {
  readonly use: U;
  /** A name in place of the thumbprint of the public key. */
  readonly id?: string;
}

/** Imports a public key that verifies. */
export function importPublicKey(
  input: KeyInput,
  options: Ed25519KeyOptions<'verify'>,
): Key<Ed25519Algorithm, 'verify'> {
  const { use, id } = checkOptions(options, 'verify');
  const { octets } = readKey(input, 'public', 'ed25519');
  const prepared = ed25519.publicKey(octets);
  const material = { encoded: new Uint8Array(octets) };
  return new Key({
    alg: ed25519,
    use,
    id: id ?? okpThumbprint('Ed25519', octets),
    relaxed: [],
    prepared,
    material,
  });
}

/** Imports a private key that signs. A public key that comes with it must be its own. */
export function importPrivateKey(
  input: KeyInput,
  options: Ed25519KeyOptions<'sign'>,
): Key<Ed25519Algorithm, 'sign'> {
  const { use, id } = checkOptions(options, 'sign');
  const { octets: seed, publicOctets } = readKey(input, 'private', 'ed25519');
  const prepared = ed25519.privateKey(seed);
  const encoded = ed25519.publicOf(prepared);
  if (publicOctets !== undefined && !same(publicOctets, encoded)) {
    throw new CountersignError('ERR_KEY', 'Ed25519: expected the public key of the private one');
  }
  const material = { encoded, seed: new Uint8Array(seed) };
  return new Key({
    alg: ed25519,
    use,
    id: id ?? okpThumbprint('Ed25519', encoded),
    relaxed: [],
    prepared,
    material,
  });
}

function checkOptions<U extends string>(
  options: Ed25519KeyOptions<U>,
  use: U,
): Ed25519KeyOptions<U> {
  choice(fields(options, 'options', '{ use }').use, 'options.use', [use]);
  return options;
}
