/**
 * The proof that a message can be read in one way alone: two lists of slots never give the same
 * octets. Where it fails, a signature over one message is a signature over another.
 *
 * A piece of text is told from what follows by its length, or by the first character behind it, which
 * it may not hold; and from what stands before it in the same way, read backwards. One piece may be
 * any text: it is what is left between those that are told from the front and those from the end.
 *
 * @module
 */
import type { Piece } from './piece.js';

type Text = Piece & { readonly kind: 'text' };

/** Returns the name of the first piece whose end can't be told, if there is one. */
export function firstAmbiguity(pieces: readonly Piece[]): string | undefined {
  const joined = joinLiterals(pieces);
  const several = joined.find((piece) => piece.kind === 'ambiguous');
  if (several !== undefined) return several.name;
  const front = joined.findIndex((piece, i) => !isTold(piece, joined[i + 1], 0));
  const end = joined.findLastIndex((piece, i) => !isTold(piece, joined[i - 1], -1));
  if (front < 0 || end <= front) return undefined;
  return (joined[front] as Text).name;
}

/** Whether the piece ends where the one beside it begins: at its first character, or at its last. */
function isTold(piece: Piece, beside: Piece | undefined, at: 0 | -1): boolean {
  if (piece.kind !== 'text' || piece.length !== undefined) return true;
  // A length that stands before a text is found from the front alone,
  if (piece.hasLength === true && at === 0) return true;
  // and so is how many values it has, whose joiner is none of the characters that they may hold.
  if (piece.isCounted === true && at === -1) return false;
  if (beside?.kind === 'literal') return !piece.charset.has(beside.text.at(at) ?? '');
  return beside?.kind === 'text' && isApart(piece, beside);
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
function isApart(piece: Text, next: Text): boolean {
  if (next.length === undefined || next.length === 0) return false;
  for (let code = 0; code <= 0xffff; code++) {
    const character = String.fromCharCode(code);
    if (piece.charset.has(character) && next.charset.has(character)) return false;
  }
  return true;
}
