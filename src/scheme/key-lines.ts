/**
 * Names and values on lines of their own: `Message\n…\nMessageId\n…\n`. Names are those of the scheme, in
 * its order, and a slot that is missing may be left out with its name.
 *
 * @module
 */
import { anyText } from './charset.js';
import type { Call, Chunk } from './message.js';
import { checkLiteral, octetsOf, type Part, type Piece } from './part.js';
import type { Build } from './source.js';

/** One value and the name above it. */
export interface KeyLine<Slot extends string = string> {
  readonly key: string;
  readonly slot: Slot;
  /** Left out together where the slot is missing. */
  readonly ifPresent?: true | undefined;
}

/** What such lines cover. */
export type KeyLinesCovers<L extends readonly KeyLine[]> = {
  readonly [Line in L[number] as Line['slot']]: Line extends { readonly ifPresent: true }
    ? 'optional'
    : 'whole';
};

/** Names and values, each with a line feed behind it. */
export function keyLines<const L extends readonly KeyLine[]>(
  lines: L,
): Part<KeyLinesCovers<L>, L[number]['slot']> {
  for (const { key } of lines) checkLiteral(key, 'lines');
  const covers = Object.fromEntries(
    lines.map(({ slot, ifPresent }) => [slot, ifPresent === true ? 'optional' : 'whole']),
  );
  return Object.freeze({
    kind: 'part',
    covers: covers as KeyLinesCovers<L>,
    uses: lines.map(({ slot }) => slot),
    text: lines
      .map(({ key, slot, ifPresent }) => {
        const text = `${key}\n{${slot}}\n`;
        return ifPresent === true ? `[${text}]` : text;
      })
      .join(''),
    emit(build: Build) {
      const reads = lines.map((line) => {
        checkMissing(line, build);
        return [`${line.key}\n`, build.slot(line.slot)] as const;
      });
      return (call: Call, out: Chunk[]) => {
        for (const [key, read] of reads) {
          const value = read(call);
          if (value !== undefined) out.push(key, octetsOf(value), '\n');
        }
      };
    },
    pieces(build: Build): readonly Piece[] {
      const unclear = firstUnclear(lines, build);
      return [
        unclear === undefined
          ? { kind: 'text', name: lines[0]?.slot ?? '', charset: anyText }
          : { kind: 'ambiguous', name: unclear },
      ];
    },
  });
}

/** The proof of one reading looks at what the line says, and what is signed at what the slot is. */
function checkMissing({ slot, ifPresent }: KeyLine, build: Build): void {
  if ((ifPresent === true) === build.mayBeMissing(slot)) return;
  throw new TypeError(
    `lines: expected ifPresent with ${slot} where it is optional, and only there`,
  );
}

/**
 * Lines are read in twos, and each name says which value stands below it. One value may have line feeds
 * in it, the first: it is what is left above the second name, which has to be there, read from the end.
 */
function firstUnclear(lines: readonly KeyLine[], build: Build): string | undefined {
  const keys = lines.map(({ key }) => key);
  const twice = lines.find(({ key }, i) => key.includes('\n') || keys.indexOf(key) !== i);
  if (twice !== undefined) return twice.slot;
  const open = lines.filter(({ slot }) => build.charsetOf(slot).has('\n'));
  const isTold = open.every((line) => line === lines[0]) && lines[1]?.ifPresent !== true;
  return open.length === 0 || isTold ? undefined : open.at(-1)?.slot;
}
