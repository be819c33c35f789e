// @ts-check
// An RSA-PSS signature as OpenSSL makes it, with the public key from a PEM file:
//   openssl dgst -sha256 -sign key.pem -sigopt rsa_padding_mode:pss \
//     -sigopt rsa_pss_saltlen:digest -out order.sig order.json
// The salt must be as long as the digest. OpenSSL's own default is longer, and verifies as false.
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { rsaPssSha256 } from 'countersign/alg/rsa';
import {
  DER_TAG,
  decodePem,
  derBitOctets,
  derChildren,
  derUnsigned,
  encodeUtf8,
  readDer,
} from 'countersign/bytes';

/**
 * The integers of an RSA public key, out of "BEGIN PUBLIC KEY".
 * @param {string} pem
 */
function rsaParts(pem) {
  const [, bits] = derChildren(readDer(decodePem(pem).content, DER_TAG.sequence));
  if (bits === undefined) throw new Error('no RSA public key');
  const [n, e] = derChildren(readDer(derBitOctets(bits), DER_TAG.sequence)).map(derUnsigned);
  if (n === undefined || e === undefined) throw new Error('no RSA public key');
  return { n, e };
}

// Stands in for the partner: a key pair, and a signature as the command above makes it.
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const order = encodeUtf8('{"total":"100.00"}');
const signature = sign('sha256', order, {
  key: privateKey,
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
});

const key = rsaPssSha256.publicKey(rsaParts(pem));
const genuine = rsaPssSha256.verify(key, order, signature);
const tampered = rsaPssSha256.verify(key, encodeUtf8('{"total":"900.00"}'), signature);
console.log('genuine:', genuine, 'tampered:', tampered);
if (!genuine || tampered) process.exitCode = 1;
