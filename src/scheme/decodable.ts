/**
 * The proof that a message can be read in one way alone: two lists of slots never give the same
 * octets. Where it fails, a signature over one message is a signature over another.
 *
 * A piece of text is told from what follows by being the last one, by its length, or by the first
 * character behind it, which it may not hold.
 *
 * @module
 */
import type { Piece } from './part.js';

/** Returns the name of the first piece whose end can't be told, if there is one. */
export function firstAmbiguity(pieces: readonly Piece[]): string | undefined {
  const joined = joinLiterals(pieces);
  const several = joined.find((piece) => piece.kind === 'ambiguous');
  if (several !== undefined) return several.name;
  // The literal text at the end says where the last text ends.
  const last = joined.findLastIndex(({ kind }) => kind === 'text');
  for (const [i, piece] of joined.entries()) {
    if (piece.kind !== 'text' || i === last || piece.length !== undefined) continue;
    const next = joined[i + 1];
    const isTold =
      next?.kind === 'literal'
        ? !piece.charset.has(next.text.charAt(0))
        : next?.kind === 'text' && isApart(piece, next);
    if (!isTold) return piece.name;
  }
  return undefined;
}

function joinLiterals(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    if (piece.kind !== 'literal') joined.push(piece);
    else if (before?.kind === 'literal') {
      joined[joined.length - 1] = { kind: 'literal', text: before.text + piece.text };
    } else if (piece.text !== '') joined.push(piece);
  }
  return joined;
}

/** Whether no character of one may stand in the other, which then has to be of some length. */
function isApart(piece: Piece & { kind: 'text' }, next: Piece & { kind: 'text' }): boolean {
  if (next.length === undefined || next.length === 0) return false;
  for (let code = 0; code <= 0xff; code++) {
    const character = String.fromCharCode(code);
    if (piece.charset.has(character) && next.charset.has(character)) return false;
  }
  return true;
}
