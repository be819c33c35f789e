/**
 * The texts that keys come in. PEM survives what environments, editors and consoles do to it: one
 * line, literal `\n`, CRLF, indentation, a byte order mark, what OpenSSL prints around it.
 * Everything else is refused, and what is no key at all is refused by its name.
 *
 * Text is a text format and octets are DER; nothing is tried twice in two ways.
 *
 * @module
 */
import { decodeBase64 } from '../bytes/base64.js';
import { octets } from '../bytes/octets.js';
import { decodePem } from '../bytes/pem.js';
import { CountersignError } from '../errors.js';

/** More than any key or certificate takes. */
const LONGEST = 1 << 17;
const SSH = /^(?:ssh-|ecdsa-sha2-|sk-ssh-)|-----BEGIN OPENSSH PRIVATE KEY-----/;
const EC_PARAMETERS = '-----BEGIN EC PARAMETERS-----';
const BLOCKS = /-----BEGIN [^-]{1,64}-----[^-]*-----END [^-]{1,64}-----/g;
const LEGACY_ENCRYPTION = /Proc-Type: *4 *, *ENCRYPTED/;

/** The DER of a text or of octets. */
export function readDerOf(input: string | Uint8Array, what: string): Uint8Array {
  if (typeof input !== 'string') {
    const der = octets(input, what);
    if (der.length <= LONGEST) return der;
    throw new CountersignError('ERR_KEY_FORM', `${what}: expected at most ${LONGEST} octets`);
  }
  if (input.length > LONGEST) {
    throw new CountersignError('ERR_KEY_FORM', `${what}: expected at most ${LONGEST} characters`);
  }
  const text = input.replace(/^\u{feff}/u, '').trim();
  if (text === '')
    throw new CountersignError('ERR_KEY_EMPTY', `${what}: expected a key, found no text`);
  if (SSH.test(text)) {
    throw new CountersignError(
      'ERR_KEY_SSH',
      `${what}: expected a key, found one in OpenSSH's format; convert it with: ssh-keygen -p -m PKCS8 -f FILE, or -e -m PKCS8 for a public key`,
    );
  }
  if (LEGACY_ENCRYPTION.test(text)) {
    throw new CountersignError(
      'ERR_KEY_ENCRYPTED',
      `${what}: expected a key, found an encrypted private key; open it with: openssl pkey -in FILE -out key.pem`,
    );
  }
  if (text.includes('-----BEGIN')) {
    // A backslash is no character of PEM, so this changes nothing that was sound.
    return decodePem(onlyBlock(text.replaceAll('\\r', '').replaceAll('\\n', '\n'), what)).content;
  }
  // DER of a key is a SEQUENCE, whose first octet, 30, makes this letter. JSON and hexadecimal begin
  // otherwise, and the latter would pass for Base64.
  if (!text.startsWith('M')) {
    throw new CountersignError(
      'ERR_KEY_FORM',
      `${what}: expected PEM, or Base64 of DER, found other text; a JWK is passed parsed, and hexadecimal decoded`,
    );
  }
  return decodeBase64(text.replaceAll(/[ \t\r\n]/g, ''));
}

/**
 * The one block of a text. What stands outside it is what OpenSSL prints there for people (RFC
 * 7468, section 2, has it ignored); a second block is refused, since nothing says which of the two
 * is meant. OpenSSL writes the curve of an EC key as a block of its own before it; the key repeats
 * it.
 */
function onlyBlock(text: string, what: string): string {
  const blocks = text.match(BLOCKS) ?? [];
  const first = blocks.findIndex((block) => !block.startsWith(EC_PARAMETERS));
  const chosen = blocks[first];
  const isOne = first === blocks.length - 1 && first <= 1;
  if (chosen !== undefined && isOne && text.split('-----BEGIN').length - 1 === blocks.length) {
    return chosen;
  }
  throw new CountersignError(
    'ERR_KEY_FORM',
    `${what}: expected one PEM block of a key, found ${blocks.length === 0 ? 'part of one' : `${blocks.length}`}`,
  );
}
