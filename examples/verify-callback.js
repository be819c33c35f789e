// @ts-check
// A callback whose header holds an HMAC-SHA-256 of the body, in lower-case hexadecimal.
import { hmacSha256 } from 'countersign/alg/hmac';
import { decodeHex, encodeHex, encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { importSecret } from 'countersign/key/secret';
import { mac, verify } from 'countersign/key/use';

// Once, at start-up. The secret comes from your secret store; this one is for show. How it is
// written is said, never guessed: 'utf8', 'hex', 'base64', 'base64url', or 'raw' for octets.
const secret = 'example-secret-of-32-characters!';
const key = importSecret(secret, { alg: hmacSha256, use: 'verify', encoding: 'utf8' });

/**
 * Whether the body was signed with our secret.
 * @param {Uint8Array} body the octets as they arrived, before any parser
 * @param {string} header the text of the signature header
 */
function isGenuine(body, header) {
  try {
    return verify(key, body, decodeHex(header, 'lower'));
  } catch (error) {
    // What is no lower-case hexadecimal is no signature. Anything else is our own mistake.
    if (error instanceof CountersignError && error.code === 'ERR_HEX') return false;
    throw error;
  }
}

// What the sender does, so that this file runs by itself.
const body = encodeUtf8('{"order":"1217752501","amount":"100.00"}');
const sender = importSecret(secret, { alg: hmacSha256, use: 'mac', encoding: 'utf8' });
const header = encodeHex(mac(sender, body), 'lower');
const changed = encodeUtf8('{"order":"1217752501","amount":"900.00"}');

show('as it was sent', isGenuine(body, header), true);
show('another amount', isGenuine(changed, header), false);
show('half a tag', isGenuine(body, header.slice(0, 32)), false);
show('upper case', isGenuine(body, header.toUpperCase()), false);

/**
 * @param {string} what
 * @param {boolean} found
 * @param {boolean} expected
 */
function show(what, found, expected) {
  console.log(`${what.padEnd(16)} ${found ? 'genuine' : 'refused'}`);
  if (found !== expected) process.exitCode = 1;
}
