// What a web page loads: the programs of scripts/bundles.js, which the README's table shows too.
// Reads dist: `npm test` builds it first.
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bundle, PROGRAMS, PROVIDER } from '../../scripts/bundles.js';

interface Expected {
  /** Other families' names and files, which have no business in the bundle. */
  readonly without: readonly string[];
  readonly withoutFiles: readonly string[];
  /** A key, a message and a signature of it that Node made. */
  readonly genuine: () => readonly [Uint8Array, Uint8Array, Uint8Array];
}

const MESSAGE = Buffer.from('{"amount":"9.99"}');
const SHA3 = ['SHA3-256', 'SHA3-384', 'SHA3-512'];
const WEAK = ['MD5', 'SHA-1', 'DSA SHA-', 'Triple DES'];
const OTHERS = [...SHA3, ...WEAK, 'AES', 'RSA', 'KDF', 'X25519', 'P-384', 'P-521', 'secp256k1'];

const EXPECTED: Readonly<Record<(typeof PROGRAMS)[number]['name'], Expected>> = {
  'HMAC-SHA-256 verify': {
    without: [...OTHERS, 'P-256', 'ECDSA', 'Ed25519', 'SHA-224', 'SHA-384', 'SHA-512'],
    withoutFiles: ['@noble/curves', '@noble/ciphers', 'engine/noble/random'],
    genuine() {
      const secret = Buffer.alloc(32, 7);
      return [secret, MESSAGE, createHmac('sha256', secret).update(MESSAGE).digest()];
    },
  },
  'Ed25519 verify': {
    without: [...OTHERS, 'P-256', 'ECDSA', 'HMAC-', 'SHA-224', 'SHA-256', 'SHA-384'],
    withoutFiles: ['@noble/ciphers', 'curves/nist', 'weierstrass', 'hashes/hmac'],
    genuine() {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
      return [key, MESSAGE, sign(null, MESSAGE, privateKey)];
    },
  },
  'ECDSA P-256 verify': {
    without: [...OTHERS, 'Ed25519', 'HMAC-', 'SHA-224', 'SHA-384', 'SHA-512'],
    withoutFiles: ['@noble/ciphers', 'edwards', 'curves/ed25519', 'curves/secp256k1'],
    genuine() {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
      return [
        key,
        MESSAGE,
        sign('sha256', MESSAGE, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
      ];
    },
  },

  // The same through handles, each from the door of its family; public keys come as DER.

  'HMAC-SHA-256 verify, through a handle': {
    without: [...OTHERS, 'P-256', 'ECDSA', 'Ed25519', 'SHA-224', 'SHA-384', 'SHA-512'],
    withoutFiles: ['@noble/curves', '@noble/ciphers', 'key/container', 'bytes/der', 'bytes/pem'],
    genuine() {
      const secret = Buffer.from('one of thirty-two octets or more');
      return [secret, MESSAGE, createHmac('sha256', secret).update(MESSAGE).digest()];
    },
  },
  'Ed25519 verify, through a handle': {
    without: [...SHA3, 'MD5', 'Triple DES', 'KDF '],
    withoutFiles: [
      '@noble/ciphers',
      'curves/nist',
      'weierstrass',
      'noble/rsa',
      'primitive/rsa-key',
    ],
    genuine() {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const key = publicKey.export({ format: 'der', type: 'spki' });
      return [key, MESSAGE, sign(null, MESSAGE, privateKey)];
    },
  },
  'ECDSA P-256 verify, through a handle': {
    without: [...SHA3, 'MD5', 'Triple DES', 'KDF '],
    withoutFiles: ['@noble/ciphers', 'edwards', 'curves/ed25519', 'noble/rsa', 'primitive/rsa-key'],
    genuine() {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const key = publicKey.export({ format: 'der', type: 'spki' });
      return [
        key,
        MESSAGE,
        sign('sha256', MESSAGE, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
      ];
    },
  },
};

const entries = PROGRAMS.map((program) => ({ ...program, ...EXPECTED[program.name] }));

describe.each(entries)('$name', (entry) => {
  test(`takes at most ${entry.most} octets`, async () => {
    const { size, files } = await bundle(entry, entry.from);
    expect(size).toBeLessThanOrEqual(entry.most);
    // Of the package as it ships, and of the engine for browsers.
    expect(files.some((file) => file.startsWith('dist/engine/noble/'))).toBe(true);
    expect(files.some((file) => /^(src|dist\/engine\/(node|dual))\//.test(file))).toBe(false);
  });

  test('holds no other family', async () => {
    const { code, files } = await bundle(entry, entry.from);
    expect(entry.without.filter((name) => code.includes(name))).toEqual([]);
    expect(files.filter((file) => entry.withoutFiles.some((part) => file.includes(part)))).toEqual(
      [],
    );
    expect(code).not.toContain('node:');
  });

  // Nothing in the root does anything when it is loaded, so that the rest of it is left out.
  test('is within 10 % of that through the root', async () => {
    const [own, root] = [await bundle(entry, entry.from), await bundle(entry, 'countersign')];
    expect(root.size).toBeLessThanOrEqual(own.size * 1.1);
    expect(root.size).toBeGreaterThanOrEqual(own.size * 0.9);
  });

  test('works: what was left out was not needed', async () => {
    const { code } = await bundle(entry, entry.from);
    const { verify } = (await import(
      /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
    )) as { verify: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean };
    const [key, message, signature] = entry.genuine();
    expect(verify(key, message, signature)).toBe(true);
    expect(verify(key, Buffer.from('{"amount":"0.99"}'), signature)).toBe(false);
  });
});

describe(PROVIDER.name, () => {
  test(`takes at most ${PROVIDER.most} octets`, async () => {
    const { size, files } = await bundle(PROVIDER, PROVIDER.from);
    expect(size).toBeLessThanOrEqual(PROVIDER.most);
    expect(files.some((file) => /^(src|dist\/engine\/(node|dual))\//.test(file))).toBe(false);
  });

  test('holds no other provider, no constructor that it does not use and no way to sign', async () => {
    const { code, files } = await bundle(PROVIDER, PROVIDER.from);
    const found = files.filter((file) =>
      /^dist\/(?:provider|canonical)|scheme\/(?:pairs|form|url|sign|params)/.test(file),
    );
    expect(found.toSorted()).toEqual(['dist/provider/stripe.js', 'dist/scheme/pairs.js']);
    expect(
      ['rfc3339', 'which fetch writes', 'remote'].filter((name) => code.includes(name)),
    ).toEqual([]);
    expect(OTHERS.filter((name) => code.includes(name))).toEqual([]);
    expect(code).not.toContain('node:');
    // What is said of the provider is for its page.
    expect(code).not.toContain('rolled');
  });

  test('works: what was left out was not needed', async () => {
    const { code } = await bundle(PROVIDER, PROVIDER.from);
    const { verify } = (await import(
      /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
    )) as { verify: (secret: string, message: object, now: number) => { timestamp: number } };
    const secret = 'whsec_a text of some length';
    const tag = createHmac('sha256', secret).update(`1700000000.${MESSAGE.toString()}`);
    const headers = { 'stripe-signature': `t=1700000000,v1=${tag.digest('hex')}` };
    expect(verify(secret, { headers, body: MESSAGE }, 1_700_000_000).timestamp).toBe(1_700_000_000);
    const other = Buffer.from('{"amount":"0.99"}');
    expect(() => verify(secret, { headers, body: other }, 1_700_000_000)).toThrow(
      'expected a signature of this message',
    );
  });
});
