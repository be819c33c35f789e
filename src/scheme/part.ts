/**
 * What a signed message is made of: literal text, slots as they were received, the body. Further parts
 * are in the other files of this folder; each says what it covers and what it may hold.
 *
 * @module
 */
import { encodeUtf8 } from '../bytes/utf8.js';
import type { FormPair } from '../canonical/form-pair.js';
import { anyText } from './charset.js';
import { firstAmbiguity } from './decodable.js';
import type { Call, Chunk } from './message.js';
import type { Piece } from './piece.js';
import type { Build, Read } from './source.js';

export type { Piece };

/**
 * How much of a named value a signature binds. `whole`: each octet, by itself or by a digest that
 * resists an attacker. `optional`: the same, if it is there. `checksum`: something computed of it,
 * which other values have too. `pairs`: each name and value of a list, but not their order.
 */
export type How = 'whole' | 'optional' | 'checksum' | 'pairs';

/** What a signature binds, by name: slots, and `body`. */
export type Covers = Readonly<Record<string, How>>;

/** Adds what it stands for to the message that is signed. */
export type Emit = (call: Call, out: Chunk[]) => void;

/** A part of a message. */
export interface Part<C extends Covers = Covers, Uses extends string = string> {
  readonly kind: 'part';
  readonly covers: C;
  /** The slots that it reads. */
  readonly uses: readonly Uses[];
  /** Slots that have to be signed by another part, for this one to cover what it says. */
  readonly restsOn?: readonly Uses[] | undefined;
  /** Of a part that signs a slot in another spelling, that spelling. */
  readonly spelled?: ((build: Build) => Read<string>) | undefined;
  /** The spelling that it reads such a slot in, where that is not the slot's own. */
  readonly within?: Part | undefined;
  /** For people, with `{name}` for a slot. */
  readonly text: string;
  emit(build: Build): Emit;
  pieces(build: Build): readonly Piece[];
  /** The slot whose text says what else is signed, and so is read before anything is compared. */
  readonly list?: Uses | undefined;
  /** The parts that it is made of, if there are any. */
  readonly inner?: readonly MessagePart[] | undefined;
  /** Whether it is the secret itself. */
  readonly isSecret?: boolean | undefined;
  /** Of a part that covers a list by its pairs, what it covers of it. */
  readonly pairs?: ((build: Build) => Read<readonly FormPair[]>) | undefined;
}

/** A part, or literal text in printable ASCII and line ends. */
export type MessagePart<C extends Covers = Covers, Uses extends string = string> =
  string | Part<C, Uses>;

type Covered<P> = P extends { readonly covers: infer C extends Covers } ? C : never;
type NameIn<U> = U extends unknown ? keyof U : never;
type HowIn<U, Name extends PropertyKey> =
  U extends Readonly<Record<Name, infer H extends How>> ? H : never;

/** What a list of parts covers. */
export type CoversOf<M extends readonly unknown[]> = {
  readonly [Name in NameIn<Covered<M[number]>>]: HowIn<Covered<M[number]>, Name>;
};

/** The octets of the body as they arrived. */
export const body: Part<{ readonly body: 'whole' }, never> = /* @__PURE__ */ Object.freeze<
  Part<{ readonly body: 'whole' }, never>
>({
  kind: 'part',
  covers: { body: 'whole' },
  uses: [],
  text: '{body}',
  emit: () => (call: Call, out: Chunk[]) => {
    out.push(call.body);
  },
  pieces: () => [{ kind: 'text', name: 'body', charset: anyText }] as const,
});

/** The text of a slot as it was received, never read and written again. */
export function slot<const Name extends string>(
  name: Name,
): Part<{ readonly [N in Name]: 'whole' }, Name> {
  return Object.freeze({
    kind: 'part',
    covers: { [name]: 'whole' } as { readonly [N in Name]: 'whole' },
    uses: [name],
    text: `{${name}}`,
    emit(build: Build) {
      const read = build.slot(name);
      return (call: Call, out: Chunk[]) => {
        out.push(octetsOf(read(call) ?? ''));
      };
    },
    pieces: (build: Build) => [{ kind: 'text', name, charset: build.charsetOf(name) }] as const,
  });
}

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

/** What parts cover. */
export function coversOf(parts: readonly MessagePart[]): Covers {
  const covers = parts.map((part) => (typeof part === 'string' ? {} : part.covers));
  return Object.assign({}, ...covers) as Covers;
}

/** Parts as a person reads them. */
export function textOf(parts: readonly MessagePart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/** Compiles parts one after another. */
export function emitAll(parts: readonly MessagePart[], build: Build): Emit {
  const emits = parts.map((part): Emit => {
    if (typeof part !== 'string') return part.emit(build);
    return (_call, out) => {
      out.push(part);
    };
  });
  return (call, out) => {
    for (const emit of emits) emit(call, out);
  };
}

/** The pieces of parts one after another. */
export function piecesOf(parts: readonly MessagePart[], build: Build): readonly Piece[] {
  return parts.flatMap((part): readonly Piece[] =>
    typeof part === 'string' ? [{ kind: 'literal', text: part }] : part.pieces(build),
  );
}

/**
 * Refuses literal text that is not printable ASCII and line ends: a character would be several octets,
 * and the proof of one reading looks at characters.
 */
export function checkLiteral(text: string, name: string): void {
  if (/^[\x20-\x7e\r\n\t]*$/.test(text)) return;
  throw new TypeError(`${name}: expected literals in printable ASCII, tabs and line ends`);
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** Text that may be any: its characters are octets of it only where all are ASCII. */
export function octetsOf(value: string): Chunk {
  return BEYOND_ASCII.test(value) ? encodeUtf8(value) : value;
}
