/**
 * The five parts of a JWE, {@link https://www.rfc-editor.org/rfc/rfc7516#section-7.1 RFC 7516,
 * section 7.1}, taken apart and held against what the caller allows. All that is looked at here is
 * public: what fails here says so by its own code, and what fails later has one code for everything.
 *
 * @module
 */
import { decodeBase64Url } from '../bytes/base64.js';
import { type Bytes, text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { readJson } from '../canonical/json.js';
import { CountersignError } from '../errors.js';
import type { AeadAlgorithm } from '../key/use.js';
import { checkCritical, type Header, headerOf, readProtected, textOf } from './header.js';
import { contentName } from './jwe-names.js';

/** A JWE in its parts. */
export interface JweMessage {
  readonly header: Header;
  readonly alg: string;
  readonly enc: AeadAlgorithm;
  readonly encryptedKey: Bytes;
  readonly iv: Bytes;
  readonly ciphertext: Bytes;
  readonly tag: Bytes;
  /** The header as it stands in the message, which is what is authenticated. */
  readonly aad: Bytes;
}

/** What of a message is read. */
export interface Reading {
  /** What may have encrypted the content. */
  readonly encs: readonly AeadAlgorithm[];
  readonly maxBytes: number;
  readonly maxHeaderBytes: number;
  /** The extensions in `crit` that the caller honours. */
  readonly understood: readonly string[];
}

/**
 * Takes a compact serialization apart; its size is the first thing that is looked at. A header that
 * `hasOwnKey`, drawn for its message, comes once, and is not kept among those that come again.
 */
export function readJwe(
  token: string,
  { encs, maxBytes, maxHeaderBytes, understood }: Reading,
  hasOwnKey: boolean,
): JweMessage {
  checkLength(text(token, 'token').length, maxBytes);
  const [encoded = '', ...parts] = token.split('.', 6);
  if (encoded === '' || parts.length !== 4) {
    throw new CountersignError(
      'ERR_JOSE_FORM',
      'expected five parts with points between them, the first not empty',
    );
  }
  checkLength(encoded.length, maxHeaderBytes);
  const header = hasOwnKey ? readOnce(encoded) : readProtected(encoded, maxHeaderBytes);
  checkCritical(header, understood);
  const { alg, members } = header;
  if (alg === undefined) throw headerFault('alg');
  if (Object.hasOwn(members, 'zip')) {
    throw headerFault('no zip: it unpacks without bound, and its size tells of the content');
  }
  const enc = encOf(textOf(members, 'enc'), encs);
  const [encryptedKey, iv, ciphertext, tag] = parts.map((part) => decodeBase64Url(part)) as [
    Bytes,
    Bytes,
    Bytes,
    Bytes,
  ];
  return { header, alg, enc, encryptedKey, iv, ciphertext, tag, aad: encodeUtf8(encoded) };
}

/** A header that its standard does not allow, or that is not taken here. */
export function headerFault(expected: string): CountersignError {
  return new CountersignError('ERR_JOSE_HEADER', `header: expected ${expected}`);
}

function readOnce(encoded: string): Header {
  const octets = decodeBase64Url(encoded);
  return headerOf(readJson(octets, { maxBytes: octets.length }));
}

function encOf(name: string | undefined, encs: readonly AeadAlgorithm[]): AeadAlgorithm {
  if (name === undefined) throw headerFault('enc');
  const enc = encs.find((one) => contentName(one, 'options.enc') === name);
  if (enc !== undefined) return enc;
  throw new CountersignError(
    'ERR_JOSE_ALGORITHM',
    'header: expected enc to name one of the algorithms that the caller allows',
  );
}

function checkLength(length: number, most: number): void {
  if (length <= most) return;
  throw new CountersignError('ERR_LENGTH', `expected at most ${most} octets, found ${length}`);
}
