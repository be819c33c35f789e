// What is signed goes through fetch as it was handed out, and is verified where it arrives.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretFor, sign, verify } from '../../src/scheme/index.js';
import { NOW, order, SECRET } from './acme.js';

const signer = secretFor(order, SECRET, { use: 'mac' });
const verifier = secretFor(order, SECRET, { use: 'verify' });

const server = createServer((request, response) => {
  const answered = readBody(request).then((octets) => response.end(outcome(request, octets)));
  void answered;
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

function outcome(request: IncomingMessage, octets: Uint8Array): string {
  const { method: verb, url = '', rawHeaders } = request;
  const arrived = { method: verb, url: origin + url, rawHeaders, body: octets };
  try {
    return `${verb ?? ''} of ${verify(order, arrived, verifier, { now: NOW }).body.length}`;
  } catch (error) {
    return String(error);
  }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

test('POST by the names of what is handed out', async () => {
  const octets = new TextEncoder().encode('{"amount":"9.99"}');
  const given = { method: 'POST', url: `${origin}/orders?a=1`, body: octets } as const;
  const signed = sign(order, given, signer, { now: NOW });
  const { url, method: verb, headers, body: sent } = signed;
  const response = await fetch(url, { method: verb, headers, body: sent });
  expect(await response.text()).toBe('POST of 17');
});

test.each([
  ['GET', undefined],
  ['GET', new Uint8Array(0)],
  ['DELETE', undefined],
  ['POST', undefined],
  ['POST', new Uint8Array(0)],
])('%s with a body that is %s', async (verb, octets) => {
  const given = { method: verb, url: `${origin}/orders/1`, body: octets };
  const { url, ...init } = sign(order, given, signer, { now: NOW });
  expect('body' in init).toBe(verb === 'POST' && octets !== undefined);
  const response = await fetch(url, init);
  expect(await response.text()).toBe(`${verb} of 0`);
});

test('a method that fetch would write in other letters is not signed', () => {
  for (const verb of ['get', 'Head', 'post', 'put', 'delete', 'options']) {
    expect(() => sign(order, { method: verb, url: origin }, signer, { now: NOW })).toThrow(
      new TypeError(`message.method: expected ${verb.toUpperCase()}, as fetch writes it`),
    );
  }
  // Any other stays as it is, and is another method in other letters.
  const given = { method: 'purge', url: `${origin}/` };
  const { method: verb } = sign(order, given, signer, { now: NOW });
  expect(verb).toBe('purge');
});
