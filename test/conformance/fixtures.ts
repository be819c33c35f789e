// Files in Wycheproof's form, one of each type that is run: a case that node:crypto made, and one with
// a bit of it changed.
import {
  createCipheriv,
  createHmac,
  createSign,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  sign,
} from 'node:crypto';

import { joseFiles } from './jwe-fixtures.js';

type Fields = Record<string, unknown>;
type Test = Fields & { tcId: number; result: string; flags: string[] };
export interface WycheproofFile {
  readonly algorithm: string;
  readonly schema: string;
  readonly numberOfTests: number;
  readonly testGroups: readonly (Fields & { readonly tests: readonly Test[] })[];
}

const MESSAGE = Buffer.from('{"amount":"9.99"}');

/** The files by their names; with `short` the secret of a MAC is one that needs a relaxation. */
export function wycheproofFiles(secret: 'long' | 'short' = 'long'): Record<string, WycheproofFile> {
  return {
    ...macFiles(randomBytes(secret === 'short' ? 8 : 32)),
    ...cipherFiles(),
    ...signatureFiles(),
    ...rsaFiles(),
    ...agreementFiles(),
    ...keyFiles(),
    ...jwsFiles(),
    ...Object.fromEntries(
      Object.entries(joseFiles()).map(([name, { algorithm, group, good, changed }]) => [
        name,
        file(algorithm, group, good, changed),
      ]),
    ),
  };
}

/** A file of one group: the case as it was made, and the same with one field changed. */
function file(algorithm: string, group: Fields, good: Fields, changed: Fields): WycheproofFile {
  const tests = [
    { tcId: 1, ...good, result: 'valid', flags: [] },
    { tcId: 2, ...good, ...changed, result: 'invalid', flags: [] },
  ];
  const testGroups = [{ ...group, tests }];
  return { algorithm, schema: 'any_v1.json', numberOfTests: tests.length, testGroups };
}

/** Hexadecimal of octets, and of the same with their last bit changed. */
function pair(name: string, octets: Uint8Array): [Fields, Fields] {
  const other = Buffer.from(octets);
  other.writeUInt8((other.at(-1) ?? 0) ^ 1, other.length - 1);
  return [{ [name]: Buffer.from(octets).toString('hex') }, { [name]: other.toString('hex') }];
}

function hex(fields: Readonly<Record<string, Uint8Array>>): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, octets]) => [name, Buffer.from(octets).toString('hex')]),
  );
}

function macFiles(key: Buffer): Record<string, WycheproofFile> {
  const macs = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-384', 'sha3-512'];
  const files = macs.map((hash) => {
    const name = `HMAC${hash.toUpperCase()}`;
    const made = createHmac(hash, key).update(MESSAGE).digest();
    const [good, changed] = pair('tag', made);
    const group = { type: 'MacTest', keySize: key.length * 8, tagSize: made.length * 8 };
    return [`${name}.json`, file(name, group, { ...hex({ key, msg: MESSAGE }), ...good }, changed)];
  });
  const [salt, info] = [randomBytes(32), randomBytes(16)];
  const okm = new Uint8Array(hkdfSync('sha256', key, salt, info, 42));
  const derived = { ...hex({ ikm: key, salt, info, okm }), size: 42 };
  const tooMuch = { size: 255 * 32 + 1 };
  return {
    ...(Object.fromEntries(files) as Record<string, WycheproofFile>),
    'HKDF.json': file('HKDF-SHA-256', { type: 'HkdfTest', keySize: 256 }, derived, tooMuch),
  };
}

function cipherFiles(): Record<string, WycheproofFile> {
  const [key, iv] = [randomBytes(32), randomBytes(12)];
  const gcm = createCipheriv('aes-256-gcm', key, iv).setAAD(MESSAGE);
  const ct = Buffer.concat([gcm.update(MESSAGE), gcm.final()]);
  const [tag, otherTag] = pair('tag', gcm.getAuthTag());
  const gcmGroup = { type: 'AeadTest', keySize: 256, ivSize: 96, tagSize: 128 };
  const wrapping = createCipheriv('id-aes256-wrap', key, Buffer.alloc(8, 0xa6));
  const [wrapped, otherWrapped] = pair('ct', wrapping.update(key));
  const block = randomBytes(16);
  const cbc = createCipheriv('aes-256-cbc', key, block);
  const padded = Buffer.concat([cbc.update(MESSAGE), cbc.final()]);
  const cbcCase = hex({ key, iv: block, msg: MESSAGE, ct: padded });
  return {
    'AES-GCM.json': file(
      'AES-GCM',
      gcmGroup,
      { ...hex({ key, iv, aad: MESSAGE, msg: MESSAGE, ct }), ...tag },
      otherTag,
    ),
    'AES-WRAP.json': file(
      'AES-WRAP',
      { type: 'KeywrapTest', keySize: 256 },
      { ...hex({ key, msg: key }), ...wrapped },
      otherWrapped,
    ),
    'AES-CBC.json': file(
      'AES-CBC-PKCS5',
      { type: 'IndCpaTest', keySize: 256, ivSize: 128 },
      cbcCase,
      // Without its last block it ends in octets that are no padding.
      hex({ ct: padded.subarray(0, 16) }),
    ),
  };
}

function spki(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('hex');
}

function pkcs8(key: KeyObject): string {
  return key.export({ format: 'der', type: 'pkcs8' }).toString('hex');
}

function publicForms(key: KeyObject): Fields {
  return {
    publicKeyDer: spki(key),
    publicKeyPem: key.export({ format: 'pem', type: 'spki' }),
    publicKeyJwk: { ...key.export({ format: 'jwk' }), kid: 'none' },
  };
}

function pems({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }) {
  return {
    public: publicKey.export({ format: 'pem', type: 'spki' }),
    private: privateKey.export({ format: 'pem', type: 'pkcs8' }),
  };
}

function signatureFiles(): Record<string, WycheproofFile> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const group = {
    publicKey: { curve: 'secp256r1' },
    ...publicForms(publicKey),
    sha: 'SHA-256',
  };
  const ecdsa = (type: string, key: KeyObject, dsaEncoding: 'der' | 'ieee-p1363') => {
    const [good, changed] = pair('sig', sign('sha256', MESSAGE, { key, dsaEncoding }));
    return [{ ...group, type }, { ...hex({ msg: MESSAGE }), ...good }, changed] as const;
  };
  const bitcoin = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  const [low, high] = bothSignatures(bitcoin.privateKey);
  const ed25519 = generateKeyPairSync('ed25519');
  const [good, changed] = pair('sig', sign(null, MESSAGE, ed25519.privateKey));
  const dsa = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 });
  const [dsaGood, dsaChanged] = pair(
    'sig',
    createSign('sha256').update(MESSAGE).sign(dsa.privateKey),
  );
  return {
    'ECDSA.json': file('ECDSA', ...ecdsa('EcdsaVerify', privateKey, 'der')),
    'ECDSA-P1363.json': file('ECDSA', ...ecdsa('EcdsaP1363Verify', privateKey, 'ieee-p1363')),
    'ECDSA-bitcoin.json': file(
      'ECDSA',
      {
        type: 'EcdsaBitcoinVerify',
        publicKey: { curve: 'secp256k1' },
        publicKeyDer: spki(bitcoin.publicKey),
        sha: 'SHA-256',
      },
      { ...hex({ msg: MESSAGE }), sig: low },
      { sig: high },
    ),
    'EDDSA.json': file(
      'EDDSA',
      {
        type: 'EddsaVerify',
        publicKey: { curve: 'edwards25519' },
        ...publicForms(ed25519.publicKey),
      },
      { ...hex({ msg: MESSAGE }), ...good },
      changed,
    ),
    'DSA.json': file(
      'DSA',
      { type: 'DsaVerify', publicKey: dsaParts(dsa.publicKey), sha: 'SHA-256' },
      { ...hex({ msg: MESSAGE }), ...dsaGood },
      dsaChanged,
    ),
  };
}

const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** A signature and its twin with the other s, in DER, the lower first. SEC 2, 2.4.1, has the order. */
function bothSignatures(key: KeyObject): [string, string] {
  const fixed = sign('sha256', MESSAGE, { key, dsaEncoding: 'ieee-p1363' }).toString('hex');
  const [r, s] = [BigInt(`0x${fixed.slice(0, 64)}`), BigInt(`0x${fixed.slice(64)}`)];
  const twin = SECP256K1_ORDER - s;
  const [low, high] = s < twin ? [s, twin] : [twin, s];
  return [derOf([r, low]), derOf([r, high])];
}

function derOf(integers: readonly bigint[]): string {
  const encoded = integers.map((integer) => {
    const even =
      integer.toString(16).length % 2 === 0 ? integer.toString(16) : `0${integer.toString(16)}`;
    return tlv('02', Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even);
  });
  return tlv('30', encoded.join(''));
}

function tlv(tag: string, content: string): string {
  return `${tag}${(content.length / 2).toString(16).padStart(2, '0')}${content}`;
}

/** The four integers of a DSA key, from their DER. */
function dsaParts(key: KeyObject): Fields {
  const der = key.export({ format: 'der', type: 'spki' });
  const integers = [...readIntegers(der)].map((octets) => octets.toString('hex'));
  const [p, q, g, y] = integers;
  return { p, q, g, y };
}

/** Every INTEGER in DER, into whatever holds it. */
function* readIntegers(der: Buffer): Generator<Buffer> {
  for (let at = 0; at < der.length;) {
    const tag = der.readUInt8(at);
    const first = der.readUInt8(at + 1);
    const more = first > 0x80 ? first - 0x80 : 0;
    const size = more > 0 ? der.readUIntBE(at + 2, more) : first;
    const content = der.subarray(at + 2 + more, at + 2 + more + size);
    if (tag === 0x02) yield content;
    if (tag === 0x30) yield* readIntegers(content);
    if (tag === 0x03) yield* readIntegers(content.subarray(1));
    at += 2 + more + size;
  }
}

function rsaFiles(): Record<string, WycheproofFile> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const group = {
    keySize: 2048,
    sha: 'SHA-256',
    mgf: 'MGF1',
    mgfSha: 'SHA-256',
    sLen: 32,
    publicKey: { publicExponent: '010001' },
    ...publicForms(publicKey),
    publicKeyAsn: publicKey.export({ format: 'der', type: 'pkcs1' }).toString('hex'),
  };
  const [pkcs1, otherPkcs1] = pair('sig', sign('sha256', MESSAGE, privateKey));
  const padding = { key: privateKey, padding: 6, saltLength: 32 };
  const [pss, otherPss] = pair('sig', sign('sha256', MESSAGE, padding));
  const encrypted = publicEncrypt({ key: publicKey, padding: 4, oaepHash: 'sha256' }, MESSAGE);
  const [ct, otherCt] = pair('ct', encrypted);
  const msg = hex({ msg: MESSAGE });
  return {
    'RSA.json': file(
      'RSASSA-PKCS1-v1_5',
      { ...group, type: 'RsassaPkcs1Verify' },
      { ...msg, ...pkcs1 },
      otherPkcs1,
    ),
    'RSA-generate.json': file(
      'RSASSA-PKCS1-v1_5',
      { ...group, type: 'RsassaPkcs1Generate', privateKeyPkcs8: pkcs8(privateKey) },
      { ...msg, ...pkcs1 },
      otherPkcs1,
    ),
    'RSA-PSS.json': file(
      'RSASSA-PSS',
      { ...group, type: 'RsassaPssVerify' },
      { ...msg, ...pss },
      otherPss,
    ),
    'RSA-OAEP.json': file(
      'RSAES-OAEP',
      {
        ...group,
        type: 'RsaesOaepDecrypt',
        privateKey: {
          modulus: Buffer.from(
            String(privateKey.export({ format: 'jwk' }).n),
            'base64url',
          ).toString('hex'),
          publicExponent: '010001',
        },
        privateKeyPkcs8: pkcs8(privateKey),
        privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }),
        privateKeyJwk: { ...privateKey.export({ format: 'jwk' }), alg: 'RSA-OAEP' },
      },
      { ...msg, ...ct, label: '' },
      otherCt,
    ),
  };
}

function agreementFiles(): Record<string, WycheproofFile> {
  const [ours, theirs] = [ecPair(), ecPair()];
  const shared = diffieHellman({ privateKey: ours.privateKey, publicKey: theirs.publicKey });
  const jwk = ours.privateKey.export({ format: 'jwk' });
  const peer = theirs.publicKey.export({ format: 'jwk' });
  // A point that is not on the curve.
  const off = { ...peer, y: peer.x };
  const spkiOf = Buffer.from(spki(theirs.publicKey), 'hex');
  const [publicDer, otherDer] = pair('public', spkiOf);
  const [point, otherPoint] = pair('public', spkiOf.subarray(-65));
  const scalar = { private: Buffer.from(jwk.d ?? '', 'base64url').toString('hex') };
  const x = x25519Case();
  const group = (type: string, curve = 'secp256r1') => ({ type, curve, encoding: 'any' });
  const secret = { shared: shared.toString('hex') };
  return {
    'ECDH.json': file('ECDH', group('EcdhTest'), { ...publicDer, ...scalar, ...secret }, otherDer),
    'ECDH-point.json': file(
      'ECDH',
      group('EcdhEcpointTest'),
      { ...point, ...scalar, ...secret },
      otherPoint,
    ),
    'ECDH-jwk.json': file(
      'ECDH',
      group('EcdhWebcryptoTest', 'P-256'),
      { public: peer, private: jwk, ...secret },
      { public: off },
    ),
    'ECDH-pem.json': file(
      'ECDH',
      group('EcdhPemTest'),
      { public: pems(theirs).public, private: pems(ours).private, ...secret },
      { public: pems(theirs).private },
    ),
    'XDH.json': file('XDH', group('XdhComp', 'curve25519'), x.raw, { public: '00'.repeat(32) }),
    'XDH-asn.json': file('XDH', group('XdhAsnComp', 'curve25519'), x.der, {
      public: x.der.public.slice(0, -2),
    }),
    'XDH-jwk.json': file('XDH', group('XdhJwkComp', 'curve25519'), x.jwk, { public: peer }),
    'XDH-pem.json': file('XDH', group('XdhPemComp', 'curve25519'), x.pem, {
      public: pems(theirs).public,
    }),
  };
}

function ecPair() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function x25519Case() {
  const [ours, theirs] = [generateKeyPairSync('x25519'), generateKeyPairSync('x25519')];
  const [privateKey, publicKey] = [ours.privateKey, theirs.publicKey];
  const shared = { shared: diffieHellman({ privateKey, publicKey }).toString('hex') };
  const [publicDer, privateDer] = [spki(publicKey), pkcs8(privateKey)];
  return {
    raw: { public: publicDer.slice(-64), private: privateDer.slice(-64), ...shared },
    der: { public: publicDer, private: privateDer, ...shared },
    jwk: {
      public: publicKey.export({ format: 'jwk' }),
      private: privateKey.export({ format: 'jwk' }),
      ...shared,
    },
    pem: { public: pems(theirs).public, private: pems(ours).private, ...shared },
  };
}

function keyFiles(): Record<string, WycheproofFile> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const group = { type: 'PkixKeyDecode', algorithm: 'Ed25519', parameterSet: 'Ed25519' };
  const cut = (encoded: string) => ({ encoded: encoded.slice(0, -2) });
  const [pub, priv] = [spki(publicKey), pkcs8(privateKey)];
  return {
    'SPKI.json': file('Ed25519', { ...group, keyType: 'spki' }, { encoded: pub }, cut(pub)),
    'PKCS8.json': file('Ed25519', { ...group, keyType: 'pkcs8' }, { encoded: priv }, cut(priv)),
  };
}

function jwsFiles(): Record<string, WycheproofFile> {
  const encoded = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const secret = randomBytes(32);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const token = (alg: string, signed: (input: Buffer) => Buffer): [Fields, Fields] => {
    const input = `${encoded({ alg })}.${encoded({ sub: 'user' })}`;
    const value = signed(Buffer.from(input));
    const other = Buffer.from(value);
    other.writeUInt8(other.readUInt8(0) ^ 1, 0);
    return [
      { jws: `${input}.${value.toString('base64url')}` },
      { jws: `${input}.${other.toString('base64url')}` },
    ];
  };
  const group = { type: 'JsonWebSignature' };
  return {
    'JWS-mac.json': file(
      'JWS',
      { ...group, private: { kty: 'oct', alg: 'HS256', k: secret.toString('base64url') } },
      ...token('HS256', (input) => createHmac('sha256', secret).update(input).digest()),
    ),
    'JWS.json': file(
      'JWS',
      { ...group, public: { ...publicKey.export({ format: 'jwk' }), kid: 'x' } },
      ...token('EdDSA', (input) => sign(null, input, privateKey)),
    ),
  };
}
