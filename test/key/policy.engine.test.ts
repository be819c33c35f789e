// What is refused unless somebody names it, and that the name stays visible.
import { generateKeyPairSync, type RSAPSSKeyPairKeyObjectOptions, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/errors.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import {
  ALLOW_RSA_1024,
  ALLOW_RSA_E3,
  ALLOW_WEAK_SECRET,
  importKey,
  PAD_SHORT_COORDINATE,
  type Relaxation,
} from '../../src/key/index.js';
import * as rsa from '../../src/key/rsa.js';
import { exportPublicKey, exportSecretInTheClear } from '../../src/key/export.js';
import { generateSecret, importSecret } from '../../src/key/secret.js';
import { verify } from '../../src/key/use.js';
import { importCertificate } from '../../src/key/x509.js';
import { ecdhP256, x25519 } from '../../src/primitive/agreement.js';
import { aes128Gcm, aes256Gcm } from '../../src/primitive/aes-gcm.js';
import { aes128Kw } from '../../src/primitive/aes-kw.js';
import { ecdsaP256Sha256, ecdsaP521Sha512 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { hmacSha1 } from '../../src/primitive/legacy/hmac.js';
import { rsaPkcs1Sha1, rsaPssSha1 } from '../../src/primitive/legacy/rsa.js';
import { rsaOaepSha256 } from '../../src/primitive/rsa-oaep.js';
import {
  rsaPkcs1Sha256,
  rsaPkcs1Sha512,
  rsaPssSha256,
  rsaPssSha512,
} from '../../src/primitive/rsa.js';
import { engineName } from '../vectors.js';
import { caseOf, derOf } from './x509-fixtures.js';

/** The leaf of examples/certificate-path.js, made by openssl 3.0.19. */
const LEAF =
  'MIIBVzCCAQmgAwIBAgIEB1vNFTAFBgMrZXAwFTETMBEGA1UEAwwKRXhhbXBsZSBDQTAeFw0yNjExMjExMzE5MzlaFw00NjExMTYxMzE5MzlaMDMxFTATBgNVBAoMDEV4YW1wbGUgQmFuazEaMBgGA1UEAwwRY2FsbGJhY2tzLmV4YW1wbGUwKjAFBgMrZXADIQBdGhotquG0yZFTRJNae3VLgDrakBqS5aY/EhKreMmZ+aNdMFswCQYDVR0TBAIwADAOBgNVHQ8BAf8EBAMCB4AwHQYDVR0OBBYEFO/hUE/skc2S4hzrzolHdD+HvACYMB8GA1UdIwQYMBaAFBWdlwKipHB39W49FSS9AKkxc+qAMAUGAytlcANBAJ3o/QVKCQ5eqtYi47YLWGi2fwwm7wPRLlMd7Dh8rUaU2A+00fm3DQjC1j/CzZbgnBqbQjhM81g6FNYWWyRq6Ag=';

function code(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error instanceof CountersignError ? error.code : error;
  }
}

const rsaPair = (bits: number, exponent = 65_537) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicExponent: exponent,
  });
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};

describe('RSA', () => {
  const verifying = { alg: rsaPkcs1Sha256, use: 'verify' } as const;

  test('of 1024 bits verifies where ALLOW_RSA_1024 is given', () => {
    const { publicPem, privatePem } = rsaPair(1024);
    expect(code(() => rsa.importPublicKey(publicPem, verifying))).toBe('ERR_RSA_MODULUS');
    const e3 = { ...verifying, relax: [ALLOW_RSA_E3] } as const;
    expect(code(() => rsa.importPublicKey(publicPem, e3))).toBe('ERR_RSA_MODULUS');
    const key = rsa.importPublicKey(publicPem, { ...verifying, relax: [ALLOW_RSA_1024] });
    expect(key.relaxed).toEqual([ALLOW_RSA_1024]);
    expect(verify(key, new Uint8Array(3), new Uint8Array(128))).toBe(false);
    // Nothing is signed or encrypted with it.
    const signing = { alg: rsaPkcs1Sha256, use: 'sign', relax: [ALLOW_RSA_1024] } as const;
    expect(() => rsa.importPrivateKey(privatePem, signing)).toThrow(TypeError);
    const encrypting = { alg: rsaOaepSha256, use: 'encrypt', relax: [ALLOW_RSA_1024] } as const;
    expect(() => rsa.importPublicKey(publicPem, encrypting)).toThrow(TypeError);
  });

  test('with e = 3 verifies where ALLOW_RSA_E3 is given', () => {
    const { publicPem } = rsaPair(2048, 3);
    expect(code(() => rsa.importPublicKey(publicPem, verifying))).toBe('ERR_RSA_EXPONENT');
    const key = rsa.importPublicKey(publicPem, { ...verifying, relax: [ALLOW_RSA_E3] });
    expect(key.relaxed).toEqual([ALLOW_RSA_E3]);
    const old = rsa.importPublicKey(publicPem, {
      alg: rsaPkcs1Sha1,
      use: 'verify',
      relax: [ALLOW_RSA_E3],
    });
    expect(old.relaxed).toEqual([ALLOW_RSA_E3]);
    expect(verify(old, new Uint8Array(3), new Uint8Array(256))).toBe(false);
    // A group of Diffie-Hellman is written like a key with this exponent.
    const five = { ...verifying, relax: [ALLOW_RSA_E3] } as const;
    expect(code(() => rsa.importPublicKey(rsaPair(2048, 5).publicPem, five))).toBe(
      'ERR_RSA_EXPONENT',
    );
  });

  test('below both bounds is refused whatever is given', () => {
    const relax = [ALLOW_RSA_1024, ALLOW_RSA_E3] as const;
    expect(code(() => rsa.importPublicKey(rsaPair(768).publicPem, { ...verifying, relax }))).toBe(
      'ERR_RSA_MODULUS',
    );
  });

  test('what was not needed is not shown', () => {
    const relax = [ALLOW_RSA_1024, ALLOW_RSA_E3] as const;
    const { publicPem } = rsaPair(2048);
    expect(rsa.importPublicKey(publicPem, { ...verifying, relax }).relaxed).toEqual([]);
  });

  test('under the identifier of PSS takes PSS alone, and as it says', () => {
    const options = { modulusLength: 2048, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256' };
    const load = (input: object | undefined, alg: typeof rsaPssSha256): unknown => {
      const given = input === undefined ? { modulusLength: 2048 } : { ...options, ...input };
      const { publicKey } = generateKeyPairSync('rsa-pss', given as RSAPSSKeyPairKeyObjectOptions);
      const der = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
      return code(() => rsa.importPublicKey(der, { alg, use: 'verify' }).use);
    };
    expect(load(undefined, rsaPssSha256)).toBe('verify');
    expect(load(undefined, rsaPssSha512)).toBe('verify');
    expect(load(undefined, rsaPkcs1Sha256)).toBe('ERR_KEY_USE');
    expect(load({}, rsaPssSha256)).toBe('verify');
    expect(load({ saltLength: 20 }, rsaPssSha256)).toBe('verify');
    expect(load({ saltLength: 33 }, rsaPssSha256)).toBe('ERR_KEY_USE');
    expect(load({}, rsaPssSha512)).toBe('ERR_KEY_USE');
    expect(load({ hashAlgorithm: 'sha512', saltLength: 20 }, rsaPssSha256)).toBe('ERR_KEY_USE');
    expect(load({ mgf1HashAlgorithm: 'sha512', saltLength: 20 }, rsaPssSha256)).toBe('ERR_KEY_USE');
  });

  test('under the identifier of PSS and kept to SHA-1 verifies what is over SHA-1', () => {
    const message = new TextEncoder().encode('an old callback');
    const load = (input: object | undefined, alg: typeof rsaPssSha1): unknown => {
      const given = { modulusLength: 2048, ...input } as RSAPSSKeyPairKeyObjectOptions;
      const { publicKey, privateKey } = generateKeyPairSync('rsa-pss', given);
      const der = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
      return code(() => {
        const key = rsa.importPublicKey(der, { alg, use: 'verify' });
        const signature = sign('sha1', message, { key: privateKey, saltLength: 20 });
        return verify(key, message, signature);
      });
    };
    const sha1 = { hashAlgorithm: 'sha1', mgf1HashAlgorithm: 'sha1', saltLength: 20 };
    expect(load(undefined, rsaPssSha1)).toBe('weak');
    expect(load(sha1, rsaPssSha1)).toBe('weak');
    expect(load({ ...sha1, saltLength: 8 }, rsaPssSha1)).toBe('weak');
    expect(load({ ...sha1, saltLength: 21 }, rsaPssSha1)).toBe('ERR_KEY_USE');
    expect(load({ ...sha1, hashAlgorithm: 'sha256' }, rsaPssSha1)).toBe('ERR_KEY_USE');
    expect(load({ ...sha1, mgf1HashAlgorithm: 'sha256' }, rsaPssSha1)).toBe('ERR_KEY_USE');
    expect(load(sha1, rsaPkcs1Sha1)).toBe('ERR_KEY_USE');
  });

  test('private keys are the node engine’s, and the refusal names the way out', () => {
    const { privatePem } = rsaPair(2048);
    const load = (): unknown =>
      rsa.importPrivateKey(privatePem, { alg: rsaPssSha256, use: 'sign' });
    const generate = (): unknown => rsa.generateKeyPair({ alg: rsaPssSha256, bits: 2048 });
    if (engineName !== 'noble') expect(load).not.toThrow();
    else {
      for (const call of [load, generate]) {
        expect(code(call)).toBe('ERR_UNSUPPORTED_ENGINE');
        expect(call).toThrow(/countersign\/key\/rsa-remote/);
      }
    }
  });
});

describe('a JWK', () => {
  // One key in 256 has such an x.
  const short = (() => {
    for (let tries = 0; tries < 10_000; tries++) {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const jwk = publicKey.export({ format: 'jwk' });
      const x = Buffer.from(jwk.x ?? '', 'base64url');
      if (x[0] === 0)
        return { full: jwk, short: { ...jwk, x: x.subarray(1).toString('base64url') } };
    }
    throw new Error('none in 10,000');
  })();
  const verifying = { alg: ecdsaP256Sha256, use: 'verify' } as const;

  test('with a short coordinate is taken where PAD_SHORT_COORDINATE is given', () => {
    expect(code(() => ec.importPublicKey(short.short, verifying))).toBe('ERR_KEY_SIZE');
    const relax = [PAD_SHORT_COORDINATE] as const;
    const key = ec.importPublicKey(short.short, { ...verifying, relax });
    expect(key.relaxed).toEqual([PAD_SHORT_COORDINATE]);
    const full = ec.importPublicKey(short.full, { ...verifying, relax });
    expect(full.relaxed).toEqual([]);
    expect(key.id).toBe(full.id);
    const long = { ...short.full, x: `AAAA${short.full.x ?? ''}` };
    expect(code(() => ec.importPublicKey(long, { ...verifying, relax }))).not.toBe('verify');
    expect(code(() => ec.importPublicKey({ ...short.full, x: '' }, { ...verifying, relax }))).toBe(
      'ERR_KEY_SIZE',
    );
  });

  test('that says it is for something else is refused', () => {
    const load = (extra: object): unknown =>
      code(() => ec.importPublicKey({ ...short.full, ...extra }, verifying).use);
    expect(load({ alg: 'ES256', use: 'sig', key_ops: ['verify'], kid: 'x' })).toBe('verify');
    expect(load({ alg: 'ES384' })).toBe('ERR_KEY_USE');
    expect(load({ alg: 'HS256' })).toBe('ERR_KEY_USE');
    expect(load({ alg: 'none' })).toBe('ERR_KEY_USE');
    expect(load({ alg: null })).toBe('ERR_KEY_USE');
    expect(load({ use: 'enc' })).toBe('ERR_KEY_USE');
    expect(load({ key_ops: ['sign'] })).toBe('ERR_KEY_USE');
    expect(load({ key_ops: [] })).toBe('ERR_KEY_USE');
    expect(load({ key_ops: 'verify' })).toBe('ERR_KEY_USE');
    const peer = (extra: object): unknown =>
      code(
        () => ec.importPublicKey({ ...short.full, ...extra }, { alg: ecdhP256, use: 'peer' }).use,
      );
    expect(peer({ key_ops: [] })).toBe('peer');
    expect(peer({ key_ops: ['deriveKey'] })).toBe('peer');
    expect(peer({ key_ops: ['sign'] })).toBe('ERR_KEY_USE');
  });
});

describe('secrets', () => {
  const macOptions = { alg: hmacSha256, use: 'mac', encoding: 'utf8' } as const;
  const load = (input: string, extra: object = {}): unknown => {
    const options = { alg: hmacSha256, use: 'verify', encoding: 'utf8', ...extra } as const;
    return code(() => importSecret(input, options).relaxed.length);
  };

  test('of an old hash function keep to the same rule', () => {
    expect(load('hush', { alg: hmacSha1 })).toBe('ERR_KEY_WEAK');
    expect(load('hush', { alg: hmacSha1, relax: [ALLOW_WEAK_SECRET] })).toBe(1);
  });

  test.each([
    ['-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAXRoYLarhtMmRU0STWnt1S4A62pAakuWmPxISq3jJmfk=\n'],
    ['\r\n -----BEGIN RSA PUBLIC KEY-----\nMIIBCgKCAQEA'],
    ['-----BEGIN CERTIFICATE-----\nMIIBVzCCAQmgAwIBAgIE'],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF0aGC2q4bTJkVNEk1p7dUuAOtqQGpLlpj8SEqt4yZn5'],
    ['ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ'],
    ['ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY'],
    ['{"kty":"OKP","crv":"Ed25519","x":"XRoYLarhtMmRU0STWnt1S4A62pAakuWmPxISq3jJmfk"}'],
    ['{ "keys": [{"kty":"OKP"}] }'],
  ])('are not the text of a public key, which everybody has: %j', (text) => {
    expect(load(text)).toBe('ERR_KEY_WEAK');
    expect(load(Buffer.from(text).toString('hex'), { encoding: 'hex' })).toBe('ERR_KEY_WEAK');
    expect(load(text, { relax: [ALLOW_WEAK_SECRET] })).toBe(1);
  });

  test('may begin with a hyphen or a brace', () => {
    expect(load('-----begin of a secret-----')).toBe(0);
    expect(load('{"kid":"0123456789abcdef"}')).toBe(0);
    expect(load('ssh-0123456789abcdef')).toBe(0);
  });

  test('have the bound at 16 octets', () => {
    expect(load('0123456789abcde')).toBe('ERR_KEY_WEAK');
    expect(load('0123456789abcdef')).toBe(0);
    expect(load('00'.repeat(16), { encoding: 'hex' })).toBe('ERR_KEY_WEAK');
    expect(load('\t \n'.repeat(30))).toBe('ERR_KEY_WEAK');
    expect(load('      undefined      ')).toBe('ERR_KEY_WEAK');
    expect(load('        null         ')).toBe('ERR_KEY_WEAK');
    expect(load('undefinedundefined')).toBe('ERR_KEY_WEAK');
    expect(load(`${' '.repeat(64)}null`)).toBe('ERR_KEY_WEAK');
    expect(load('\u{a0}'.repeat(16))).toBe('ERR_KEY_WEAK');
    // HMAC takes these for the one octet at their beginning.
    expect(load(`s${'\0'.repeat(20)}`)).toBe('ERR_KEY_WEAK');
  });

  // Of 16 octets drawn at random, one in 256 ends in a zero. Five zeros are no accident.
  test('may end in a few zeros, and are not filled up with them', () => {
    const random = Uint8Array.from({ length: 16 }, (_, i) => 0xa0 + i);
    const ending = (zeros: number, size = 16): Uint8Array => {
      const octets = new Uint8Array(size);
      octets.set(random.subarray(0, 16 - zeros));
      return octets;
    };
    for (const [alg, use, size] of [
      [hmacSha256, 'verify', 16],
      [aes128Gcm, 'open', 16],
      [aes256Gcm, 'open', 32],
      [aes128Kw, 'unwrap', 16],
    ] as const) {
      const options = { alg, use, encoding: 'raw' } as never;
      const found = [0, 1, 4, 5, 15].map((zeros) =>
        code(() => importSecret(ending(zeros, size), options).alg.name),
      );
      const { name } = alg;
      expect(found).toEqual([name, name, name, 'ERR_KEY_WEAK', 'ERR_KEY_WEAK']);
    }
  });

  test('are read as they are said to be written', () => {
    const text = '6162636465666768696a6b6c6d6e6f70';
    const read = (encoding: string, input = text): unknown => {
      const options = { alg: aes128Gcm, use: 'open', encoding } as never;
      return code(() => importSecret(input, options));
    };
    expect(read('hex')).toMatchObject({});
    expect(read('utf8')).toBe('ERR_KEY');
    expect(read('base64')).toBe('ERR_KEY');
    expect(read('utf8', '')).toBe('ERR_KEY_EMPTY');
    expect(read('hex', 'zz')).toBe('ERR_HEX');
    expect(read('base64', '!')).toBe('ERR_BASE64');
    expect(read('base64url', '+')).toBe('ERR_BASE64URL');
    expect(read('raw')).toBeInstanceOf(TypeError);
    expect(read('guess')).toBeInstanceOf(TypeError);
    const raw = { alg: hmacSha256, use: 'mac', encoding: 'raw', prefix: 'x' } as const;
    expect(() => importSecret(new Uint8Array(32), raw)).toThrow(TypeError);
    expect(load('whsec_MDEyMzQ1Njc4OWFiY2RlZg==', { encoding: 'base64', prefix: 'whsec_' })).toBe(
      0,
    );
    expect(load('MDEyMzQ1Njc4OWFiY2RlZg==', { encoding: 'base64', prefix: 'whsec_' })).toBe(
      'ERR_KEY_FORM',
    );
  });

  test('are the octets that their text stands for', () => {
    const shown = (input: string | Uint8Array, options: object): string =>
      Buffer.from(
        exportSecretInTheClear(importSecret(input as string, { ...macOptions, ...options })),
      ).toString('latin1');
    const secret = '0123456789abcdef';
    const raw = Uint8Array.from(Buffer.from(secret));
    const buffer = Buffer.from(`${secret}\xff\xfe`, 'latin1');
    expect(shown(secret, { encoding: 'utf8' })).toBe(secret);
    expect(shown(raw, { encoding: 'raw' })).toBe(secret);
    expect(shown(`${secret}\n`.replace('\n', 'é'), {})).toBe(`${secret}\xc3\xa9`);
    for (const digits of [buffer.toString('hex'), buffer.toString('hex').toUpperCase()]) {
      expect(shown(digits, { encoding: 'hex' })).toBe(`${secret}\xff\xfe`);
    }
    for (const encoding of ['base64', 'base64url'] as const) {
      expect(shown(buffer.toString(encoding), { encoding })).toBe(`${secret}\xff\xfe`);
      const prefixed = { encoding, prefix: 'whsec_' };
      expect(shown(`whsec_${buffer.toString(encoding)}`, prefixed)).toBe(`${secret}\xff\xfe`);
    }
    expect(shown(`x${secret}`, { prefix: 'x' })).toBe(secret);
    expect(code(() => importSecret(`y${secret}`, { ...macOptions, prefix: 'x' }))).toBe(
      'ERR_KEY_FORM',
    );
  });

  test('have no white space around them', () => {
    expect(load('0123456789abcdef\n')).toBe('ERR_KEY_FORM');
    expect(load(' 0123456789abcdef')).toBe('ERR_KEY_FORM');
    expect(load('0123456789abc def')).toBe(0);
  });

  test('are given with options that there are', () => {
    const options = { alg: hmacSha256, use: 'verify', encoding: 'utf8', relaxed: [] } as const;
    expect(() => importSecret('0123456789abcdef', options as never)).toThrow(TypeError);
    const { publicKey } = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
    const pem = exportPublicKey(publicKey, 'pem');
    const wrong = { alg: ecdsaP256Sha256, use: 'verify', password: 'x' } as never;
    for (const call of [
      () => importKey(pem, wrong),
      () => ec.importPublicKey(pem, wrong),
      () => ec.generateKeyPair({ alg: ecdsaP256Sha256, use: 'sign' } as never),
      () => generateSecret({ alg: hmacSha256, use: 'mac', encoding: 'hex' } as never),
    ]) {
      expect(call).toThrow(TypeError);
    }
  });

  test('of AES are not relaxed', () => {
    const options = { alg: aes128Gcm, use: 'seal', encoding: 'raw', relax: [ALLOW_WEAK_SECRET] };
    expect(code(() => importSecret(new Uint8Array(16), options as never))).toBeInstanceOf(
      TypeError,
    );
  });
});

describe('a refusal', () => {
  test('says what a secret is like', () => {
    const options = { alg: hmacSha256, use: 'mac', encoding: 'utf8' } as const;
    for (const [input, found] of [
      ['undefined', /found a placeholder or white space/],
      ['aaaaaaaaaaaaaaaaaaaa', /found one octet repeated/],
      ['0123456789abcde', /found 15 octets/],
      [`s${'\0'.repeat(20)}`, /found 1 octets/],
    ] as const) {
      expect(() => importSecret(input, options)).toThrow(found);
    }
  });

  test('of a short modulus is lifted by its name for a certificate too', () => {
    const [leaf = ''] = caseOf('a leaf with RSA-1024').chain;
    const verifying = { alg: rsaPkcs1Sha256, use: 'verify' } as const;
    const load = (...relax: Relaxation[]): unknown =>
      code(() => importKey(derOf(leaf), { ...verifying, relax }).relaxed);
    expect(load()).toBe('ERR_RSA_MODULUS');
    expect(load(PAD_SHORT_COORDINATE)).toBeInstanceOf(TypeError);
    expect(load(ALLOW_RSA_1024)).toEqual([ALLOW_RSA_1024]);
  });

  test('names the relaxations that there are', () => {
    const raw = new Uint8Array(32).fill(9);
    const relax = [ALLOW_WEAK_SECRET] as never;
    for (const [call, known] of [
      [
        () => rsa.importPublicKey(raw, { alg: rsaPssSha256, use: 'verify', relax }),
        'ALLOW_RSA_1024, ALLOW_RSA_E3',
      ],
      [
        () => ec.importPublicKey(raw, { alg: ecdsaP256Sha256, use: 'verify', relax }),
        'PAD_SHORT_COORDINATE',
      ],
      [() => importKey(raw, { alg: ed25519, use: 'verify', relax }), 'nothing'],
      [
        () =>
          importKey(raw, { alg: ed25519, use: 'verify', relax: [PAD_SHORT_COORDINATE] as never }),
        'nothing',
      ],
    ] as const) {
      expect(call).toThrow(`options.relax: expected an array of ${known}`);
    }
    const signing = { alg: rsaPkcs1Sha1 as never, use: 'sign' } as never;
    expect(() => rsa.importPrivateKey('x', signing)).toThrow(/only verifies/);
  });
});

describe('one door for all', () => {
  const wrong = [
    [{ alg: ed25519, use: 'verify' }, 'ERR_KEY_FAMILY'],
    [{ alg: ecdsaP521Sha512, use: 'verify' }, 'ERR_KEY_CURVE'],
    [{ alg: ecdsaP256Sha256, use: 'sign' }, 'ERR_KEY_PUBLIC'],
    [{ alg: x25519, use: 'peer' }, 'ERR_KEY_FAMILY'],
    [{ alg: rsaPssSha256, use: 'verify' }, 'ERR_KEY_FAMILY'],
  ] as const;
  const { publicKey } = ec.generateKeyPair({ alg: ecdsaP256Sha256 });

  test.each(wrong)('%o', (options, expected) => {
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
      format: 'jwk',
    });
    expect(code(() => importKey(jwk as never, options as never))).toBe(expected);
  });

  test('binds an algorithm and a use that belong together', () => {
    for (const options of [
      { alg: ecdsaP256Sha256, use: 'mac' },
      { alg: ecdsaP256Sha256, use: 'encrypt' },
      { alg: hmacSha256, use: 'sign', encoding: 'utf8' },
      { alg: rsaPkcs1Sha1, use: 'sign' },
      { alg: rsaPkcs1Sha512, use: 'decrypt' },
      { alg: {}, use: 'verify' },
      { use: 'verify' },
      undefined,
    ]) {
      expect(() => importKey('x', options as never)).toThrow(TypeError);
    }
    expect(publicKey.use).toBe('verify');
  });

  test('takes the key of a certificate, to verify alone', () => {
    const options = { alg: ed25519, use: 'verify' } as const;
    expect(code(() => importKey(LEAF, options).use)).toBe('verify');
    expect(importKey(LEAF, options).id).toBe(importCertificate(LEAF, options).id);
    expect(code(() => importKey(LEAF, { alg: ed25519, use: 'sign' }))).toBe('ERR_KEY_CERTIFICATE');
    expect(code(() => importKey(LEAF, { alg: ecdsaP256Sha256, use: 'verify' }))).toBe(
      'ERR_KEY_FAMILY',
    );
  });

  test('takes the relaxations of its family alone', () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' };
    const options = { alg: ed25519, use: 'verify', relax: [ALLOW_WEAK_SECRET] } as const;
    expect(() => importKey(jwk, options)).toThrow(TypeError);
    expect(() => ed.importPublicKey(jwk, { ...options, relax: 'all' } as never)).toThrow(TypeError);
  });
});
