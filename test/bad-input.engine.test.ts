// Every public function, with every argument in turn replaced by what a careless or hostile caller
// might pass: a coded error or a TypeError, at once, and nothing of the input in its text.
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import * as bytes from '../src/bytes/index.js';
import * as forms from '../src/canonical/form.js';
import * as json from '../src/canonical/json.js';
import * as tuples from '../src/canonical/tuple.js';
import * as structured from '../src/canonical/structured-fields.js';
import { CountersignError } from '../src/errors.js';
import * as httpDigest from '../src/http/digest.js';
import * as httpMessage from '../src/http/message.js';
import * as httpSignature from '../src/http/signature.js';
import * as cavage from '../src/http/cavage.js';
import * as oauth1 from '../src/http/oauth1.js';
import * as sigv4 from '../src/http/sigv4.js';
import * as root from '../src/index.js';
import * as accessToken from '../src/jose/access-token.js';
import * as assertion from '../src/jose/client-assertion.js';
import * as dpop from '../src/jose/dpop.js';
import * as jws from '../src/jose/jws.js';
import * as jwt from '../src/jose/jwt.js';
import * as jwe from '../src/jose/jwe.js';
import * as jwk from '../src/jose/jwk.js';
import * as ecKeys from '../src/key/ec.js';
import * as edKeys from '../src/key/ed25519.js';
import { Key } from '../src/key/handle.js';
import * as rsaKeys from '../src/key/rsa.js';
import * as rsaRemote from '../src/key/rsa-remote.js';
import type { SecretAlgorithm, SecretUse } from '../src/key/secret.js';
import * as xKeys from '../src/key/x25519.js';
import * as modes from '../src/primitive/aes-modes.js';
import * as legacy from '../src/primitive/legacy/index.js';
import * as alipay from '../src/provider/alipay/index.js';
import * as wechatPay from '../src/provider/wechat-pay/index.js';
import { secretFor as importFor, sign, verify as verifyScheme } from '../src/scheme/index.js';
import { stripe } from '../src/provider/stripe.js';
import * as fixed from '../src/testing/index.js';
import * as adyen from '../src/provider/adyen.js';
import * as awsSns from '../src/provider/aws-sns.js';
import * as paypal from '../src/provider/paypal.js';
import * as truelayer from '../src/provider/truelayer.js';
import * as twilio from '../src/provider/twilio.js';
import { privateParts, publicParts } from './primitive/rsa-keys.js';
import { callbacks } from './provider/callbacks.js';
import { sample as alipaySample } from './provider/alipay-data.js';
import * as wechat from './provider/wechat-pay-data.js';
import { engineName, ofKind, hex } from './vectors.js';

interface Call {
  readonly run: (...args: never[]) => unknown;
  /** Arguments that work; those that are octets are replaced by octets of other kinds too. */
  readonly good: readonly unknown[];
}

const NOW = 1_700_000_000;
const SECRET = 'SECRET-junk-that-must-not-be-repeated';
const octets = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => i + 1);
// 16 MiB on node, and everywhere or nowhere when asked for: plain JavaScript takes a second for some.
const isFull = (process.env['COUNTERSIGN_FULL'] ?? (engineName === 'node' ? '1' : '0')) === '1';
const huge = new Uint8Array((isFull ? 16 : 2) << 20).fill(0x41);
const shared = new Uint8Array(new SharedArrayBuffer(32)).fill(1);
const resizable = new Uint8Array(
  new (ArrayBuffer as new (size: number, options: object) => ArrayBuffer)(32, {
    maxByteLength: 64,
  }),
).fill(1);

/** An answer that is never asked for: all arguments around it are wrong. */
const remoteDecrypter: root.RemoteDecrypter = {
  alg: root.rsaOaepSha256,
  keyId: 'x',
  decrypt: () => Promise.resolve(new Uint8Array(1)),
};
const rsaSpki = bytes.derSequence(
  bytes.derSequence(bytes.derObjectId('1.2.840.113549.1.1.1'), bytes.derEncode(5)),
  bytes.derBitString(
    bytes.derSequence(
      bytes.derInteger(publicParts('rsa-2048-a').n),
      bytes.derInteger(publicParts('rsa-2048-a').e),
    ),
  ),
);

/** That of examples/certificate-path.js, made by openssl. */
const CERTIFICATE =
  'MIIBVzCCAQmgAwIBAgIEB1vNFTAFBgMrZXAwFTETMBEGA1UEAwwKRXhhbXBsZSBDQTAeFw0yNjExMjExMzE5MzlaFw00NjExMTYxMzE5MzlaMDMxFTATBgNVBAoMDEV4YW1wbGUgQmFuazEaMBgGA1UEAwwRY2FsbGJhY2tzLmV4YW1wbGUwKjAFBgMrZXADIQBdGhotquG0yZFTRJNae3VLgDrakBqS5aY/EhKreMmZ+aNdMFswCQYDVR0TBAIwADAOBgNVHQ8BAf8EBAMCB4AwHQYDVR0OBBYEFO/hUE/skc2S4hzrzolHdD+HvACYMB8GA1UdIwQYMBaAFBWdlwKipHB39W49FSS9AKkxc+qAMAUGAytlcANBAJ3o/QVKCQ5eqtYi47YLWGi2fwwm7wPRLlMd7Dh8rUaU2A+00fm3DQjC1j/CzZbgnBqbQjhM81g6FNYWWyRq6Ag=';

const calls = new Map<string, Call>();
const add = (name: string, run: Call['run'], ...good: unknown[]): void => {
  calls.set(name, { run, good });
};

/** Every function of an algorithm value, with arguments that work. */
function addAll<T extends object>(
  name: string,
  algorithm: T,
  args: Readonly<Partial<Record<keyof T, readonly unknown[]>>>,
): void {
  for (const [method, run] of Object.entries(algorithm)) {
    if (typeof run !== 'function') continue;
    const good = args[method as keyof T];
    if (good === undefined) throw new Error(`${name}.${method} has no arguments to try`);
    add(`${name}.${method}`, run as Call['run'], ...good);
  }
}

const message = octets(40);
add('encodeHex', bytes.encodeHex, message, 'lower');
add('decodeHex', bytes.decodeHex, '00ff', 'lower');
add('encodeBase64', bytes.encodeBase64, message);
add('decodeBase64', bytes.decodeBase64, 'AAAA');
add('encodeBase64Url', bytes.encodeBase64Url, message);
add('decodeBase64Url', bytes.decodeBase64Url, 'AAAA');
add('encodeUtf8', bytes.encodeUtf8, 'text');
add('decodeUtf8', bytes.decodeUtf8, message);
add('encodeUint32', bytes.encodeUint32, 7);
add('decodeUint32', bytes.decodeUint32, message, 0);
add('encodeInteger', bytes.encodeInteger, 7n, 4);
add('decodeInteger', bytes.decodeInteger, message);
add('concat', bytes.concat, message, message);
add('equal', bytes.equal, message, message);
add('crc32', bytes.crc32, message);
add('readDer', bytes.readDer, Uint8Array.of(5, 0), 5);
add('derEncode', bytes.derEncode, 4, message);
add('derSequence', bytes.derSequence, message);
add('derInteger', bytes.derInteger, message);
add('derBitString', bytes.derBitString, message);
add('derObjectId', bytes.derObjectId, '1.2.3');
const ofTag = (tag: number, ...content: number[]): bytes.DerValue =>
  bytes.readDer(bytes.derEncode(tag, Uint8Array.from(content)), tag);
add('derChildren', bytes.derChildren, ofTag(0x30));
add('derBoolean', bytes.derBoolean, ofTag(1, 0xff));
add('derUnsigned', bytes.derUnsigned, ofTag(2, 1));
add('derNull', bytes.derNull, ofTag(5));
add('derOctets', bytes.derOctets, ofTag(4, 1));
add('derBitOctets', bytes.derBitOctets, ofTag(3, 0, 1));
add('derObjectIdentifier', bytes.derObjectIdentifier, ofTag(6, 0x2a));
add('decodePem', bytes.decodePem, bytes.encodePem('X', message));
add('encodePem', bytes.encodePem, 'LABEL', message);

const jsonText = bytes.encodeUtf8('{"a":[1]}');
add('readJson', json.readJson, jsonText, { maxDepth: 2 });
add('sliceMember', json.sliceMember, jsonText, 'a', { maxDepth: 2 });
add('isJsonObject', json.isJsonObject, { a: 1 });
add('writeJson', json.writeJson, { a: 1 }, { maxDepth: 2 });
add('writeJsonText', json.writeJsonText, 'a', { maxDepth: 2 });
add('encodePercent', forms.encodePercent, message);
add('encodeFormComponent', forms.encodeFormComponent, message);
add('decodePercent', forms.decodePercent, octets(30), 'plus');
add('parseForm', forms.parseForm, bytes.encodeUtf8('a=1'), {
  decode: 'once',
  plus: 'plus',
  duplicates: 'refuse',
  emptyValues: 'keep',
  bare: 'refuse',
  emptySegments: 'refuse',
});
add('writeForm', forms.writeForm, [{ name: octets(1), value: octets(2) }], {
  sort: 'octets',
  encode: 'rfc3986',
  equals: '=',
  joiner: '&',
});
add('encodeTuple', tuples.encodeTuple, 'label', [octets(3)]);
add('decodeTuple', tuples.decodeTuple, tuples.encodeTuple('label', [octets(3)]), 'label', {});
add('readItem', structured.readItem, '1;a');
add('readList', structured.readList, '1, (a b)');
add('readDictionary', structured.readDictionary, 'a=1, b');
add('writeItem', structured.writeItem, { value: message });
add('writeInnerList', structured.writeInnerList, { items: [{ value: 1 }] });
add('writeList', structured.writeList, [{ value: 1 }]);
add('writeDictionary', structured.writeDictionary, { a: { value: 1 } });

add('randomOctets', root.randomOctets, 12);
add('concatKdf', root.concatKdf, root.sha256, message, message, 16);
add('x963Kdf', root.x963Kdf, root.sha256, message, message, 16);

for (const algorithm of [root.sha224, root.sha256, root.sha384, root.sha512]) {
  addAll(algorithm.name, algorithm, { digest: [message] });
}
for (const algorithm of [root.sha3_256, root.sha3_384, root.sha3_512]) {
  addAll(algorithm.name, algorithm, { digest: [message] });
}
for (const algorithm of [legacy.md5, legacy.sha1]) {
  addAll(algorithm.name, algorithm, { digest: [message] });
}
for (const algorithm of [
  root.hmacSha224,
  root.hmacSha256,
  root.hmacSha384,
  root.hmacSha512,
  root.hmacSha3_256,
  root.hmacSha3_384,
  root.hmacSha3_512,
  legacy.hmacMd5,
  legacy.hmacSha1,
]) {
  const key = algorithm.key(message);
  addAll(algorithm.name, algorithm, {
    key: [message],
    tag: [key, message],
    verify: [key, message, octets(algorithm.size)],
  });
}
for (const algorithm of [root.hkdfSha256, root.hkdfSha384, root.hkdfSha512]) {
  addAll(algorithm.name, algorithm, {
    extract: [message, message],
    expand: [octets(64), message, 16],
    derive: [message, message, message, 16],
  });
}
const form = { encoding: 'fixed', s: 'any' } as const;
for (const algorithm of [
  root.ecdsaP256Sha256,
  root.ecdsaP384Sha384,
  root.ecdsaP521Sha512,
  root.ecdsaSecp256k1Sha256,
]) {
  const scalar = new Uint8Array(algorithm.size).fill(0);
  scalar[algorithm.size - 1] = 7;
  const key = algorithm.privateKey(scalar);
  const publicKey = algorithm.publicKey(algorithm.publicOf(key));
  addAll(algorithm.name, algorithm, {
    publicKey: [algorithm.publicOf(key)],
    privateKey: [scalar],
    publicOf: [key],
    sign: [key, message, form],
    verify: [publicKey, message, algorithm.sign(key, message, form), form],
    digest: [message],
    convert: [algorithm.sign(key, message, form), 'fixed', form],
  });
  if (engineName !== 'node') {
    add(`${algorithm.name} signDeterministic`, fixed.signDeterministic, algorithm, key, message);
  }
}
const edKey = root.ed25519.privateKey(octets(32));
const edPublic = root.ed25519.publicKey(root.ed25519.publicOf(edKey));
addAll('Ed25519', root.ed25519, {
  publicKey: [root.ed25519.publicOf(edKey)],
  privateKey: [octets(32)],
  publicOf: [edKey],
  sign: [edKey, message],
  verify: [edPublic, message, root.ed25519.sign(edKey, message)],
});
for (const algorithm of [root.ecdhP256, root.ecdhP384, root.ecdhP521, root.x25519]) {
  const secret = new Uint8Array(algorithm.size);
  secret[secret.length - 1] = 7;
  const key = algorithm.privateKey(secret);
  addAll(algorithm.name, algorithm, {
    privateKey: [secret],
    publicOf: [key],
    publicKey: [algorithm.publicOf(key)],
    agree: [key, algorithm.publicOf(key)],
  });
}
const hasPrivateRsa = engineName !== 'noble';
const [publicRsa, privateRsa] = [publicParts('rsa-2048-a'), privateParts('rsa-2048-a')];
for (const algorithm of [
  root.rsaPkcs1Sha256,
  root.rsaPkcs1Sha384,
  root.rsaPkcs1Sha512,
  root.rsaPssSha256,
  root.rsaPssSha384,
  root.rsaPssSha512,
]) {
  const key = hasPrivateRsa ? algorithm.privateKey(privateRsa) : undefined;
  addAll(algorithm.name, algorithm, {
    publicKey: [publicRsa],
    privateKey: [privateRsa],
    sign: [key, message],
    verify: [algorithm.publicKey(publicRsa), message, octets(256)],
    digest: [message],
  });
}
for (const [name, algorithm] of Object.entries(root).filter(([key]) => key.startsWith('rsaOaep'))) {
  const oaep = algorithm as root.OaepAlgorithm;
  const key = oaep.publicKey(publicRsa);
  addAll(name, oaep, {
    publicKey: [publicRsa],
    privateKey: [privateRsa],
    encrypt: [key, octets(16), octets(3)],
    decrypt: [
      hasPrivateRsa ? oaep.privateKey(privateRsa) : undefined,
      oaep.encrypt(key, octets(16), octets(3)),
      octets(3),
    ],
  });
}
for (const algorithm of [legacy.rsaPkcs1Sha1, legacy.rsaPssSha1]) {
  addAll(algorithm.name, algorithm, {
    publicKey: [publicRsa],
    verify: [algorithm.publicKey(publicRsa), message, octets(256)],
  });
}
for (const algorithm of [
  root.aes128Gcm,
  root.aes192Gcm,
  root.aes256Gcm,
  root.aes128CbcHmacSha256,
  root.aes192CbcHmacSha384,
  root.aes256CbcHmacSha512,
]) {
  const { nonceSize, tagSize } = algorithm;
  const key = algorithm.key(octets(algorithm.keySize));
  const sealed = algorithm.seal(key, message, message);
  addAll(algorithm.name, algorithm, {
    key: [octets(algorithm.keySize)],
    seal: [key, message, message],
    open: [key, sealed, message],
    openForeign: [
      key,
      {
        iv: sealed.slice(0, nonceSize),
        ciphertext: sealed.slice(nonceSize, -tagSize),
        tag: sealed.slice(-tagSize),
        aad: message,
      },
    ],
  });
  add(
    `${algorithm.name} sealWithNonce`,
    fixed.sealWithNonce,
    algorithm,
    key,
    octets(nonceSize),
    message,
    message,
  );
}
for (const algorithm of [root.aes128Kw, root.aes192Kw, root.aes256Kw]) {
  const key = algorithm.key(octets(algorithm.keySize));
  addAll(algorithm.name, algorithm, {
    key: [octets(algorithm.keySize)],
    wrap: [key, octets(32)],
    unwrap: [key, algorithm.wrap(key, octets(32))],
  });
}
const cbcKey = modes.aesCbc.key(octets(16));
addAll('AES-CBC', modes.aesCbc, {
  key: [octets(16)],
  encrypt: [cbcKey, message, 'pkcs7'],
  decrypt: [cbcKey, octets(16), octets(32), 'none'],
});
const ctrKey = modes.aesCtr.key(octets(16));
addAll('AES-CTR', modes.aesCtr, {
  key: [octets(16)],
  encrypt: [ctrKey, message],
  decrypt: [ctrKey, octets(16), octets(32)],
});
const ecbKey = modes.aesEcb.key(octets(16));
addAll('AES-ECB', modes.aesEcb, {
  key: [octets(16)],
  encrypt: [ecbKey, message, 'pkcs7'],
  decrypt: [ecbKey, octets(32), 'none'],
});
const cmacKey = modes.aesCmac.key(octets(16));
addAll('AES-CMAC', modes.aesCmac, {
  key: [octets(16)],
  tag: [cmacKey, message],
  verify: [cmacKey, message, octets(16)],
});
add('encryptCbcWithIv', fixed.encryptCbcWithIv, cbcKey, octets(16), octets(32));
add('encryptCtrWithIv', fixed.encryptCtrWithIv, ctrKey, octets(16), octets(32));
add('simulate', fixed.simulate, stripe, { now: NOW });
add('broken', fixed.broken, stripe, fixed.simulate(stripe, { now: NOW }));

const [dsaCase] = ofKind('dsa')[0]?.cases ?? [];
if (dsaCase === undefined) throw new Error('no DSA vectors');
const dsaParts = {
  p: hex(dsaCase, 'p'),
  q: hex(dsaCase, 'q'),
  g: hex(dsaCase, 'g'),
  y: hex(dsaCase, 'y'),
};
for (const algorithm of [legacy.dsaSha1, legacy.dsaSha256]) {
  const key = engineName === 'noble' ? undefined : algorithm.publicKey(dsaParts);
  addAll(algorithm.name, algorithm, {
    publicKey: [dsaParts],
    verify: [key, message, hex(dsaCase, 'signature')],
  });
}
const desKey = engineName === 'noble' ? undefined : legacy.tripleDes.key(octets(24));
addAll('3DES', legacy.tripleDes, {
  key: [octets(24)],
  decryptCbc: [desKey, octets(8), octets(16)],
  decryptEcb: [desKey, octets(16)],
});

// Keys.
const ecPair = ecKeys.generateKeyPair({ alg: root.ecdsaP256Sha256 });
const ecdhPair = ecKeys.generateKeyPair({ alg: root.ecdhP256 });
const edPair = edKeys.generateKeyPair({ alg: root.ed25519 });
const xPair = xKeys.generateKeyPair({ alg: root.x25519 });
const signing = root.exportPrivateKeyInTheClear(ecPair.privateKey, 'der');
const verifying = root.exportPublicKey(ecPair.publicKey, 'der');
const secretFor = <A extends SecretAlgorithm, U extends SecretUse<A>>(alg: A, use: U): Key<A, U> =>
  root.importSecret(octets(32), { alg, use, encoding: 'raw' });
const macKey = secretFor(root.hmacSha256, 'mac');
const checkKey = secretFor(root.hmacSha256, 'verify');
const sealedHere = root.seal(secretFor(root.aes256Gcm, 'seal'), message, message);
const wrappedHere = root.wrap(secretFor(root.aes256Kw, 'wrap'), octets(32));
const oaepKey = rsaKeys.importPublicKey(root.encodePem('X', rsaSpki), {
  alg: root.rsaOaepSha256,
  use: 'encrypt',
});
const es256 = root.ecdsaP256Sha256;
add('importKey', root.importKey, verifying, { alg: es256, use: 'verify' });
add('importSecret', root.importSecret, octets(32), {
  alg: root.hmacSha256,
  use: 'mac',
  encoding: 'raw',
});
add('withUse', root.withUse, macKey, 'verify');
add('generateSecret', root.generateSecret, { alg: root.aes128Gcm, use: 'seal' });
for (const [name, doors, alg, pair, uses] of [
  ['ec', ecKeys, es256, ecPair, ['verify', 'sign']],
  ['ecdh', ecKeys, root.ecdhP256, ecdhPair, ['peer', 'agree']],
  ['ed25519', edKeys, root.ed25519, edPair, ['verify', 'sign']],
  ['x25519', xKeys, root.x25519, xPair, ['peer', 'agree']],
] as const) {
  const { publicKey, privateKey } = pair;
  const [publicDer, privateDer] = [
    root.exportPublicKey(publicKey, 'der'),
    root.exportPrivateKeyInTheClear(privateKey, 'der'),
  ];
  add(`${name} generateKeyPair`, doors.generateKeyPair, { alg });
  add(`${name} importPublicKey`, doors.importPublicKey, publicDer, { alg, use: uses[0] });
  add(`${name} importPrivateKey`, doors.importPrivateKey, privateDer, { alg, use: uses[1] });
}
add('rsa importPublicKey', rsaKeys.importPublicKey, rsaSpki, {
  alg: root.rsaPssSha256,
  use: 'verify',
});
if (hasPrivateRsa) {
  const { privateKey } = rsaKeys.generateKeyPair({ alg: root.rsaPssSha256, bits: 2048 });
  add('rsa generateKeyPair', rsaKeys.generateKeyPair, { alg: root.rsaPssSha256, bits: 2048 });
  const der = root.exportPrivateKeyInTheClear(privateKey, 'der');
  add('rsa importPrivateKey', rsaKeys.importPrivateKey, der, {
    alg: root.rsaOaepSha256,
    use: 'decrypt',
  });
  const decrypting = rsaKeys.importPrivateKey(der, { alg: root.rsaOaepSha256, use: 'decrypt' });
  const encrypting = rsaKeys.importPublicKey(root.exportPublicKey(privateKey, 'der'), {
    alg: root.rsaOaepSha256,
    use: 'encrypt',
  });
  const ciphertext = root.encrypt(encrypting, message, message);
  add('decrypt', root.decrypt, decrypting, ciphertext, message);
} else {
  add('decrypt', root.decrypt, undefined, message, message);
}
add('encrypt', root.encrypt, oaepKey, message, message);
add('sign', root.sign, ecPair.privateKey, message, form);
add('verify', root.verify, ecPair.publicKey, message, octets(64), form);
add('verify of a secret', root.verify, checkKey, message, octets(32));
add('mac', root.mac, macKey, message);
add('macParts', root.macParts, macKey, [message]);
add('verifyParts', root.verifyParts, checkKey, [message], [octets(32)]);
add('seal', root.seal, secretFor(root.aes256Gcm, 'seal'), message, message);
add('open', root.open, secretFor(root.aes256Gcm, 'open'), sealedHere, message);
add('openForeign', root.openForeign, secretFor(root.aes256Gcm, 'open'), {
  iv: sealedHere.slice(0, 12),
  ciphertext: sealedHere.slice(12, -16),
  tag: sealedHere.slice(-16),
  aad: message,
});
add('wrap', root.wrap, secretFor(root.aes256Kw, 'wrap'), octets(32));
add('unwrap', root.unwrap, secretFor(root.aes256Kw, 'unwrap'), wrappedHere);
add(
  'agree',
  root.agree,
  ecdhPair.privateKey,
  root.ecdhP256.publicOf(root.ecdhP256.privateKey(octets(32))),
);
add('exportPublicKey', root.exportPublicKey, ecPair.publicKey, 'der');
add('exportPrivateKeyInTheClear', root.exportPrivateKeyInTheClear, ecPair.privateKey, 'der');
add('exportSecretInTheClear', root.exportSecretInTheClear, macKey);
add('exportForWorker', root.exportForWorker, macKey);
add('importFromWorker', root.importFromWorker, root.exportForWorker(macKey), {
  alg: root.hmacSha256,
  use: 'mac',
});
const certificatePem = `-----BEGIN CERTIFICATE-----
${CERTIFICATE}
-----END CERTIFICATE-----
`;
const certificate = root.readCertificate(CERTIFICATE);
add('readCertificate', root.readCertificate, bytes.decodeBase64(CERTIFICATE));
add('readCertificates', root.readCertificates, certificatePem);
add('importCertificate', root.importCertificate, bytes.decodeBase64(CERTIFICATE), {
  alg: root.ed25519,
  use: 'verify',
});
add('verifyPath', root.verifyPath, [certificate], {
  roots: [certificate],
  now: 1_830_000_000,
  pin: root.NO_PIN,
});
add('createRing', root.createRing, [{ key: macKey }]);
const ring = root.createRing([{ key: macKey }]);
const ringName = { id: 'k1', alg: root.hmacSha256, use: 'mac' };
addAll('ring', ring, {
  find: [ringName, 1],
  primary: [ringName, 1],
  candidates: [ringName, 1],
  with: [{ promote: [ringName] }],
});

const incoming = { method: 'GET', url: '/', headers: [['a', 'b']] };
const outgoing = { method: 'GET', url: 'https://a.example/' };
const prepared = httpMessage.prepareRequest({ ...outgoing, headers: { a: 'b' } });
addAll('http', httpMessage, {
  readRequest: [incoming, { origin: 'https://a.example', body: octets(3) }],
  readResponse: [{ status: 200, headers: [] }],
  prepareRequest: [{ ...outgoing, body: octets(3) }],
  targetUri: [prepared],
  splitTarget: [prepared],
  fieldLine: [prepared.headers, 'a'],
  fieldValue: [prepared.headers, 'a'],
  joinedLines: [prepared.headers, 'a'],
});

const digested = httpMessage.prepareRequest({
  ...outgoing,
  headers: {
    'content-digest': httpDigest.createDigest(octets(3), ['sha-256']),
    'repr-digest': httpDigest.createDigest(octets(3), ['sha-256']),
    'accept-signature': 'sig1=("@method");created',
  },
  body: octets(3),
});
addAll('http digest', httpDigest, {
  createDigest: [message, ['sha-256']],
  checkContentDigest: [digested],
  checkReprDigest: [digested, octets(3)],
  checkDigest: [httpDigest.createDigest(octets(3), ['sha-512']), octets(3)],
  readWantDigest: ['sha-256=1'],
  chooseDigest: ['sha-256=1'],
  writeWantDigest: [{ 'sha-256': 1 }],
});
const asked = { label: 'sig1', components: ['@method'], created: true, expires: false } as const;
const toSign = { components: ['@method', 'content-digest'], parameters: { created: 1 } };
const signedHere = httpMessage.prepareRequest({
  ...outgoing,
  headers: {
    'content-digest': httpDigest.createDigest(octets(3), ['sha-256']),
    ...httpSignature.signMessage(digested, macKey, { label: 'sig1', ...toSign }),
  },
  body: octets(3),
});
addAll('http signature', httpSignature, {
  signatureBase: [digested, toSign],
  signMessage: [digested, macKey, { label: 'sig1', ...toSign }],
  signMessageAsync: [digested, macKey, { label: 'sig1', ...toSign }],
  verifyMessage: [
    signedHere,
    checkKey,
    {
      required: ['@method'],
      select: { label: 'sig1' },
      now: 2,
      tolerance: 0,
      maxAge: 5,
    },
  ],
  readAcceptSignature: [digested],
  writeAcceptSignature: [[asked]],
  answerAcceptSignature: [asked, { alg: root.hmacSha256, now: 1, lifetime: 1 }],
});
const signMessageLater = calls.get('http signature.signMessageAsync');
calls.delete('http signature.signMessageAsync');
/** A request of HTTP, and the same with the fields that signing it gave. */
const httpRequest = httpMessage.prepareRequest({
  ...outgoing,
  body: octets(3),
  headers: { digest: cavage.legacyDigest(octets(3), 'SHA-256') },
});
const withFields = (
  more: readonly (readonly [string, string])[],
): ReturnType<typeof httpMessage.prepareRequest> => {
  const { lines, joined } = httpRequest.headers;
  const added = more.map(([name, value]) => [name.toLowerCase(), [value]] as const);
  return { ...httpRequest, headers: { joined, lines: new Map([...lines, ...added]) } };
};
const clock = { now: 1_795_284_000, tolerance: 0, maxAge: 60 };
const cavageOptions = {
  keyId: 'k',
  headers: ['(created)', 'digest'],
  algorithm: 'hs2019',
  field: 'signature',
  created: clock.now,
} as const;
const cavageSigned = withFields([cavage.signCavage(httpRequest, macKey, cavageOptions).header]);
addAll('cavage', cavage, {
  legacyDigest: [octets(3), 'SHA-256'],
  signCavage: [httpRequest, macKey, cavageOptions],
  signCavageAsync: [undefined],
  identifyCavage: [cavageSigned, 'signature'],
  verifyCavage: [
    cavageSigned,
    checkKey,
    { ...clock, headers: ['digest'], time: 'created', field: 'signature' },
  ],
});
const oauthSecrets = { consumerKey: 'consumer', consumerSecret: 'a secret of some length' };
const oauthAlg = { alg: root.hmacSha256, use: 'mac' } as const;
const oauthKey = oauth1.oauth1Secret(oauthSecrets, oauthAlg);
const oauthOptions = {
  now: clock.now,
  consumerKey: 'consumer',
  nonce: 'n',
  query: 'decoded',
  body: 'hash',
} as const;
const oauthSigned = withFields([oauth1.signOauth1(httpRequest, oauthKey, oauthOptions).header]);
addAll('oauth1', oauth1, {
  oauth1Secret: [oauthSecrets, oauthAlg],
  oauth1BaseString: [httpRequest, [['a', 'b']], { query: 'raw' }],
  signOauth1: [httpRequest, oauthKey, oauthOptions],
  signOauth1Async: [undefined],
  identifyOauth1: [oauthSigned],
  verifyOauth1: [
    oauthSigned,
    root.withUse(oauthKey, 'verify'),
    { ...clock, query: 'decoded', body: 'hash' },
  ],
});
const awsScope = { accessKeyId: 'AKID', day: '20261121', region: 'r', service: 's', use: 'mac' };
const awsKey = sigv4.deriveSigV4Key(macKey, awsScope as never) as typeof macKey;
const awsOptions = { now: clock.now, path: 'normalized', payload: 'header' } as const;
const awsSigned = withFields(sigv4.signSigV4(httpRequest, awsKey, awsOptions).headers);
const presignOptions = { ...awsOptions, payload: 'signed', expires: 60 } as const;
addAll('sigv4', sigv4, {
  deriveSigV4Key: [macKey, awsScope],
  deriveSigV4aKeyPair: [macKey, { accessKeyId: 'AKID', alg: root.ecdsaP256Sha256 }],
  signSigV4: [httpRequest, awsKey, awsOptions],
  signSigV4Async: [undefined],
  presignSigV4: [httpRequest, awsKey, presignOptions],
  presignSigV4Async: [undefined],
  identifySigV4: [awsSigned],
  verifySigV4: [
    awsSigned,
    root.withUse(awsKey, 'verify'),
    { ...clock, form: 'header', service: 's', region: 'r', path: 'normalized' },
  ],
});
// JOSE. A token is made by hand, so that it is one whatever the engine signs.
const joseNow = 1_795_000_000;
const joseRules = { now: joseNow, clockTolerance: 0, issuer: 'a', audience: 'b', typ: 'JWT' };
const jwtClaims = { iss: 'a', aud: 'b', exp: joseNow + 60 };
const jwtMaking = { typ: 'JWT' };
const token = jws.signJws(message, macKey);
add('signJws', jws.signJws, message, macKey, { header: { kid: 'x' } });
add('signFlattenedJws', jws.signFlattenedJws, message, macKey, { header: { kid: 'x' } });
add('signGeneralJws', jws.signGeneralJws, message, [{ key: macKey }], { detached: true });
add('verifyJws', jws.verifyJws, token, checkKey, { maxBytes: 8192 });
add(
  'verifyJws, detached',
  jws.verifyJws,
  jws.signJws(message, macKey, { detached: true }),
  checkKey,
  {
    payload: message,
  },
);
add('readUnverifiedHeader', jws.readUnverifiedHeader, token, { maxBytes: 8192 });
add(
  'verifyFlattenedJws',
  jws.verifyFlattenedJws,
  bytes.encodeUtf8(jws.signFlattenedJws(message, macKey)),
  checkKey,
  { maxBytes: 8192 },
);
add(
  'verifyGeneralJws',
  jws.verifyGeneralJws,
  bytes.encodeUtf8(jws.signGeneralJws(message, [{ key: macKey }])),
  checkKey,
  { maxBytes: 8192 },
);
add('signJwt', jwt.signJwt, jwtClaims, macKey, jwtMaking);
add('verifyJwt', jwt.verifyJwt, jwt.signJwt(jwtClaims, macKey, jwtMaking), checkKey, joseRules);
const dpopMaking: dpop.DpopMaking = {
  method: 'GET',
  url: 'https://a.example/',
  now: joseNow,
  accessToken: 'token',
  nonce: dpop.NO_NONCE,
};
const dpopRequest = {
  algs: [root.ed25519],
  method: 'GET',
  url: 'https://a.example/',
  now: joseNow,
  clockTolerance: 0,
  maxAge: 60,
  nonce: dpop.NO_NONCE,
};
const proof = dpop.createDpopProof(edPair.privateKey, dpopMaking);
const thumbprint = edPair.publicKey.id ?? '';
add('createDpopProof', dpop.createDpopProof, edPair.privateKey, dpopMaking);
add('verifyDpop', dpop.verifyDpop, proof, { ...dpopRequest, thumbprint, accessToken: 'token' });
add('verifyUnboundDpop', dpop.verifyUnboundDpop, proof, dpopRequest);
const assertionMaking = { clientId: 'a', audience: 'b', now: joseNow, lifetime: 60 };
add('createClientAssertion', assertion.createClientAssertion, macKey, assertionMaking);
add(
  'verifyClientAssertion',
  assertion.verifyClientAssertion,
  assertion.createClientAssertion(macKey, assertionMaking),
  checkKey,
  {
    clientId: 'a',
    audience: 'b',
    typ: assertion.ANY_TYPE,
    now: joseNow,
    clockTolerance: 0,
    maxLifetime: 60,
  },
);
const accessClaims = { ...jwtClaims, iat: joseNow, sub: 'c', client_id: 'd', jti: 'e' };
add(
  'verifyAccessToken',
  accessToken.verifyAccessToken,
  jwt.signJwt(accessClaims, macKey, { typ: 'at+jwt' }),
  checkKey,
  { issuer: 'a', audience: 'b', now: joseNow, clockTolerance: 0, binding: accessToken.BEARER },
);
// JOSE: encryption and keys.
const kwHere = secretFor(root.aes256Kw, 'wrap');
const sealedTo = jwe.encryptJwe(message, kwHere, { enc: root.aes256Gcm });
const jweOptions = { enc: [root.aes256Gcm], maxBytes: 1 << 16 };
add('jwe encrypt', jwe.encryptJwe, message, ecdhPair.publicKey, {
  enc: root.aes256Gcm,
  wrap: root.aes256Kw,
  apu: message,
  header: {},
});
add('decryptJwe', jwe.decryptJwe, sealedTo, root.withUse(kwHere, 'unwrap'), jweOptions);
const ecJwk = root.exportPublicKey(ecPair.publicKey, 'jwk');
const jwkSetOctets = bytes.encodeUtf8(JSON.stringify({ keys: [ecJwk] }));
const jwkSetOptions = { algs: [es256], use: 'verify' };
add('readJwkSet', jwk.readJwkSet, jwkSetOctets);
add('importJwkSet', jwk.importJwkSet, jwk.readJwkSet(jwkSetOctets), jwkSetOptions);
add('importJwk', jwk.importJwk, ecJwk, { alg: es256, use: 'verify' });
add('writeJwkSet', jwk.writeJwkSet, [ecPair.publicKey]);
const truelayerPair = ecKeys.generateKeyPair({ alg: root.ecdsaP521Sha512, id: 'k' });
const truelayerSet = bytes.decodeUtf8(jwk.writeJwkSet([truelayerPair.publicKey]));
add('importTruelayerKeys', truelayer.importTruelayerKeys, truelayerSet);
add('jwkThumbprint', jwk.jwkThumbprint, ecJwk, root.sha256);
add('jwkThumbprintUri', jwk.jwkThumbprintUri, ecPair.publicKey, root.sha256);

const paypalTrust = { roots: [root.readCertificate(callbacks.paypal.root)], now: 1_795_262_400 };
add('isPaypalCertificateUrl', paypal.isPaypalCertificateUrl, 'https://api.paypal.com/x');
add('importPaypalCertificate', paypal.importPaypalCertificate, callbacks.paypal.chain, paypalTrust);
add('checkPaypalCertificate', paypal.checkPaypalCertificate, callbacks.paypal.chain, paypalTrust);
add('isSnsCertificateUrl', awsSns.isSnsCertificateUrl, 'https://sns.x.amazonaws.com/x');
const adyenSecret = '00112233445566778899aabbccddeeff';
const adyenItem = sign(
  adyen.adyenItem,
  {
    body: bytes.encodeUtf8(
      '{"pspReference":"1","merchantAccountCode":"a","eventCode":"A","success":"true"}',
    ),
  },
  importFor(adyen.adyenItem, adyenSecret, { use: 'mac' }),
  { now: 1_700_000_000 },
).body;
add(
  'verifyAdyenNotification',
  adyen.verifyAdyenNotification,
  bytes.concat(
    bytes.encodeUtf8('{"notificationItems":[{"NotificationRequestItem":'),
    adyenItem,
    bytes.encodeUtf8('}]}'),
  ),
  importFor(adyen.adyenItem, adyenSecret, { use: 'verify' }),
  { now: 1_700_000_000 },
);

const alipayKey = rsaKeys.importPublicKey(alipaySample.publicKey, {
  alg: root.rsaPkcs1Sha256,
  use: 'verify',
});
const alipayContentKey = alipay.importContentKey(alipaySample.contentKey);
const alipayClock = { now: alipaySample.now };
const alipayCall = {
  gateway: 'https://openapi.alipay.com/gateway.do',
  appId: '1',
  method: 'alipay.trade.query',
};
addAll(
  'alipay',
  {
    ...alipay,
    // A key, and where it is found.
    importAlipayCertificate: (...args: Parameters<typeof alipay.importAlipayCertificate>) =>
      shown(alipay.importAlipayCertificate(...args).key),
  },
  {
    alipayCall: [alipayCall, alipayClock],
    alipayCertSn: [alipaySample.certificate],
    alipayFields: [
      verifyScheme(
        alipay.alipayNotify,
        { body: bytes.encodeUtf8(alipaySample.notify) },
        alipayKey,
        { ...alipayClock, covers: ['form', 'notifyId'] },
      ),
    ],
    alipayPageCall: [alipayCall, alipayClock],
    alipayRootCertSn: [alipaySample.roots],
    alipaySubject: ['2088000000000000'],
    decryptContent: [
      verifyScheme(
        alipay.alipayResponse,
        { body: bytes.encodeUtf8(alipaySample.responseEncrypted) },
        alipayKey,
        { ...alipayClock, settings: { method: alipayCall.method }, covers: ['response'] },
      ),
      alipayContentKey,
    ],
    encryptContent: ['text', alipayContentKey],
    importAlipayCertificate: [
      alipaySample.certificate,
      { ...alipayClock, roots: alipaySample.roots, pin: alipay.NO_PIN },
    ],
    importContentKey: [alipaySample.contentKey],
  },
);

const wechatClock = { now: wechat.NOW };
const ofWechat = (
  scheme: typeof wechatPay.wechatPayCallback,
  sent: typeof wechat.sample.callback,
) => verifyScheme(scheme, wechat.received(sent), wechat.platform, wechatClock);
const wechatResponse = ofWechat(wechatPay.wechatPayResponse, wechat.sample.download);
const wechatStatement = verifyScheme(
  wechatPay.wechatPayStatement,
  wechat.received(wechat.sample.statement),
  wechat.platform,
  { ...wechatClock, covers: ['time', 'nonce', 'sha1'] },
);
const wechatFieldKey = { alg: root.rsaOaepSha1, use: 'encrypt' } as const;
const isRsaPrivate = engineName !== 'noble';
const wechatDecrypter = isRsaPrivate
  ? rsaKeys.importPrivateKey(wechat.merchantJwk(), { alg: root.rsaOaepSha1, use: 'decrypt' })
  : undefined;
const wechatSigner = isRsaPrivate
  ? rsaKeys.importPrivateKey(wechat.merchantJwk(), { alg: root.rsaPkcs1Sha256, use: 'sign' })
  : undefined;
const wechatPayment = { appId: 'wx1', prepayId: 'wx2' };
const wechatAppPayment = { ...wechatPayment, partnerId: '1' };
addAll(
  'wechat-pay',
  {
    ...wechatPay,
    // Their results have functions, which are others each time.
    bootstrapCertificates: (...args: Parameters<typeof wechatPay.bootstrapCertificates>) =>
      wechatPay.bootstrapCertificates(...args).map(shown),
    openCertificates: (...args: Parameters<typeof wechatPay.openCertificates>) =>
      wechatPay.openCertificates(...args).map(shown),
    openResource: (...args: Parameters<typeof wechatPay.openResource>) =>
      wechatPay.openResource(...args).plaintext,
  },
  {
    bootstrapCertificates: [wechat.received(wechat.sample.download), wechat.apiV3Key, wechatClock],
    decryptField: [wechat.sample.field, wechatDecrypter],
    decryptFieldAsync: [undefined],
    encryptField: ['text', rsaKeys.importPublicKey(wechat.sample.publicKey, wechatFieldKey)],
    importApiV3Key: [wechat.sample.apiV3Key, { id: 'x' }],
    matchesStatement: [wechatStatement, octets(3)],
    openCertificates: [wechatResponse, wechat.apiV3Key],
    openResource: [ofWechat(wechatPay.wechatPayCallback, wechat.sample.callback), wechat.apiV3Key],
    platformKeys: [{ certificates: wechat.certificates }],
    platformSerial: [wechatPay.openCertificates(wechatResponse, wechat.apiV3Key)[0]],
    signAppPayment: [wechatAppPayment, wechatSigner, wechatClock],
    signAppPaymentAsync: [undefined],
    signJsapiPayment: [wechatPayment, wechatSigner, wechatClock],
    signJsapiPaymentAsync: [undefined],
  },
);

/** Those that answer later; what they take is tried at the end. */
const later = new Map<string, Call>([
  ['signAsync', { run: root.signAsync, good: [ecPair.privateKey, message, form] }],
  ['macAsync', { run: root.macAsync, good: [macKey, message] }],
  ['verifyAsync', { run: root.verifyAsync, good: [checkKey, message, octets(32)] }],
  ...(signMessageLater === undefined ? [] : [['signMessageAsync', signMessageLater] as const]),
  ['signJwsAsync', { run: jws.signJwsAsync, good: [message, macKey, { detached: true }] }],
  ['signFlattenedJwsAsync', { run: jws.signFlattenedJwsAsync, good: [message, macKey, {}] }],
  ['signGeneralJwsAsync', { run: jws.signGeneralJwsAsync, good: [message, [{ key: macKey }], {}] }],
  ['signJwtAsync', { run: jwt.signJwtAsync, good: [jwtClaims, macKey, jwtMaking] }],
  [
    'createDpopProofAsync',
    { run: dpop.createDpopProofAsync, good: [edPair.privateKey, dpopMaking] },
  ],
  [
    'createClientAssertionAsync',
    { run: assertion.createClientAssertionAsync, good: [macKey, assertionMaking] },
  ],
  [
    'decryptJweAsync',
    { run: jwe.decryptJweAsync, good: [sealedTo, root.withUse(kwHere, 'unwrap'), jweOptions] },
  ],
  ['decryptAsync', { run: root.decryptAsync, good: [remoteDecrypter, octets(256), message] }],
  [
    'importRemoteSigner',
    { run: rsaRemote.importRemoteSigner, good: [signing, { alg: root.rsaPssSha256, use: 'sign' }] },
  ],
  [
    'importRemoteDecrypter',
    {
      run: rsaRemote.importRemoteDecrypter,
      good: [signing, { alg: root.rsaOaepSha256, use: 'decrypt' }],
    },
  ],
]);

later.set('signCavageAsync', {
  run: cavage.signCavageAsync,
  good: [httpRequest, macKey, cavageOptions],
});
later.set('signOauth1Async', {
  run: oauth1.signOauth1Async,
  good: [httpRequest, oauthKey, oauthOptions],
});
later.set('signSigV4Async', {
  run: sigv4.signSigV4Async,
  good: [httpRequest, awsKey, awsOptions],
});
later.set('presignSigV4Async', {
  run: sigv4.presignSigV4Async,
  good: [httpRequest, awsKey, presignOptions],
});

later.set('decryptFieldAsync', {
  run: wechatPay.decryptFieldAsync,
  good: [wechat.sample.field, { ...remoteDecrypter, alg: root.rsaOaepSha1 }],
});
later.set('signJsapiPaymentAsync', {
  run: wechatPay.signJsapiPaymentAsync,
  good: [wechatPayment, wechatSigner, wechatClock],
});
later.set('signAppPaymentAsync', {
  run: wechatPay.signAppPaymentAsync,
  good: [wechatAppPayment, wechatSigner, wechatClock],
});

/** What is no junk as one argument of a function. */
const noOptions = (junk: unknown): boolean => junk === undefined || junk?.constructor === Object;
const json0 = (junk: unknown): boolean =>
  !['undefined', 'symbol', 'function'].includes(typeof junk);
const noClaims = (junk: unknown): boolean => junk?.constructor === Object;
const fits = new Map<Call['run'], readonly ((junk: unknown) => boolean)[]>([
  [json.readJson, [() => false, noOptions]],
  [json.sliceMember, [() => false, Array.isArray, noOptions]],
  [root.macParts, [() => false, Array.isArray]],
  [root.verifyParts, [() => false, Array.isArray, Array.isArray]],
  [json.isJsonObject, [() => true]],
  [json.writeJson, [json0, noOptions]],
  [json.writeJsonText, [json0, noOptions]],
  [forms.writeForm, [Array.isArray]],
  [oauth1.oauth1BaseString, [() => false, Array.isArray]],
  [tuples.encodeTuple, [() => false, Array.isArray]],
  [tuples.decodeTuple, [() => false, () => false, noOptions]],
  [jws.readUnverifiedHeader, [() => false, noOptions]],
  [wechatPay.importApiV3Key, [() => false, noOptions]],
  [jwt.signJwt, [noClaims]],
  [jwt.signJwtAsync, [noClaims]],
  ...[
    jws.signJws,
    jws.signJwsAsync,
    jws.signFlattenedJws,
    jws.signFlattenedJwsAsync,
    jws.signGeneralJws,
    jws.signGeneralJwsAsync,
    jws.verifyJws,
    jws.verifyFlattenedJws,
    jws.verifyGeneralJws,
  ].map((run) => [run, [() => false, () => false, noOptions]] as const),
]);

/** What a call came to: its result, or its error if that is one that callers may expect. */
function attempt(call: Call, args: readonly unknown[]): { result?: unknown; error?: Error } {
  try {
    const result = call.run(...(args as never[]));
    return { result: shown(result) };
  } catch (error) {
    const isExpected = error instanceof CountersignError || error instanceof TypeError;
    if (isExpected && error.cause === undefined) return { error };
    throw error;
  }
}

/** A handle shows nothing to compare, but the id of its public key; a certificate has functions. */
function shown(result: unknown): unknown {
  if (result instanceof Key) {
    const { alg, use, id } = result as Key;
    return `${alg.name} ${use} ${String(id)}`;
  }
  const { fingerprint } = (result ?? {}) as Partial<root.Certificate>;
  return fingerprint ?? result;
}

function replaced(good: readonly unknown[], at: number, by: unknown): unknown[] {
  return good.map((argument, i) => (i === at ? by : argument));
}

/** Arguments of a call that are octets, or objects that hold some. */
function* octetPlaces(call: Call): Generator<(by: (good: Uint8Array) => Uint8Array) => unknown[]> {
  for (const [at, argument] of call.good.entries()) {
    if (argument instanceof Uint8Array) yield (by) => replaced(call.good, at, by(argument));
    else if (typeof argument === 'object' && argument !== null && !(argument instanceof Key)) {
      for (const [name, value] of Object.entries(argument)) {
        if (!(value instanceof Uint8Array) || 'encoding' in argument) continue;
        yield (by) => {
          const changed = { ...argument, [name]: by(value) };
          return replaced(
            call.good,
            at,
            Array.isArray(argument) ? Object.values(changed) : changed,
          );
        };
      }
    }
  }
}

// What this engine refuses altogether is tried in vectors.engine.test.ts.
const runnable = [...calls].filter(([, call]) => {
  if (call.good.includes(undefined)) return false;
  const { error } = attempt(call, call.good);
  return !(error instanceof CountersignError && error.code === 'ERR_UNSUPPORTED_ENGINE');
});

describe('bad input', () => {
  test('every public function is tried', () => {
    const modules = [
      jwe,
      jwk,
      bytes,
      root,
      modes,
      legacy,
      fixed,
      ecKeys,
      edKeys,
      xKeys,
      rsaKeys,
      rsaRemote,
      httpDigest,
      httpMessage,
      cavage,
      oauth1,
      sigv4,
      forms,
      json,
      tuples,
      httpSignature,
      structured,
      accessToken,
      assertion,
      dpop,
      jws,
      jwt,
      alipay,
      wechatPay,
      truelayer,
      adyen,
      awsSns,
      paypal,
      twilio,
    ];
    const exported = modules.flatMap((module) =>
      Object.entries(module).flatMap(([name, value]: [string, unknown]) =>
        typeof value === 'function' && name !== 'CountersignError' ? [name] : [],
      ),
    );
    const tried = new Set([...calls.values(), ...later.values()].map(({ run }) => run.name));
    expect(exported.filter((name) => !tried.has(name) && name !== 'signDeterministic')).toEqual([]);
  });

  test.each(runnable)('%s refuses values of the wrong type', (_name, call) => {
    for (const at of call.good.keys()) {
      for (const junk of [undefined, null, SECRET, [], {}, Symbol('junk'), () => 1, 0.5, -1]) {
        const same = typeof junk === typeof call.good[at];
        if (same && typeof junk === 'string') continue; // right type; the next tests' matter
        if (fits.get(call.run)?.[at]?.(junk) === true) continue;
        const { error } = attempt(call, replaced(call.good, at, junk));
        expect(error, `argument ${at} as ${typeof junk}`).toBeInstanceOf(Error);
        expect(error?.message).not.toContain('SECRET');
      }
    }
  });

  test.each([...later])('%s refuses values of the wrong type', async (_name, call) => {
    for (const at of call.good.keys()) {
      for (const junk of [undefined, null, SECRET, [], {}, Symbol('junk'), () => 1, 0.5, shared]) {
        if (fits.get(call.run)?.[at]?.(junk) === true) continue;
        const given = replaced(call.good, at, junk) as never[];
        const error: unknown = await (call.run(...given) as Promise<unknown>).then(
          () => 'no error',
          (caught: unknown) => caught,
        );
        const isExpected = error instanceof CountersignError || error instanceof TypeError;
        expect(isExpected, `argument ${at} as ${typeof junk}: ${String(error)}`).toBe(true);
        expect((error as Error).message).not.toContain('SECRET');
      }
    }
  });

  test.each(runnable)('%s never repeats a text that it refuses', (_name, call) => {
    for (const [at, argument] of call.good.entries()) {
      if (typeof argument !== 'string') continue;
      for (const junk of ['', SECRET, `\u{d800}${SECRET}`, SECRET.repeat(400_000)]) {
        const { error } = attempt(call, replaced(call.good, at, junk));
        expect(error?.message ?? '').not.toContain('SECRET');
      }
    }
  });

  test.each(runnable)('%s refuses octets that another thread can change', (_name, call) => {
    for (const place of octetPlaces(call)) {
      for (const view of [shared, resizable]) {
        const { error } = attempt(
          call,
          place(() => view),
        );
        expect(error).toBeInstanceOf(TypeError);
      }
    }
  });

  test.each(runnable)('%s survives no octets and MiB of them', (_name, call) => {
    for (const place of octetPlaces(call)) {
      for (const size of [new Uint8Array(0), huge]) {
        const { error } = attempt(
          call,
          place(() => size),
        );
        expect(error?.message.length ?? 0).toBeLessThan(300);
        expect(error?.message ?? '').not.toContain('AAAA');
      }
    }
  });

  test.each(runnable)('%s takes another realm’s octets and Buffers', (name, call) => {
    const isRandom = /sign$|seal$|encrypt$/i.test(name);
    const expected = attempt(call, call.good);
    expect(expected.error).toBeUndefined();
    for (const place of octetPlaces(call)) {
      const foreign = (good: Uint8Array): Uint8Array =>
        runInNewContext('Uint8Array.from(good)', { good: Array.from(good) }) as Uint8Array;
      const subclass = (good: Uint8Array): Uint8Array =>
        runInNewContext('new (class Theirs extends Uint8Array {})(good)', {
          good: Array.from(good),
        }) as Uint8Array;
      const buffer = (good: Uint8Array): Uint8Array => Buffer.from(good);
      for (const make of [foreign, subclass, buffer]) {
        const found = attempt(call, place(make));
        expect(found.error).toBeUndefined();
        if (!isRandom) expect(found.result).toEqual(expected.result);
      }
    }
  });
});
