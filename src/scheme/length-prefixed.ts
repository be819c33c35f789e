/**
 * Parts with their length before them, in octets. Whatever they hold, their end is told.
 *
 * @module
 */
import { choice } from '../bytes/octets.js';
import { anyText } from './charset.js';
import { firstAmbiguity } from './decodable.js';
import type { UsesOf } from './digest-of.js';
import type { Call, Chunk } from './message.js';
import { type Covers, type CoversOf, emitAll, type MessagePart } from './part.js';
import { type Part, type Piece, piecesOf, textOf } from './part.js';
import type { Build } from './source.js';
import { joinChunks } from './verify.js';

/** Four octets, the least significant first or last. */
export type LengthForm = 'u32le' | 'u32be';

/** Writes the length of parts, and then the parts. */
export function lengthPrefixed<const M extends readonly MessagePart[]>(
  form: LengthForm,
  parts: M,
): Part<CoversOf<M>, UsesOf<M>> {
  choice(form, 'form', ['u32le', 'u32be']);
  const named = parts.filter((part) => typeof part !== 'string');
  const name = textOf(parts);
  return Object.freeze({
    kind: 'part',
    covers: Object.assign({}, ...named.map(({ covers }) => covers)) as Covers as CoversOf<M>,
    uses: named.flatMap(({ uses }) => uses) as UsesOf<M>[],
    inner: parts,
    text: `${form}(${name})`,
    emit(build: Build) {
      const emit = emitAll(parts, build);
      return (call: Call, out: Chunk[]) => {
        const chunks: Chunk[] = [];
        emit(call, chunks);
        const octets = joinChunks(chunks);
        const length = new Uint8Array(4);
        new DataView(length.buffer).setUint32(0, octets.length, form === 'u32le');
        out.push(length, octets);
      };
    },
    pieces(build: Build): readonly Piece[] {
      const unclear = firstAmbiguity(piecesOf(parts, build));
      if (unclear !== undefined) return [{ kind: 'ambiguous', name: unclear }];
      return [{ kind: 'text', name, charset: anyText, hasLength: true }];
    },
  });
}
