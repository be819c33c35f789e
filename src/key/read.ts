/**
 * The texts that keys come in. PEM survives what environments, editors and consoles do to it: one
 * line, literal `\n`, CRLF, indentation, quotes, a byte order mark, what OpenSSL prints around it.
 * Everything else is refused, and what is no key at all is refused by its name.
 *
 * Text is a text format and octets are DER; nothing is tried twice in two ways.
 *
 * @module
 */
import { decodeBase64 } from '../bytes/base64.js';
import { derChildren, DER_TAG, readDer } from '../bytes/der.js';
import { same } from '../bytes/equal.js';
import { octets } from '../bytes/octets.js';
import { decodePem, type PemBlock } from '../bytes/pem.js';
import { CountersignError } from '../errors.js';
import { onlyParameters } from './container.js';

/** More than any key or certificate takes. */
const LONGEST = 1 << 17;
const SSH =
  /^(?:ssh-|ecdsa-sha2-|sk-ssh-|PuTTY-User-Key-File)|-----BEGIN OPENSSH PRIVATE KEY-----|---- BEGIN SSH2 /;
const LEGACY_ENCRYPTION = /Proc-Type: *4 *, *ENCRYPTED/;
/** The labels of RFC 7468, and OpenSSL's, one of which has a dot. */
const BLOCKS = /-----BEGIN ([A-Z0-9]+(?:[ .-][A-Za-z0-9]+){0,7})-----[^-]*-----END \1-----/g;
const DASH = 0x2d;
/** Five dashes, as secret stores hold files. */
const BASE64_OF_DASHES = 'LS0tLS';

/** The DER of a text or of octets. */
export function readDerOf(
  input: string | Uint8Array,
  what: string,
  kind: 'public' | 'private',
): Uint8Array {
  if (typeof input !== 'string') {
    const der = octets(input, what);
    if (der.length > LONGEST) throw form(`${what}: expected at most ${LONGEST} octets`);
    if (der[0] !== DASH || der[1] !== DASH) return der;
    throw form(`${what}: expected DER, found the octets of PEM; pass it as text`);
  }
  if (input.length > LONGEST) throw form(`${what}: expected at most ${LONGEST} characters`);
  const text = unwrapped(input);
  if (text === '') {
    throw new CountersignError('ERR_KEY_EMPTY', `${what}: expected a key, found no text`);
  }
  if (SSH.test(text)) {
    throw new CountersignError(
      'ERR_KEY_SSH',
      `${what}: expected a key, found one in the format of OpenSSH or another SSH program; convert RSA and ECDSA with: ssh-keygen -p -m PKCS8 -f COPY, or -e -m PKCS8 for a public key`,
    );
  }
  if (LEGACY_ENCRYPTION.test(text)) {
    throw new CountersignError(
      'ERR_KEY_ENCRYPTED',
      `found an encrypted private key, where a ${kind} key is needed; open it with: openssl pkey -in FILE -out key.pem`,
    );
  }
  if (text.includes('-----')) return readPem(text, what, kind);
  // DER of a key is a SEQUENCE, whose first octet, 30, makes this letter; 06 of a curve alone makes
  // a B. JSON and hexadecimal begin otherwise, and the latter would pass for Base64.
  if (text.startsWith(BASE64_OF_DASHES)) {
    throw form(`${what}: expected PEM, found Base64 of PEM; decode it once`);
  }
  if (!/^[MB]/.test(text)) {
    throw form(
      `${what}: expected PEM, or Base64 of DER, found other text; a JWK is passed parsed, and hexadecimal decoded`,
    );
  }
  return decodeBase64(text.replaceAll(/[ \t\r\n]+/g, ''));
}

/**
 * A text without what surrounds it in environments: a byte order mark, white space, one pair of
 * quotes, and line ends that are still the letters of an escape. Neither quotes nor backslashes are
 * characters of PEM or Base64, so this changes nothing that was sound.
 */
function unwrapped(input: string): string {
  const text = input.replace(/^\u{feff}/u, '').trim();
  const [, , inside = text] = /^(["'])([^]*)\1$/.exec(text) ?? [];
  return unescaped(inside).trim();
}

/**
 * Line ends that are still letters, escaped once or twice. The number is bounded: a pattern without
 * a bound starts anew at each of a million backslashes.
 */
export function unescaped(text: string): string {
  return text.replaceAll(/\\{1,4}r/g, '').replaceAll(/\\{1,4}n/g, '\n');
}

/**
 * The one block of a text. What stands outside it is what OpenSSL prints there for people (RFC
 * 7468, section 2, has it ignored); a second block is refused, since nothing says which of the two
 * is meant. The exception is the curve that OpenSSL writes before an EC key, which must be the
 * key's own.
 */
function readPem(text: string, what: string, kind: 'public' | 'private'): Uint8Array {
  const blocks = text.match(BLOCKS) ?? [];
  // What is not wholly a block may hide one.
  const around = text.replaceAll(BLOCKS, '');
  if (/-{4}|[\u2012-\u2015]{2}|BEGIN/.test(around)) {
    throw new CountersignError('ERR_PEM', `${what}: expected a whole PEM block`);
  }
  const [first, second] = blocks.slice(0, 2).map(blockOf);
  if (first === undefined) throw form(what);
  if (second !== undefined) {
    const isCurveAndKey = first.label === 'EC PARAMETERS' && second.label === 'EC PRIVATE KEY';
    if (blocks.length > 2 || !isCurveAndKey) {
      throw new CountersignError(
        'ERR_KEY_SEVERAL',
        `${what}: expected one block of PEM, found ${blocks.length}; give the one, or certificates to readCertificates`,
      );
    }
    checkCurve(first.content, second.content);
    return second.content;
  }
  if (first.label.endsWith(' PARAMETERS')) throw onlyParameters(kind);
  return first.content;
}

/** A label with a dot is OpenSSL's alone. */
function blockOf(block: string): PemBlock {
  return decodePem(block.replaceAll('X9.42 DH', 'X942 DH'));
}

/** Whether a key, as SEC 1 writes it, repeats the curve that stands before it. */
function checkCurve(curve: Uint8Array, key: Uint8Array): void {
  const inner = derChildren(readDer(key, DER_TAG.sequence)).find(({ tag }) => tag === 0xa0);
  if (inner !== undefined && same(inner.content, curve)) return;
  throw new CountersignError(
    'ERR_KEY_CURVE',
    'expected the curve before the private key to be its own',
  );
}

function form(message: string): CountersignError {
  return new CountersignError('ERR_KEY_FORM', message);
}
