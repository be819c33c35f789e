/**
 * Lists of octet strings in one octet string, for the formats of this package: no two lists and no
 * two purposes have the same octets, whatever is in them. `countersign/canonical/tuple`.
 *
 * ```text
 * uint32  octets of the label          all integers big-endian
 *         label, ASCII                 what the list is for
 * uint32  number of parts
 * uint32  octets of the part  }
 *         part                } for each part
 * ```
 *
 * Every length stands before what it measures and nothing follows the last part, so a reader never
 * searches for an end, and a list is no other list's beginning.
 *
 * @module
 */
import { joinAll } from '../bytes/concat.js';
import { same } from '../bytes/equal.js';
import { decodeUint32, encodeUint32 } from '../bytes/integer.js';
import {
  type Bytes,
  integer,
  named,
  octets as octetsOf,
  text as textOf,
  typeName,
} from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';

export type { Bytes };

/** Printable ASCII, so that a label reads the same in a dump. */
const LABEL = /^[!-~]{1,255}$/;
const DEFAULT_BYTES = 1_048_576;
const DEFAULT_PARTS = 1000;

/** What the reader can be told. */
export interface DecodeTupleOptions {
  /** Octets in all; 1 MiB unless given. */
  readonly maxBytes?: number | undefined;
  /** Parts; 1,000 unless given. */
  readonly maxParts?: number | undefined;
}

/**
 * Writes a list for one purpose. The label, of 1 to 255 printable ASCII characters, is chosen once
 * for each purpose and never used for another: `countersign/receipt/v1`.
 */
export function encodeTuple(label: string, parts: readonly Uint8Array[]): Bytes {
  const name = labelOctets(label);
  if (!Array.isArray(parts)) {
    throw new TypeError(`parts: expected an array, found ${typeName(parts)}`);
  }
  // Read once: the number that is written is the number of parts that follow.
  const all = Array.from(parts, (part, i) => octetsOf(part, `parts[${i}]`));
  const pieces: Uint8Array[] = [encodeUint32(name.length), name, encodeUint32(all.length)];
  for (const part of all) pieces.push(encodeUint32(part.length), part);
  return joinAll(pieces);
}

/** Reads a list of this label: exactly what `encodeTuple` wrote, or `ERR_TUPLE`. */
export function decodeTuple(
  octets: Uint8Array,
  label: string,
  options: DecodeTupleOptions = {},
): Bytes[] {
  octets = octetsOf(octets, 'octets');
  const name = labelOctets(label);
  named(options, 'options', ['maxBytes', 'maxParts']);
  const maxBytes = integer(options.maxBytes ?? DEFAULT_BYTES, 'options.maxBytes', 0, 0xffff_ffff);
  const maxParts = integer(options.maxParts ?? DEFAULT_PARTS, 'options.maxParts', 0, 0xffff_ffff);
  if (!(octets.length <= maxBytes)) {
    throw refusal(`at most ${maxBytes} octets, found ${octets.length}`);
  }
  const found = takePart(octets, 0);
  if (!same(found, name)) throw new CountersignError('ERR_TUPLE_LABEL', 'expected another label');
  let at = 4 + name.length;
  const count = takeUint32(octets, at);
  if (!(count <= maxParts)) throw refusal(`at most ${maxParts} parts, found ${count}`);
  at += 4;
  const parts: Bytes[] = [];
  while (parts.length < count) {
    const part = takePart(octets, at);
    parts.push(part);
    at += 4 + part.length;
  }
  if (at !== octets.length) throw refusal(`nothing after octet ${at}`);
  return parts;
}

function labelOctets(label: string): Bytes {
  if (LABEL.test(textOf(label, 'label'))) return encodeUtf8(label);
  throw new TypeError('label: expected 1 to 255 printable ASCII characters');
}

function takePart(octets: Uint8Array, at: number): Bytes {
  const start = at + 4;
  const length = takeUint32(octets, at);
  if (!(length <= octets.length - start)) {
    throw refusal(`${length} octets at ${start} of ${octets.length}`);
  }
  return octets.slice(start, start + length);
}

function takeUint32(octets: Uint8Array, at: number): number {
  if (at + 4 <= octets.length) return decodeUint32(octets, at);
  throw refusal(`a length at ${at} of ${octets.length}`);
}

function refusal(expected: string): CountersignError {
  return new CountersignError('ERR_TUPLE', `expected ${expected}`);
}
