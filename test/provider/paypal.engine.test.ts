// PayPal: what a CRC-32 is worth, whose certificates are taken, and messages that openssl signed.
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../src/bytes/crc32.js';
import { utf8Of } from '../../src/bytes/utf8.js';
import { importPrivateKey } from '../../src/key/rsa.js';
import { importCertificate, readCertificate } from '../../src/key/x509.js';
import { rsaPkcs1Sha1 } from '../../src/primitive/legacy/rsa.js';
import { rsaPkcs1Sha256 } from '../../src/primitive/rsa.js';
import {
  checkPaypalCertificate,
  importPaypalCertificate,
  isPaypalCertificateUrl,
  paypal,
  paypalSha1,
} from '../../src/provider/paypal.js';
import { ACCEPT_UNVERIFIED_BODY, identify, sign, verify } from '../../src/scheme/index.js';
import { engineName } from '../vectors.js';
import { callbacks } from './callbacks.js';

const { paypal: made } = callbacks;
const NOW = 1_795_262_400 + 60; // a minute after 2026-11-21T12:00:00Z
const URL_OF_KEY = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270';
const roots = [readCertificate(made.root)];
const key = importPaypalCertificate(made.chain, { roots, now: NOW });
const body = utf8Of(made.body);
const headers = {
  'PAYPAL-TRANSMISSION-ID': made.id,
  'PAYPAL-TRANSMISSION-TIME': made.time,
  'PAYPAL-TRANSMISSION-SIG': made.sha256,
  'PAYPAL-CERT-URL': URL_OF_KEY,
  'PAYPAL-AUTH-ALGO': 'SHA256withRSA',
};
const covers = ['id', 'time', 'webhookId', 'body'] as const;
const options = { now: NOW, settings: { webhookId: made.webhookId }, covers };
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

describe('a message that openssl signed', () => {
  test('is verified, and its body is not given out', () => {
    const event = verify(paypal, { headers, body }, key, options);
    expect(event.values).toEqual({
      id: made.id,
      time: made.time,
      webhookId: made.webhookId,
    });
    expect(event.deliveryId).toBe(made.id);
    expect(event.timestamp).toBe(NOW - 60);
    expect(event.covers.body).toBe('checksum');
    expect(event.body).toBeUndefined();
    expect(event.unverifiedBody).toBeUndefined();
    expect(event.strength).toBe('public-key');
  });

  test('names its certificate, unverified', () => {
    const { keyId, hints } = identify(paypal, { headers, body });
    expect(keyId).toBeUndefined();
    expect(hints).toEqual({ certUrl: URL_OF_KEY });
    expect(identify(paypal, { headers: {}, body }).hints['certUrl']).toBeUndefined();
  });

  test('is refused for another webhook, body, time or id', () => {
    const other = { ...options, settings: { webhookId: '1JE4291016473214D' } };
    expect(() => verify(paypal, { headers, body }, key, other)).toThrow(
      refusal('ERR_VERIFY_FAILED'),
    );
    const changed = [
      { headers, body: utf8Of(made.body.replace('1.00', '9.00')) },
      { headers: { ...headers, 'PAYPAL-TRANSMISSION-ID': 'other' }, body },
      { headers: { ...headers, 'PAYPAL-TRANSMISSION-TIME': '2026-11-21T12:00:01Z' }, body },
    ];
    for (const message of changed) {
      expect(() => verify(paypal, message, key, options)).toThrow(refusal('ERR_VERIFY_FAILED'));
    }
  });

  test('is taken for three days', () => {
    const at = (now: number) => verify(paypal, { headers, body }, key, { ...options, now });
    const sent = NOW - 60;
    expect(at(sent + 259_200).timestamp).toBe(sent);
    expect(() => at(sent + 259_201)).toThrow(refusal('ERR_TOO_OLD'));
    expect(at(sent - 300).timestamp).toBe(sent);
    expect(() => at(sent - 301)).toThrow(refusal('ERR_NOT_YET_VALID'));
  });

  test('asks its caller to say what is covered', () => {
    const partly = { ...options, covers: ['id', 'time', 'webhookId'] as const };
    expect(() => verify(paypal, { headers, body }, key, partly)).toThrow(TypeError);
    const { settings } = options;
    // @ts-expect-error covers has to be given
    expect(() => verify(paypal, { headers, body }, key, { now: NOW, settings })).toThrow(TypeError);
  });
});

describe('a body of the same CRC-32', () => {
  const forged = forge(made.body.replace('1.00', '9999.00'), crc32(body));

  test('is made in no time and says something else', () => {
    expect(crc32(forged)).toBe(crc32(body));
    const { resource } = JSON.parse(new TextDecoder().decode(forged)) as {
      resource: { amount: { value: string } };
    };
    expect(resource.amount.value).toBe('9999.00');
  });

  test('verifies, and nothing of it comes out', () => {
    const event = verify(paypal, { headers, body: forged }, key, options);
    expect(event.body).toBeUndefined();
    expect(event.unverifiedBody).toBeUndefined();
    expect(event).not.toHaveProperty('payload');
    const octets = (value: unknown): boolean =>
      value instanceof Uint8Array ||
      (typeof value === 'object' && value !== null && Object.values(value).some(octets));
    expect(octets(event)).toBe(false);
    expect(JSON.stringify(event)).not.toContain('9999.00');
  });

  test('comes out by its name alone', () => {
    const event = verify(paypal, { headers, body: forged }, key, {
      ...options,
      body: ACCEPT_UNVERIFIED_BODY,
    });
    expect(event.body).toBeUndefined();
    expect(event.unverifiedBody).toEqual(forged);
  });
});

describe('the algorithm', () => {
  const sha1 = {
    ...headers,
    'PAYPAL-AUTH-ALGO': 'SHA1withRSA',
    'PAYPAL-TRANSMISSION-SIG': made.sha1,
  };

  test('is the one of the scheme, whatever the message says', () => {
    for (const name of ['SHA1withRSA', 'sha256withrsa', 'none', 'constructor']) {
      const message = { headers: { ...headers, 'PAYPAL-AUTH-ALGO': name }, body };
      expect(() => verify(paypal, message, key, options)).toThrow(refusal('ERR_MESSAGE_ALGORITHM'));
    }
    expect(() => verify(paypal, { headers: sha1, body }, key, options)).toThrow(
      refusal('ERR_MESSAGE_ALGORITHM'),
    );
  });

  test('is SHA-1 for who asks for it by name, and then weak', () => {
    const leaf = checkPaypalCertificate(made.chain, { roots, now: NOW });
    const weak = importCertificate(leaf, { alg: rsaPkcs1Sha1, use: 'verify' });
    const event = verify(paypalSha1, { headers: sha1, body }, weak, options);
    expect(event.strength).toBe('weak');
    expect(() => verify(paypalSha1, { headers, body }, weak, options)).toThrow(
      refusal('ERR_MESSAGE_ALGORITHM'),
    );
  });
});

describe('a certificate', () => {
  const now = NOW;

  test('leads to a root that was given', () => {
    const [leaf = ''] = made.chain.split(/(?<=END CERTIFICATE-----\n)/);
    expect(() => importPaypalCertificate(leaf, { roots, now })).toThrow(refusal('ERR_PATH_ROOT'));
    const stranger = [readCertificate(callbacks.sns.certificate)];
    expect(() => importPaypalCertificate(made.chain, { roots: stranger, now })).toThrow(
      refusal('ERR_PATH_ROOT'),
    );
    expect(() => importPaypalCertificate(made.chain, { roots: [], now })).toThrow(TypeError);
    const asText = () => importPaypalCertificate(made.chain, { roots: '-----BEGIN' as never, now });
    expect(asText).toThrow(/options.roots: expected certificates; read PEM by readCertificates/);
  });

  test('is valid now', () => {
    expect(() => importPaypalCertificate(made.chain, { roots, now: 1_700_000_000 })).toThrow(
      refusal('ERR_PATH_NOT_YET_VALID'),
    );
    expect(() => importPaypalCertificate(made.chain, { roots, now: 2_100_000_000 })).toThrow(
      refusal('ERR_PATH_EXPIRED'),
    );
    expect(() => importPaypalCertificate(made.chain, { roots, now: Number.NaN })).toThrow(
      TypeError,
    );
  });

  test('is for a name below paypal.com, said where names are said', () => {
    for (const [name, chain] of Object.entries(made.others)) {
      expect(() => importPaypalCertificate(chain, { roots, now }), name).toThrow(
        refusal('ERR_PATH_PIN'),
      );
    }
  });
});

test('the URL of a certificate is one of PayPal', () => {
  for (const host of ['api.paypal.com', 'api.sandbox.paypal.com', 'api-m.sandbox.paypal.com']) {
    expect(isPaypalCertificateUrl(`https://${host}/v1/notifications/certs/CERT-1a-2b`)).toBe(true);
  }
  const path = 'v1/notifications/certs/CERT-1';
  for (const url of [
    '',
    `http://api.paypal.com/${path}`,
    `https://api.paypal.com.evil.example/${path}`,
    `https://evil.example/https://api.paypal.com/${path}`,
    `https://api.paypal.com@evil.example/${path}`,
    `https://api.paypal.com:8443/${path}`,
    `https://api-paypal.com/${path}`,
    `https://apixpaypal.com/${path}`,
    `https://api.paypal.com/${path}/../../../x`,
    `https://api.paypal.com/${path}?x=1`,
    `https://api.paypal.com/${path}\n`,
    ` https://api.paypal.com/${path}`,
    `https://api.paypal.com/other/${path}`,
  ]) {
    expect(isPaypalCertificateUrl(url), url).toBe(false);
  }
  expect(() => isPaypalCertificateUrl(undefined as never)).toThrow(TypeError);
});

test('signs what openssl signed, where RSA signs', () => {
  const importKey = () => importPrivateKey(made.privateKey, { alg: rsaPkcs1Sha256, use: 'sign' });
  if (engineName === 'noble') {
    expect(importKey).toThrow(refusal('ERR_UNSUPPORTED_ENGINE'));
    return;
  }
  const signed = sign(paypal, { body }, importKey(), {
    now: NOW - 60,
    settings: { webhookId: made.webhookId },
    values: { id: made.id, certUrl: URL_OF_KEY },
  });
  expect(Object.fromEntries(signed.headers)).toEqual(headers);
});

/** Puts a member into an object that gives it this checksum: 40 free bits, of which 32 are solved for. */
function forge(text: string, wanted: number): Uint8Array<ArrayBuffer> {
  const fill = 40;
  const octets = utf8Of(text.replace('{', `{"x":"${'A'.repeat(fill)}",`));
  const from = '{"x":"'.length;
  const flipped = (set: bigint) =>
    octets.map((octet, i) =>
      ((set >> BigInt(i - from)) & 1n) === 1n && i >= from ? octet ^ 1 : octet,
    );
  const start = crc32(octets);
  // CRC-32 is affine: each character that becomes `@` changes the checksum by the same bits always.
  const basis: { bits: number; set: bigint }[] = [];
  const reduce = (bits: number, set: bigint) => {
    for (const known of basis) {
      if ((bits ^ known.bits) >>> 0 < bits)
        [bits, set] = [(bits ^ known.bits) >>> 0, set ^ known.set];
    }
    return { bits, set };
  };
  for (let i = 0; i < fill; i++) {
    const set = 1n << BigInt(i);
    const found = reduce((crc32(flipped(set)) ^ start) >>> 0, set);
    if (found.bits === 0) continue;
    basis.push(found);
    basis.sort((a, b) => b.bits - a.bits);
  }
  return flipped(reduce((start ^ wanted) >>> 0, 0n).set);
}
