/**
 * The compact serialization, {@link https://www.rfc-editor.org/rfc/rfc7515#section-7.1 RFC 7515,
 * section 7.1}, taken apart: three parts in base64url with points between them.
 *
 * @module
 */
import { readBase64Url } from '../bytes/base64.js';
import { type Bytes, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { type Header, readProtected } from './header.js';
import { checkSize, MOST_OCTETS } from './input.js';

/** Where the first two parts of a token end. */
export interface Points {
  readonly header: number;
  readonly payload: number;
}

/** A token's parts in octets, for as long as they are lent. */
export interface Parts {
  /** Header, point and payload as they stand in the token: what is signed. */
  readonly input: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

// For one token at a time: a call takes it away and puts it back, so that one within it, by code of
// the caller's, finds none and makes its own. Arrays of each token's own take longer to be made than
// its tag takes to be computed.
let shared: Bytes | undefined;
let encoder: InstanceType<typeof TextEncoder> | undefined;

/** Finds the three parts of a token. Its size is the first thing that is looked at. */
export function split(token: string, maxBytes: number | undefined): Points {
  checkSize(text(token, 'token').length, maxBytes);
  const header = token.indexOf('.');
  const payload = token.indexOf('.', header + 1);
  if (header > 0 && payload > 0 && token.indexOf('.', payload + 1) < 0) return { header, payload };
  throw new CountersignError(
    'ERR_JOSE_FORM',
    'expected three parts with points between them, the first not empty',
  );
}

/** The header of a token of which nothing else is looked at. */
export function headerOfCompact(token: string, maxBytes: number | undefined): Header {
  return readProtected(token.slice(0, split(token, maxBytes).header));
}

/** Takes a token apart, whose header has been read, and lends its parts to `use` until it returns. */
export function openCompact<T>(token: string, points: Points, use: (parts: Parts) => T): T {
  if (token.length > MOST_OCTETS) return use(partsOf(token, points, roomFor(token.length)));
  const room = shared ?? roomFor(MOST_OCTETS);
  shared = undefined;
  try {
    return use(partsOf(token, points, room));
  } finally {
    shared = room;
  }
}

function partsOf(token: string, { header, payload }: Points, room: Bytes): Parts {
  const { length } = token;
  encoder ??= new TextEncoder();
  // The first octet of a character that is not ASCII stands where the character does, and is refused.
  encoder.encodeInto(token, room);
  const middle = readBase64Url(room, header + 1, payload, room, length);
  const end = readBase64Url(room, payload + 1, length, room, middle);
  return {
    input: room.subarray(0, payload),
    payload: room.subarray(length, middle),
    signature: room.subarray(middle, end),
  };
}

/** For a token, and behind it the octets of two of its parts. */
function roomFor(length: number): Bytes {
  return new Uint8Array(2 * length);
}
