// The same where the DOM or Node declares the platform: what is returned goes into its functions,
// and what it gives comes back. Run by `npm run test:package`.
import { hmacSha256 } from 'countersign/alg/hmac';
import { randomOctets } from 'countersign/alg/random';
import * as ec from 'countersign/key/ec';
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { exportPublicKey } from 'countersign/key/export';
import { generateSecret, importSecret, withUse } from 'countersign/key/secret';
import { mac, sign as signOctets, verify } from 'countersign/key/use';
import { secretFor, sign } from 'countersign/scheme';
import {
  anyKey,
  body as bodyPart,
  defineScheme,
  header,
  hexLower,
  method as methodOf,
  slot,
  utf8Secret,
} from 'countersign/scheme/define';

const orders = defineScheme({
  id: 'orders',
  version: 1,
  title: 'Orders',
  direction: 'request',
  slots: { method: methodOf(), signature: header('X-Signature') },
  message: [slot('method'), '\n', bodyPart],
  algs: [hmacSha256],
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'signature', encoding: hexLower },
  covers: { method: 'whole', body: 'whole' },
  freshness: 'none',
});
const key = generateSecret({ alg: hmacSha256, use: 'mac' });
const body = new TextEncoder().encode('{"amount":"9.99"}');

// A body that was fetched, and a tag that is sent.
const response = new Response(mac(key, body), { headers: { 'content-length': '32' } });
const tag = new Uint8Array(await response.arrayBuffer());
const received = new Uint8Array(await new Response(body).arrayBuffer());
expect(verify(withUse(key, 'verify'), received, tag), 'through a Response');

// WebCrypto makes the same tag, and verifies a signature that was made here.
const octets = randomOctets(32);
const hmac = { name: 'HMAC', hash: 'SHA-256' };
const theirs = await crypto.subtle.importKey('raw', octets, hmac, false, ['sign']);
const theirTag = new Uint8Array(await crypto.subtle.sign('HMAC', theirs, body));
const ours = importSecret(octets, { alg: hmacSha256, use: 'verify', encoding: 'raw' });
expect(verify(ours, body, theirTag), 'a tag of WebCrypto');

const pair = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
const signature = signOctets(pair.privateKey, body, { encoding: 'fixed', s: 'low' });
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const spki = exportPublicKey(pair.publicKey, 'der');
const theirKey = await crypto.subtle.importKey('spki', spki, ecdsa, false, ['verify']);
expect(await crypto.subtle.verify(ecdsa, theirKey, signature, body), 'a signature, by WebCrypto');

// A request of a scheme is sent as it is handed out: by its names, or all but its URL.
const tagger = secretFor(orders, 'a secret of 32 octets, or longer', { use: 'mac' });
const now = 1_700_000_000;
const order = { method: 'POST', url: 'https://shop.example/orders', body } as const;
const { url, method, headers, body: sent } = sign(orders, order, tagger, { now });
expect(new Request(url, { method, headers, body: sent }).method === 'POST', 'a request');
const query: string = 'GET';
const { url: asked, ...init } = sign(orders, { method: query, url }, tagger, { now });
expect(new Request(asked, init).headers.get('x-signature') !== null, 'a request without a body');

function expect(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`not so: ${what}`);
}
