// @ts-check
// Whether memory stays flat: the heap and the process, after many calls and after as many again.
//   node --expose-gc bench/memory.js
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { aes256Gcm } from 'countersign/alg/aes-gcm';
import { hmacSha256 } from 'countersign/alg/hmac';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { importKey } from 'countersign/key';
import { createRing } from 'countersign/key/ring';
import { importSecret } from 'countersign/key/secret';
import { mac, open, seal, sign, verify } from 'countersign/key/use';
import { messages, twoPairs, twoSecrets } from './inputs.js';

/**
 * @typedef {object} Memory
 * @property {string} path
 * @property {number} calls
 * @property {number} heapGrowth octets
 * @property {number} rssGrowth octets
 * @property {boolean} met
 */

const MILLISECONDS = 400;
/** What is forgotten per call would come to more: the calls are thousands. */
const MOST_HEAP = 262_144;
/** The allocator of the process keeps some of what was returned to it. */
const MOST_RSS = 33_554_432;

const FORM = /** @type {const} */ ({ encoding: 'fixed', s: 'any' });
const none = new Uint8Array(0);
const [secret] = twoSecrets(32);
const [small = none] = messages(64);
const [kibibyte = none] = messages(1024);
const [large = none] = messages(65_536);
const raw = /** @type {const} */ ({ encoding: 'raw' });
const macKey = importSecret(secret, { alg: hmacSha256, use: 'mac', ...raw });
const checkKey = importSecret(secret, { alg: hmacSha256, use: 'verify', ...raw, id: 'k' });
const sealKey = importSecret(secret, { alg: aes256Gcm, use: 'seal', ...raw });
const openKey = importSecret(secret, { alg: aes256Gcm, use: 'open', ...raw });
const [{ privatePem: ecPem }] = twoPairs('P-256');
const [{ privatePem: rsaPem, publicPem }] = twoPairs('RSA 2048');
const ecKey = importKey(ecPem, { alg: ecdsaP256Sha256, use: 'sign' });
const rsaKey = importKey(rsaPem, { alg: rsaPkcs1Sha256, use: 'sign' });
const rsaPublic = importKey(publicPem, { alg: rsaPkcs1Sha256, use: 'verify' });
const [tag, largeTag] = [mac(macKey, kibibyte), mac(macKey, large)];
const sealed = seal(sealKey, small, none);
const signature = sign(rsaKey, kibibyte);
const ring = createRing([{ key: checkKey }]);

/** @type {Record<string, () => unknown>} */
const paths = {
  'HMAC-SHA-256 verify, 1 KiB': () => verify(checkKey, kibibyte, tag),
  'HMAC-SHA-256 verify, 64 KiB': () => verify(checkKey, large, largeTag),
  'AES-256-GCM seal, 64 B': () => seal(sealKey, small, none),
  'AES-256-GCM open, 64 B': () => open(openKey, sealed, none),
  'ECDSA P-256 sign': () => sign(ecKey, kibibyte, FORM),
  'RSA 2048 verify': () => verify(rsaPublic, kibibyte, signature),
  'read an RSA public key': () => importKey(publicPem, { alg: rsaPkcs1Sha256, use: 'verify' }),
  'find a key in a ring': () => ring.find({ id: 'k', alg: hmacSha256, use: 'verify' }, 1),
};

const collect = globalThis.gc;
if (collect === undefined) throw new Error('start with --expose-gc');
const found = Object.entries(paths).map(([path, run]) => {
  const calls = callsWithin(run); // warm: code is compiled, caches are filled
  const before = still();
  for (let i = 0; i < calls; i++) run();
  const after = still();
  const heapGrowth = after.heapUsed - before.heapUsed;
  const rssGrowth = after.rss - before.rss;
  const met = heapGrowth <= MOST_HEAP && rssGrowth <= MOST_RSS;
  return { path, calls, heapGrowth, rssGrowth, met };
});
console.log(JSON.stringify(found));

/** @param {() => unknown} run */
function callsWithin(run) {
  const until = performance.now() + MILLISECONDS;
  let calls = 0;
  while (performance.now() < until) {
    for (let i = 0; i < 32; i++) run();
    calls += 32;
  }
  return calls;
}

/** Memory when nothing is left to collect. */
function still() {
  for (let i = 0; i < 3; i++) collect?.();
  return process.memoryUsage();
}
