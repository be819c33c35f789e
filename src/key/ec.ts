/**
 * Keys on P-256, P-384, P-521 and secp256k1. `countersign/key/ec`.
 *
 * @module
 */
import { same } from '../bytes/equal.js';
import { choice, fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { EcdsaAlgorithm } from '../primitive/ecdsa.js';
import type { CurveName } from './container.js';
import { type KeyInput, readKey } from './content.js';
import { Key } from './handle.js';
import { ecThumbprint } from './thumbprint.js';

/** What a key is imported for. */
export interface EcKeyOptions<U> {
  readonly alg: EcdsaAlgorithm;
  readonly use: U;
  /** A name in place of the thumbprint of the public key. */
  readonly id?: string;
}

/** Imports a public key that verifies. */
export function importPublicKey(
  input: KeyInput,
  options: EcKeyOptions<'verify'>,
): Key<EcdsaAlgorithm, 'verify'> {
  const { alg, use, id } = checkOptions(options, 'verify');
  const { curve, point } = readKey(input, 'public', 'ec');
  checkCurve(alg, curve);
  const prepared = alg.publicKey(point);
  const material = { curve, point: new Uint8Array(point) };
  return new Key({
    alg,
    use,
    id: id ?? ecThumbprint(curve, point),
    relaxed: [],
    prepared,
    material,
  });
}

/** Imports a private key that signs. A public key that comes with it must be its own. */
export function importPrivateKey(
  input: KeyInput,
  options: EcKeyOptions<'sign'>,
): Key<EcdsaAlgorithm, 'sign'> {
  const { alg, use, id } = checkOptions(options, 'sign');
  const { curve, scalar, point: given } = readKey(input, 'private', 'ec');
  checkCurve(alg, curve);
  const prepared = alg.privateKey(scalar);
  const point = alg.publicOf(prepared);
  if (given !== undefined && !same(given, point)) {
    throw new CountersignError(
      'ERR_KEY',
      `${alg.name}: expected the public key of the private one`,
    );
  }
  const material = { curve, point, scalar: new Uint8Array(scalar) };
  return new Key({
    alg,
    use,
    id: id ?? ecThumbprint(curve, point),
    relaxed: [],
    prepared,
    material,
  });
}

function checkOptions<U extends string>(options: EcKeyOptions<U>, use: U): EcKeyOptions<U> {
  const { alg } = fields(options, 'options', '{ alg, use }');
  choice(fields(alg, 'options.alg', 'an ECDSA algorithm').kind, 'options.alg.kind', ['signature']);
  choice(options.use, 'options.use', [use]);
  return options;
}

/** The curve belongs to the algorithm: `ECDSA P-256 SHA-256`. */
function checkCurve(alg: EcdsaAlgorithm, curve: CurveName): void {
  if (alg.curve === curve) return;
  throw new CountersignError('ERR_KEY_CURVE', `${alg.name}: found a key on ${curve}`);
}
