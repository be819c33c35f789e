// @ts-check
// An RSA-PSS signature as OpenSSL makes it, with the public key from a PEM file:
//   openssl dgst -sha256 -sign key.pem -sigopt rsa_padding_mode:pss \
//     -sigopt rsa_pss_saltlen:digest -out order.sig order.json
// The salt must be as long as the digest. OpenSSL's own default is longer, and verifies as false.
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { rsaPssSha256 } from 'countersign/alg/rsa';
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { importPublicKey } from 'countersign/key/rsa';
import { verify } from 'countersign/key/use';

// Stands in for the partner: a key pair, and a signature as the command above makes it.
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const order = encodeUtf8('{"total":"100.00"}');
const signature = sign('sha256', order, {
  key: privateKey,
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
});

// A PEM as environments leave it is taken too: on one line, with literal \n, indented.
const key = importPublicKey(pem.replaceAll('\n', '\\n'), { alg: rsaPssSha256, use: 'verify' });
console.log('key', key.id);

const genuine = verify(key, order, signature);
const tampered = verify(key, encodeUtf8('{"total":"900.00"}'), signature);
console.log('genuine:', genuine, 'tampered:', tampered);
if (!genuine || tampered) process.exitCode = 1;

// The wrong kind of key is named.
try {
  const wrong = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  importPublicKey(wrong, { alg: rsaPssSha256, use: 'verify' });
  process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CountersignError)) throw error;
  console.log(error.code, error.message);
  if (error.code !== 'ERR_KEY_PRIVATE') process.exitCode = 1;
}
