/**
 * PEM, {@link https://www.rfc-editor.org/rfc/rfc7468 RFC 7468}: exactly one block and nothing
 * else. White space between the boundaries may stand anywhere, as section 2 allows; text outside
 * them, a second block, headers and unequal labels are refused, since a reader that skips them may
 * take another key than the one that a person sees.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { type Bytes, octets, text as textOf } from './octets.js';

/** A block: the words of its boundaries and the octets between them. */
export interface PemBlock {
  readonly label: string;
  readonly content: Bytes;
}

const BLOCK =
  /^[ \t\r\n]*-----BEGIN ([A-Z0-9]+(?:[ -][A-Z0-9]+)*)-----([A-Za-z0-9+/= \t\r\n\v\f]*)-----END ([A-Z0-9 -]+)-----[ \t\r\n]*$/;
const LABEL = /^[A-Z0-9]+(?:[ -][A-Z0-9]+)*$/;
/** More than any key or certificate takes; what is longer is no key, and costs a scan. */
const LONGEST = 1 << 20;

/** Reads text that is one block, else throws `ERR_PEM`. */
export function decodePem(text: string): PemBlock {
  if (textOf(text, 'text').length > LONGEST) {
    throw new CountersignError('ERR_PEM', `expected at most ${LONGEST} characters`);
  }
  const [, label, body, end] = BLOCK.exec(text) ?? [];
  if (label === undefined || body === undefined) {
    throw new CountersignError('ERR_PEM', 'expected one block from BEGIN to END and nothing else');
  }
  if (end !== label) {
    throw new CountersignError('ERR_PEM', 'expected the same label at BEGIN and END');
  }
  try {
    return { label, content: decodeBase64(body.replaceAll(/\s+/g, '')) };
  } catch {
    throw new CountersignError('ERR_PEM', 'expected Base64 between BEGIN and END');
  }
}

/** Writes a block in lines of 64 characters. */
export function encodePem(label: string, content: Uint8Array): string {
  if (!LABEL.test(textOf(label, 'label'))) {
    throw new TypeError('label: expected words of capital letters and digits');
  }
  const lines = encodeBase64(octets(content, 'content')).match(/.{1,64}/g) ?? [];
  const block = [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
  if (block.length <= LONGEST) return block;
  throw new CountersignError('ERR_LENGTH', `expected a block of at most ${LONGEST} characters`);
}
