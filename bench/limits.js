// @ts-check
// What the largest inputs cost, on node and on noble: `npm run bench:limits`. With --write the table
// goes into docs/SECURITY.md, which promises limits and must know what they let through.
import { spawnSync } from 'node:child_process';
import { createECDH, generateKeyPairSync, sign as nativeSign } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { aes256Gcm } from 'countersign/alg/aes-gcm';
import { aes256Kw } from 'countersign/alg/aes-kw';
import { ecdhP521 } from 'countersign/alg/agreement';
import { sha256 } from 'countersign/alg/digest';
import * as ecdsa from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { hmacSha256, hmacSha3_512 } from 'countersign/alg/hmac';
import { concatKdf, hkdfSha256 } from 'countersign/alg/kdf';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import * as bytes from 'countersign/bytes';
import { ENGINE } from 'countersign/engine';
import * as ec from 'countersign/key/ec';
import * as ed from 'countersign/key/ed25519';
import { verify } from 'countersign/key/use';
import { printOrWrite } from '../scripts/readme-table.js';

const MIB = 2 ** 20;
const LARGE = 16 * MIB;
/** Calls that are timed, after some that are not; a call that takes a second is made less often. */
const ROUNDS = 9;
const LONGEST = 3000;

const message = new Uint8Array(256).fill(7);

/** @type {Record<string, () => () => unknown>} */
const OPERATIONS = {
  'ECDSA verify, P-256': () => ecdsaVerify(ecdsa.ecdsaP256Sha256, 'P-256', 'sha256'),
  'ECDSA verify, secp256k1': () => ecdsaVerify(ecdsa.ecdsaSecp256k1Sha256, 'secp256k1', 'sha256'),
  'ECDSA verify, P-384': () => ecdsaVerify(ecdsa.ecdsaP384Sha384, 'P-384', 'sha384'),
  'ECDSA verify, P-521': () => ecdsaVerify(ecdsa.ecdsaP521Sha512, 'P-521', 'sha512'),
  'Ed25519 verify': () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const der = publicKey.export({ format: 'der', type: 'spki' });
    const key = ed.importPublicKey(der, { alg: ed25519, use: 'verify' });
    const signature = nativeSign(null, message, privateKey);
    return () => verify(key, message, signature);
  },
  'Ed25519 public key, import': () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const der = publicKey.export({ format: 'der', type: 'spki' });
    return () => ed.importPublicKey(der, { alg: ed25519, use: 'verify' });
  },
  'ECDSA P-521 public key, compressed, import': () => {
    const pair = createECDH('secp521r1');
    pair.generateKeys();
    const peer = pair.getPublicKey(null, 'compressed');
    return () => ec.importPublicKey(peer, { alg: ecdsa.ecdsaP521Sha512, use: 'verify' });
  },
  'ECDH P-521 agree': () => {
    const key = ecdhP521.privateKey(new Uint8Array(66).fill(1, 1));
    const peer = ecdhP521.publicOf(key);
    return () => ecdhP521.agree(key, peer);
  },
  'RSA verify, 2048 bits, e = 65537': () => rsaVerify(2048, 65537),
  'RSA verify, 8192 bits, e = 65537': () => rsaVerify(8192, 65537),
  'RSA verify, 8192 bits, e = 2^32 - 1': () => rsaVerify(8192, 2 ** 32 - 1),
  'HMAC-SHA-256 verify, 16 MiB': () => hmacVerify(hmacSha256),
  'HMAC-SHA3-512 verify, 16 MiB': () => hmacVerify(hmacSha3_512),
  'AES-256-GCM open, 16 MiB': () => {
    const key = aes256Gcm.key(message.subarray(0, 32));
    const none = new Uint8Array(0);
    const sealed = aes256Gcm.seal(key, new Uint8Array(LARGE), none);
    return () => aes256Gcm.open(key, sealed, none);
  },
  'AES-256-KW unwrap, 4 KiB': () => {
    const key = aes256Kw.key(message.subarray(0, 32));
    const wrapped = aes256Kw.wrap(key, new Uint8Array(4096));
    return () => aes256Kw.unwrap(key, wrapped);
  },
  'HKDF at both limits, SHA-256': () => {
    const [prk, info] = [message.subarray(0, 32), new Uint8Array(16_384)];
    return () => hkdfSha256.expand(prk, info, 255 * 32);
  },
  'Concat KDF at both limits, SHA-256': () => {
    const [z, info] = [message.subarray(0, 32), new Uint8Array(16_384 - 32)];
    return () => concatKdf(sha256, z, info, 8192);
  },
  '`encodeHex`, 16 MiB of octets': () => {
    const octets = new Uint8Array(LARGE).fill(0xa5);
    return () => bytes.encodeHex(octets, 'lower');
  },
  '`decodeHex`, to 16 MiB of octets': () => {
    const text = 'a5'.repeat(LARGE);
    return () => bytes.decodeHex(text, 'lower');
  },
  '`encodeBase64`, 16 MiB of octets': () => {
    const octets = new Uint8Array(LARGE).fill(0xa5);
    return () => bytes.encodeBase64(octets);
  },
  '`decodeBase64`, to 16 MiB of octets': () => {
    const text = Buffer.alloc(LARGE, 0xa5).toString('base64');
    return () => bytes.decodeBase64(text);
  },
};

if (process.argv.includes('--measure')) {
  for (const [name, prepare] of Object.entries(OPERATIONS)) {
    console.log(JSON.stringify([name, median(prepare())]));
  }
} else {
  const [node, noble] = [measureOn('node'), measureOn('noble')];
  const rows = Object.keys(OPERATIONS).map(
    (name) => `| ${name} | ${written(node.get(name))} | ${written(noble.get(name))} |`,
  );
  const head = ['<!-- prettier-ignore -->', '| Operation | node | noble |', '| --- | --- | --- |'];
  printOrWrite('costs', [...head, ...rows].join('\n'), 'docs/SECURITY.md');
}

/** @param {string} engine */
function measureOn(engine) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`--conditions=countersign-${engine}`, fileURLToPath(import.meta.url), '--measure'],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const lines = stdout.trim().split('\n');
  return new Map(lines.map((line) => /** @type {[string, number]} */ (JSON.parse(line))));
}

/**
 * Milliseconds of one call, once the compiler is done with it.
 * @param {() => unknown} call
 */
function median(call) {
  const begin = performance.now();
  const result = call();
  if (result === false) throw new Error(`a subject refused what is genuine, on ${ENGINE}`);
  const first = performance.now() - begin;
  const warmUps = first < 50 ? Math.ceil(100 / first) : 0;
  for (let i = 0; i < warmUps; i++) call();
  const times = [];
  for (let i = 0; i < ROUNDS && first * i < LONGEST; i++) {
    const start = performance.now();
    call();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? first;
}

/** @param {number | undefined} milliseconds */
function written(milliseconds = Number.NaN) {
  const digits = milliseconds < 0.1 ? 3 : milliseconds < 1 ? 2 : milliseconds < 10 ? 1 : 0;
  return `${milliseconds.toFixed(digits)} ms`;
}

/**
 * @param {import('countersign/alg/ecdsa').EcdsaAlgorithm} alg
 * @param {string} namedCurve
 * @param {string} hash
 */
function ecdsaVerify(alg, namedCurve, hash) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const der = publicKey.export({ format: 'der', type: 'spki' });
  const key = ec.importPublicKey(der, { alg, use: 'verify' });
  const signature = nativeSign(hash, message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return () => verify(key, message, signature, { encoding: 'fixed', s: 'any' });
}

/**
 * The cost does not depend on the verdict: what is refused is a number below the modulus, too.
 * @param {number} bits
 * @param {number} exponent
 */
function rsaVerify(bits, exponent) {
  const n = new Uint8Array(bits / 8).fill(0xff);
  const e = bytes.encodeInteger(BigInt(exponent), exponent > 2 ** 24 ? 4 : 3);
  const key = rsaPkcs1Sha256.publicKey({ n, e });
  const signature = new Uint8Array(bits / 8).fill(0xa5);
  return () => String(rsaPkcs1Sha256.verify(key, message, signature));
}

/** @param {import('countersign/alg/hmac').MacAlgorithm} alg */
function hmacVerify(alg) {
  const key = alg.key(message.subarray(0, 32));
  const large = new Uint8Array(LARGE);
  const tag = alg.tag(key, large);
  return () => alg.verify(key, large, tag);
}
