// @ts-check
// Verification on the engine of this process, by order of its parent: a process has one engine.
// `node --conditions=countersign-noble bench/engine.js`, started by bench/suites/engines.js.
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { hmacSha256 } from 'countersign/alg/hmac';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { ENGINE } from 'countersign/engine';
import { importKey } from 'countersign/key';
import { importSecret } from 'countersign/key/secret';
import { verify } from 'countersign/key/use';
import { inTurn } from './measure.js';

/** @typedef {{ message: string, signature: string, key: string }} Signed octets as Base64, a key as PEM or Base64 */
/** @typedef {{ family: string, signed: Signed[] } & ({ job: 'check' } | { job: 'rate', calls: number })} Order */

const raw = /** @type {const} */ ({ encoding: 'fixed', s: 'any' });
const octets = (/** @type {string} */ text) => new Uint8Array(Buffer.from(text, 'base64'));

/** @type {Record<string, (signed: Signed) => () => boolean>} */
const families = {
  'HMAC-SHA-256'({ message, signature, key }) {
    const parsed = importSecret(key, { alg: hmacSha256, use: 'verify', encoding: 'base64' });
    const [body, tag] = [octets(message), octets(signature)];
    return () => verify(parsed, body, tag);
  },
  'RSA 2048 PKCS#1'({ message, signature, key }) {
    const parsed = importKey(key, { alg: rsaPkcs1Sha256, use: 'verify' });
    const [body, value] = [octets(message), octets(signature)];
    return () => verify(parsed, body, value);
  },
  'ECDSA P-256'({ message, signature, key }) {
    const parsed = importKey(key, { alg: ecdsaP256Sha256, use: 'verify' });
    const [body, value] = [octets(message), octets(signature)];
    return () => verify(parsed, body, value, raw);
  },
  Ed25519({ message, signature, key }) {
    const parsed = importKey(key, { alg: ed25519, use: 'verify' });
    const [body, value] = [octets(message), octets(signature)];
    return () => verify(parsed, body, value);
  },
};

/** @type {ReturnType<typeof inTurn> | undefined} */
let rate;

process.on('message', (given) => {
  const order = /** @type {Order} */ (given);
  const make = families[order.family];
  if (make === undefined) throw new Error(`no family ${order.family}`);
  if (order.job === 'check') {
    const verdicts = order.signed.map((signed) => make(signed)());
    process.send?.({ engine: ENGINE, verdicts });
    return;
  }
  rate ??= inTurn((run) => run(), order.signed.map(make));
  process.send?.({ engine: ENGINE, rate: rate(order.calls) });
});
