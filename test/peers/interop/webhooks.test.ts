// Webhooks of a shared secret: what their own libraries sign verifies here, and what is signed here
// verifies there; and what was changed verifies nowhere.
import { describe, expect, test } from 'vitest';
import * as peers from '../../../bench/peers/providers.js';
import { utf8Of } from '../../../src/bytes/utf8.js';
import { github } from '../../../src/provider/github.js';
import { standardWebhooks, svix } from '../../../src/provider/standard-webhooks.js';
import { stripe } from '../../../src/provider/stripe.js';
import { secretFor, sign, verify } from '../../../src/scheme/index.js';
import { installed } from '../installed.js';
import { BODIES, changed, codeOf, headerOf, NOW, SECRET } from './messages.js';

const stripePeer = await installed('stripe', peers.stripe());
describe.runIf(stripePeer !== undefined)('stripe, where it is installed,', () => {
  const [verifies, signs] = [
    secretFor(stripe, SECRET, { use: 'verify' }),
    secretFor(stripe, SECRET, { use: 'mac' }),
  ];
  const received = (header: string, body: string, now = NOW) =>
    codeOf(() =>
      verify(stripe, { headers: { 'Stripe-Signature': header }, body: utf8Of(body) }, verifies, {
        now,
      }),
    );
  const bodies = [...BODIES, ''];

  test.each(bodies)('signs and is verified here: %j', (body) => {
    const header = stripePeer?.sign(SECRET, body, NOW) ?? '';
    expect(received(header, body)).toBeUndefined();
    expect(received(header, changed(body))).toBe('ERR_VERIFY_FAILED');
    expect(received(header.replace(`t=${NOW}`, `t=${NOW - 1}`), body)).toBe('ERR_VERIFY_FAILED');
    expect(received(stripePeer?.sign('another secret', body, NOW) ?? '', body)).toBe(
      'ERR_VERIFY_FAILED',
    );
  });

  test.each(bodies)('verifies what is signed here: %j', (body) => {
    const header = headerOf(
      sign(stripe, { body: utf8Of(body) }, signs, { now: NOW }),
      'Stripe-Signature',
    );
    const options = { tolerance: 300, now: NOW + 300 };
    // To them an empty text is none, though empty octets are a body.
    expect(stripePeer?.verify(SECRET, body, header, options)).toBe(body !== '');
    expect(stripePeer?.verify(SECRET, utf8Of(body), header, options)).toBe(true);
    expect(stripePeer?.verify(SECRET, changed(body), header, options)).toBe(false);
    expect(stripePeer?.verify(SECRET, body, header, { ...options, now: NOW + 301 })).toBe(false);
    expect(received(header, body, NOW + 300)).toBeUndefined();
  });

  test('either of two secrets, as while one is rolled', () => {
    const [body = ''] = BODIES;
    const keys = [secretFor(stripe, 'the secret that ends soon', { use: 'mac' }), signs];
    const header = headerOf(
      sign(stripe, { body: utf8Of(body) }, keys, { now: NOW }),
      'Stripe-Signature',
    );
    for (const secret of [SECRET, 'the secret that ends soon']) {
      expect(stripePeer?.verify(secret, body, header, { tolerance: 300, now: NOW })).toBe(true);
    }
  });

  test('they take any time to come, and it is refused here', () => {
    const [body = ''] = BODIES;
    const header = stripePeer?.sign(SECRET, body, NOW + 301) ?? '';
    expect(stripePeer?.verify(SECRET, body, header, { tolerance: 300, now: NOW })).toBe(true);
    expect(received(header, body)).toBe('ERR_NOT_YET_VALID');
  });
});

describe.each([
  ['svix', svix, 'svix'],
  ['standardwebhooks', standardWebhooks, 'webhook'],
] as const)('%s', async (name, scheme, names) => {
  const peer = await installed(name, peers.webhooks(name));
  const secret = `whsec_${Buffer.from(SECRET).toString('base64')}`;
  const other = `whsec_${Buffer.from('another secret of no one').toString('base64')}`;
  const [verifies, signs] = [
    secretFor(scheme, secret, { use: 'verify' }),
    secretFor(scheme, secret, { use: 'mac' }),
  ];
  const headersOf = (id: string, now: number, signature: string) => ({
    [`${names}-id`]: id,
    [`${names}-timestamp`]: String(now),
    [`${names}-signature`]: signature,
  });
  // They know the machine's clock alone.
  const clock = () => Math.floor(Date.now() / 1000);

  describe.runIf(peer !== undefined)('where it is installed,', () => {
    test.each(BODIES)('signs and is verified here: %j', (body) => {
      const now = clock();
      const signature = peer?.sign(secret, 'msg_1', now, body) ?? '';
      const received = (headers: Record<string, string>, given: string) =>
        codeOf(() => verify(scheme, { headers, body: utf8Of(given) }, verifies, { now }));
      const headers = headersOf('msg_1', now, signature);
      expect(received(headers, body)).toBeUndefined();
      expect(received(headers, changed(body))).toBe('ERR_VERIFY_FAILED');
      expect(received(headersOf('msg_2', now, signature), body)).toBe('ERR_VERIFY_FAILED');
      expect(received(headersOf('msg_1', now - 1, signature), body)).toBe('ERR_VERIFY_FAILED');
      const wrong = peer?.sign(other, 'msg_1', now, body) ?? '';
      expect(received(headersOf('msg_1', now, wrong), body)).toBe('ERR_VERIFY_FAILED');
      expect(received(headersOf('msg_1', now, `${wrong} ${signature}`), body)).toBeUndefined();
    });

    test.each(BODIES)('verifies what is signed here: %j', (body) => {
      const now = clock();
      const keys = [secretFor(scheme, other, { use: 'mac' }), signs];
      const values = { id: 'msg_1' };
      const made = sign(scheme, { body: utf8Of(body) }, keys, { now, values });
      const headers = Object.fromEntries(made.headers);
      expect(headers).toEqual(headersOf('msg_1', now, headerOf(made, `${names}-signature`)));
      expect(peer?.verify(secret, body, headers)).toBe(true);
      expect(peer?.verify(other, body, headers)).toBe(true);
      expect(peer?.verify(secret, changed(body), headers)).toBe(false);
      expect(peer?.verify(secret, body, { ...headers, [`${names}-id`]: 'msg_2' })).toBe(false);
    });
  });
});

const octokit = await installed('@octokit/webhooks-methods', peers.octokit());
describe.runIf(octokit !== undefined)('octokit, where it is installed,', () => {
  const [verifies, signs] = [
    secretFor(github, SECRET, { use: 'verify' }),
    secretFor(github, SECRET, { use: 'mac' }),
  ];
  const received = (header: string, body: string) => {
    const message = { headers: { 'X-Hub-Signature-256': header }, body: utf8Of(body) };
    return codeOf(() => verify(github, message, verifies, { now: NOW }));
  };

  test.each(BODIES)('signs and is verified here: %j', async (body) => {
    const header = (await octokit?.sign(SECRET, body)) ?? '';
    expect(received(header, body)).toBeUndefined();
    expect(received(header, changed(body))).toBe('ERR_VERIFY_FAILED');
    expect(received((await octokit?.sign('another', body)) ?? '', body)).toBe('ERR_VERIFY_FAILED');
  });

  test.each(BODIES)('verifies what is signed here: %j', async (body) => {
    const made = sign(github, { body: utf8Of(body) }, signs, { now: NOW });
    const header = headerOf(made, 'X-Hub-Signature-256');
    expect(await octokit?.verify(SECRET, body, header)).toBe(true);
    expect(await octokit?.verify(SECRET, changed(body), header)).toBe(false);
    expect(await octokit?.verify('another', body, header)).toBe(false);
  });

  test('signs and verifies no empty body, and here it is one', async () => {
    await expect(octokit?.sign(SECRET, '')).rejects.toThrow('required');
    const header = headerOf(
      sign(github, { body: utf8Of('') }, signs, { now: NOW }),
      'X-Hub-Signature-256',
    );
    await expect(octokit?.verify(SECRET, '', header)).rejects.toThrow('required');
    expect(received(header, '')).toBeUndefined();
  });
});
