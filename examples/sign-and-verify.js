// @ts-check
// Ed25519, and ECDSA on P-256 with the form of its signatures stated.
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { encodeUtf8 } from 'countersign/bytes';
import * as ec from 'countersign/key/ec';
import * as ed from 'countersign/key/ed25519';
import { exportPublicKey } from 'countersign/key/export';
import { sign, verify } from 'countersign/key/use';

const payout = encodeUtf8('{"payout":"po_1","amount":"25.00","currency":"EUR"}');
const other = encodeUtf8('{"payout":"po_1","amount":"25.00","currency":"USD"}');

// Ed25519. What the partner gets is the public key, in PEM, DER or as a JWK.
const edPair = ed.generateKeyPair({ alg: ed25519 });
const pem = exportPublicKey(edPair.publicKey, 'pem');
const partner = ed.importPublicKey(pem, { alg: ed25519, use: 'verify' });
const edSignature = sign(edPair.privateKey, payout);
show('Ed25519', verify(partner, payout, edSignature), true);
show('Ed25519, another text', verify(partner, other, edSignature), false);

// ECDSA. Nothing about the form is guessed: DER or fixed width, and which of the two values of s.
const form = /** @type {const} */ ({ encoding: 'der', s: 'low' });
const fixed = /** @type {const} */ ({ encoding: 'fixed', s: 'any' });
const ecPair = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
const ecSignature = sign(ecPair.privateKey, payout, form);
show('ECDSA', verify(ecPair.publicKey, payout, ecSignature, form), true);
show('ECDSA, another text', verify(ecPair.publicKey, other, ecSignature, form), false);
show('ECDSA, another form', verify(ecPair.publicKey, payout, ecSignature, fixed), false);

/**
 * @param {string} what
 * @param {boolean} found
 * @param {boolean} expected
 */
function show(what, found, expected) {
  console.log(`${what.padEnd(22)} ${found ? 'verified' : 'refused'}`);
  if (found !== expected) process.exitCode = 1;
}
