// @ts-check
// A card number encrypted to a partner's published key, and opened by the partner.
import { aes256Gcm } from 'countersign/alg/aes-gcm';
import { aes256Kw } from 'countersign/alg/aes-kw';
import { ecdhP256 } from 'countersign/alg/agreement';
import { decodeUtf8, encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { decryptJwe, encryptJwe } from 'countersign/jose/jwe';
import { importJwkSet, readJwkSet, writeJwkSet } from 'countersign/jose/jwk';
import { generateKeyPair } from 'countersign/key/ec';
import { createRing } from 'countersign/key/ring';

// The partner's: the private key stays, the set goes to whoever wants to send something.
const own = generateKeyPair({ alg: ecdhP256, id: 'card-data-2026' });
const published = writeJwkSet([own.publicKey]);

// The sender's. What the set says adds no algorithm to those given here.
const now = Math.floor(Date.now() / 1000);
const { ring } = importJwkSet(readJwkSet(published), { algs: [ecdhP256], use: 'peer' });
const { id, key } = ring.primary({ alg: ecdhP256, use: 'peer' }, now);
const token = encryptJwe(encodeUtf8('{"pan":"4111111111111111"}'), key, {
  enc: aes256Gcm,
  wrap: aes256Kw,
  header: { kid: id, cty: 'json' },
});
console.log(`sent          ${token.length} characters, ${token.split('.').length} parts`);

// The partner's again: the key decides alg, the list decides enc.
const keys = createRing([{ key: own.privateKey }]);
const options = { enc: [aes256Gcm], algs: [ecdhP256], wrap: aes256Kw, now };
const { plaintext, header, keyId } = decryptJwe(token, keys, options);
console.log(`opened        ${decodeUtf8(plaintext)} with ${keyId}`);
const isWhole = decodeUtf8(plaintext) === '{"pan":"4111111111111111"}';
if (!isWhole || header['cty'] !== 'json') process.exitCode = 1;

// Anybody has the public key: who must know the sender encrypts a JWS. One character changed:
try {
  const spoilt = token.slice(0, -1) + (token.endsWith('A') ? 'Q' : 'A');
  decryptJwe(spoilt, keys, options);
  console.log('spoilt        opened');
  process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CountersignError)) throw error;
  console.log(`spoilt        ${error.code}`);
  if (error.code !== 'ERR_DECRYPT_FAILED') process.exitCode = 1;
}
