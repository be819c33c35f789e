/**
 * Half of a key pair parsed by its algorithm value, from what a container, a generator or another thread gave.
 *
 * @module
 */
import type { RsaRelaxation } from '../primitive/rsa-policy.js';
import type { KeyContent } from './container.js';
import type { AlgorithmName } from './handle.js';

/** The functions that algorithm values parse keys with; each has those that it needs. */
interface Parsing {
  publicKey(key: unknown, relax: readonly RsaRelaxation[]): object;
  privateKey(key: unknown): object;
}

/** Parses a key, which belongs to the family of `alg`. */
export function prepare(
  alg: AlgorithmName,
  content: KeyContent,
  relax: readonly RsaRelaxation[],
): object {
  const parsing = alg as unknown as Parsing;
  const isPublic = content.kind === 'public';
  if (content.family === 'rsa') {
    return isPublic ? parsing.publicKey(content.parts, relax) : parsing.privateKey(content.parts);
  }
  if (content.kind === 'public') {
    return parsing.publicKey(content.family === 'ec' ? content.point : content.octets, []);
  }
  return parsing.privateKey(content.family === 'ec' ? content.scalar : content.octets);
}
