/**
 * Digests and checksums of parts as parts: what is signed is not the octets, but something computed of
 * them. A digest that nobody finds a second text for binds them as if they were signed themselves; a
 * checksum binds nothing, and what stands under it is never given out as verified.
 *
 * @module
 */
import { crc32 } from '../bytes/crc32.js';
import type { DigestAlgorithm } from '../primitive/digest.js';
import type { WeakDigestAlgorithm } from '../primitive/legacy/digest.js';
import { type Charset, digits, printable } from './charset.js';
import { firstAmbiguity } from './decodable.js';
import type { Encoding } from './encoding.js';
import type { Call, Chunk } from './message.js';
import {
  type Covers,
  type CoversOf,
  emitAll,
  type MessagePart,
  type Part,
  type Piece,
  piecesOf,
  textOf,
} from './part.js';
import type { Build } from './source.js';
import { joinChunks } from './verify.js';

export type { DigestAlgorithm, WeakDigestAlgorithm };

/** The slots that parts read. */
export type UsesOf<M extends readonly MessagePart[]> = M[number] extends infer P
  ? P extends Part<Covers, infer Uses>
    ? Uses
    : never
  : never;

/** What parts cover, by a checksum alone. */
export type ChecksumOf<M extends readonly MessagePart[]> = {
  readonly [Name in keyof CoversOf<M>]: 'checksum';
};

/** What a digest of parts covers. */
export type DigestCovers<D, M extends readonly MessagePart[]> = D extends DigestAlgorithm
  ? CoversOf<M>
  : ChecksumOf<M>;

/** Shorter ones have collisions that a determined attacker finds. */
const LEAST_DIGEST = 32;

/** The CRC-32 of parts in decimal, unsigned. It covers none of them but as a checksum. */
export function crc32Of<const M extends readonly MessagePart[]>(
  parts: M,
): Part<ChecksumOf<M>, UsesOf<M>> {
  const form = { how: 'checksum', charset: digits, length: () => undefined } as const;
  return computed(`crc32(${textOf(parts)})`, parts, form, (octets) => String(crc32(octets)));
}

/**
 * A digest of parts. It covers them by SHA-2 and SHA-3 of 256 bits or more, and by MD5 and SHA-1 as a
 * checksum alone.
 */
export function digestOf<
  D extends DigestAlgorithm | WeakDigestAlgorithm,
  const M extends readonly MessagePart[],
>(algorithm: D, encoding: Encoding, parts: M): Part<DigestCovers<D, M>, UsesOf<M>> {
  const { name, size, kind } = algorithm;
  if (kind === 'digest' && !(size >= LEAST_DIGEST)) {
    throw new TypeError(`algorithm: expected one of ${LEAST_DIGEST} octets or more, found ${name}`);
  }
  const form: Form = {
    how: kind === 'digest' ? undefined : 'checksum',
    charset: printable,
    length: () => lengthOf(encoding, size),
  };
  return computed(`${name}(${textOf(parts)})`, parts, form, (octets) => {
    const made = algorithm.digest(octets);
    return encoding.encode('octets' in made ? made.octets : made);
  });
}

/** How long such a text is; of Base64 with escapes each has another length. */
function lengthOf(encoding: Encoding, size: number): number | undefined {
  const length = (octet: number) => encoding.encode(new Uint8Array(size).fill(octet)).length;
  for (let octet = 1; octet <= 0xff; octet++) if (length(octet) !== length(0)) return undefined;
  return length(0);
}

/** What the text of a digest looks like, and what it does to what its parts cover. */
interface Form {
  readonly how: 'checksum' | undefined;
  readonly charset: Charset;
  readonly length: () => number | undefined;
}

function computed<C extends Covers, Uses extends string>(
  text: string,
  parts: readonly MessagePart[],
  { how, charset, length }: Form,
  compute: (octets: Uint8Array) => string,
): Part<C, Uses> {
  const named = parts.filter((part) => typeof part !== 'string');
  const covers = Object.assign({}, ...named.map((part) => part.covers)) as Record<string, string>;
  if (how !== undefined) for (const name of Object.keys(covers)) covers[name] = how;
  return Object.freeze({
    kind: 'part',
    covers: Object.freeze(covers) as C,
    uses: named.flatMap((part) => part.uses) as Uses[],
    inner: parts,
    text,
    emit(build: Build) {
      const emit = emitAll(parts, build);
      return (call: Call, out: Chunk[]) => {
        const chunks: Chunk[] = [];
        emit(call, chunks);
        out.push(compute(joinChunks(chunks)));
      };
    },
    pieces(build: Build): readonly Piece[] {
      const piece: Piece = { kind: 'text', name: text, charset, length: length() };
      // Two texts of one digest are one text: what is digested has to have one reading as well.
      const unclear = firstAmbiguity(piecesOf(parts, build));
      return [unclear === undefined ? piece : { kind: 'ambiguous', name: unclear }];
    },
  });
}
