// Files of JOSE encryption in Wycheproof's form, made by node:crypto: content that is encrypted by
// AES-CBC with HMAC, messages to a key that is shared, a set of keys with a token of one.
import { createCipheriv, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

type Fields = Record<string, unknown>;
/** One case as it was made, and the same with fields changed. */
export interface Made {
  readonly algorithm: string;
  readonly group: Fields;
  readonly good: Fields;
  readonly changed: Fields;
}

const MESSAGE = Buffer.from('{"amount":"9.99"}');
export const encoded = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** RFC 7518, section 5.2.2, for A128CBC-HS256. */
function cbcHmac(key: Buffer, iv: Buffer, aad: Buffer): { ct: Buffer; tag: Buffer } {
  const cipher = createCipheriv('aes-128-cbc', key.subarray(16), iv);
  const ct = Buffer.concat([cipher.update(MESSAGE), cipher.final()]);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(8 * aad.length));
  const mac = createHmac('sha256', key.subarray(0, 16));
  const tag = mac.update(aad).update(iv).update(ct).update(size).digest().subarray(0, 16);
  return { ct, tag };
}

/** A compact JWE to a shared key, and what it holds. */
export function direct(header: Fields = {}): { jwk: Fields; token: string; text: string } {
  const [key, iv] = [randomBytes(32), randomBytes(16)];
  const protectedHeader = encoded({ alg: 'dir', enc: 'A128CBC-HS256', ...header });
  const { ct, tag } = cbcHmac(key, iv, Buffer.from(protectedHeader));
  const parts = [iv, ct, tag].map((part) => part.toString('base64url'));
  return {
    jwk: { kty: 'oct', use: 'enc', alg: 'A128CBC-HS256', k: key.toString('base64url') },
    token: [protectedHeader, '', ...parts].join('.'),
    text: MESSAGE.toString(),
  };
}

export function joseFiles(): Readonly<Record<string, Made>> {
  const [key, iv, aad] = [randomBytes(32), randomBytes(16), randomBytes(9)];
  const { ct, tag } = cbcHmac(key, iv, aad);
  const other = Buffer.from(tag);
  other.writeUInt8(other.readUInt8(0) ^ 1, 0);
  const hex = (fields: Readonly<Record<string, Buffer>>): Fields =>
    Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.toString('hex')]));
  const message = direct();
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const input = `${encoded({ alg: 'EdDSA', kid: 'a' })}.${encoded({ sub: 'user' })}`;
  const jws = `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'a', alg: 'EdDSA', use: 'sig' };
  const spare = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const swapped = jws.replace(/\..*\./, `.${encoded({ sub: 'other' })}.`);
  const set = { keys: [{ ...spare, kid: 'b' }, jwk] };
  return {
    'A128CBC-HS256.json': {
      algorithm: 'A128CBC-HS256',
      group: { type: 'AeadTest', keySize: 256, ivSize: 128, tagSize: 128 },
      good: hex({ key, iv, aad, msg: MESSAGE, ct, tag }),
      changed: { tag: other.toString('hex') },
    },
    'JWE.json': {
      algorithm: 'JWE',
      group: { type: 'JsonWebEncryption', private: message.jwk },
      good: { jwe: message.token, enc: 'A128CBC-HS256', pt: MESSAGE.toString('hex') },
      changed: { jwe: `${message.token.slice(0, -2)}AA` },
    },
    'JWK.json': {
      algorithm: 'JWK',
      group: { type: 'JsonWebKey', public: set },
      good: { jws },
      changed: { jws: swapped },
    },
    'JwCrypto-jwe.json': {
      algorithm: 'JwCrypto',
      group: { type: 'JsonWebCrypto', private: message.jwk },
      good: { jwe: message.token },
      changed: { jwe: { ciphertext: '' } },
    },
    'JwCrypto-jws.json': {
      algorithm: 'JwCrypto',
      group: { type: 'JsonWebCrypto', public: jwk },
      good: { jws },
      changed: { jws: { payload: '' } },
    },
  };
}
