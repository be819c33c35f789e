/**
 * What keys do: the one caller of keyed primitives. `countersign/key/use`.
 *
 * @module
 */
import type { Bytes } from '../bytes/octets.js';
import type { EcdsaAlgorithm, EcdsaForm } from '../primitive/ecdsa.js';
import type { Ed25519Algorithm } from '../primitive/ed25519.js';
import type { MacAlgorithm } from '../primitive/hmac.js';
import type { RsaAlgorithm } from '../primitive/rsa.js';
import { contentsOf, type Key } from './handle.js';

/** The algorithms whose signatures have one form. */
export type PlainSignature = MacAlgorithm | Ed25519Algorithm | RsaAlgorithm;

/** Signs, or makes a tag. ECDSA alone is told the form. */
export function sign<A extends PlainSignature | EcdsaAlgorithm>(
  key: Key<A, 'sign'>,
  message: Uint8Array,
  ...form: A extends EcdsaAlgorithm ? [form: EcdsaForm] : []
): Bytes {
  const { alg, prepared } = contentsOf(key, 'sign');
  const secret = prepared as never;
  if (alg.kind === 'mac') return alg.tag(secret, message);
  return alg.sign(secret, message, ...(form as [never]));
}

/** Whether `signature` is one of `message`. ECDSA alone is told the form. */
export function verify<A extends PlainSignature | EcdsaAlgorithm>(
  key: Key<A, 'verify'>,
  message: Uint8Array,
  signature: Uint8Array,
  ...form: A extends EcdsaAlgorithm ? [form: EcdsaForm] : []
): boolean {
  const { alg, prepared } = contentsOf(key, 'verify');
  return alg.verify(prepared as never, message, signature, ...(form as [never]));
}
