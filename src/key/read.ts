/**
 * The texts that keys come in. PEM survives what environments, editors and consoles do to it: one
 * line, literal `\n`, CRLF, indentation, a byte order mark. Everything else is refused, and what is
 * no key at all is refused by its name.
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
    return decodePem(text.replaceAll('\\r', '').replaceAll('\\n', '\n')).content;
  }
  return decodeBase64(text.replaceAll(/[ \t\r\n]/g, ''));
}
