// @ts-check
// What a web page loads: programs of one algorithm each, and their bundles as esbuild makes them for
// a browser, of the package as it was built last. kB are 1,000 octets, compressed by gzip -9.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string} from the export that holds the algorithm
 * @property {string} text with FROM for that export
 * @property {number} most octets of the bundle
 */

/** @typedef {{ code: string, size: number, files: string[] }} Bundle the files that left octets in it */

/** @satisfies {readonly Program[]} */
export const PROGRAMS = /** @type {const} */ ([
  {
    name: 'HMAC-SHA-256 verify',
    from: 'countersign/alg/hmac',
    text: `import { hmacSha256 } from 'FROM';
      export const verify = (secret, message, tag) =>
        hmacSha256.verify(hmacSha256.key(secret), message, tag);`,
    most: 5000,
  },
  {
    name: 'Ed25519 verify',
    from: 'countersign/alg/ed25519',
    text: `import { ed25519 } from 'FROM';
      export const verify = (key, message, signature) =>
        ed25519.verify(ed25519.publicKey(key), message, signature);`,
    most: 17_000,
  },
  {
    name: 'ECDSA P-256 verify',
    from: 'countersign/alg/ecdsa',
    text: `import { ecdsaP256Sha256 } from 'FROM';
      export const verify = (key, message, signature) =>
        ecdsaP256Sha256.verify(ecdsaP256Sha256.publicKey(key), message, signature, {
          encoding: 'fixed',
          s: 'any',
        });`,
    most: 19_000,
  },
  {
    name: 'HMAC-SHA-256 verify, through a handle',
    from: 'countersign/alg/hmac',
    text: `import { hmacSha256 } from 'FROM';
      import { importSecret } from 'countersign/key/secret';
      import { verify as check } from 'countersign/key/use';
      export const verify = (secret, message, tag) =>
        check(importSecret(secret, { alg: hmacSha256, use: 'verify', encoding: 'raw' }), message, tag);`,
    most: 6700,
  },
  {
    name: 'Ed25519 verify, through a handle',
    from: 'countersign/alg/ed25519',
    text: `import { ed25519 } from 'FROM';
      import { importPublicKey } from 'countersign/key/ed25519';
      import { verify as check } from 'countersign/key/use';
      export const verify = (key, message, signature) =>
        check(importPublicKey(key, { alg: ed25519, use: 'verify' }), message, signature);`,
    most: 26_600,
  },
  {
    name: 'ECDSA P-256 verify, through a handle',
    from: 'countersign/alg/ecdsa',
    text: `import { ecdsaP256Sha256 } from 'FROM';
      import { importPublicKey } from 'countersign/key/ec';
      import { verify as check } from 'countersign/key/use';
      export const verify = (key, message, signature) =>
        check(importPublicKey(key, { alg: ecdsaP256Sha256, use: 'verify' }), message, signature, {
          encoding: 'fixed',
          s: 'any',
        });`,
    most: 28_000,
  },
]);

/**
 * One provider of HMAC, from its secret as text to what a callback says.
 * @satisfies {Program}
 */
export const PROVIDER = /** @type {const} */ ({
  name: 'Stripe callbacks verify',
  from: 'countersign/provider/stripe',
  text: `import { stripe } from 'FROM';
    import { secretFor, verify as check } from 'countersign/scheme';
    export const verify = (secret, message, now) =>
      check(stripe, message, secretFor(stripe, secret, { use: 'verify' }), { now });`,
  most: 12_200,
});

/**
 * @param {Program} program
 * @param {string} from
 * @returns {Promise<Bundle>}
 */
export async function bundle({ text }, from) {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: text.replace('FROM', from),
      resolveDir: fileURLToPath(new URL('../', import.meta.url)),
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
