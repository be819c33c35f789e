// Twilio's library and this one, on forms and on JSON.
import { describe, expect, test } from 'vitest';
import * as peers from '../../../bench/peers/providers.js';
import { utf8Of } from '../../../src/bytes/utf8.js';
import { twilio, twilioJson } from '../../../src/provider/twilio.js';
import { secretFor, sign, verify } from '../../../src/scheme/index.js';
import { installed } from '../installed.js';
import { BODIES, changed, codeOf, headerOf, NOW, SECRET } from './messages.js';

const HEADER = 'X-Twilio-Signature';

/** As a browser writes them, which is how they are configured here. */
const URLS = [
  'https://shop.example/sms',
  'https://shop.example/sms?b=2&a=%20x&a=%2B&c=%C3%A9',
  'https://shop.example/a%20b/?q=a%27b&empty=',
  'https://user:pass@shop.example/sms?a=1',
];
const FORMS: readonly Readonly<Record<string, string | string[]>>[] = [
  { To: '+14155550100', From: '+14155550101', Body: 'é ♥ 😀' },
  { Body: 'a+b %2B & c=d', MediaUrl: ['https://m.example/b', 'https://m.example/a'], Empty: '' },
  { Media: ['b', 'a', 'b'], 'a.b': '1', A: '%', a: ' ' },
  {},
];

/** As the request has it: a name of several values comes several times. */
function bodyOf(form: (typeof FORMS)[number]): string {
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );
  return new URLSearchParams(pairs).toString();
}

const peer = await installed('twilio', peers.twilio());
describe.runIf(peer !== undefined)('twilio, where it is installed,', () => {
  const [verifies, signs] = [
    secretFor(twilio, SECRET, { use: 'verify' }),
    secretFor(twilio, SECRET, { use: 'mac' }),
  ];
  const covers = ['url', 'form'] as const;
  const cases = URLS.flatMap((url) => FORMS.map((form) => ({ url, form, body: bodyOf(form) })));

  test.each(cases)('signs and is verified here: $url $body', ({ url, form, body }) => {
    const signature = peer?.sign(SECRET, url, form) ?? '';
    const received = (to: string, given: string, by = signature) => {
      const message = { url: to, headers: { [HEADER]: by }, body: utf8Of(given) };
      return codeOf(() => verify(twilio, message, verifies, { now: NOW, covers }));
    };
    expect(received(url, body)).toBeUndefined();
    expect(received(url, bodyOf({ ...form, Zip: '1' }))).toBe('ERR_VERIFY_FAILED');
    expect(received(url.replace('shop', 'shot'), body)).toBe('ERR_VERIFY_FAILED');
    expect(received(url, body, peer?.sign('another', url, form))).toBe('ERR_VERIFY_FAILED');
  });

  test.each(cases)('verifies what is signed here: $url $body', ({ url, form, body }) => {
    const made = sign(twilio, { url, body: utf8Of(body) }, signs, { now: NOW });
    const signature = headerOf(made, HEADER);
    expect(peer?.verify(SECRET, signature, made.url, form)).toBe(true);
    expect(peer?.verify(SECRET, signature, url, { ...form, To: '+1' })).toBe(false);
    expect(peer?.verify(SECRET, signature, url.replace('shop', 'shot'), form)).toBe(false);
    expect(peer?.verify('another', signature, url, form)).toBe(false);
  });

  test('both find the port that was signed, and the query that was written anew', () => {
    const [form = {}] = FORMS;
    const body = utf8Of(bodyOf(form));
    const url = 'https://shop.example/sms?a=x%20y&b=!';
    const spellings = [url, url.replace('example/', 'example:443/'), url.replace('!', '%21')];
    for (const signed of spellings) {
      const signature = peer?.sign(SECRET, signed, form) ?? '';
      expect(peer?.verify(SECRET, signature, url, form)).toBe(signed !== spellings[2]);
      const message = { url, headers: { [HEADER]: signature }, body };
      const code = codeOf(() => verify(twilio, message, verifies, { now: NOW, covers }));
      expect(code).toBe(signed === spellings[2] ? 'ERR_VERIFY_FAILED' : undefined);
    }
  });

  test.each(BODIES)('signs JSON and is verified here, and the other way round: %j', (body) => {
    const url = 'https://shop.example/status?a=%2B';
    const sent = sign(twilioJson, { url, body: utf8Of(body) }, signs, { now: NOW });
    const bound = sent.url;
    expect(new URL(bound).searchParams.get('bodySHA256')).toBe(peer?.bodyHash(body));
    const signature = peer?.sign(SECRET, bound, {}) ?? '';
    expect(headerOf(sent, HEADER)).toBe(signature);
    expect(peer?.verifyBody(SECRET, signature, bound, body)).toBe(true);
    expect(peer?.verifyBody(SECRET, signature, bound, changed(body))).toBe(false);
    expect(peer?.verifyBody(SECRET, signature, `${bound}&a=1`, body)).toBe(false);
    const received = (to: string, given: string) => {
      const message = { url: to, headers: { [HEADER]: signature }, body: utf8Of(given) };
      return codeOf(() => verify(twilioJson, message, verifies, { now: NOW }));
    };
    expect(received(bound, body)).toBeUndefined();
    expect(received(bound, changed(body))).toBe('ERR_MESSAGE_DIGEST');
    expect(received(`${bound}&a=1`, body)).toBe('ERR_VERIFY_FAILED');
  });

  test('they sign and verify under an empty token, and here it is no secret', () => {
    const [url = ''] = URLS;
    expect(peer?.verify('', peer.sign('', url, {}), url, {})).toBe(true);
    expect(codeOf(() => secretFor(twilio, '', { use: 'verify' }))).toBe('ERR_KEY_EMPTY');
  });
});
