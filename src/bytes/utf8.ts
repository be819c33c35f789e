/**
 * UTF-8, {@link https://www.rfc-editor.org/rfc/rfc3629 RFC 3629}, without repair: what does not
 * encode or decode exactly is refused, since a replacement character would be signed or trusted
 * in place of what was sent. A byte order mark is kept as U+FEFF, never dropped.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { type Bytes, octets, text as textOf } from './octets.js';

const LONE_SURROGATE = /\p{Surrogate}/u;
let encoder: InstanceType<typeof TextEncoder> | undefined;
let decoder: InstanceType<typeof TextDecoder> | undefined;

/** Encodes text; half of a surrogate pair is `ERR_UTF8`. */
export function encodeUtf8(text: string): Bytes {
  if (LONE_SURROGATE.test(textOf(text, 'text'))) {
    throw new CountersignError('ERR_UTF8', 'expected text, found half of a surrogate pair');
  }
  return utf8Of(text);
}

/** The same for text that is known to have no half of a surrogate pair. */
export function utf8Of(text: string): Bytes {
  encoder ??= new TextEncoder();
  return encoder.encode(text);
}

/** Decodes octets; anything but well-formed UTF-8 is `ERR_UTF8`. */
export function decodeUtf8(value: Uint8Array): string {
  value = octets(value, 'value');
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(value);
  } catch {
    throw new CountersignError('ERR_UTF8', `expected UTF-8 in ${value.length} octets`);
  }
}
