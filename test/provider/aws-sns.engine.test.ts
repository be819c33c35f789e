// Amazon SNS: messages that openssl signed, whose topic they are of, and that each has one reading.
import { describe, expect, test } from 'vitest';
import { utf8Of } from '../../src/bytes/utf8.js';
import { importPrivateKey } from '../../src/key/rsa.js';
import { importCertificate } from '../../src/key/x509.js';
import { rsaPkcs1Sha1 } from '../../src/primitive/legacy/rsa.js';
import { rsaPkcs1Sha256 } from '../../src/primitive/rsa.js';
import { awsSns, awsSnsVersion1, isSnsCertificateUrl } from '../../src/provider/aws-sns.js';
import { identify, sign, verify } from '../../src/scheme/index.js';
import { engineName } from '../vectors.js';
import { callbacks } from './callbacks.js';

const { sns: made } = callbacks;
const NOW = 1_795_262_400 + 60; // a minute after 2026-11-21T12:00:00Z
const key = importCertificate(made.certificate, { alg: rsaPkcs1Sha256, use: 'verify' });
const weakKey = importCertificate(made.certificate, { alg: rsaPkcs1Sha1, use: 'verify' });
const covers = [
  'message',
  'id',
  'subject',
  'subscribeUrl',
  'time',
  'token',
  'topicArn',
  'type',
] as const;
const options = { now: NOW, settings: { topicArn: made.topicArn }, covers };
const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const bodyOf = (name: string) => utf8Of(made.bodies[name] ?? '');
/** The message with members of others in their place; `undefined` takes one out. */
const changed = (name: string, members: object) => ({
  body: utf8Of(JSON.stringify({ ...(JSON.parse(made.bodies[name] ?? '') as object), ...members })),
});

describe('a message that openssl signed', () => {
  test('is verified, and its values are what was signed', () => {
    const notice = verify(awsSns, { body: bodyOf('notification2') }, key, options);
    expect(notice.values).toEqual({
      message: '{"payout":"po_1",\n"amount":"10.00 €"}',
      id: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      subject: 'Payout',
      subscribeUrl: undefined,
      time: '2026-11-21T12:00:00.125Z',
      token: undefined,
      topicArn: made.topicArn,
      type: 'Notification',
    });
    expect(notice.deliveryId).toBe('22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324');
    expect(notice.timestamp).toBe(NOW - 60 + 0.125);
    expect(notice.body).toBeUndefined();
  });

  test('may have no subject, or confirm', () => {
    expect(verify(awsSns, { body: bodyOf('bare2') }, key, options).values.subject).toBeUndefined();
    for (const [name, type] of [
      ['confirmation2', 'SubscriptionConfirmation'],
      ['farewell2', 'UnsubscribeConfirmation'],
    ] as const) {
      const { values } = verify(awsSns, { body: bodyOf(name) }, key, options);
      expect(values.type).toBe(type);
      expect(values.token).toBe('2336412f37');
      expect(values.subscribeUrl).toMatch(/^https:\/\/sns\.eu-central-1\.amazonaws\.com\//);
    }
  });

  test('may be written in any way that says the same', () => {
    const { values } = verify(awsSns, changed('notification2', {}), key, options);
    expect(values.subject).toBe('Payout');
    const escaped = {
      body: utf8Of((made.bodies['notification2'] ?? '').replace('Payout', '\\u0050ayout')),
    };
    expect(verify(awsSns, escaped, key, options).values.subject).toBe('Payout');
  });

  test('names its certificate and topic, unverified', () => {
    const { hints } = identify(awsSns, { body: bodyOf('bare2') });
    expect(hints['topicArn']).toBe(made.topicArn);
    expect(isSnsCertificateUrl(hints['certUrl'] ?? '')).toBe(true);
  });
});

describe('what was not signed is refused', () => {
  test.each([
    { Message: 'other' },
    { MessageId: 'other' },
    { Subject: 'other' },
    { Subject: undefined },
    { Subject: '' },
    { Token: '2336412f37' },
    { SubscribeURL: 'https://evil.example' },
    { Timestamp: '2026-11-21T12:00:00.126Z' },
    { Timestamp: '2026-11-21T12:00:00.1250Z' },
    { Type: 'SubscriptionConfirmation' },
  ])('%j', (members) => {
    expect(() => verify(awsSns, changed('notification2', members), key, options)).toThrow(
      refusal('ERR_VERIFY_FAILED'),
    );
  });

  test('and what is missing is named', () => {
    for (const name of ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type', 'Signature']) {
      expect(
        () => verify(awsSns, changed('notification2', { [name]: undefined }), key, options),
        name,
      ).toThrow(refusal('ERR_MESSAGE_MISSING'));
    }
    expect(() => verify(awsSns, changed('bare2', { Message: 1 }), key, options)).toThrow(
      refusal('ERR_MESSAGE_FORM'),
    );
    const twice = utf8Of((made.bodies['bare2'] ?? '').replace('{', '{"Message":"other",'));
    expect(() => verify(awsSns, { body: twice }, key, options)).toThrow(
      refusal('ERR_JSON_DUPLICATE'),
    );
    expect(() => verify(awsSns, { body: utf8Of('') }, key, options)).toThrow(refusal('ERR_JSON'));
  });

  test('with two hours of age, and five minutes to come', () => {
    const at = (now: number) =>
      verify(awsSns, { body: bodyOf('bare2') }, key, { ...options, now }).timestamp;
    const sent = NOW - 60;
    expect(at(sent + 7200)).toBe(sent + 0.125);
    expect(() => at(sent + 7201)).toThrow(refusal('ERR_TOO_OLD'));
    expect(at(sent - 299)).toBe(sent + 0.125);
    expect(() => at(sent - 300)).toThrow(refusal('ERR_NOT_YET_VALID'));
  });
});

describe('the topic', () => {
  test('is the configured one', () => {
    const settings = { topicArn: 'arn:aws:sns:eu-central-1:999999999999:payouts' };
    expect(() => verify(awsSns, { body: bodyOf('bare2') }, key, { ...options, settings })).toThrow(
      refusal('ERR_MESSAGE_SETTING'),
    );
    const { topicArn } = settings;
    expect(() => verify(awsSns, changed('bare2', { TopicArn: topicArn }), key, options)).toThrow(
      refusal('ERR_MESSAGE_SETTING'),
    );
    // The other topic's message by the other topic's name is still not signed.
    expect(() =>
      verify(awsSns, changed('bare2', { TopicArn: topicArn }), key, { ...options, settings }),
    ).toThrow(refusal('ERR_VERIFY_FAILED'));
  });

  test('has to be configured', () => {
    for (const settings of [undefined, {}, { topicArn: '' }]) {
      expect(() =>
        verify(awsSns, { body: bodyOf('bare2') }, key, { ...options, settings } as never),
      ).toThrow(TypeError);
    }
  });
});

test('the version is the one of the scheme', () => {
  const weak = verify(awsSnsVersion1, { body: bodyOf('confirmation1') }, weakKey, options);
  expect(weak.strength).toBe('weak');
  for (const [scheme, name, of] of [
    [awsSns, 'bare1', key],
    [awsSnsVersion1, 'bare2', weakKey],
  ] as const) {
    expect(() =>
      verify(scheme as typeof awsSns, { body: bodyOf(name) }, of as typeof key, options),
    ).toThrow(refusal('ERR_MESSAGE_ALGORITHM'));
  }
  // Whoever renames the version has the wrong hash.
  expect(() => verify(awsSns, changed('bare1', { SignatureVersion: '2' }), key, options)).toThrow(
    refusal('ERR_VERIFY_FAILED'),
  );
});

describe('a line feed', () => {
  // One text, two messages: the end of the message as the id of another one.
  const text = 'Message\npaid\nMessageId\n1\nTimestamp\n2026-11-21T12:00:00Z\n';

  test('does not move the end of a message into another value', () => {
    const readings = [
      { Message: 'paid', MessageId: '1\nTimestamp\n2026-11-21T12:00:00Z' },
      { Message: 'paid\nMessageId\n1', MessageId: 'x' },
    ];
    expect(text.startsWith(`Message\n${readings[0]?.Message ?? ''}\nMessageId\n`)).toBe(true);
    const refused = changed('bare2', readings[0] ?? {});
    expect(() => verify(awsSns, refused, key, options)).toThrow(refusal('ERR_MESSAGE_FORM'));
  });

  test.each(['MessageId', 'Subject', 'SubscribeURL', 'Token', 'TopicArn', 'Type'])(
    'is refused in %s',
    (name) => {
      const message = changed('notification2', { [name]: 'a\nb' });
      const settings = name === 'TopicArn' ? { topicArn: 'a\nb' } : options.settings;
      expect(() => verify(awsSns, message, key, { ...options, settings })).toThrow(
        refusal('ERR_MESSAGE_FORM'),
      );
    },
  );
});

test('the URL of a certificate is one of SNS', () => {
  const file = 'SimpleNotificationService-0123456789abcdef.pem';
  for (const host of ['sns.eu-central-1.amazonaws.com', 'sns.cn-north-1.amazonaws.com.cn']) {
    expect(isSnsCertificateUrl(`https://${host}/${file}`)).toBe(true);
  }
  for (const url of [
    '',
    `http://sns.eu-central-1.amazonaws.com/${file}`,
    `https://sns.amazonaws.com/${file}`,
    `https://bucket.s3.amazonaws.com/${file}`,
    `https://snsxeu-central-1.amazonaws.com/${file}`,
    `https://sns.eu.central.amazonaws.com/${file}`,
    `https://sns.eu-central-1.amazonaws.com.evil.example/${file}`,
    `https://evil.example/sns.eu-central-1.amazonaws.com/${file}`,
    `https://a@sns.eu-central-1.amazonaws.com/${file}`,
    `https://sns.eu-central-1.amazonaws.com:8443/${file}`,
    `https://sns.eu-central-1.amazonaws.com/?Action=x/${file}`,
    `https://sns.eu-central-1.amazonaws.com/other.pem`,
    `https://sns.eu-central-1.amazonaws.com/${file}?x`,
    `https://sns.eu-central-1.amazonaws.com/${file}\n`,
  ]) {
    expect(isSnsCertificateUrl(url), url).toBe(false);
  }
  expect(() => isSnsCertificateUrl(undefined as never)).toThrow(TypeError);
});

test('signs what it verifies, where RSA signs', () => {
  const importKey = () => importPrivateKey(made.privateKey, { alg: rsaPkcs1Sha256, use: 'sign' });
  if (engineName === 'noble') {
    expect(importKey).toThrow(refusal('ERR_UNSUPPORTED_ENGINE'));
    return;
  }
  const body = utf8Of('{"Type":"Notification","Message":"a\\nb","MessageId":"1","total":1.10}');
  const { topicArn } = made;
  const signed = sign(awsSns, { body }, importKey(), { now: NOW, settings: { topicArn } });
  const notice = verify(awsSns, signed, key, options);
  expect(notice.values).toMatchObject({ message: 'a\nb', id: '1', topicArn });
  // What was there stays as it was written.
  expect(new TextDecoder().decode(signed.body)).toContain('"MessageId":"1","total":1.10,');
  expect(() =>
    sign(awsSns, { body: utf8Of('{"Message":"a"}') }, importKey(), {
      now: NOW,
      settings: { topicArn },
    }),
  ).toThrow(TypeError);
});
