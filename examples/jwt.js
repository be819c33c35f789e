// @ts-check
// A token signed and verified; keys found by kid in a ring; a payload signed as it is, beside the token.
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { signJws, verifyJws } from 'countersign/jose/jws';
import { signJwt, verifyJwt } from 'countersign/jose/jwt';
import { generateKeyPair } from 'countersign/key/ec';
import { createRing } from 'countersign/key/ring';

const now = Math.floor(Date.now() / 1000);
const { privateKey, publicKey } = generateKeyPair({ alg: ecdsaP256Sha256, id: '2027-01' });

// The issuer. kid stands in the header because it is put there.
const claims = { iss: 'https://bank.example', aud: 'shop', sub: 'po_1', iat: now, exp: now + 300 };
const header = { kid: '2027-01' };
const token = signJwt(claims, privateKey, { typ: 'JWT', header });

// The receiver says what it takes: whose tokens, for whom, of which type, at what time.
const expected = {
  issuer: 'https://bank.example',
  audience: 'shop',
  typ: 'JWT',
  now,
  clockTolerance: 5,
};
const ring = createRing([{ key: publicKey }]);
const algs = [ecdsaP256Sha256];
show('token', () => verifyJwt(token, ring, { ...expected, algs }).claims['sub'], 'po_1');
show(
  'an hour later',
  () => verifyJwt(token, publicKey, { ...expected, now: now + 3600 }),
  'ERR_EXPIRED',
);
show(
  'for another',
  () => verifyJwt(token, publicKey, { ...expected, audience: 'x' }),
  'ERR_JWT_AUDIENCE',
);

// Without a signature, whatever it says its algorithm is.
const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
const forged = `${none}.${token.split('.')[1]}.`;
show('alg none', () => verifyJwt(forged, publicKey, expected), 'ERR_JOSE_ALGORITHM');

// A body signed as it is, RFC 7797: the token goes into a header, the body stays what it was.
const payload = encodeUtf8('{"payout":"po_1","amount":"25.00"}');
const beside = signJws(payload, privateKey, { detached: true, b64: false });
const options = { payload, understood: ['b64'] };
show('body', () => `${verifyJws(beside, publicKey, options).payload.length} octets`, '34 octets');
const other = { ...options, payload: encodeUtf8('{"payout":"po_1","amount":"95.00"}') };
show('another body', () => verifyJws(beside, publicKey, other), 'ERR_VERIFY_FAILED');

/**
 * @param {string} what
 * @param {() => unknown} verify
 * @param {string} expect what it gives, or the code of its refusal
 */
function show(what, verify, expect) {
  let found;
  try {
    found = String(verify());
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    found = error.code;
  }
  console.log(`${what.padEnd(14)} ${found}`);
  if (found !== expect) process.exitCode = 1;
}
