// @ts-check
// A private key in a key service: it signs there, and what it answers is verified here.
import { generateKeyPairSync, sign as serviceSign } from 'node:crypto';
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { encodeBase64Url, encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { importPublicKey } from 'countersign/key/ec';
import { signAsync } from 'countersign/key/remote';

const order = encodeUtf8('{"total":"100.00"}');

// Stands in for the service. It writes signatures in DER, as AWS KMS does, with any s.
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** @type {import('countersign/key/remote').RemoteSigner<import('countersign/alg/ecdsa').EcdsaAlgorithm>} */
const signer = {
  alg: ecdsaP256Sha256,
  publicKey: importPublicKey(pem, { alg: ecdsaP256Sha256, use: 'verify' }),
  keyId: 'alias/payouts',
  input: 'message',
  format: 'der',
  // With input: 'digest' this would be given the 32 octets of SHA-256.
  sign: async (message) => serviceSign('sha256', message, privateKey),
};

// Asked for in another form than the service writes: 64 octets, low s.
const form = /** @type {const} */ ({ encoding: 'fixed', s: 'low' });
const signature = await signAsync(signer, order, form);
console.log(signature.length, 'octets', `${encodeBase64Url(signature).slice(0, 16)}…`);

// A service that signs with another key, or something else, is found out.
const { privateKey: another } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const broken = { ...signer, sign: async () => serviceSign('sha256', order, another) };
try {
  await signAsync(broken, order, form);
  process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CountersignError)) throw error;
  console.log(error.code, error.message);
  if (error.code !== 'ERR_KEY_REMOTE') process.exitCode = 1;
}
