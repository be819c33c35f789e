// sns-validator verifies what is signed here, by both versions; it signs nothing itself. SHA-1 signs
// nowhere here, so that openssl does.
import { createSign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as peers from '../../../bench/peers/providers.js';
import { decodeUtf8, utf8Of } from '../../../src/bytes/utf8.js';
import { importPrivateKey } from '../../../src/key/rsa.js';
import { importCertificate } from '../../../src/key/x509.js';
import { rsaPkcs1Sha1 } from '../../../src/primitive/legacy/index.js';
import { rsaPkcs1Sha256 } from '../../../src/primitive/rsa.js';
import { awsSns, type AwsSnsCovers, awsSnsVersion1 } from '../../../src/provider/aws-sns.js';
import { sign, verify } from '../../../src/scheme/index.js';
import { installed } from '../installed.js';
import { certify, codeOf, hasOpenssl, rsaPair } from './messages.js';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:payouts';
const NOW = Date.parse('2026-11-21T18:00:00.000Z') / 1000;
const MESSAGE = {
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: TOPIC,
  Message: '{"total":1.10,"name":"é"}',
  Timestamp: '2026-11-21T18:00:00.000Z',
  SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
  UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&a=%2B',
};
const CONFIRMATION = {
  ...MESSAGE,
  Message: 'You have chosen to subscribe.\nTo confirm, visit the URL',
  Token: '2336412f37',
  SubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37',
};
const MESSAGES: readonly Readonly<Record<string, string>>[] = [
  MESSAGE,
  { ...MESSAGE, Subject: 'é ♥ 😀 + %2B', Message: 'line\nMessageId\n1\n' },
  { ...CONFIRMATION, Type: 'SubscriptionConfirmation' },
];
const covers = [
  'message',
  'id',
  'subject',
  'subscribeUrl',
  'time',
  'token',
  'topicArn',
  'type',
] as const satisfies readonly (keyof AwsSnsCovers)[];

const peer = await installed('sns-validator', peers.sns());
describe.runIf(peer !== undefined && hasOpenssl)('sns-validator, where it is installed,', () => {
  const pair = rsaPair();
  const certificate = certify(pair.privateKey, 'sns').pem;
  const verifies = importCertificate(certificate, { alg: rsaPkcs1Sha256, use: 'verify' });
  const weakly = importCertificate(certificate, { alg: rsaPkcs1Sha1, use: 'verify' });
  const signs = importPrivateKey(pair.privateKey, { alg: rsaPkcs1Sha256, use: 'sign' });
  const options = { now: NOW, settings: { topicArn: TOPIC }, covers };

  test.each(MESSAGES)('verifies version 2: $Type $Subject', async (message) => {
    const body = utf8Of(JSON.stringify({ ...message, SignatureVersion: '2' }));
    const made = sign(awsSns, { body }, signs, { now: NOW, settings: { topicArn: TOPIC } });
    const sent = JSON.parse(decodeUtf8(made.body)) as Record<string, string>;
    expect(await peer?.verify(sent, certificate)).toBe(true);
    expect(await peer?.verify({ ...sent, Message: 'other' }, certificate)).toBe(false);
    expect(
      await peer?.verify({ ...sent, Timestamp: '2026-11-21T18:00:01.000Z' }, certificate),
    ).toBe(false);
    expect(codeOf(() => verify(awsSns, made, verifies, options))).toBeUndefined();
  });

  test('leaves the token of a farewell out of what it verifies, and here it is signed', async () => {
    const farewell = { ...CONFIRMATION, Type: 'UnsubscribeConfirmation', SignatureVersion: '2' };
    const body = utf8Of(JSON.stringify(farewell));
    const made = sign(awsSns, { body }, signs, { now: NOW, settings: { topicArn: TOPIC } });
    const sent = JSON.parse(decodeUtf8(made.body)) as Record<string, string>;
    expect(await peer?.verify(sent, certificate)).toBe(false);
    expect(codeOf(() => verify(awsSns, made, verifies, options))).toBeUndefined();
  });

  test.each(MESSAGES)('verifies version 1 as it is here: $Type $Subject', async (message) => {
    const names = [
      'Message',
      'MessageId',
      'Subject',
      'SubscribeURL',
      'Timestamp',
      'Token',
      'TopicArn',
      'Type',
    ];
    const text = names
      .filter((name) => message[name] !== undefined)
      .map((name) => `${name}\n${message[name] ?? ''}\n`)
      .join('');
    const Signature = createSign('sha1').update(text).sign(pair.privateKey, 'base64');
    const sent: Record<string, string> = { ...message, SignatureVersion: '1', Signature };
    expect(await peer?.verify(sent, certificate)).toBe(true);
    const received = (given: object) =>
      codeOf(() =>
        verify(awsSnsVersion1, { body: utf8Of(JSON.stringify(given)) }, weakly, options),
      );
    expect(received(sent)).toBeUndefined();
    expect(received({ ...sent, Message: 'other' })).toBe('ERR_VERIFY_FAILED');
    expect(received({ ...sent, SignatureVersion: '2' })).toBe('ERR_MESSAGE_ALGORITHM');
  });
});
