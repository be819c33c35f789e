// The providers' libraries by themselves: each takes what it signs and refuses it changed, so that
// what another test sees of them is theirs and not a fault of how we call them.
import {
  createHash,
  createVerify,
  generateKeyPairSync,
  type KeyPairKeyObjectResult,
  X509Certificate,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Sent } from '../../bench/peers/loopback.js';
import * as peers from '../../bench/peers/providers.js';
import { answerOf, isThere } from './command.js';
import { installed } from './installed.js';

const NOW = 1_795_284_000;
const BODY = '{"total":1.10,"name":"é"}';
const OTHER = '{"total":9.10,"name":"é"}';
const SECRET = 'a secret of no one, long enough';

/** As PEM, which is what the libraries take. */
function pemOf(pair: KeyPairKeyObjectResult): { publicKey: string; privateKey: string } {
  return {
    publicKey: String(pair.publicKey.export({ type: 'spki', format: 'pem' })),
    privateKey: String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}
const own = pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const theirs = pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }));

/** Self-signed, for the names `C=CN, O=Example, CN=name`. */
function certify(key: string, name: string): string {
  const subject = ['-subj', `/C=CN/O=Example/CN=${name}`, '-days', '9'];
  const { output } = answerOf('openssl', ['req', '-x509', '-key', 'key', ...subject], { key });
  return Buffer.from(output).toString();
}
const certificates = isThere('openssl', 'version')
  ? { own: certify(own.privateKey, 'own'), theirs: certify(theirs.privateKey, 'theirs') }
  : undefined;

const stripe = await installed('stripe', peers.stripe());
test.runIf(stripe !== undefined)('stripe, where it is installed', () => {
  const header = stripe?.sign(SECRET, BODY, NOW) ?? '';
  const options = { tolerance: 300, now: NOW + 300 };
  expect(stripe?.verify(SECRET, BODY, header, options)).toBe(true);
  expect(stripe?.verify(SECRET, OTHER, header, options)).toBe(false);
  expect(stripe?.verify(SECRET, BODY, header, { ...options, now: NOW + 301 })).toBe(false);
});

describe.each([
  ['svix', 'svix-'],
  ['standardwebhooks', 'webhook-'],
] as const)('%s', async (name, prefix) => {
  const peer = await installed(name, peers.webhooks(name));
  test.runIf(peer !== undefined)('where it is installed', () => {
    const secret = `whsec_${Buffer.from(SECRET).toString('base64')}`;
    const now = Math.floor(Date.now() / 1000);
    const signature = peer?.sign(secret, 'msg_1', now, BODY) ?? '';
    const headers = {
      [`${prefix}id`]: 'msg_1',
      [`${prefix}timestamp`]: String(now),
      [`${prefix}signature`]: signature,
    };
    expect(peer?.verify(secret, BODY, headers)).toBe(true);
    expect(peer?.verify(secret, OTHER, headers)).toBe(false);
    expect(peer?.verify(secret, BODY, { ...headers, [`${prefix}id`]: 'msg_2' })).toBe(false);
  });
});

const octokit = await installed('@octokit/webhooks-methods', peers.octokit());
test.runIf(octokit !== undefined)('octokit, where it is installed', async () => {
  const header = (await octokit?.sign(SECRET, BODY)) ?? '';
  expect(await octokit?.verify(SECRET, BODY, header)).toBe(true);
  expect(await octokit?.verify(SECRET, OTHER, header)).toBe(false);
});

const twilio = await installed('twilio', peers.twilio());
test.runIf(twilio !== undefined)('twilio, where it is installed', () => {
  const url = "https://a.example/sms?b=2&a='";
  const form = { To: '+1', Body: 'é', MediaUrl: ['b', 'a', 'b'] };
  const signature = twilio?.sign(SECRET, url, form) ?? '';
  expect(twilio?.verify(SECRET, signature, url, form)).toBe(true);
  expect(twilio?.verify(SECRET, signature, url, { ...form, To: '+2' })).toBe(false);
  const bound = `https://a.example/sms?bodySHA256=${twilio?.bodyHash(BODY) ?? ''}`;
  const header = twilio?.sign(SECRET, bound, {}) ?? '';
  expect(twilio?.verifyBody(SECRET, header, bound, BODY)).toBe(true);
  expect(twilio?.verifyBody(SECRET, header, bound, OTHER)).toBe(false);
  expect(twilio?.verifyBody(SECRET, header, `${bound}&a=1`, BODY)).toBe(false);
});

const adyen = await installed('@adyen/api-library', peers.adyen());
test.runIf(adyen !== undefined)('adyen, where it is installed', () => {
  const key = createHash('sha256').update(SECRET).digest('hex');
  const item = {
    pspReference: '7914073381342284',
    merchantAccountCode: 'TestMerchant',
    merchantReference: 'a:b',
    amount: { value: 1130, currency: 'EUR' },
    eventCode: 'AUTHORISATION',
    success: 'true',
  };
  const signed = { ...item, additionalData: { hmacSignature: adyen?.signItem(key, item) } };
  expect(adyen?.itemText(item)).toBe(
    '7914073381342284::TestMerchant:a:b:1130:EUR:AUTHORISATION:true',
  );
  expect(adyen?.verifyItem(key, signed)).toBe(true);
  expect(adyen?.verifyItem(key, { ...signed, success: 'false' })).toBe(false);
  expect(() => adyen?.verifyItem(key, item)).toThrow('hmacSignature');
  const signature = adyen?.signBody(key, BODY) ?? '';
  expect(adyen?.verifyBody(key, BODY, signature)).toBe(true);
  expect(adyen?.verifyBody(key, OTHER, signature)).toBe(false);
});

const sns = await installed('sns-validator', peers.sns());
test.runIf(sns !== undefined && certificates !== undefined)(
  'sns-validator, where it and openssl are installed',
  async () => {
    const message = {
      Type: 'Notification',
      MessageId: '1',
      TopicArn: 'arn:aws:sns:eu-west-1:1:a',
      Message: BODY,
      Timestamp: '2026-11-21T18:00:00.000Z',
      SignatureVersion: '2',
      SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/a.pem',
      UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?a',
    };
    const names = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'] as const;
    const text = names.map((name) => `${name}\n${message[name]}\n`).join('');
    const { output } = answerOf('openssl', ['dgst', '-sha256', '-sign', 'key', 'text'], {
      key: theirs.privateKey,
      text,
    });
    const signed = { ...message, Signature: Buffer.from(output).toString('base64') };
    const { own: wrong = '', theirs: right = '' } = certificates ?? {};
    expect(await sns?.verify(signed, right)).toBe(true);
    expect(await sns?.verify({ ...signed, Message: OTHER }, right)).toBe(false);
    await expect(sns?.verify(signed, wrong)).rejects.toThrow('keeps');
    const elsewhere = 'https://sns.eu-west-2.amazonaws.com/a.pem';
    expect(await sns?.verify({ ...signed, SigningCertURL: elsewhere }, wrong)).toBe(false);
    const forged = { ...signed, SigningCertURL: 'https://a.example/a.pem' };
    await expect(sns?.verify(forged, right)).rejects.toThrow('invalid domain');
  },
);

const trueLayer = await installed('truelayer-signing', peers.trueLayer());
test.runIf(trueLayer !== undefined)('truelayer-signing, where it is installed', () => {
  const pair = pemOf(generateKeyPairSync('ec', { namedCurve: 'secp521r1' }));
  const { privateKey: privateKeyPem, publicKey: publicKeyPem } = pair;
  const headers = { 'Idempotency-Key': '1', 'X-Note': 'a' };
  const request = { method: 'POST', path: '/v3/payouts', headers, body: BODY };
  const signature = trueLayer?.sign({ ...request, kid: 'k1', privateKeyPem }) ?? '';
  const check = { ...request, signature, publicKeyPem, requiredHeaders: ['Idempotency-Key'] };
  expect(trueLayer?.verify(check)).toBe(true);
  expect(trueLayer?.verify({ ...check, path: '/v3/payouts/' })).toBe(true);
  expect(trueLayer?.verify({ ...check, body: OTHER })).toBe(false);
  expect(trueLayer?.verify({ ...check, requiredHeaders: ['X-Other'] })).toBe(false);
  expect(trueLayer?.verify({ ...check, headers: { ...headers, 'X-Note': 'b' } })).toBe(false);
  expect(trueLayer?.extractKid(signature)).toBe('k1');
  expect(trueLayer?.extractJku(signature)).toBe(undefined);
});

const mastercard = await installed('mastercard-oauth1-signer', peers.mastercard());
test.runIf(mastercard !== undefined)('mastercard-oauth1-signer, where it is installed', () => {
  const uri = 'https://api.example/service?b=2&a=1%20x';
  const request = { uri, method: 'POST', body: BODY, consumerKey: 'c!k', ...own };
  const field = mastercard?.authorization(request) ?? '';
  const pairs = [...field.matchAll(/(\w+)="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  );
  const signature = decodeURIComponent(new Map(pairs).get('oauth_signature') ?? '');
  const signed = pairs.filter(([name]) => name !== 'oauth_signature');
  expect(new Map(pairs).get('oauth_body_hash')).toBe(mastercard?.bodyHash(BODY));
  const isSigned = (of: string): boolean =>
    createVerify('sha256')
      .update(mastercard?.baseString(of, 'POST', signed) ?? '')
      .verify(own.publicKey, signature, 'base64');
  expect(isSigned(uri)).toBe(true);
  expect(isSigned(`${uri}2`)).toBe(false);
});

const merchant = { mchid: '1900000109', serial: '0A1B', privateKey: own.privateKey };
const reply = { timestamp: String(NOW), nonce: 'n', body: BODY };
const request = { method: 'POST', url: '/v3/pay?a=1', ...reply };
const RESOURCE = { nonce: '0123456789ab', associatedData: 'transaction' };
const API_KEY = '0123456789abcdefghijklmnopqrstuv';

/** What a request says that it signs, checked with the merchant's key. */
function isAuthorized(field: string, { method, url, body }: typeof request): boolean {
  const of = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(field)?.[1] ?? '';
  const text = [method, url, of('timestamp'), of('nonce_str'), body, ''].join('\n');
  return (
    field.startsWith('WECHATPAY2-SHA256-RSA2048 ') &&
    of('mchid') === merchant.mchid &&
    of('serial_no') === merchant.serial &&
    createVerify('sha256').update(text).verify(own.publicKey, of('signature'), 'base64')
  );
}

const plugin = await installed('wechatpay-axios-plugin', peers.wechatpayPlugin());
describe.runIf(plugin !== undefined)('wechatpay-axios-plugin, where it is installed,', () => {
  test('taken apart', () => {
    const field = plugin?.authorization(merchant, request) ?? '';
    expect(isAuthorized(field, request)).toBe(true);
    expect(isAuthorized(field, { ...request, body: OTHER })).toBe(false);
    const signature = plugin?.signReply(reply, theirs.privateKey) ?? '';
    expect(plugin?.verifyReply(reply, signature, theirs.publicKey)).toBe(true);
    expect(plugin?.verifyReply({ ...reply, body: OTHER }, signature, theirs.publicKey)).toBe(false);
    expect(plugin?.signLines(['wx', String(NOW), 'n', 'prepay_id=1'], own.privateKey)).toHaveLength(
      344,
    );
    const ciphertext = plugin?.seal(BODY, API_KEY, RESOURCE) ?? '';
    expect(plugin?.open({ ...RESOURCE, ciphertext }, API_KEY)).toBe(BODY);
    expect(() => plugin?.open({ ...RESOURCE, ciphertext, associatedData: 'x' }, API_KEY)).toThrow();
    const sealed = plugin?.encrypt('6222', own.publicKey) ?? '';
    expect(plugin?.decrypt(sealed, own.privateKey)).toBe('6222');
    expect(() => plugin?.decrypt(sealed, theirs.privateKey)).toThrow();
  });

  test('its whole client', async () => {
    const certs = { PUB_KEY_ID_01: theirs.publicKey };
    const sent: Sent[] = [];
    const exchange = (signed: string, serial = 'PUB_KEY_ID_01'): Promise<boolean> | undefined =>
      plugin?.exchange(
        merchant,
        certs,
        { method: 'post', path: 'v3/pay', params: { a: 'b c' }, data: { total: 1 } },
        (received) => {
          sent.push(received);
          const timestamp = String(Math.floor(Date.now() / 1000));
          const answered = { timestamp, nonce: 'n', body: signed };
          const headers = {
            'Content-Type': 'application/json',
            'Wechatpay-Timestamp': timestamp,
            'Wechatpay-Nonce': 'n',
            'Wechatpay-Serial': serial,
            'Wechatpay-Signature': plugin.signReply(answered, theirs.privateKey),
          };
          return { headers, body: BODY };
        },
      );
    expect(await exchange(BODY)).toBe(true);
    expect(await exchange(OTHER)).toBe(false);
    expect(await exchange(BODY, '0A1C')).toBe(false);
    const [first] = sent;
    const field = first?.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
    const body = first?.body.toString() ?? '';
    const received = { ...request, method: first?.method ?? '', url: first?.url ?? '', body };
    expect(isAuthorized(field ?? '', received)).toBe(true);
    expect(received).toMatchObject({ method: 'POST', url: '/v3/pay?a=b+c', body: '{"total":1}' });
  });
});

const pay = (await installed('wechatpay-node-v3', peers.wechatpayNode()))?.(merchant);
describe.runIf(pay !== undefined)('wechatpay-node-v3, where it is installed,', () => {
  test('in parts', async () => {
    const field = pay?.authorization(request) ?? '';
    expect(isAuthorized(field, request)).toBe(true);
    expect(isAuthorized(field, { ...request, body: OTHER })).toBe(false);
    const signature = plugin?.signReply(reply, theirs.privateKey) ?? '';
    const signed = { ...reply, signature, serial: '0A1C' };
    expect(await pay?.verifyReply(signed, theirs.publicKey)).toBe(true);
    expect(await pay?.verifyReply({ ...signed, body: OTHER }, theirs.publicKey)).toBe(false);
    expect(await pay?.verifyReply(signed, own.publicKey)).toBe(false);
    expect(pay?.sign('wx\n')).toBe(plugin?.signLines(['wx'], own.privateKey));
    expect(pay?.decrypt(pay.encrypt('6222', own.publicKey))).toBe('6222');
  });

  test('opens a callback, and a forged one too: it checks no tag', () => {
    const ciphertext = plugin?.seal(BODY, API_KEY, RESOURCE) ?? '';
    expect(pay?.open({ ...RESOURCE, ciphertext }, API_KEY)).toEqual(JSON.parse(BODY));
    const octets = Buffer.from(ciphertext, 'base64');
    octets[9] = (octets[9] ?? 0) ^ ('1'.charCodeAt(0) ^ '9'.charCodeAt(0));
    const forged = { ...RESOURCE, ciphertext: octets.toString('base64') };
    expect(pay?.open(forged, API_KEY)).toEqual(JSON.parse(OTHER));
    expect(() => plugin?.open(forged, API_KEY)).toThrow();
  });

  test('a request without a body that is no GET lacks a line', () => {
    const without = { ...request, body: '' };
    expect(isAuthorized(pay?.authorization({ ...without, method: 'GET' }) ?? '', without)).toBe(
      false,
    );
    const got = { ...without, method: 'GET' };
    expect(isAuthorized(pay?.authorization(got) ?? '', got)).toBe(true);
    expect(isAuthorized(pay?.authorization(without) ?? '', without)).toBe(false);
    expect(isAuthorized(plugin?.authorization(merchant, without) ?? '', without)).toBe(true);
  });

  test.runIf(certificates !== undefined)('reads certificates, where openssl is', async () => {
    const certificate = certificates?.theirs ?? '';
    const serial = new X509Certificate(certificate).serialNumber;
    expect(pay?.serialOf(certificate).toUpperCase()).toBe(serial);
    const encrypt_certificate = {
      algorithm: 'AEAD_AES_256_GCM',
      nonce: RESOURCE.nonce,
      associated_data: RESOURCE.associatedData,
      ciphertext: plugin?.seal(certificate, API_KEY, RESOURCE),
    };
    const items = [{ serial_no: serial, encrypt_certificate }];
    expect(await pay?.certificates(items, API_KEY)).toMatchObject([
      { serial_no: serial, publicKey: theirs.publicKey },
    ]);
  });
});

const alipay = await installed('alipay-sdk', peers.alipay());
describe.runIf(alipay !== undefined)('alipay-sdk, where it is installed,', () => {
  const encryptKey = Buffer.alloc(16, 7).toString('base64');
  const config = { appId: '2021000000000001', privateKey: own.privateKey, encryptKey };
  const app = alipay?.({ ...config, alipayPublicKey: theirs.publicKey });
  // The other side: whose key signs what the first one receives.
  const gateway = alipay?.({ ...config, privateKey: theirs.privateKey });
  const METHOD = 'alipay.trade.query';
  const ROOT = 'alipay_trade_query_response';
  const bizContent = { out_trade_no: '1', subject: 'a b&c=é+%' };

  /** Sorted and joined, but for what is not signed. */
  function textOf(fields: Iterable<[string, string]>): string {
    const signed = [...fields].filter(([name]) => name !== 'sign');
    return signed
      .map(([name, value]) => `${name}=${value}`)
      .toSorted()
      .join('&');
  }
  function isSigned(fields: URLSearchParams): boolean {
    const signature = fields.get('sign') ?? '';
    return createVerify('sha256').update(textOf(fields)).verify(own.publicKey, signature, 'base64');
  }
  const signOf = (text: string): string => {
    const { output } = answerOf('openssl', ['dgst', '-sha256', '-sign', 'key', 'text'], {
      key: theirs.privateKey,
      text,
    });
    return Buffer.from(output).toString('base64');
  };

  test('signs requests', () => {
    const given = {
      timestamp: '2026-11-21 18:00:00',
      notifyUrl: 'https://a.example/n',
      bizContent,
    };
    const order = new URLSearchParams(app?.orderText(METHOD, given));
    expect(order.get('timestamp')).toBe(given.timestamp);
    expect(order.get('biz_content')).toBe(JSON.stringify(bizContent));
    expect(isSigned(order)).toBe(true);
    order.set('biz_content', BODY);
    expect(isSigned(order)).toBe(false);
    const url = new URL(app?.pageUrl('alipay.trade.page.pay', given) ?? '');
    expect(isSigned(url.searchParams)).toBe(true);
  });

  test.runIf(certificates !== undefined)('checks notifications of both kinds', () => {
    const fields = { charset: 'utf-8', sign_type: 'RSA2', subject: 'é+%', total: '1.10' };
    const { sign_type: _, ...without } = fields;
    for (const signed of [fields, without]) {
      const notified = { ...fields, sign: signOf(textOf(Object.entries(signed))) };
      expect(app?.verifyNotifyV2(notified)).toBe(true);
      expect(app?.verifyNotifyV2({ ...notified, total: '9.10' })).toBe(false);
      expect(() => app?.verifyNotify(notified)).toThrow(URIError);
      expect(gateway?.verifyNotifyV2(notified)).toBe(false);
    }
    const plain = { ...fields, subject: 'é' };
    const notified = { ...plain, sign: signOf(textOf(Object.entries(plain))) };
    expect(app?.verifyNotify(notified)).toBe(true);
    expect(app?.verifyNotify({ ...notified, total: '9.10' })).toBe(false);
  });

  test.runIf(certificates !== undefined)('checks responses, alone and as a client', async () => {
    const inner = '{"code":"10000","msg":"S{}","a":{"b":"é"}}';
    const sign = signOf(inner);
    const text = (signed: string): string => `{"${ROOT}":${signed},"sign":"${sign}"}`;
    expect(app?.verifyResponse(text(inner), ROOT, sign)).toBe(true);
    expect(app?.verifyResponse(text(inner.replace('10000', '20000')), ROOT, sign)).toBe(false);
    const sent: Sent[] = [];
    const exchange = (signed: string): Promise<boolean> | undefined =>
      app?.exchange(METHOD, { bizContent }, (received) => {
        sent.push(received);
        return { headers: { 'Content-Type': 'text/html;charset=utf-8' }, body: text(signed) };
      });
    expect(await exchange(inner)).toBe(true);
    expect(await exchange(inner.replace('10000', '20000'))).toBe(false);
    const { url = '', body = Buffer.of(), method } = sent[0] ?? {};
    const received = new URLSearchParams([
      ...new URL(url, 'https://a.example').searchParams,
      ...new URLSearchParams(body.toString()),
    ]);
    expect(method).toBe('POST');
    expect(received.get('biz_content')).toBe(JSON.stringify(bizContent));
    expect(isSigned(received)).toBe(true);
  });

  test('encrypts and decrypts content', () => {
    const given = { needEncrypt: true, bizContent };
    const order = new URLSearchParams(app?.orderText(METHOD, given));
    expect(order.get('encrypt_type')).toBe('AES');
    expect(app?.decrypt(order.get('biz_content') ?? '')).toBe(JSON.stringify(bizContent));
    expect(isSigned(order)).toBe(true);
  });

  test.runIf(certificates !== undefined)('names certificates, where openssl is', () => {
    const { own: appCertContent = '', theirs: other = '' } = certificates ?? {};
    const certified = alipay?.({
      ...config,
      appCertContent,
      alipayPublicCertContent: other,
      alipayRootCertContent: `${other}\n${appCertContent}`,
    });
    const serialOf = (certificate: string, name: string): string => {
      const serial = BigInt(`0x${new X509Certificate(certificate).serialNumber}`);
      const text = `CN=${name},O=Example,C=CN${serial}`;
      return createHash('md5').update(text).digest('hex');
    };
    const [mine, yours] = [serialOf(appCertContent, 'own'), serialOf(other, 'theirs')];
    expect(certified?.serials).toEqual({ app: mine, alipay: yours, root: `${yours}_${mine}` });
    const order = new URLSearchParams(certified?.orderText(METHOD, { bizContent }));
    expect(order.get('app_cert_sn')).toBe(mine);
    expect(isSigned(order)).toBe(true);
  });
});
