// @ts-check
// Keys: reading one, and what it costs to read it for each signature, as samples of vendors do.
import { verify as check } from 'node:crypto';
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { importKey } from 'countersign/key';
import { sign, verify } from 'countersign/key/use';
import { defineCase, peer } from '../case.js';
import * as reference from '../floor/reference.js';
import { messages, spoilt, twoPairs, turn } from '../inputs.js';
import { forge } from '../peers/forge.js';
import { jose } from '../peers/jose.js';
import { jsrsasign } from '../peers/jsrsasign.js';

/** @typedef {{ input: string | Buffer | Record<string, string> }} Input */
/** @typedef {'PEM' | 'DER' | 'JWK'} Format */
/** @typedef {'public' | 'private'} Half */

const FORM = /** @type {const} */ ({ encoding: 'fixed', s: 'any' });

const FAMILIES = /** @type {const} */ ([
  { name: 'RSA 2048', kind: 'rsa', alg: rsaPkcs1Sha256, jwa: 'RS256', options: {} },
  {
    name: 'P-256',
    kind: 'prime256v1',
    alg: ecdsaP256Sha256,
    jwa: 'ES256',
    options: { dsaEncoding: 'ieee-p1363' },
  },
]);
/** @typedef {typeof FAMILIES[number]} Family */

export const suite = {
  title: 'Keys',
  about:
    'Reading a key. Ours checks what it reads and computes its RFC 7638 id. Reference: ' +
    '`createPublicKey` and `createPrivateKey`, and a look at kind and size. "From PEM each time" is ' +
    'what samples of vendors do for every call; the peers there are ours and the platform with the ' +
    'key parsed once.',
  cases: [
    ...FAMILIES.flatMap((family) =>
      /** @type {const} */ (['public', 'private']).flatMap((half) =>
        /** @type {const} */ (['PEM', 'DER', 'JWK']).map((format) =>
          readCase(family, half, format),
        ),
      ),
    ),
    ...FAMILIES.flatMap((family) => [eachTimeCase(family, 'sign'), eachTimeCase(family, 'verify')]),
  ],
};

/** @param {Family} family @param {Half} half @param {Format} format */
function readCase({ name, kind, alg, jwa }, half, format) {
  return defineCase({
    name: `read ${name} ${half}, ${format}`,
    quick: format === 'PEM',
    async build() {
      const use = half === 'public' ? 'verify' : 'sign';
      const inputs = twoPairs(name).map((pair) => ({ input: written(pair, half, format) }));
      const broken = inputs.map(({ input }) => ({ input: brokenOf(input) }));
      const [f, j, n] = [await forge(), await jsrsasign(), await jose()];
      const read = half === 'public' ? reference.readPublicKey : reference.readPrivateKey;
      return {
        inputs,
        tampered: broken,
        isRight: (result) => typeof result === 'object' && result !== null,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: (/** @type {Input} */ { input }) =>
              importKey(/** @type {never} */ (input), /** @type {never} */ ({ alg, use })),
          },
          {
            name: 'reference',
            role: 'reference',
            run: (/** @type {Input} */ { input }) => read(/** @type {never} */ (input), kind),
          },
          ...(format === 'DER'
            ? []
            : [
                {
                  flights: 1,
                  ...peer('jose', n, ({ importJWK, importPKCS8, importSPKI }) => {
                    const fromPem = half === 'public' ? importSPKI : importPKCS8;
                    return (/** @type {Input} */ { input }) =>
                      typeof input === 'string' ? fromPem(input, jwa) : importJWK(input, jwa);
                  }),
                },
                peer(
                  'jsrsasign',
                  j,
                  ({ readKey }) =>
                    (/** @type {Input} */ { input }) =>
                      readKey(input),
                ),
              ]),
          ...(format === 'PEM' && name === 'RSA 2048'
            ? [
                peer('node-forge', f, ({ pki }) => (/** @type {Input} */ { input }) => {
                  const fromPem = half === 'public' ? pki.publicKeyFromPem : pki.privateKeyFromPem;
                  return fromPem(/** @type {string} */ (input));
                }),
              ]
            : []),
        ],
      };
    },
  });
}

/** @typedef {{ which: 0 | 1, message: Uint8Array, signature: Uint8Array }} Signed */

/** @param {Family} family @param {'sign' | 'verify'} job */
function eachTimeCase({ name, alg, jwa, options }, job) {
  return defineCase({
    name: `${jwa} ${job}, key parsed once against from PEM each time`,
    quick: true,
    build() {
      const pairs = twoPairs(name);
      const [a, b] = pairs;
      const floors = [a, b].map(({ privateJwk }) =>
        reference.signature('sha256', privateJwk, options),
      );
      const hash = 'sha256';
      /** @type {Signed[]} */
      const inputs = messages(256).map((message, i) => {
        const which = turn(i);
        const signature = floors[which]?.sign(message) ?? new Uint8Array(0);
        return { which, message, signature };
      });
      // Which of the algorithms it is makes no difference to anything that follows.
      const open = /** @type {{ alg: typeof ecdsaP256Sha256 }} */ ({ alg });
      const form = /** @type {[typeof FORM]} */ (
        /** @type {unknown} */ (jwa === 'ES256' ? [FORM] : [])
      );
      const privateOf = (/** @type {0 | 1} */ i) =>
        importKey(pairs[i].privatePem, { ...open, use: 'sign' });
      const publicOf = (/** @type {0 | 1} */ i) =>
        importKey(pairs[i].publicPem, { ...open, use: 'verify' });
      const privateKeys = /** @type {const} */ ([privateOf(0), privateOf(1)]);
      const publicKeys = /** @type {const} */ ([publicOf(0), publicOf(1)]);
      const runs =
        job === 'sign'
          ? {
              once: (/** @type {Signed} */ { which, message }) =>
                sign(privateKeys[which], message, ...form),
              each: (/** @type {Signed} */ { which, message }) =>
                sign(privateOf(which), message, ...form),
              floor: (/** @type {Signed} */ { which, message }) => floors[which]?.sign(message),
              sample: (/** @type {Signed} */ { which, message }) =>
                reference.signWithPem(pairs[which].privatePem, message, options),
            }
          : {
              once: (/** @type {Signed} */ { which, message, signature }) =>
                verify(publicKeys[which], message, signature, ...form),
              each: (/** @type {Signed} */ { which, message, signature }) =>
                verify(publicOf(which), message, signature, ...form),
              floor: (/** @type {Signed} */ { which, message, signature }) =>
                floors[which]?.verify(message, signature),
              sample: (/** @type {Signed} */ { which, message, signature }) =>
                reference.verifyWithPem(pairs[which].publicPem, message, signature, options),
            };
      return {
        inputs,
        tampered: spoilt(inputs, 'message'),
        isRight(result, { which, message }) {
          if (job === 'verify') return result === true;
          const key = { key: pairs[which].publicKey, ...options };
          return result instanceof Uint8Array && check(hash, message, key, result);
        },
        subjects: [
          { name: 'countersign, parsed once', role: 'ours', run: runs.once },
          { name: 'countersign, PEM each time', role: 'ours', run: runs.each },
          { name: 'reference, parsed once', role: 'reference', run: runs.floor },
          { name: 'node:crypto, PEM each time', role: 'peer', run: runs.sample },
        ],
      };
    },
  });
}

/** @param {import('../inputs.js').Pair} pair @param {Half} half @param {Format} format */
function written(pair, half, format) {
  if (format === 'PEM') return half === 'public' ? pair.publicPem : pair.privatePem;
  if (format === 'JWK') return half === 'public' ? pair.publicJwk : pair.privateJwk;
  return half === 'public'
    ? pair.publicKey.export({ format: 'der', type: 'spki' })
    : pair.privateKey.export({ format: 'der', type: 'pkcs8' });
}

/** What nobody reads: half of it. @param {Input['input']} input */
function brokenOf(input) {
  if (typeof input === 'string') return input.slice(0, input.length >> 1);
  if (Buffer.isBuffer(input)) return input.subarray(0, input.length >> 1);
  return { kty: input['kty'] ?? '' };
}
