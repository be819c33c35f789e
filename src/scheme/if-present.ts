/**
 * Parts that are left out together where a slot is missing.
 *
 * @module
 */
import { anyText } from './charset.js';
import { firstAmbiguity } from './decodable.js';
import type { Call, Chunk } from './message.js';
import {
  type Covers,
  coversOf,
  emitAll,
  type MessagePart,
  type Part,
  type Piece,
  piecesOf,
  textOf,
} from './part.js';
import type { Build } from './source.js';

/** Parts that are signed where a slot is there, and where it isn't are left out together. */
export function ifPresent<const Name extends string>(
  name: Name,
  parts: readonly MessagePart<Covers, Name>[],
): Part<{ readonly [N in Name]: 'optional' }, Name> {
  if (coversOf(parts)[name] !== 'whole') {
    throw new TypeError(
      `parts: expected ${name} in them, whole; that it is there binds nothing of it`,
    );
  }
  return Object.freeze({
    kind: 'part',
    covers: { [name]: 'optional' } as { readonly [N in Name]: 'optional' },
    uses: [name],
    inner: parts,
    text: `[${textOf(parts)}]`,
    emit(build: Build) {
      const [read, emit] = [build.slot(name), emitAll(parts, build)];
      return (call: Call, out: Chunk[]) => {
        if (read(call) !== undefined) emit(call, out);
      };
    },
    // Whether it is there has to be seen from the text as well: what is left out is a piece of any text.
    pieces(build: Build): readonly Piece[] {
      const unclear = firstAmbiguity(piecesOf(parts, build));
      if (unclear !== undefined) return [{ kind: 'ambiguous', name: unclear }];
      return [{ kind: 'text', name, charset: anyText }];
    },
  });
}
