// @ts-check
// Ed25519, and ECDSA on P-256 with the form of its signatures stated.
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { randomOctets } from 'countersign/alg/random';
import { encodeUtf8 } from 'countersign/bytes';

const payout = encodeUtf8('{"payout":"po_1","amount":"25.00","currency":"EUR"}');
const other = encodeUtf8('{"payout":"po_1","amount":"25.00","currency":"USD"}');

// Ed25519: a private key is any 32 octets, a public key the 32 that belong to it.
const edPrivate = ed25519.privateKey(randomOctets(32));
const edPublic = ed25519.publicKey(ed25519.publicOf(edPrivate));
const edSignature = ed25519.sign(edPrivate, payout);
show('Ed25519', ed25519.verify(edPublic, payout, edSignature), true);
show('Ed25519, another text', ed25519.verify(edPublic, other, edSignature), false);

// ECDSA: a private key is an integer from 1 to n - 1 in 32 octets. Random octets are one but for
// one time in 2^32; then privateKey throws ERR_KEY, and you draw again.
const ecPrivate = ecdsaP256Sha256.privateKey(randomOctets(32));
const ecPublic = ecdsaP256Sha256.publicKey(ecdsaP256Sha256.publicOf(ecPrivate));

// Nothing about the form is guessed: DER or fixed width, and which of the two values of s.
const form = /** @type {const} */ ({ encoding: 'der', s: 'low' });
const fixed = /** @type {const} */ ({ encoding: 'fixed', s: 'any' });
const ecSignature = ecdsaP256Sha256.sign(ecPrivate, payout, form);
show('ECDSA', ecdsaP256Sha256.verify(ecPublic, payout, ecSignature, form), true);
show('ECDSA, another text', ecdsaP256Sha256.verify(ecPublic, other, ecSignature, form), false);
show('ECDSA, another form', ecdsaP256Sha256.verify(ecPublic, payout, ecSignature, fixed), false);

/**
 * @param {string} what
 * @param {boolean} found
 * @param {boolean} expected
 */
function show(what, found, expected) {
  console.log(`${what.padEnd(22)} ${found ? 'verified' : 'refused'}`);
  if (found !== expected) process.exitCode = 1;
}
