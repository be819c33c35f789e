/**
 * Puts a value into a JSON text and leaves the rest of it as it is, octet for octet: what a sender
 * wrote as `1.10` stays that.
 *
 * @module
 */
import { joinAll } from '../bytes/concat.js';
import type { Bytes } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { readJson, type ReadJsonOptions } from './json-read.js';
import { item, member, pastValue, skipSpace } from './json-slice.js';

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Returns the text with `written`, which is JSON, at `path`: in the place of what stands there, or behind the last
 * member of its object. Objects that the path names and the text lacks are made; items of arrays are
 * not. Octets that are none are an empty object.
 */
export function insertMember(
  octets: Uint8Array,
  path: readonly (string | number)[],
  written: string,
  options?: ReadJsonOptions,
): Bytes {
  if (octets.length === 0) octets = encodeUtf8('{}');
  readJson(octets, options);
  readJson(encodeUtf8(written), options);
  let start = skipSpace(octets, 0);
  for (const [i, step] of path.entries()) {
    const found =
      typeof step === 'string' ? member(octets, start, step) : item(octets, start, step);
    if (found === undefined) return withMember(octets, start, path.slice(i), written);
    start = found;
  }
  return spliced(octets, start, pastValue(octets, start), written);
}

/** Behind the last member of the object that begins at `start`. */
function withMember(
  octets: Uint8Array,
  start: number,
  path: readonly (string | number)[],
  written: string,
): Bytes {
  if (octets[start] !== OPEN_OBJECT || !path.every((step) => typeof step === 'string')) {
    throw new TypeError(`body: expected a JSON object for ${path.join('.')}`);
  }
  const end = pastValue(octets, start) - 1;
  const isEmpty = octets[skipSpace(octets, start + 1)] === CLOSE_OBJECT;
  const text = path.reduceRight((inner, name, i) => {
    const named = `${JSON.stringify(name)}:${inner}`;
    return i === 0 ? named : `{${named}}`;
  }, written);
  return spliced(octets, end, end, isEmpty ? text : `,${text}`);
}

function spliced(octets: Uint8Array, from: number, to: number, text: string): Bytes {
  return joinAll([octets.subarray(0, from), encodeUtf8(text), octets.subarray(to)]);
}
