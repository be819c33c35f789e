/**
 * A key parsed by its algorithm value, from what a container, a generator or another thread gave.
 *
 * @module
 */
import type { RsaRelaxation } from '../primitive/rsa-policy.js';
import type { KeyContent } from './container.js';
import type { AlgorithmName } from './handle.js';

/** The functions that algorithm values parse keys with; each has those that it needs. */
interface Parsing {
  key(secret: Uint8Array): object;
  publicKey(key: unknown, relax: readonly RsaRelaxation[]): object;
  privateKey(key: unknown): object;
}

/** Anything that a handle can be made of. */
export type Parsable = KeyContent | { readonly kind: 'secret'; readonly octets: Uint8Array };

/** Parses a key, which belongs to the family of `alg`. */
export function prepare(
  alg: AlgorithmName,
  content: Parsable,
  relax: readonly RsaRelaxation[],
): object {
  const parsing = alg as unknown as Parsing;
  if (content.kind === 'secret') return parsing.key(content.octets);
  const isPublic = content.kind === 'public';
  if (content.family === 'rsa') {
    return isPublic ? parsing.publicKey(content.parts, relax) : parsing.privateKey(content.parts);
  }
  if (content.kind === 'public') {
    return parsing.publicKey(content.family === 'ec' ? content.point : content.octets, []);
  }
  return parsing.privateKey(content.family === 'ec' ? content.scalar : content.octets);
}
