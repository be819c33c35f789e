/**
 * The part of DER ({@link https://www.itu.int/rec/T-REC-X.690 ITU-T X.690}) that keys, certificates
 * and ECDSA signatures are made of, read and written. The reader takes one encoding of every value
 * and refuses the rest of BER: indefinite and over-long lengths, padded integers, constructed
 * strings, spare bits, trailing octets.
 *
 * What depends on a value's type is left to whoever knows it: defaults left out (section 11.5), the
 * order of a SET OF (11.6), named bits (11.2.2), and how times are written (11.7 and 11.8).
 *
 * Reading is lazy: `readDer` takes one value, `derChildren` splits a constructed one. Nothing
 * recurses, so nesting can't exhaust the stack.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { concat, join } from './concat.js';
import { type Bytes, fields, integer, octets, text } from './octets.js';

/** One value: its identifier octet, its content, and its whole encoding. All are views. */
export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly encoding: Uint8Array;
}

/** The universal types that have a name here. */
export type DerTagName =
  | 'boolean'
  | 'integer'
  | 'bitString'
  | 'octetString'
  | 'null'
  | 'objectIdentifier'
  | 'utf8String'
  | 'printableString'
  | 'ia5String'
  | 'utcTime'
  | 'generalizedTime'
  | 'sequence'
  | 'set';

/** Identifier octets, X.680 section 8.6 in the encoding of X.690 section 8.1.2. */
export const DER_TAG: Readonly<Record<DerTagName, number>> = /* @__PURE__ */ Object.freeze({
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
});

/** Far more than a key or certificate has in one place; each costs 200 octets of memory. */
const MOST_CHILDREN = 4096;
/** Far more than any registered algorithm or name has. */
const LONGEST_OID = 128;
const CONSTRUCTED = 0x20;
const UNIVERSAL_SEQUENCE = 0x10;
const UNIVERSAL_SET = 0x11;

/** Reads octets that are exactly one value, of the identifier octet expected. */
export function readDer(value: Uint8Array, tag: number): DerValue {
  integer(tag, 'tag', 0, 0xff);
  const { buffer, byteOffset, byteLength } = octets(value, 'value');
  // A view under the plain prototype: the parts of a Buffer would be Buffers.
  const read = readAt(new Uint8Array(buffer, byteOffset, byteLength), 0);
  if (read.encoding.length !== value.length) {
    throw derError(
      `expected one value, found ${value.length - read.encoding.length} octets after it`,
    );
  }
  return expectTag(read, tag);
}

/** Splits a constructed value into the values that it holds. */
export function derChildren(value: DerValue): DerValue[] {
  octets(fields(value, 'value', 'a DER value').content, 'value.content');
  if ((value.tag & CONSTRUCTED) === 0) {
    throw derError(`expected a constructed value, found identifier ${value.tag}`);
  }
  const out: DerValue[] = [];
  for (let at = 0; at < value.content.length;) {
    const child = readAt(value.content, at);
    if (out.length === MOST_CHILDREN) throw derError(`expected at most ${MOST_CHILDREN} values`);
    out.push(child);
    at += child.encoding.length;
  }
  return out;
}

/** Returns `value` if it is there and has the identifier octet expected. */
export function expectTag(value: DerValue | undefined, tag: number): DerValue {
  if (value?.tag !== tag) {
    throw derError(`expected identifier ${tag}, found ${value?.tag ?? 'nothing'}`);
  }
  octets(value.content, 'value.content');
  return value;
}

/** BOOLEAN, X.690 sections 8.2 and 11.1: one octet, 00 or ff. */
export function derBoolean(value: DerValue): boolean {
  const { content } = expectTag(value, DER_TAG.boolean);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) {
    throw derError('expected a BOOLEAN of one octet, 00 or ff');
  }
  return content[0] === 0xff;
}

/**
 * INTEGER, X.690 section 8.3, as unsigned octets without leading zeros. A negative one and one
 * that is longer than it must be are refused.
 */
export function derUnsigned(value: DerValue): Uint8Array {
  const { content } = expectTag(value, DER_TAG.integer);
  const [first, second] = content;
  if (first === undefined) throw derError('expected an INTEGER, found no octets');
  if (first >= 0x80) throw derError('expected an INTEGER of 0 or more, found a negative one');
  if (first !== 0) return content;
  if (second !== undefined && second < 0x80) {
    throw derError('expected an INTEGER in the fewest octets, found a leading zero octet');
  }
  return content.subarray(1); // 0 itself has no octets
}

/** NULL, X.690 section 8.8: no content. */
export function derNull(value: DerValue): null {
  const { content } = expectTag(value, DER_TAG.null);
  if (content.length !== 0) throw derError(`expected NULL, found ${content.length} octets in it`);
  return null;
}

/** OCTET STRING, X.690 section 8.7, primitive as section 10.2 has it. */
export function derOctets(value: DerValue): Uint8Array {
  return expectTag(value, DER_TAG.octetString).content;
}

/** BIT STRING of whole octets, X.690 sections 8.6 and 11.2: no unused bits. */
export function derBitOctets(value: DerValue): Uint8Array {
  const { content } = expectTag(value, DER_TAG.bitString);
  if (content[0] !== 0) throw derError('expected a BIT STRING with no unused bits');
  return content.subarray(1);
}

/** OBJECT IDENTIFIER, X.690 section 8.19, in dotted decimal. */
export function derObjectIdentifier(value: DerValue): string {
  const { content } = expectTag(value, DER_TAG.objectIdentifier);
  if (content.length > LONGEST_OID)
    throw derError(`expected at most ${LONGEST_OID} octets of arcs`);
  const arcs: number[] = [];
  let arc = 0;
  let started = false;
  for (const octet of content) {
    if (!started && octet === 0x80) {
      throw derError('expected an arc in the fewest octets, found a leading zero');
    }
    // 2^53 is far above any assigned arc but those made from UUIDs, which have no place in keys.
    if (arc > 0x3f_ffff_ffff) throw derError('expected arcs below 2^45');
    arc = arc * 128 + (octet & 0x7f);
    started = octet >= 0x80;
    if (started) continue;
    if (arcs.length === 0) {
      const first = Math.min(Math.floor(arc / 40), 2);
      arcs.push(first);
      arc -= 40 * first;
    }
    arcs.push(arc);
    arc = 0;
  }
  if (started || arcs.length === 0) throw derError('expected whole arcs');
  return arcs.join('.');
}

/** Writes a value with its length in the fewest octets, X.690 section 10.1. */
export function derEncode(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  integer(tag, 'tag', 0, 0xff);
  const content = concat(...contents);
  const size = content.length;
  if (size < 0x80) return join(Uint8Array.of(tag, size), content);
  const count = size < 0x100 ? 1 : size < 0x1_0000 ? 2 : size < 0x100_0000 ? 3 : 4;
  const head = Uint8Array.of(tag, 0x80 | count, size >>> 24, size >>> 16, size >>> 8, size);
  head.copyWithin(2, 6 - count);
  return join(head.subarray(0, 2 + count), content);
}

/** Writes a SEQUENCE of values already encoded. */
export function derSequence(...values: readonly Uint8Array[]): Bytes {
  return derEncode(DER_TAG.sequence, ...values);
}

/** Writes unsigned octets, with or without leading zeros, as an INTEGER. */
export function derInteger(value: Uint8Array): Bytes {
  value = octets(value, 'value');
  let start = 0;
  while (value[start] === 0) start++;
  const digits = value.subarray(start);
  const signOctet = digits.length === 0 || (digits[0] ?? 0) >= 0x80 ? 1 : 0;
  return derEncode(DER_TAG.integer, new Uint8Array(signOctet), digits);
}

/** Writes an OBJECT IDENTIFIER given in dotted decimal. */
export function derObjectId(dotted: string): Bytes {
  if (!/^[0-2](\.(0|[1-9][0-9]{0,9}))+$/.test(text(dotted, 'dotted'))) {
    throw new TypeError('dotted: expected an object identifier in dotted decimal');
  }
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  if (first < 2 && second > 39) throw new TypeError('dotted: expected a second arc below 40');
  const out: number[] = [];
  for (const arc of [40 * first + second, ...rest]) {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      septets.unshift((left % 128) | 0x80);
    }
    out.push(...septets);
  }
  return derEncode(DER_TAG.objectIdentifier, Uint8Array.from(out));
}

/** Writes octets as a BIT STRING with no unused bits. */
export function derBitString(value: Uint8Array): Bytes {
  return derEncode(DER_TAG.bitString, Uint8Array.of(0), value);
}

/** Reads the value that starts at `at`, X.690 sections 8.1.2, 8.1.3 and 10.1. */
function readAt(data: Uint8Array, at: number): DerValue {
  const tag = data[at];
  const first = data[at + 1];
  if (tag === undefined || first === undefined) throw derError('expected a value, found its start');
  if (tag === 0) throw derError('expected a value, found the end-of-contents of BER');
  if ((tag & 0x1f) === 0x1f) throw derError('expected an identifier of one octet');
  const number = tag & 0x1f;
  const isUniversal = tag < 0x40;
  if (isUniversal) {
    const mustBeConstructed = number === UNIVERSAL_SEQUENCE || number === UNIVERSAL_SET;
    if (mustBeConstructed !== ((tag & CONSTRUCTED) !== 0)) {
      throw derError(
        `expected strings primitive and sequences constructed, found identifier ${tag}`,
      );
    }
  }
  let size = first;
  let start = at + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0) throw derError('expected a definite length');
    if (count > 4) throw derError('expected a length of at most 4 octets');
    size = 0;
    for (let i = 0; i < count; i++) size = size * 256 + (data[start + i] ?? 0);
    start += count;
    if (size < 0x80 || size < 256 ** (count - 1)) {
      throw derError('expected a length in the fewest octets');
    }
  }
  if (!(start + size <= data.length)) {
    throw derError(`expected ${size} octets of content, found ${Math.max(0, data.length - start)}`);
  }
  return {
    tag,
    content: data.subarray(start, start + size),
    encoding: data.subarray(at, start + size),
  };
}

function derError(message: string): CountersignError {
  return new CountersignError('ERR_DER', message);
}
