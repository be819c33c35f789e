/**
 * Where a secret may stand in a text that a plain hash is made of.
 *
 * Who has the hash of SECRET and a text can compute that of SECRET, the text, its padding and whatever
 * they like, by MD5, SHA-1 and SHA-2 alike. So a text does not begin with the secret, unless it ends
 * with a constant and none of it may hold a padding: 0x80 is in every one.
 *
 * @module
 */
import type { VerifyingAlgorithm } from '../key/use.js';
import { type MessagePart, piecesOf } from './part.js';
import type { Build } from './source.js';

const PADDING = '\x80';
/** SHA-3 can't be continued: what is known of it is not the whole of its state. */
const NOT_CONTINUED = /^SHA3-/;

/** Refuses a message of a plain hash whose secret is nowhere, twice, or in a place that is no good. */
export function checkSecret(
  parts: readonly MessagePart[],
  algs: readonly VerifyingAlgorithm[],
  build: Build,
): void {
  const hashes = algs.flatMap((alg) => ('secretHash' in alg ? [alg.secretHash as string] : []));
  if (hashes.length === 0) return;
  if (hashes.length < algs.length) {
    throw refusal('algs: expected hashes of a text with its secret alone, or none');
  }
  const secrets = parts.filter(isSecret);
  if (secrets.length !== 1) {
    throw refusal('message: expected the secret in it once, since its hash has no key');
  }
  const [first] = parts;
  if (first === undefined || !isSecret(first)) return;
  if (hashes.every((name) => NOT_CONTINUED.test(name))) return;
  const isBound =
    typeof parts.at(-1) === 'string' &&
    piecesOf(parts, build).every(
      (piece) => piece.kind === 'literal' || (piece.kind === 'text' && !piece.charset.has(PADDING)),
    );
  if (isBound) return;
  throw refusal('message: expected the secret not to be first, since such a hash can be continued');
}

function isSecret(part: MessagePart): boolean {
  return typeof part !== 'string' && part.isSecret === true;
}

function refusal(expected: string): TypeError {
  return new TypeError(`description: ${expected}`);
}
