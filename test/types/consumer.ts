// A program as users write it, with nothing but the language and this package: no DOM, no Node.
// `npm run test:package` compiles it with each compiler of test/types/compilers and then runs it;
// what it finds wrong, it throws.
import {
  aes256Gcm,
  type Certificate,
  concat,
  CountersignError,
  type CountersignErrorCode,
  createRing,
  ecdsaP256Sha256,
  ed25519,
  encodeUtf8,
  exportPublicKey,
  generateSecret,
  hkdfSha256,
  hmacSha256,
  importKey,
  importSecret,
  type Key,
  type KeyRing,
  mac,
  open,
  readCertificate,
  type RemoteSigner,
  rsaPssSha256,
  seal,
  sha256,
  sign,
  signAsync,
  verify,
  withUse,
} from 'countersign';
import type { EcdsaAlgorithm, EcdsaForm } from 'countersign/alg/ecdsa';
import type { MacAlgorithm } from 'countersign/alg/hmac';
import type { Jwk } from 'countersign/key';
import * as ec from 'countersign/key/ec';
import * as ed from 'countersign/key/ed25519';
import { hmacSha1, type WeakOctets } from 'countersign/legacy';

const body: Uint8Array<ArrayBuffer> = encodeUtf8('{"amount":"9.99"}');
const other = encodeUtf8('{"amount":"0.99"}');

// A secret, once for each use; the use is part of the type.
const tagging: Key<MacAlgorithm, 'mac'> = generateSecret({ alg: hmacSha256, use: 'mac', id: '1' });
const checking = withUse(tagging, 'verify');
const tag: Uint8Array<ArrayBuffer> = mac(tagging, body);
const verdict: boolean = verify(checking, body, tag);
expect(verdict, 'a genuine tag');
expect(!verify(checking, other, tag), 'another message');

// The ring gives back what was asked for.
const ring: KeyRing = createRing([{ key: checking }]);
const found: Key<MacAlgorithm, 'verify'> = ring.find(
  { alg: hmacSha256, use: 'verify', id: '1' },
  1_795_000_000,
).key;
expect(verify(found, body, tag), 'a key of the ring');

// ECDSA states its form, and the others have none.
const form: EcdsaForm = { encoding: 'fixed', s: 'low' };
const pair = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
const signature = sign(pair.privateKey, body, form);
expect(verify(pair.publicKey, body, signature, form), 'ECDSA');
const edPair = ed.generateKeyPair({ alg: ed25519 });
expect(verify(edPair.publicKey, body, sign(edPair.privateKey, body)), 'Ed25519');

// How a key is written decides what comes out; what comes out is taken back.
const pem: string = exportPublicKey(pair.publicKey, 'pem');
const der: Uint8Array<ArrayBuffer> = exportPublicKey(pair.publicKey, 'der');
const jwk: Jwk = exportPublicKey(pair.publicKey, 'jwk');
for (const input of [pem, der, jwk]) {
  const key = importKey(input, { alg: ecdsaP256Sha256, use: 'verify' });
  expect(verify(key, body, signature, form) && key.id === pair.publicKey.id, 'a public key read');
}

// A remote key is an object with a function.
const signer: RemoteSigner<EcdsaAlgorithm> = {
  alg: ecdsaP256Sha256,
  publicKey: pair.publicKey,
  keyId: 'alias/payouts',
  input: 'message',
  format: 'der',
  sign: async (message) => sign(pair.privateKey, message, { encoding: 'der', s: 'low' }),
};
const signed: Uint8Array<ArrayBuffer> = await signAsync(signer, body, form);
expect(verify(pair.publicKey, body, signed, form), 'a remote key');

// Sealing, with a key derived from another secret.
const secret = hkdfSha256.derive(concat(tag, signed), new Uint8Array(0), encodeUtf8('field'), 32);
const sealing = importSecret(secret, { alg: aes256Gcm, use: 'seal', encoding: 'raw' });
const sealed = seal(sealing, body, encodeUtf8('row 1'));
expect(open(withUse(sealing, 'open'), sealed, encodeUtf8('row 1')).length === body.length, 'AES');

// What is weak is no boolean and no octets.
const weak: WeakOctets = hmacSha1.tag(hmacSha1.key(secret), body);
const weakVerdict: false | 'weak' = hmacSha1.verify(hmacSha1.key(secret), body, weak.octets);
expect(weakVerdict === 'weak', 'HMAC-SHA-1');

// A table of algorithms, chosen from at run time.
const algorithms = [ecdsaP256Sha256, ed25519, rsaPssSha256];
expect(algorithms.at(-1)?.name === rsaPssSha256.name, 'a table');
expect(sha256.digest(body).length === 32, 'SHA-256');

// The codes are a closed list.
function isKeyError(code: CountersignErrorCode): boolean {
  return code === 'ERR_KEY_FORM' || code === 'ERR_PEM';
}
expect(isKeyError(codeOf(() => importKey('no key', { alg: ed25519, use: 'verify' }))), 'the code');
expect(codeOf(() => read('no certificate')) !== 'ERR_KEY', 'a certificate');

function read(text: string): Certificate {
  return readCertificate(text);
}

function codeOf(call: () => unknown): CountersignErrorCode {
  try {
    call();
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
  }
  throw new Error('expected a CountersignError');
}

function expect(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`not so: ${what}`);
}
