// What a web page loads: bundles of one algorithm each, as esbuild makes them for a browser. kB are
// 1,000 octets, compressed by gzip -9. Reads dist: `npm test` builds it first.
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

interface Entry {
  readonly name: string;
  /** The export that holds it, and the program around it. */
  readonly from: string;
  readonly program: string;
  readonly most: number;
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

const entries: readonly Entry[] = [
  {
    name: 'HMAC-SHA-256 verify',
    from: 'countersign/alg/hmac',
    program: `import { hmacSha256 } from 'FROM';
      export const verify = (secret, message, tag) =>
        hmacSha256.verify(hmacSha256.key(secret), message, tag);`,
    most: 5000,
    without: [...OTHERS, 'P-256', 'ECDSA', 'Ed25519', 'SHA-224', 'SHA-384', 'SHA-512'],
    withoutFiles: ['@noble/curves', '@noble/ciphers', 'engine/noble/random'],
    genuine() {
      const secret = Buffer.alloc(32, 7);
      return [secret, MESSAGE, createHmac('sha256', secret).update(MESSAGE).digest()];
    },
  },
  {
    name: 'Ed25519 verify',
    from: 'countersign/alg/ed25519',
    program: `import { ed25519 } from 'FROM';
      export const verify = (key, message, signature) =>
        ed25519.verify(ed25519.publicKey(key), message, signature);`,
    most: 17_000,
    without: [...OTHERS, 'P-256', 'ECDSA', 'HMAC-', 'SHA-224', 'SHA-256', 'SHA-384'],
    withoutFiles: ['@noble/ciphers', 'curves/nist', 'weierstrass', 'hashes/hmac'],
    genuine() {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
      return [key, MESSAGE, sign(null, MESSAGE, privateKey)];
    },
  },
  {
    name: 'ECDSA P-256 verify',
    from: 'countersign/alg/ecdsa',
    program: `import { ecdsaP256Sha256 } from 'FROM';
      export const verify = (key, message, signature) =>
        ecdsaP256Sha256.verify(ecdsaP256Sha256.publicKey(key), message, signature, {
          encoding: 'fixed',
          s: 'any',
        });`,
    most: 19_000,
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
];

/** The same through handles, each from the door of its family; public keys come as DER. */
const handles: readonly Entry[] = [
  {
    name: 'HMAC-SHA-256 verify, through a handle',
    from: 'countersign/alg/hmac',
    program: `import { hmacSha256 } from 'FROM';
      import { importSecret } from 'countersign/key/secret';
      import { verify as check } from 'countersign/key/use';
      export const verify = (secret, message, tag) =>
        check(importSecret(secret, { alg: hmacSha256, use: 'verify', encoding: 'raw' }), message, tag);`,
    most: 6500,
    without: [...OTHERS, 'P-256', 'ECDSA', 'Ed25519', 'SHA-224', 'SHA-384', 'SHA-512'],
    withoutFiles: ['@noble/curves', '@noble/ciphers', 'key/container', 'bytes/der', 'bytes/pem'],
    genuine() {
      const secret = Buffer.from('one of thirty-two octets or more');
      return [secret, MESSAGE, createHmac('sha256', secret).update(MESSAGE).digest()];
    },
  },
  {
    name: 'Ed25519 verify, through a handle',
    from: 'countersign/alg/ed25519',
    program: `import { ed25519 } from 'FROM';
      import { importPublicKey } from 'countersign/key/ed25519';
      import { verify as check } from 'countersign/key/use';
      export const verify = (key, message, signature) =>
        check(importPublicKey(key, { alg: ed25519, use: 'verify' }), message, signature);`,
    most: 26_500,
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
  {
    name: 'ECDSA P-256 verify, through a handle',
    from: 'countersign/alg/ecdsa',
    program: `import { ecdsaP256Sha256 } from 'FROM';
      import { importPublicKey } from 'countersign/key/ec';
      import { verify as check } from 'countersign/key/use';
      export const verify = (key, message, signature) =>
        check(importPublicKey(key, { alg: ecdsaP256Sha256, use: 'verify' }), message, signature, {
          encoding: 'fixed',
          s: 'any',
        });`,
    most: 28_000,
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
];

interface Bundle {
  readonly code: string;
  readonly size: number;
  /** The files that left octets in it. */
  readonly files: readonly string[];
}

async function bundle({ program }: Entry, from: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: program.replace('FROM', from),
      resolveDir: fileURLToPath(new URL('../../', import.meta.url)),
    },
    bundle: true,
    platform: 'browser',
    format: 'esm',
    minify: true,
    write: false,
    metafile: true,
    tsconfigRaw: '{}', // ours maps the package's name to src
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {});
  return {
    code: outputFiles[0]?.text ?? '',
    size: gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length,
    files: inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file),
  };
}

describe.each([...entries, ...handles])('$name', (entry) => {
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
