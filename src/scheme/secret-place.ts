/**
 * Where a secret may stand in a text that a plain hash is made of.
 *
 * Who has the hash of SECRET and a text can compute that of SECRET, the text, its padding and whatever
 * they like, by MD5, SHA-1 and SHA-2 alike; what stands before the secret changes nothing of it. So
 * nothing but constants stands behind the secret, unless the text ends with a constant and nothing
 * behind the secret may hold a padding: 0x80 is in every one.
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
  const behind = piecesOf(parts.slice(parts.findIndex(isSecret) + 1), build);
  if (behind.every(({ kind }) => kind === 'literal')) return;
  if (hashes.every((name) => NOT_CONTINUED.test(name))) return;
  const last = behind.findLast((piece) => piece.kind !== 'literal' || piece.text !== '');
  const isBound =
    last?.kind === 'literal' &&
    behind.every(
      (piece) => piece.kind === 'literal' || (piece.kind === 'text' && !piece.charset.has(PADDING)),
    );
  if (isBound) return;
  throw refusal('message: expected the secret at its end, since such a hash can be continued');
}

function isSecret(part: MessagePart): boolean {
  return typeof part !== 'string' && part.isSecret === true;
}

function refusal(expected: string): TypeError {
  return new TypeError(`description: ${expected}`);
}
