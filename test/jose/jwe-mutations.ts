// Encrypted messages that are nearly right: each must be refused by a code, or be the one that was
// encrypted, in its own text. A run follows from its seed.
import { CountersignError } from '../../src/errors.js';
import { decodeBase64Url, encodeBase64Url, encodeUtf8 } from '../../src/bytes/index.js';
import { decryptJwe, encryptJwe } from '../../src/jose/jwe.js';
import { importJwkSet, readJwkSet } from '../../src/jose/jwk.js';
import { aes128CbcHmacSha256 } from '../../src/primitive/aes-cbc-hmac.js';
import { aes128Gcm } from '../../src/primitive/aes-gcm.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { generateKeyPair } from '../../src/key/ec.js';
import { exportPublicKey } from '../../src/key/export.js';
import type { Random } from '../key/fuzz.js';
import { direct, recipients } from './jwe-support.js';

const ENCS = [aes128Gcm, aes128CbcHmacSha256];
const PLAINTEXT = encodeUtf8('{"amount":"9.99"}');
const [wrapping] = recipients();
if (wrapping === undefined) throw new Error('no recipients');
const messages = [direct(aes128Gcm), direct(aes128CbcHmacSha256), wrapping].flatMap((to) =>
  ENCS.filter((enc) => to.alg.kind !== 'aead' || to.alg === enc).map((enc) => ({
    to,
    token: encryptJwe(PLAINTEXT, to.encryptionKey, { enc, header: { kid: 'k' } }),
  })),
);
const jwk = exportPublicKey(generateKeyPair({ alg: ecdsaP256Sha256 }).publicKey, 'jwk');
const set = JSON.stringify({ keys: [{ ...jwk, kid: 'a', alg: 'ES256', use: 'sig' }, jwk] });
const PIECES = [
  '',
  '.',
  '..',
  'A',
  '-',
  '_',
  '=',
  ' ',
  '"',
  '{',
  '}',
  '[]',
  ',',
  ':',
  'ü',
  '\u0000',
  '\u{1f600}',
  '"alg":"none"',
  '"enc":"A256GCM"',
  '"zip":"DEF"',
  '"crit":["x"]',
  '"kty":"oct"',
  '"d":"AA"',
  'null',
];

/** What became of the next message: a code, or `as it was`; anything else is thrown. */
export function verdictOf(random: Random): string {
  if (random.below(8) === 0) return codeOf(() => readSet(random));
  const { to, token } = random.pick(messages);
  const changed = mutated(random, token);
  const found = codeOf(() => {
    const { plaintext } = decryptJwe(changed, to.decryptionKey, { enc: ENCS });
    if (changed !== token) throw new Error(`a changed message opened: ${changed}`);
    return encodeBase64Url(plaintext);
  });
  return found === encodeBase64Url(PLAINTEXT) ? 'as it was' : found;
}

/** The text with a piece put in or over another, or with a bit of a part turned over. */
function mutated(random: Random, text: string): string {
  if (random.below(3) === 0) {
    const parts = text.split('.');
    const at = random.below(parts.length);
    const octets = decodeBase64Url(parts[at] ?? '');
    if (octets.length > 0) {
      const i = random.below(octets.length);
      octets[i] = (octets[i] ?? 0) ^ (1 << random.below(8));
    }
    return parts.with(at, encodeBase64Url(octets)).join('.');
  }
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick(PIECES) + text.slice(at + random.below(4));
}

function readSet(random: Random): string {
  const at = random.below(set.length + 1);
  const text = set.slice(0, at) + random.pick(PIECES) + set.slice(at + random.below(4));
  const options = { algs: [ecdsaP256Sha256], use: 'verify' } as const;
  return `${importJwkSet(readJwkSet(text), options).ring.keys.length} keys`;
}

function codeOf(call: () => string): string {
  try {
    return call();
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}
