// @ts-check
// A callback that brings its certificate. It is verified up to a root that you have, and must be for
// the subject that you expect: the same CA has other customers. Both were made with openssl 3.0.
import { ed25519 } from 'countersign/alg/ed25519';
import { decodeBase64, encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { verify } from 'countersign/key/use';
import { importCertificate, readCertificate } from 'countersign/key/x509';
import { verifyPath } from 'countersign/key/x509-path';

// Yours: it came with the provider's documents.
const root = readCertificate(`
-----BEGIN CERTIFICATE-----
MIIBHTCB0KADAgECAgEBMAUGAytlcDAVMRMwEQYDVQQDDApFeGFtcGxlIENBMB4X
DTI2MTEyMTEzMTkzOVoXDTQ2MTExNjEzMTkzOVowFTETMBEGA1UEAwwKRXhhbXBs
ZSBDQTAqMAUGAytlcAMhANbBf8c3cmd09LCG56AYIFcnjFFoyR6Wterw93+EqoCJ
o0UwQzASBgNVHRMBAf8ECDAGAQH/AgEAMA4GA1UdDwEB/wQEAwICBDAdBgNVHQ4E
FgQUFZ2XAqKkcHf1bj0VJL0AqTFz6oAwBQYDK2VwA0EAdOUVBoq8/lH4VgepJqnM
h+8CmT38+eavxR368xLqD4iMsdBHI3fPLRK4eaGmNBESDBBqQcyce5xGPoy7ggZU
CQ==
-----END CERTIFICATE-----`);

// The message's.
const leaf = readCertificate(`
-----BEGIN CERTIFICATE-----
MIIBVzCCAQmgAwIBAgIEB1vNFTAFBgMrZXAwFTETMBEGA1UEAwwKRXhhbXBsZSBD
QTAeFw0yNjExMjExMzE5MzlaFw00NjExMTYxMzE5MzlaMDMxFTATBgNVBAoMDEV4
YW1wbGUgQmFuazEaMBgGA1UEAwwRY2FsbGJhY2tzLmV4YW1wbGUwKjAFBgMrZXAD
IQBdGhotquG0yZFTRJNae3VLgDrakBqS5aY/EhKreMmZ+aNdMFswCQYDVR0TBAIw
ADAOBgNVHQ8BAf8EBAMCB4AwHQYDVR0OBBYEFO/hUE/skc2S4hzrzolHdD+HvACY
MB8GA1UdIwQYMBaAFBWdlwKipHB39W49FSS9AKkxc+qAMAUGAytlcANBAJ3o/QVK
CQ5eqtYi47YLWGi2fwwm7wPRLlMd7Dh8rUaU2A+00fm3DQjC1j/CzZbgnBqbQjhM
81g6FNYWWyRq6Ag=
-----END CERTIFICATE-----`);
const order = encodeUtf8('{"total":"100.00"}');
const signature = decodeBase64(
  'liZSuUvQmbu8TzW4roBr7Ox9uOWX57h38Yrh6QKC3aaotw9zuMI3zcXpM9+5RomiMsqQLT7+aWhE0f8RyaI+CA==',
);

const now = 1_830_000_000; // seconds since 1970; nothing here reads a clock
const pin = { subject: { oid: '2.5.4.3', value: 'callbacks.example' } };

const path = verifyPath([leaf], { roots: [root], now, pin });
const key = importCertificate(path.leaf, { alg: ed25519, use: 'verify' });
const genuine = verify(key, order, signature);
console.log(`${path.leaf.subject.text}, serial ${path.leaf.serial.hex}: ${genuine}`);
if (!genuine) process.exitCode = 1;

// Another customer of the CA, and another century.
refused({ pin: { subject: { oid: '2.5.4.3', value: 'another.example' } } }, 'ERR_PATH_PIN');
refused({ now: 4_000_000_000 }, 'ERR_PATH_EXPIRED');

/**
 * @param {{ pin?: typeof pin, now?: number }} other
 * @param {string} code
 */
function refused(other, code) {
  try {
    verifyPath([leaf], { roots: [root], now, pin, ...other });
    process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    console.log('refused:', error.code);
    if (error.code !== code) process.exitCode = 1;
  }
}
