// Entries of our own in the forms that providers' answers are published in: what is right, and the same
// made wrong. They are made by Node's own cryptography, with keys that are drawn here.
import {
  constants,
  createCipheriv,
  createHash,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
  sign,
  X509Certificate,
} from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What is right, what is wrong, and how many questions each asks: of the wrong one some may hold. */
export interface ProviderFixture {
  readonly title: string;
  readonly right: readonly object[];
  readonly wrong: readonly object[];
  readonly questions: number;
  /** Of the wrong ones. */
  readonly failures: number;
}

interface Certified {
  readonly paypal: Readonly<Record<'chain' | 'privateKey' | 'webhookId', string>>;
}
interface Platform {
  readonly certificates: readonly [{ readonly serial: string; readonly pem: string }];
}
const [{ paypal }, { certificates }] = ['callbacks', 'wechat-pay'].map((name) => {
  const url = new URL(`../provider/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as unknown;
}) as [Certified, Platform];

const SECRET = 'a secret of some length';
const BODY = '{"note":"é + %"}';
const CHANGED = '{"note":"é + &"}';
const NOW = '1700000000';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const ed25519 = generateKeyPairSync('ed25519');
const publicPem = (key: KeyObject): string => String(key.export({ type: 'spki', format: 'pem' }));
const privatePem = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }));
const rsaPublic = publicPem(rsa.publicKey);
const rsaPrivate = privatePem(rsa.privateKey);

function hmac(hash: string, secret: string | Buffer, text: string): Buffer {
  return createHmac(hash, secret).update(text).digest();
}

function rsaSign(text: string, key: KeyObject | string = rsa.privateKey): string {
  return sign('sha256', Buffer.from(text), key).toString('base64');
}

const entry = (id: string, provider = 'One') => ({ id, provider, direction: 'verify' });

/** One question, by a message that was changed. */
function changed(title: string, make: (body: string) => object): ProviderFixture {
  return one(title, make(BODY), make(CHANGED));
}

function one(title: string, right: object, wrong: object): ProviderFixture {
  return { title, right: [right], wrong: [wrong], questions: 1, failures: 1 };
}

function github(): ProviderFixture {
  const value = `sha256=${hmac('sha256', SECRET, BODY).toString('hex')}`;
  return changed('GitHub', (body) => ({
    ...entry('github/one'),
    key: { value: SECRET },
    message: { body },
    expected: { header: 'X-Hub-Signature-256', value },
  }));
}

function slack(): ProviderFixture {
  const value = `v0=${hmac('sha256', SECRET, `v0:${NOW}:${BODY}`).toString('hex')}`;
  return changed('Slack', (body) => ({
    ...entry('slack/one'),
    key: { value: SECRET },
    message: { timestamp: NOW, body },
    expected: { header: 'X-Slack-Signature', value },
  }));
}

function stripe(): readonly ProviderFixture[] {
  const key = { value: SECRET };
  const inner = hmac('sha256', SECRET, BODY).toString('hex');
  const whole = hmac('sha256', SECRET, `${NOW}.${BODY}`).toString('hex');
  const header = { header: 'Stripe-Signature', value: `t=${NOW},v1=${whole}` };
  return [
    changed("Stripe's HMAC", (canonical) => ({
      ...entry('stripe/one'),
      key,
      message: { canonical },
      expected: { value: inner },
    })),
    changed('Stripe', (body) => ({
      ...entry('stripe/two'),
      key,
      message: { body },
      expected: header,
    })),
  ];
}

function standardWebhooks(): readonly ProviderFixture[] {
  const named = (names: string, body: string) => ({
    [`${names}-id`]: 'msg_1',
    [`${names}-timestamp`]: NOW,
    body,
  });
  const text = `msg_1.${NOW}.${BODY}`;
  const tag = `v1,${hmac('sha256', SECRET, text).toString('base64')}`;
  const signature = `v1a,${sign(null, Buffer.from(text), ed25519.privateKey).toString('base64')}`;
  const { d = '', x = '' } = ed25519.privateKey.export({ format: 'jwk' });
  const [seed, point] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')];
  const pair = {
    secret: `whsk_${Buffer.concat([seed, point]).toString('base64')}`,
    public: `whpk_${point.toString('base64')}`,
  };
  const asymmetric = (body: string) => ({
    ...entry('standard-webhooks/two'),
    key: pair,
    message: named('webhook', body),
    expected: { header: 'webhook-signature', value: signature },
  });
  return [
    ...['webhook', 'svix'].map((names) =>
      changed(`Standard Webhooks, ${names}`, (body) => ({
        ...entry('standard-webhooks/one'),
        key: { value: `whsec_${Buffer.from(SECRET).toString('base64')}` },
        message: named(names, body),
        expected: { header: `${names}-signature`, value: tag },
      })),
    ),
    {
      title: 'Standard Webhooks, v1a',
      right: [asymmetric(BODY)],
      wrong: [asymmetric(CHANGED)],
      questions: 2,
      failures: 2,
    },
  ];
}

function adyen(): readonly ProviderFixture[] {
  const secret = Buffer.from(SECRET.padEnd(32, '-'));
  const made = (canonical: string) => hmac('sha256', secret, canonical).toString('base64');
  const item = 'psp::account:reference:1000:EUR:REPORT_AVAILABLE:true';
  const of = (canonical: string, signed: string, field: string) => ({
    ...entry('adyen/one'),
    key: { value: secret.toString('hex') },
    message: { canonical },
    expected: { field, value: made(signed) },
  });
  const field = 'additionalData.hmacSignature';
  const body = (given: string) => ({
    ...entry('adyen/two'),
    key: { value: secret.toString('hex') },
    message: { body: given },
    expected: { header: 'HmacSignature', value: made(BODY) },
  });
  return [
    one('Adyen items', of(item, item, field), of(item.replace('1000', '1'), item, field)),
    one(
      'Adyen pages',
      of('a:b\\:c', 'a:b\\:c', 'merchantSig'),
      of('a:b:c', 'a:b\\:c', 'merchantSig'),
    ),
    changed('Adyen bodies', body),
  ];
}

function paypalEntry(): ProviderFixture {
  const time = '2026-11-21T12:00:00Z';
  // python3 -c "import binascii; print(binascii.crc32('{\"note\":\"é + %\"}'.encode()))"
  const text = `id|${time}|${paypal.webhookId}|3133488533`;
  return changed('PayPal', (body) => ({
    ...entry('paypal/one'),
    key: {
      value: paypal.chain.split(/(?<=-----END CERTIFICATE-----\n)/)[0],
      webhookId: paypal.webhookId,
    },
    message: {
      'PAYPAL-TRANSMISSION-ID': 'id',
      'PAYPAL-TRANSMISSION-TIME': time,
      'PAYPAL-AUTH-ALGO': 'SHA256withRSA',
      'PAYPAL-CERT-URL': 'https://api.paypal.com/v1/notifications/certs/CERT-1',
      body,
    },
    expected: { header: 'PAYPAL-TRANSMISSION-SIG', value: rsaSign(text, paypal.privateKey) },
  }));
}

function mastercard(): readonly ProviderFixture[] {
  const of = (canonical: string) => ({
    ...entry('mastercard-oauth1/one'),
    key: { value: rsaPublic },
    message: { canonical },
    expected: { value: rsaSign('base string') },
  });
  return [one('Mastercard', of('base string'), of('base strings'))];
}

function truelayer(): ProviderFixture {
  const { x = '', y = '' } = ec.publicKey.export({ format: 'jwk' });
  const joseHeader = { alg: 'ES512', kid: 'k', tl_version: '2', tl_headers: 'Idempotency-Key' };
  const text = (body: string) => `POST /payouts\nIdempotency-Key: i\n${body}`;
  const [header, payload] = [JSON.stringify(joseHeader), text(BODY)].map((part) =>
    Buffer.from(part).toString('base64url'),
  );
  const input = Buffer.from(`${header}.${payload}`);
  const key = { key: ec.privateKey, dsaEncoding: 'ieee-p1363' } as const;
  const signature = sign('sha512', input, key).toString('base64url');
  const of = (body: string) => ({
    ...entry('truelayer/one'),
    key: { value: publicPem(ec.publicKey), kid: 'k', jwk: { kty: 'EC', crv: 'P-521', x, y } },
    message: { jwsPayload: text(body), joseHeader },
    expected: { header: 'Tl-Signature', value: `${header}..${signature}` },
  });
  return {
    title: 'TrueLayer',
    right: [of(BODY)],
    wrong: [of(CHANGED)],
    questions: 2,
    failures: 2,
  };
}

function twilio(): readonly ProviderFixture[] {
  const url = 'https://shop.example/sms?a=1';
  const of = (to: string, message: object, signed: string) => ({
    ...entry('twilio/one'),
    key: { value: SECRET },
    message: { url: to, ...message },
    expected: {
      header: 'X-Twilio-Signature',
      value: hmac('sha1', SECRET, signed).toString('base64'),
    },
  });
  const params = { Body: BODY, Media: ['b', 'a', 'b'] };
  const text = `${url}Body${BODY}MediaaMediab`;
  const bound = `${url}&bodySHA256=${createHash('sha256').update(BODY).digest('hex')}`;
  return [
    one('Twilio', of(url, { params }, text), of(url, { params: { ...params, Body: '' } }, text)),
    one('Twilio and JSON', of(bound, { body: BODY }, bound), of(bound, { body: CHANGED }, bound)),
  ];
}

function psd2(): ProviderFixture {
  const key = { ...entry('the key'), private_key_pem: rsaPrivate };
  const text = 'host: shop.example\ndate: Sun, 05 Jan 2014 21:31:40 GMT';
  const of = (canonical: string) => ({
    ...entry('cavage-one', 'psd2-berlin-group/cavage'),
    private_key_ref: 'the key',
    canonical_string: canonical,
    expected_signature: rsaSign(text),
  });
  const [right, wrong] = [of(text), of(text.replace('shop', 'shot'))].map((made) => [made, key]);
  const title = 'a text of draft-cavage';
  return { title, right: right ?? [], wrong: wrong ?? [], questions: 1, failures: 1 };
}

const WECHAT = 'wechatpay-v3';

function wechatRequests(): readonly ProviderFixture[] {
  const request = (body: string) => `POST\n/v3/pay?a=%20\n${NOW}\nnonce\n${body}\n`;
  const of = (message: string, signed: string, negative?: string) => ({
    ...entry('wechat-one', WECHAT),
    private_key_pem: rsaPrivate,
    serial_no: '0A1B',
    message,
    expected_signature: rsaSign(signed),
    ...(negative === undefined ? {} : { negative }),
  });
  const falsely = 'message "other" must fail';
  return [
    {
      title: 'a text that WeChat Pay is sent',
      right: [of('a', 'a')],
      wrong: [of('b', 'a')],
      questions: 2,
      failures: 2,
    },
    {
      title: 'a request to WeChat Pay',
      right: [of(request(BODY), request(BODY))],
      wrong: [of(request(CHANGED), request(BODY))],
      questions: 2,
      failures: 2,
    },
    {
      title: 'what must fail at WeChat Pay',
      right: [of('a', 'a', falsely)],
      wrong: [of('other', 'other', falsely)],
      questions: 3,
      failures: 1,
    },
  ];
}

function wechatReplies(): readonly ProviderFixture[] {
  const signature = rsaSign(`${NOW}\nn\n${BODY}\n`);
  const headers = {
    'Wechatpay-Timestamp': NOW,
    'Wechatpay-Nonce': 'n',
    'Wechatpay-Serial': '0A1B',
    'Wechatpay-Signature': signature,
  };
  const of = (direction: string) => (body: string) => ({
    ...entry('wechat-two', WECHAT),
    direction,
    public_key_pem: rsaPublic,
    headers,
    body,
  });
  return [
    changed('a response of WeChat Pay', of('response verify')),
    changed('a callback of WeChat Pay', of('callback verify')),
  ];
}

function seal(secret: string, nonce: string, aad: string, plaintext: string): string {
  const alg = secret.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm';
  const gcm = createCipheriv(alg, secret, nonce).setAAD(Buffer.from(aad));
  const octets = [gcm.update(plaintext), gcm.final(), gcm.getAuthTag()];
  return Buffer.concat(octets).toString('base64');
}

function wechatSealed(): readonly ProviderFixture[] {
  const [long, short] = ['0123456789abcdefghijklmnopqrstuv', '0123456789abcdef'];
  const of = (secret: string, nonce: string) => (plaintext: string) => ({
    ...entry('wechat-three', WECHAT),
    apiv3_key: secret,
    nonce,
    associated_data: 'transaction',
    ciphertext: seal(secret, nonce, 'transaction', BODY),
    expected_plaintext: plaintext,
  });
  const [{ pem, serial }] = certificates;
  const certificate = (number: string) => ({
    ...entry('wechat-four', WECHAT),
    apiv3_key: long,
    nonce: 'abcdefghijkl',
    associated_data: 'certificate',
    ciphertext: seal(long, 'abcdefghijkl', 'certificate', pem),
    serial_no: number,
  });
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const field = (plaintext: string) => ({
    ...entry('wechat-five', WECHAT),
    private_key_ref: 'the key',
    ciphertext: publicEncrypt({ key: rsa.publicKey, padding }, Buffer.from(BODY)).toString(
      'base64',
    ),
    expected_plaintext: plaintext,
  });
  const theKey = { ...entry('the key'), private_key_pem: rsaPrivate };
  const oaep = changed('a field of WeChat Pay', field);
  return [
    changed('a resource of WeChat Pay', of(long, 'abcdefghijkl')),
    changed('a resource with 16 octets of IV', of(long, short)),
    changed('a resource under a short key', of(short, 'abcdefghijkl')),
    one('a certificate of WeChat Pay', certificate(serial), certificate('0A')),
    one(
      'a certificate whose number is not told',
      { ...certificate(serial), serial_no: undefined },
      { ...certificate(serial), serial_no: undefined, apiv3_key: long.toUpperCase() },
    ),
    { ...oaep, right: [...oaep.right, theKey], wrong: [...oaep.wrong, theKey] },
  ];
}

const ALIPAY = 'alipay-v2';
const PARAMS = { app_id: '1', biz_content: BODY, notify_id: 'n', empty: '', sign_type: 'RSA2' };

function textOf(params: object, drop: readonly string[], keepsEmpty: boolean): string {
  return Object.entries(params)
    .filter(([name, value]) => !drop.includes(name) && (keepsEmpty || value !== ''))
    .map(([name, value]) => `${name}=${String(value)}`)
    .toSorted()
    .join('&');
}

function alipayRequest(): ProviderFixture {
  const text = textOf(PARAMS, [], false);
  const of = (body: string) => ({
    ...entry('alipay-one', ALIPAY),
    private_key_pem: rsaPrivate,
    params: { ...PARAMS, biz_content: body },
    canonical_string: text,
    expected_signature: rsaSign(text),
  });
  const [right, wrong] = [[of(BODY)], [of(CHANGED)]];
  return { title: 'a request to Alipay', right, wrong, questions: 2, failures: 2 };
}

function alipayForms(): readonly ProviderFixture[] {
  const v1 = textOf(PARAMS, ['sign_type'], true);
  const v2 = textOf(PARAMS, [], true);
  const of = (signed: string, canonical: string, negative: string) => (body: string) => ({
    ...entry('alipay-two', ALIPAY),
    alipay_public_key_pem: rsaPublic,
    params: { ...PARAMS, biz_content: body, sign: rsaSign(signed) },
    canonical_string: canonical,
    negative,
  });
  const url = (body: string) => {
    const query = new URLSearchParams({ ...PARAMS, biz_content: body, sign: rsaSign(v1) });
    return {
      ...entry('alipay-three', ALIPAY),
      alipay_public_key_pem: rsaPublic,
      url: `https://shop.example/return?${query.toString()}`,
      canonical_string: v1,
    };
  };
  const other = 'the other treatment of sign_type must fail';
  const form = (title: string, make: (body: string) => object): ProviderFixture => ({
    ...changed(title, make),
    questions: 2,
  });
  return [
    form('a notification of Alipay', of(v1, v1, other)),
    form('a message of Alipay', of(v2, v2, other)),
    form('a plus sign at Alipay', of(v1, v1, 'a + that is decoded twice must fail')),
    // The right rule does not verify what the other one does, and what must fail does not.
    {
      ...form('a rule that is not that of the text', of(v1, v1, other)),
      wrong: [of(v1, v2, other)(BODY)],
      failures: 2,
    },
    changed('the page that Alipay returns to', url),
  ];
}

function alipayRest(): readonly ProviderFixture[] {
  const answer = (body: string) => `{"a_b_response":${body},"sign":"${rsaSign(BODY)}"}`;
  const response = (body: string) => ({
    ...entry('alipay-four', ALIPAY),
    alipay_public_key_pem: rsaPublic,
    raw_response: answer(body),
    response_key: 'a_b_response',
    signed_string: body,
  });
  const [{ pem }] = certificates;
  const { issuer, serialNumber } = new X509Certificate(pem);
  const names = issuer.split('\n').toReversed().join(',');
  const serial = createHash('md5')
    .update(`${names}${BigInt(`0x${serialNumber}`)}`)
    .digest('hex');
  const sn = (id: string, expected: string) => ({
    ...entry(id, ALIPAY),
    certificate_pem: pem,
    expected,
  });
  const key = '0123456789abcdef';
  const cbc = createCipheriv('aes-128-cbc', key, Buffer.alloc(16));
  const ciphertext = Buffer.concat([cbc.update(BODY), cbc.final()]).toString('base64');
  const content = (plaintext: string) => ({
    ...entry('alipay-six', 'alipay-v2/v3'),
    key_base64: Buffer.from(key).toString('base64'),
    plaintext,
    expected_ciphertext: ciphertext,
  });
  const aes = changed('the content of Alipay', content);
  return [
    changed('a response of Alipay', response),
    one('a certificate at Alipay', sn('alipay-a-cert-sn', serial), sn('alipay-a-cert-sn', '0')),
    one('the roots of Alipay', sn('alipay-root-cert-sn', serial), sn('alipay-root-cert-sn', '0')),
    { ...aes, questions: 2, failures: 2 },
  ];
}

/** All of them. */
export function providerFixtures(): readonly ProviderFixture[] {
  return [
    github(),
    slack(),
    ...stripe(),
    ...standardWebhooks(),
    ...adyen(),
    paypalEntry(),
    ...mastercard(),
    truelayer(),
    ...twilio(),
    psd2(),
    ...wechatRequests(),
    ...wechatReplies(),
    ...wechatSealed(),
    alipayRequest(),
    ...alipayForms(),
    ...alipayRest(),
  ];
}

/** What is refused by policy, and an entry with the key that is meant. */
export function oldField(): readonly object[] {
  const padding = constants.RSA_PKCS1_PADDING;
  const ciphertext = publicEncrypt({ key: rsa.publicKey, padding }, Buffer.from(BODY));
  return [
    {
      ...entry('wechat-pkcs1v15', WECHAT),
      private_key_pem: rsaPrivate,
      ciphertext: ciphertext.toString('base64'),
      expected_plaintext: BODY,
    },
  ];
}
