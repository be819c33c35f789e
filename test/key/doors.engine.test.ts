// One key in many containers is one key, and what is no such key is refused by its name. The
// containers are written by node:crypto, which has no part in reading them.
import { ECDH, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { derEncode, derInteger, derObjectId } from '../../src/bytes/der.js';
import { CountersignError } from '../../src/errors.js';
import {
  exportPrivateKeyInTheClear,
  exportPublicKey,
  exportSecretInTheClear,
} from '../../src/key/export.js';
import type { Key } from '../../src/key/handle.js';
import type { KeyInput } from '../../src/key/content.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import { importKey } from '../../src/key/index.js';
import { ALLOW_WEAK_SECRET, PAD_SHORT_COORDINATE } from '../../src/key/policy.js';
import * as rsaKeys from '../../src/key/rsa.js';
import { importSecret } from '../../src/key/secret.js';
import { mac, sign, verify } from '../../src/key/use.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { rsaPssSha256 } from '../../src/primitive/rsa.js';
import { engineName, outcome } from '../vectors.js';

const message = Uint8Array.from({ length: 30 }, (_, i) => i);
const form = { encoding: 'fixed', s: 'any' } as const;

const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ed25519: generateKeyPairSync('ed25519'),
};

const CERTIFICATE =
  'MIIBLDCB36ADAgECAhR5lF2SsK0wW5gUoZRxpW7emlxs2zAFBgMrZXAwDDEKMAgGA1UEAwwBdDAeFw0yNjExMjExMTQwMDVaFw0yNjEyMjExMTQwMDVaMAwxCjAIBgNVBAMMAXQwKjAFBgMrZXADIQBaZs28ZmvSDBhb4HP7x6n/H98RdNNlRVUlkXxvcSWTpqNTMFEwHQYDVR0OBBYEFEW6ZkaAMVTeFB8oj9qsVgVisOJAMB8GA1UdIwQYMBaAFEW6ZkaAMVTeFB8oj9qsVgVisOJAMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EALUVElhbnqzrUxLYWyzujvzT7GyBfDKuDKW+DcXLJxoZprBSC2yOYFttvay9ng+LVkpM6N4pGvd1d+B/5SvDBBg==';
const REQUEST =
  'MIGLMD8CAQAwDDEKMAgGA1UEAwwBdDAqMAUGAytlcAMhAGpcJqr3tY7IUaixqHbnO/QzDmfdilQ68tgxWpKWNtSLoAAwBQYDK2VwA0EAt84L6oJ7lb+Xzk3q10+2WPs6h99GzEJQR8IptX+UAfKRFtMLDYVV5qeaK+87X1+8IajRMU3eRr9GkT8MgouGAA==';

/** A PEM in the states that environments, consoles and editors leave it in. */
function pemsOf(pem: string): [string, string][] {
  return [
    ['PEM', pem],
    ['PEM with CRLF', pem.replaceAll('\n', '\r\n')],
    ['PEM on one line', pem.replaceAll('\n', ' ')],
    ['PEM with literal \\n', pem.replaceAll('\n', '\\n')],
    ['PEM indented', pem.replaceAll(/^/gm, '    ')],
    ['PEM after a byte order mark', `\u{feff}${pem}`],
  ];
}

function containers(key: KeyObject, types: string[]): [string, KeyInput][] {
  const jwk = key.export({ format: 'jwk' }) as KeyInput;
  return types.flatMap((type): [string, KeyInput][] => {
    const pem = String(key.export({ type: type as 'spki', format: 'pem' }));
    const der = key.export({ type: type as 'spki', format: 'der' });
    return [
      ...pemsOf(pem).map(([name, text]): [string, KeyInput] => [`${type} ${name}`, text]),
      [`${type} DER`, new Uint8Array(der)],
      [`${type} bare Base64`, der.toString('base64')],
      [`${type} JWK`, jwk],
    ];
  });
}

describe('one key in every container', () => {
  const ids = (
    inputs: [string, KeyInput][],
    load: (input: KeyInput) => { readonly id: string | undefined },
  ): Set<string | undefined> => new Set(inputs.map(([, input]) => load(input).id));

  test('EC', () => {
    const publics = ids(containers(pairs.ec.publicKey, ['spki']), (input) =>
      ec.importPublicKey(input, { alg: ecdsaP256Sha256, use: 'verify' }),
    );
    const privates = ids(containers(pairs.ec.privateKey, ['pkcs8', 'sec1']), (input) =>
      ec.importPrivateKey(input, { alg: ecdsaP256Sha256, use: 'sign' }),
    );
    expect(publics.size).toBe(1);
    expect(privates).toEqual(publics);
  });

  test('Ed25519', () => {
    const publics = ids(containers(pairs.ed25519.publicKey, ['spki']), (input) =>
      ed.importPublicKey(input, { alg: ed25519, use: 'verify' }),
    );
    const privates = ids(containers(pairs.ed25519.privateKey, ['pkcs8']), (input) =>
      ed.importPrivateKey(input, { alg: ed25519, use: 'sign' }),
    );
    expect(publics.size).toBe(1);
    expect(privates).toEqual(publics);
  });

  test('RSA', () => {
    const publics = ids(containers(pairs.rsa.publicKey, ['spki', 'pkcs1']), (input) =>
      rsaKeys.importPublicKey(input, { alg: rsaPssSha256, use: 'verify' }),
    );
    expect(publics.size).toBe(1);
    const load = (input: KeyInput): { readonly id: string | undefined } =>
      rsaKeys.importPrivateKey(input, { alg: rsaPssSha256, use: 'sign' });
    const inputs = containers(pairs.rsa.privateKey, ['pkcs8', 'pkcs1']);
    if (engineName === 'noble') {
      for (const [, input] of inputs) {
        expect(outcome(() => load(input).id)).toBe('ERR_UNSUPPORTED_ENGINE');
      }
    } else expect(ids(inputs, load)).toEqual(publics);
  });

  test('raw: a point in either encoding, a scalar, and 32 octets', () => {
    const { privateKey } = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
    const { d, x, y } = exportPrivateKeyInTheClear(privateKey, 'jwk') as Record<string, string>;
    const [scalar, left, right] = [d, x, y].map((part) => Buffer.from(part ?? '', 'base64url'));
    if (!scalar || !left || !right) throw new Error('no key');
    const verifying = { alg: ecdsaP256Sha256, use: 'verify' } as const;
    const point = (...parts: Uint8Array[]): string =>
      outcome(() => ec.importPublicKey(new Uint8Array(Buffer.concat(parts)), verifying).id);
    const parity = (right.at(-1) ?? 0) & 1;
    expect(point(Uint8Array.of(4), left, right)).toBe(privateKey.id);
    expect(point(Uint8Array.of(2 + parity), left)).toBe(privateKey.id);
    expect(point(Uint8Array.of(3 - parity), left)).not.toBe(privateKey.id);
    // Hybrid, SEC 1 section 2.3.3, has two spellings for one point; RFC 5480 leaves it out.
    expect(point(Uint8Array.of(6 + parity), left, right)).toBe('ERR_KEY');
    // x is not below p.
    expect(point(Uint8Array.of(2), new Uint8Array(32).fill(0xff))).toBe('ERR_KEY');
    const signing = { alg: ecdsaP256Sha256, use: 'sign' } as const;
    expect(ec.importPrivateKey(scalar, signing).id).toBe(privateKey.id);
    expect(outcome(() => ec.importPrivateKey(new Uint8Array(32), signing))).toBe('ERR_KEY');
    const pair = ed.generateKeyPair({ alg: ed25519 });
    const okp = exportPrivateKeyInTheClear(pair.privateKey, 'jwk') as Record<string, string>;
    const raw = (name: string): Uint8Array => Buffer.from(okp[name] ?? '', 'base64url');
    const load = { alg: ed25519, use: 'verify' } as const;
    expect(ed.importPublicKey(raw('x'), load).id).toBe(pair.publicKey.id);
    const signs = { alg: ed25519, use: 'sign' } as const;
    expect(ed.importPrivateKey(raw('d'), signs).id).toBe(pair.publicKey.id);
    const both = Buffer.concat([raw('d'), raw('x')]);
    expect(ed.importPrivateKey(both, signs).id).toBe(pair.publicKey.id);
    both[40] = (both[40] ?? 0) ^ 1;
    expect(outcome(() => ed.importPrivateKey(both, signs))).toBe('ERR_KEY');
  });

  test.each([
    ['P-256', ecdsaP256Sha256],
    ['P-384', ecdsaP384Sha384],
    ['P-521', ecdsaP521Sha512],
    ['secp256k1', ecdsaSecp256k1Sha256],
  ])('compressed points of %s are the same keys', (namedCurve, alg) => {
    for (let i = 0; i < 16; i++) {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve });
      const point = ECDH.convertKey(
        publicKey.export({ type: 'spki', format: 'der' }).subarray(-1 - 2 * alg.size),
        namedCurve === 'P-256'
          ? 'prime256v1'
          : namedCurve.replace('P-', 'secp').replace(/^(secp\d{3})$/, '$1r1'),
        undefined,
        undefined,
        'compressed',
      ) as Buffer;
      const options = { alg, use: 'verify' } as const;
      const jwk = publicKey.export({ format: 'jwk' });
      expect(ec.importPublicKey(point, options).id).toBe(ec.importPublicKey(jwk, options).id);
    }
  });

  test('the id of an RSA key is that of RFC 7638, section 3.1', () => {
    // The key and its thumbprint as the RFC prints them.
    const jwk = {
      kty: 'RSA',
      n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
      e: 'AQAB',
    };
    const key = rsaKeys.importPublicKey(jwk, { alg: rsaPssSha256, use: 'verify' });
    expect(key.id).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });
});

describe('the wrong kind', () => {
  const pem = (key: KeyObject, type: string, options: object = {}): string =>
    String(key.export({ type: type as 'spki', format: 'pem', ...options }));
  const asPublic = (input: KeyInput): string =>
    outcome(() => ec.importPublicKey(input, { alg: ecdsaP256Sha256, use: 'verify' }).id);
  const asPrivate = (input: KeyInput): string =>
    outcome(() => ec.importPrivateKey(input, { alg: ecdsaP256Sha256, use: 'sign' }).id);

  test('is named', () => {
    const { publicKey, privateKey } = pairs.ec;
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'x' };
    expect(asPublic(pem(privateKey, 'pkcs8'))).toBe('ERR_KEY_PRIVATE');
    expect(asPrivate(pem(publicKey, 'spki'))).toBe('ERR_KEY_PUBLIC');
    expect(asPrivate(pem(pairs.rsa.privateKey, 'pkcs8'))).toBe('ERR_KEY_FAMILY');
    expect(asPrivate(pem(privateKey, 'pkcs8', cipher))).toBe('ERR_KEY_ENCRYPTED');
    expect(asPrivate(pem(pairs.rsa.privateKey, 'pkcs1', cipher))).toBe('ERR_KEY_ENCRYPTED');
    expect(asPrivate('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI')).toBe('ERR_KEY_SSH');
    expect(asPublic({ kty: 'oct', k: 'AAAA' })).toBe('ERR_KEY_SECRET');
    expect(asPublic('')).toBe('ERR_KEY_EMPTY');
    expect(asPublic(pem(publicKey, 'spki').repeat(2))).toBe('ERR_KEY_SEVERAL');
    expect(asPublic(`${pem(publicKey, 'spki')}-----BEGIN PUBLIC KEY-----`)).toBe('ERR_PEM');
    const hidden = pem(pairs.ec.publicKey, 'spki').replaceAll('-----', '----');
    expect(asPublic(hidden + pem(publicKey, 'spki'))).toBe('ERR_PEM');
    expect(asPrivate(pem(privateKey, 'pkcs8') + pem(publicKey, 'spki'))).toBe('ERR_KEY_SEVERAL');
    expect(asPrivate(JSON.stringify(privateKey.export({ format: 'jwk' })))).toBe('ERR_KEY_FORM');
    // A certificate and a request, made by openssl 3.0.19:
    // openssl req -new -x509 -newkey ed25519 -nodes -keyout /dev/null -subj /CN=t, and without -x509.
    expect(asPublic(CERTIFICATE)).toBe('ERR_KEY_CERTIFICATE');
    expect(asPublic(REQUEST)).toBe('ERR_KEY_REQUEST');
    expect(() => ec.importPrivateKey(CERTIFICATE, { alg: ecdsaP256Sha256, use: 'sign' })).toThrow(
      /an X\.509 certificate, where a private key is needed/,
    );
    expect(() =>
      ec.importPrivateKey(pem(privateKey, 'pkcs8', cipher), { alg: ecdsaP256Sha256, use: 'sign' }),
    ).toThrow(/openssl pkcs8 -in FILE -out/);
    expect(asPublic(new Uint8Array(5))).toBe('ERR_DER');
    expect(asPublic(Uint8Array.of(0x30, 0))).toBe('ERR_KEY_FORM');
    const load = (): unknown =>
      ec.importPublicKey(pem(publicKey, 'spki'), { alg: ecdsaP384Sha384, use: 'verify' });
    expect(outcome(load)).toBe('ERR_KEY_CURVE');
  });

  test('a coordinate has the size of its curve, RFC 7518, section 6.2.1.2', () => {
    const jwk = pairs.ec.publicKey.export({ format: 'jwk' }) as { x: string };
    const short = Buffer.from(jwk.x, 'base64url').subarray(1).toString('base64url');
    expect(asPublic({ ...jwk, x: short })).toBe('ERR_KEY_SIZE');
  });

  test('members are the JWK’s own', () => {
    const { kty, crv, ...rest } = pairs.ec.publicKey.export({ format: 'jwk' });
    const heir = (inherited: object, own: object): KeyInput =>
      Object.assign(Object.create(inherited) as KeyInput, own);
    expect(asPublic(heir({ kty }, { ...rest, crv }))).toBe('ERR_KEY_FAMILY');
    expect(asPublic(heir({ crv }, { ...rest, kty }))).toBe('ERR_KEY_CURVE');
  });

  test('a certificate is refused by a code where a relaxation of JWKs is given', () => {
    const relax = [PAD_SHORT_COORDINATE] as const;
    const load = (): unknown =>
      importKey(CERTIFICATE, { alg: ecdsaP256Sha256, use: 'verify', relax });
    expect(outcome(load)).toBe('ERR_KEY_FAMILY'); // it is of an Ed25519 key
  });

  test('an AlgorithmIdentifier is a SEQUENCE, in certificates and in parameters of PSS too', () => {
    const changed = (der: Uint8Array, from: string, to: string): Uint8Array => {
      const hex = Buffer.from(der).toString('hex');
      expect(hex.split(from).length).toBe(2);
      return Uint8Array.from(Buffer.from(hex.replace(from, to), 'hex'));
    };
    const der = Buffer.from(CERTIFICATE, 'base64');
    const load = (input: Uint8Array): string =>
      outcome(() => importKey(input, { alg: ed25519, use: 'verify' }).alg.name);
    expect(load(der)).toBe('Ed25519');
    // openssl refuses each of them.
    for (const tag of ['31', 'a0', '70']) {
      expect(load(changed(der, '302a3005', `302a${tag}05`))).toBe('ERR_DER');
    }
    const pss = generateKeyPairSync('rsa-pss', {
      modulusLength: 2048,
      hashAlgorithm: 'sha256',
      mgf1HashAlgorithm: 'sha256',
      saltLength: 32 as never, // typed as a string, and taken as a number
    }).publicKey.export({ type: 'spki', format: 'der' });
    const loadPss = (input: Uint8Array): string =>
      outcome(() => rsaKeys.importPublicKey(input, { alg: rsaPssSha256, use: 'verify' }).alg.name);
    expect(loadPss(pss)).toBe('RSASSA-PSS SHA-256');
    const [hash, mgf] = ['a00f300d', 'a11c301a'];
    for (const head of [hash, mgf]) {
      expect(loadPss(changed(pss, head, head.replace('30', '31')))).toBe('ERR_DER');
    }
  });

  test('a number has at most 16384 characters', () => {
    const [at, above] = [16_384, 16_385].map((size) => 'g'.repeat(size));
    const jwk = pairs.rsa.publicKey.export({ format: 'jwk' });
    const load = (n: unknown): string =>
      outcome(() => rsaKeys.importPublicKey({ ...jwk, n }, { alg: rsaPssSha256, use: 'verify' }));
    expect(load(at)).toBe('ERR_RSA_MODULUS');
    expect(load(above)).toBe('ERR_KEY_SIZE');
    expect(asPublic({ ...pairs.ec.publicKey.export({ format: 'jwk' }), y: above })).toBe(
      'ERR_KEY_SIZE',
    );
  });

  test('parts that OpenSSL can’t compute with are no key, and its words stay inside', () => {
    const jwk = pairs.rsa.privateKey.export({ format: 'jwk' });
    // Even, so that p has no inverse modulo q.
    const q = Buffer.alloc(128, 2).toString('base64url');
    const load = (): unknown =>
      rsaKeys.importPrivateKey({ ...jwk, q }, { alg: rsaPssSha256, use: 'sign' });
    expect(outcome(load)).toBe(engineName === 'noble' ? 'ERR_UNSUPPORTED_ENGINE' : 'ERR_KEY');
  });

  test('a private key says one thing about its curve and its public key', () => {
    const der = (key: KeyObject, type: 'sec1' | 'pkcs8' | 'pkcs1'): Uint8Array =>
      new Uint8Array(key.export({ type: type as 'pkcs8', format: 'der' }));
    const tlv = (tag: number, ...parts: Uint8Array[]): Uint8Array => derEncode(tag, ...parts);
    const wrap = (algorithm: Uint8Array, key: Uint8Array, beside?: Uint8Array): Uint8Array =>
      tlv(
        0x30,
        derInteger(Uint8Array.of(beside === undefined ? 0 : 1)),
        algorithm,
        tlv(4, key),
        ...(beside === undefined ? [] : [tlv(0x81, Uint8Array.of(0), beside)]),
      );
    const ecAlgorithm = (curve: string): Uint8Array =>
      tlv(0x30, derObjectId('1.2.840.10045.2.1'), derObjectId(curve));
    const sec1 = der(pairs.ec.privateKey, 'sec1');
    const [p256, p384] = ['1.2.840.10045.3.1.7', '1.3.132.0.34'].map(ecAlgorithm);
    const spki = (key: KeyObject): Uint8Array => key.export({ type: 'spki', format: 'der' });
    const point = (key: KeyObject): Uint8Array => spki(key).subarray(-65);
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    if (p256 === undefined || p384 === undefined) throw new Error('no algorithm');
    expect(asPrivate(wrap(p256, sec1))).toMatch(/^[\w-]{43}$/);
    expect(asPrivate(wrap(p384, sec1))).toBe('ERR_KEY_CURVE');
    expect(asPrivate(wrap(p256, sec1, point(pairs.ec.publicKey)))).toMatch(/^[\w-]{43}$/);
    expect(asPrivate(wrap(p256, sec1, point(other)))).toBe('ERR_KEY');
    const rsaAlgorithm = tlv(0x30, derObjectId('1.2.840.113549.1.1.1'), tlv(5));
    const pkcs1 = der(pairs.rsa.privateKey, 'pkcs1');
    const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const beside = (key: KeyObject): Uint8Array => key.export({ type: 'pkcs1', format: 'der' });
    const load = (input: Uint8Array): string =>
      outcome(() => rsaKeys.importPrivateKey(input, { alg: rsaPssSha256, use: 'sign' }).use);
    const good = engineName === 'noble' ? 'ERR_UNSUPPORTED_ENGINE' : 'sign';
    expect(load(wrap(rsaAlgorithm, pkcs1, beside(pairs.rsa.publicKey)))).toBe(good);
    expect(load(wrap(rsaAlgorithm, pkcs1, beside(another)))).toBe('ERR_KEY');
  });

  test('a text takes no longer than its size explains', () => {
    for (const text of ['\\'.repeat(100_000), `M${'\\'.repeat(100_000)}`, '"'.repeat(100_000)]) {
      const start = performance.now();
      expect(asPublic(text)).toMatch(/^ERR_/);
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });

  test('a private key comes with its own public key', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    const { x, y } = other.export({ format: 'jwk' });
    expect(asPrivate({ ...pairs.ec.privateKey.export({ format: 'jwk' }), x, y })).toBe('ERR_KEY');
  });
});

describe('secrets', () => {
  const load = (input: string, relax?: readonly (typeof ALLOW_WEAK_SECRET)[]): string =>
    outcome(() => {
      const options = { alg: hmacSha256, use: 'verify', encoding: 'utf8' } as const;
      return importSecret(input, relax === undefined ? options : { ...options, relax }).relaxed
        .length;
    });

  test('that anyone can guess are refused unless by name, and the empty one always', () => {
    expect(load('sixteen octets!!')).toBe('0');
    for (const weak of ['hush', 'undefined', 'null', ' '.repeat(20), 'a'.repeat(32)]) {
      expect(load(weak)).toBe('ERR_KEY_WEAK');
      expect(load(weak, [ALLOW_WEAK_SECRET])).toBe('1');
    }
    expect(load('', [ALLOW_WEAK_SECRET])).toBe('ERR_KEY_EMPTY');
  });

  test('have no id of their own', () => {
    const options = { alg: hmacSha256, use: 'mac', encoding: 'utf8' } as const;
    expect(importSecret('sixteen octets!!', options).id).toBe(undefined);
    expect(importSecret('sixteen octets!!', { ...options, id: 'may' }).id).toBe('may');
  });
});

describe('a handle', () => {
  const key = importSecret('sixteen octets!!', {
    alg: hmacSha256,
    use: 'verify',
    encoding: 'utf8',
  });
  const macOptions = { alg: hmacSha256, use: 'mac', encoding: 'utf8' } as const;
  const code = (call: () => unknown): unknown => {
    try {
      return call();
    } catch (error) {
      return error instanceof CountersignError ? error.code : error;
    }
  };

  test('is neither cloned nor written out', () => {
    expect(code(() => structuredClone(key))).toBe('ERR_KEY_NOT_TRANSFERABLE');
    expect(code(() => JSON.stringify(key))).toBe('ERR_KEY_NOT_TRANSFERABLE');
  });

  test('does what it was imported for, and nothing else', () => {
    const signer = importSecret('sixteen octets!!', {
      alg: hmacSha256,
      use: 'mac',
      encoding: 'utf8',
    });
    expect(verify(key, message, mac(signer, message))).toBe(true);
    expect(code(() => mac(key as never, message))).toBe('ERR_KEY_USE');
    expect(code(() => Object.assign({}, signer))).toBe('ERR_KEY_NOT_TRANSFERABLE');
    expect(inspect(signer, { depth: 9 })).toBe('Key(HMAC-SHA-256, mac)');
    expect(inspect([key])).toContain('Key(HMAC-SHA-256, verify)');
    for (const none of [{}, undefined, null, 1, 'key', () => key, { alg: key.alg, use: key.use }]) {
      expect(() => verify(none as never, message, message)).toThrow(
        /^key: expected a key that was imported here/,
      );
    }
    const forge = signer.constructor as new (contents: object) => unknown;
    const { alg, use } = signer;
    expect(() => new forge({ alg, use, relaxed: [], prepared: {}, material: {} })).toThrow(
      TypeError,
    );
  });

  test('is frozen, and so is what it shows', () => {
    expect(Object.isFrozen(key)).toBe(true);
    expect(Object.isFrozen(key.relaxed)).toBe(true);
    expect(Object.prototype.toString.call(key)).toBe('[object Key]');
    // One property, that whatever copies a handle meets.
    expect(Object.keys(key)).toEqual(['octets']);
    const relax: (typeof ALLOW_WEAK_SECRET)[] = [ALLOW_WEAK_SECRET];
    const options = { alg: hmacSha256, use: 'verify', encoding: 'utf8', relax } as const;
    const weak = importSecret('hush', options);
    relax.length = 0;
    expect(weak.relaxed).toEqual([ALLOW_WEAK_SECRET]);
  });

  test('has a name of 1 to 256 characters', () => {
    const named = (id: string): string =>
      importSecret('sixteen octets!!', { alg: hmacSha256, use: 'mac', encoding: 'utf8', id }).id ??
      'none';
    for (const id of ['a', 'a'.repeat(256)]) expect(named(id)).toBe(id);
    for (const id of ['', 'a'.repeat(257), 1 as never]) expect(() => named(id)).toThrow(TypeError);
    expect(inspect(importSecret('sixteen octets!!', { ...macOptions, id: 'may' }))).toBe(
      'Key(HMAC-SHA-256, mac, may)',
    );
  });

  test('keeps nothing of the memory that it came from', () => {
    const der = (pair: KeyObject, type: string): Uint8Array =>
      Uint8Array.from(pair.export({ type: type as 'spki', format: 'der' }) as Buffer);
    const raw = (pair: KeyObject, size: number): Uint8Array => der(pair, 'spki').slice(-size);
    const verifying = { alg: ecdsaP256Sha256, use: 'verify' } as const;
    const cases: [input: Uint8Array, load: (input: Uint8Array) => Key][] = [
      [der(pairs.ec.publicKey, 'spki'), (input) => ec.importPublicKey(input, verifying)],
      [raw(pairs.ec.publicKey, 65), (input) => ec.importPublicKey(input, verifying)],
      [
        der(pairs.ec.privateKey, 'pkcs8'),
        (input) => ec.importPrivateKey(input, { alg: ecdsaP256Sha256, use: 'sign' }),
      ],
      [
        raw(pairs.ed25519.publicKey, 32),
        (input) => ed.importPublicKey(input, { alg: ed25519, use: 'verify' }),
      ],
      [
        der(pairs.ed25519.privateKey, 'pkcs8'),
        (input) => ed.importPrivateKey(input, { alg: ed25519, use: 'sign' }),
      ],
      [
        der(pairs.rsa.publicKey, 'pkcs1'),
        (input) => rsaKeys.importPublicKey(input, { alg: rsaPssSha256, use: 'verify' }),
      ],
    ];
    if (engineName !== 'noble') {
      cases.push([
        der(pairs.rsa.privateKey, 'pkcs1'),
        (input) => rsaKeys.importPrivateKey(input, { alg: rsaPssSha256, use: 'sign' }),
      ]);
    }
    const written = (one: Key): string =>
      JSON.stringify([
        exportPublicKey(one, 'jwk'),
        one.use === 'sign' ? exportPrivateKeyInTheClear(one, 'jwk') : one.use,
      ]);
    for (const [input, load] of cases) {
      const before = load(input.slice());
      const after = load(input);
      input.fill(0xa5);
      expect(written(after)).toBe(written(before));
    }
    const secret = Uint8Array.from({ length: 32 }, (_, i) => i);
    const tag = mac(importSecret(secret.slice(), { ...macOptions, encoding: 'raw' }), message);
    const again = importSecret(secret, { ...macOptions, encoding: 'raw' });
    secret.fill(0xa5);
    expect(mac(again, message)).toEqual(tag);
    expect(exportSecretInTheClear(again)[31]).toBe(31);
  });

  test('signs and verifies on every family', () => {
    const spki = { type: 'spki', format: 'der' } as const;
    const pkcs8 = { type: 'pkcs8', format: 'der' } as const;
    const ecKey = ec.importPrivateKey(pairs.ec.privateKey.export(pkcs8), {
      alg: ecdsaP256Sha256,
      use: 'sign',
    });
    const ecPublic = ec.importPublicKey(pairs.ec.publicKey.export(spki), {
      alg: ecdsaP256Sha256,
      use: 'verify',
    });
    expect(verify(ecPublic, message, sign(ecKey, message, form), form)).toBe(true);
    const edKey = ed.importPrivateKey(pairs.ed25519.privateKey.export(pkcs8), {
      alg: ed25519,
      use: 'sign',
    });
    const edPublic = ed.importPublicKey(pairs.ed25519.publicKey.export(spki), {
      alg: ed25519,
      use: 'verify',
    });
    expect(edKey.alg).toBe(ed25519);
    expect(verify(edPublic, message, sign(edKey, message))).toBe(true);
    expect(verify(edPublic, message.subarray(1), sign(edKey, message))).toBe(false);
  });
});
