// Twilio: texts that openssl signed, the spellings of a URL, and what one text has in several readings.
import { describe, expect, test } from 'vitest';
import { utf8Of } from '../../src/bytes/utf8.js';
import { twilio, twilioJson } from '../../src/provider/twilio.js';
import { secretFor, sign, textPairs, verify } from '../../src/scheme/index.js';
import { defineScheme, utf8Secret } from '../../src/scheme/vocabulary.js';
import { bodyDigestIn } from '../../src/scheme/body-digest-in.js';
import { hexLower } from '../../src/scheme/encoding.js';
import { anyKey } from '../../src/scheme/keys.js';
import { header } from '../../src/scheme/source.js';
import { url as urlSource } from '../../src/scheme/url.js';
import { sha224, sha256 } from '../../src/primitive/digest.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';

const NOW = 1_700_000_000;
const TOKEN = '0123456789abcdef0123456789abcdef';
const key = secretFor(twilio, TOKEN, { use: 'verify' });
const options = { now: NOW, covers: ['url', 'form'] } as const;
const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const message = (url: string, body: string, signature: string) => ({
  method: 'POST',
  url,
  headers: { 'X-Twilio-Signature': signature },
  body: utf8Of(body),
});

const URL_OF_HOOK = 'https://shop.example/sms?shop=1';
const FORM = 'To=%2B15005550001&From=%2B15005550006&Body=Hi%2C+it%27s+caf%C3%A9';
// printf "https://shop.example/sms?shop=1BodyHi, it's caféFrom+15005550006To+15005550001" |
//   openssl dgst -sha1 -hmac $TOKEN -binary | base64
const SIGNATURE = 'AbHdGkZcjKrfLe0++AObkv9m5og=';
// The same with https://shop.example:443/
const WITH_PORT = 'ua0JUn90rc9UYh0zuL2Wx1cjQCU=';

describe('a form that openssl signed', () => {
  test('is verified, and its pairs are what was signed', () => {
    const request = verify(twilio, message(URL_OF_HOOK, FORM, SIGNATURE), key, options);
    expect(request.values.url).toBe(URL_OF_HOOK);
    expect(Object.fromEntries(textPairs(request.values.form))).toEqual({
      To: '+15005550001',
      From: '+15005550006',
      Body: "Hi, it's café",
    });
    expect(request.alternative).toBeUndefined();
    expect(request.strength).toBe('weak');
    expect(request.body).toBeUndefined();
  });

  test('is signed the same', () => {
    const signer = secretFor(twilio, TOKEN, { use: 'mac' });
    const signed = sign(twilio, { url: URL_OF_HOOK, body: utf8Of(FORM) }, signer, { now: NOW });
    expect(signed.headers).toEqual([['X-Twilio-Signature', SIGNATURE]]);
  });

  test('may have its pairs in another order', () => {
    const turned = FORM.split('&').toReversed().join('&');
    expect(verify(twilio, message(URL_OF_HOOK, turned, SIGNATURE), key, options).covers.form).toBe(
      'pairs',
    );
  });

  test('has values that stand twice once, sorted', () => {
    // printf 'https://shop.example/callA1A2B' | the same
    const signature = 'WsRExjrQ50jy192ZvVsS0CnMezs=';
    for (const body of ['A=2&B=&A=1&A=2', 'A=1&A=2&B=']) {
      const { values } = verify(
        twilio,
        message('https://shop.example/call', body, signature),
        key,
        options,
      );
      expect(textPairs(values.form)).toEqual([
        ['A', '1'],
        ['A', '2'],
        ['B', ''],
      ]);
    }
  });

  test.each([
    [URL_OF_HOOK, FORM.replace('0001', '0002')],
    [URL_OF_HOOK, `${FORM}&New=1`],
    [URL_OF_HOOK, 'To=%2B15005550001'],
    [URL_OF_HOOK, ''],
    ['https://shop.example/sms?shop=2', FORM],
    ['http://shop.example/sms?shop=1', FORM],
    ['https://evil.example/sms?shop=1', FORM],
    ['https://user@shop.example/sms?shop=1', FORM],
    ['https://shop.example/SMS?shop=1', FORM],
  ])('is refused at %s with %s', (url, body) => {
    expect(() => verify(twilio, message(url, body, SIGNATURE), key, options)).toThrow(
      refusal('ERR_VERIFY_FAILED'),
    );
  });

  test('needs its URL, whole', () => {
    const { url: _, ...rest } = message(URL_OF_HOOK, FORM, SIGNATURE);
    expect(() => verify(twilio, rest, key, options)).toThrow(refusal('ERR_MESSAGE_MISSING'));
    expect(() => verify(twilio, message('/sms?shop=1', FORM, SIGNATURE), key, options)).toThrow(
      refusal('ERR_MESSAGE_FORM'),
    );
  });
});

describe('a URL', () => {
  const at = (url: string, signature: string) =>
    verify(twilio, message(url, FORM, signature), key, options).alternative;

  test('is taken with its port and without, and the result says so', () => {
    expect(at('https://shop.example:443/sms?shop=1', WITH_PORT)).toBeUndefined();
    expect(at(URL_OF_HOOK, WITH_PORT)).toBe('other port');
    expect(at('https://shop.example:443/sms?shop=1', SIGNATURE)).toBe('other port');
    // As their own library does with any port.
    expect(at('https://shop.example:1234/sms?shop=1', SIGNATURE)).toBe('other port');
    expect(() => at('https://shop.example:1234/sms?shop=1', WITH_PORT)).toThrow(
      refusal('ERR_VERIFY_FAILED'),
    );
  });

  test('of http has port 80', () => {
    const signed = signedAt('http://shop.example:80/sms');
    expect(at('http://shop.example/sms', signed)).toBe('other port');
    expect(() => at('https://shop.example/sms', signed)).toThrow(refusal('ERR_VERIFY_FAILED'));
  });

  test('keeps its user, and an address of IPv6', () => {
    expect(at('https://u:p@shop.example/x', signedAt('https://u:p@shop.example:443/x'))).toBe(
      'other port',
    );
    expect(at('https://[2001:db8::1]/x', signedAt('https://[2001:db8::1]:443/x'))).toBe(
      'other port',
    );
    expect(() => at('https://u:p@shop.example/x', signedAt('https://shop.example/x'))).toThrow(
      refusal('ERR_VERIFY_FAILED'),
    );
  });

  test('is taken with its query written anew', () => {
    // printf "https://shop.example/sms?name=it's%%20hereA1" | the same
    const signature = 'IWEcBSrSgG/ucaIDO2cwvl+/GGk=';
    const given = message('https://shop.example/sms?name=it%27s+here', 'A=1', signature);
    expect(verify(twilio, given, key, options).alternative).toBe('query rewritten');
    const withPort = signedAt("https://shop.example:443/sms?1=c&b=it's&b=2&a=");
    expect(at('https://shop.example/sms?b=it%27s&a&b=2&1=c', withPort)).toBe(
      'query rewritten, other port',
    );
  });

  test('that is not encoded has no such spelling', () => {
    expect(
      at('https://shop.example/sms?a=%zz', signedAt('https://shop.example:443/sms?a=%zz')),
    ).toBe('other port');
  });

  function signedAt(url: string): string {
    const signer = secretFor(twilio, TOKEN, { use: 'mac' });
    return sign(twilio, { url, body: utf8Of(FORM) }, signer, { now: NOW }).headers[0]?.[1] ?? '';
  }
});

test('two forms of one text have one signature, as the scheme says', () => {
  const signer = secretFor(twilio, TOKEN, { use: 'mac' });
  const forms = ['Body=1&BodyTo=2', 'Body=1BodyTo2'];
  const [a, b] = forms.map(
    (body) =>
      sign(twilio, { url: URL_OF_HOOK, body: utf8Of(body) }, signer, { now: NOW }).headers[0]?.[1],
  );
  expect(a).toBe(b);
});

describe('JSON', () => {
  const body = '{"status":"paid","sum":1.10}';
  const digest = 'b294ad52541bae48abbad6e9fca11ed437f185b57022956dbe74aa6fde1cffc6';
  const url = `https://shop.example/json?bodySHA256=${digest}`;
  // printf "$URL" | openssl dgst -sha1 -hmac $TOKEN -binary | base64
  const signature = '0jeF+rYGHtCcVedJtWuvEDhMU14=';
  const plain = { now: NOW };

  test('is verified, and covered', () => {
    const request = verify(twilioJson, message(url, body, signature), key, plain);
    expect(request.body).toEqual(utf8Of(body));
    expect(request.values).toEqual({ url });
    const withPort = message(url, body, 'yw8PWUu4hjwJPdJiyysrrc1eQe8=');
    expect(verify(twilioJson, withPort, key, plain).alternative).toBe('other port');
  });

  test('is signed the same, with the digest put into the URL', () => {
    const signer = secretFor(twilioJson, TOKEN, { use: 'mac' });
    for (const given of ['https://shop.example/json', url]) {
      const signed = sign(twilioJson, { url: given, body: utf8Of(body) }, signer, plain);
      expect(signed.url).toBe(url);
      expect(signed.headers).toEqual([['X-Twilio-Signature', signature]]);
    }
  });

  test('is refused with another body, and with another digest', () => {
    const other = '{"status":"paid","sum":9.10}';
    expect(() => verify(twilioJson, message(url, other, signature), key, plain)).toThrow(
      refusal('ERR_MESSAGE_DIGEST'),
    );
    expect(() => verify(twilioJson, message(url, `${body}\n`, signature), key, plain)).toThrow(
      refusal('ERR_MESSAGE_DIGEST'),
    );
    // printf '{"status":"paid","sum":9.10}' | openssl dgst -sha256
    const forged = url.replace(
      digest,
      'a9a5d2f2fcc8ca74583d1a8c54d4f128692af12d6ccc43c56fd4900ea9e468e3',
    );
    expect(() => verify(twilioJson, message(forged, other, signature), key, plain)).toThrow(
      refusal('ERR_VERIFY_FAILED'),
    );
  });

  test.each([
    ['https://shop.example/json', 'ERR_MESSAGE_MISSING'],
    [`${url}&bodySHA256=${digest}`, 'ERR_MESSAGE_DUPLICATE'],
    [url.replace(digest, digest.toUpperCase()), 'ERR_MESSAGE_FORM'],
    [url.replace(digest, ''), 'ERR_MESSAGE_MISSING'],
    [url.replace(digest, digest.slice(2)), 'ERR_MESSAGE_DIGEST'],
    // Encoded, it is not the text that was signed.
    [url.replace('=b', '=%62'), 'ERR_MESSAGE_DIGEST'],
  ])('is refused at %s by %s', (given, code) => {
    expect(() => verify(twilioJson, message(given, body, signature), key, plain)).toThrow(
      refusal(code),
    );
  });

  test('is no form, and a form no JSON', () => {
    expect(() => verify(twilio, message(url, body, signature), key, options)).toThrow(
      refusal('ERR_FORM'),
    );
    expect(() => verify(twilioJson, message(URL_OF_HOOK, FORM, SIGNATURE), key, plain)).toThrow(
      refusal('ERR_MESSAGE_MISSING'),
    );
  });
});

describe('a digest of the body in another slot', () => {
  const digest = header('Digest');
  const describeWith = (message_: readonly unknown[], covers: object) => () =>
    defineScheme({
      id: 'x',
      version: 1,
      title: 'x',
      direction: 'callback',
      slots: { url: urlSource(), digest, signature: header('S') },
      message: message_,
      algs: [hmacSha256],
      secret: utf8Secret,
      keys: anyKey,
      signature: { slot: 'signature', encoding: hexLower },
      covers,
      freshness: 'none',
    } as never);

  test('binds it only if that slot is signed', () => {
    const part = bodyDigestIn('url', 'digest', sha256, hexLower);
    expect(describeWith(['x', part], { body: 'whole' })).toThrow(/url to be signed/);
  });

  test('is one that resists collisions', () => {
    expect(() => bodyDigestIn('url', 'digest', sha224, hexLower)).toThrow(TypeError);
  });
});
