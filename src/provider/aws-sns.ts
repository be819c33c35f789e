/**
 * Amazon SNS over HTTP:
 * {@link https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html}.
 * `countersign/provider/aws-sns`.
 *
 * Values of the JSON body are signed, and not its octets: take what a message says from `values`.
 * Anybody may have a topic of their own and sign with the same certificates, so the topic is
 * configured, and messages of another one are refused.
 *
 * @module
 */
import { text } from '../bytes/octets.js';
import { rsaPkcs1Sha1, type WeakRsaAlgorithm } from '../primitive/legacy/rsa.js';
import { type RsaAlgorithm, rsaPkcs1Sha256 } from '../primitive/rsa.js';
import type { About } from '../scheme/about.js';
import { anyWithout } from '../scheme/charset.js';
import { compileScheme } from '../scheme/compile.js';
import { base64 } from '../scheme/encoding.js';
import { keyLines } from '../scheme/key-lines.js';
import { anyKey } from '../scheme/keys.js';
import { member } from '../scheme/member.js';
import type { Scheme } from '../scheme/scheme.js';
import { configured, optional } from '../scheme/source.js';
import { rfc3339 } from '../scheme/time.js';

export type { Fact } from '../scheme/about.js';
export type { Direction } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, Strength } from '../scheme/scheme.js';

/** What SNS signs. A notification may have a subject; confirmations have a URL and a token. */
export type AwsSnsCovers = {
  readonly message: 'whole';
  readonly id: 'whole';
  readonly subject: 'optional';
  readonly subscribeUrl: 'optional';
  readonly time: 'whole';
  readonly token: 'optional';
  readonly topicArn: 'whole';
  readonly type: 'whole';
};

/** `SignatureVersion` 2: RSA and SHA-256. */
export const awsSns: Scheme<AwsSnsCovers, RsaAlgorithm, 'topicArn'> = /* @__PURE__ */ describe(
  'aws-sns',
  'Amazon SNS, version 2',
  '2',
  rsaPkcs1Sha256,
);
/** `SignatureVersion` 1: RSA and SHA-1, which topics have unless they are set to 2. */
export const awsSnsVersion1: Scheme<AwsSnsCovers, WeakRsaAlgorithm, 'topicArn'> =
  /* @__PURE__ */ describe('aws-sns-1', 'Amazon SNS, version 1', '1', rsaPkcs1Sha1);

function describe<A extends RsaAlgorithm | WeakRsaAlgorithm>(
  id: string,
  title: string,
  version: string,
  alg: A,
): Scheme<AwsSnsCovers, A, 'topicArn'> {
  // A line feed in one of these would let a notification be read as another; only `Message` has any.
  const line = anyWithout('text of one line', '\n');
  return compileScheme({
    id,
    version: 1,
    title,
    direction: 'callback',
    slots: {
      message: member('Message'),
      id: member('MessageId', line),
      subject: optional(member('Subject', line)),
      subscribeUrl: optional(member('SubscribeURL', line)),
      time: member('Timestamp'),
      token: optional(member('Token', line)),
      topicArn: configured('topicArn', member('TopicArn', line)),
      type: member('Type', line),
      version: member('SignatureVersion'),
      certUrl: optional(member('SigningCertURL')),
      signature: member('Signature'),
    },
    message: [
      keyLines([
        { key: 'Message', slot: 'message' },
        { key: 'MessageId', slot: 'id' },
        { key: 'Subject', slot: 'subject', ifPresent: true },
        { key: 'SubscribeURL', slot: 'subscribeUrl', ifPresent: true },
        { key: 'Timestamp', slot: 'time' },
        { key: 'Token', slot: 'token', ifPresent: true },
        { key: 'TopicArn', slot: 'topicArn' },
        { key: 'Type', slot: 'type' },
      ]),
    ],
    algs: [alg],
    algBy: { slot: 'version', names: { [version]: alg } },
    keys: anyKey,
    signature: { slot: 'signature', encoding: base64 },
    covers: {
      message: 'whole',
      id: 'whole',
      subject: 'optional',
      subscribeUrl: 'optional',
      time: 'whole',
      token: 'optional',
      topicArn: 'whole',
      type: 'whole',
    },
    delivery: 'id',
    hints: ['certUrl', 'topicArn'],
    time: { slot: 'time', unit: rfc3339, past: 7200, future: 300, edge: 'inclusive' },
  });
}

const CERTIFICATE_URL =
  /^https:\/\/sns\.[a-zA-Z0-9-]{3,}\.amazonaws\.com(?:\.cn)?\/SimpleNotificationService-[A-Za-z0-9]+\.pem$/;

/**
 * Whether the `certUrl` of `identify` may be fetched. Anybody writes it: fetch nothing else, over
 * HTTPS, follow no redirect, and keep what was fetched under the URL.
 */
export function isSnsCertificateUrl(url: string): boolean {
  return CERTIFICATE_URL.test(text(url, 'url'));
}

/** What is known of it. */
export const about: About = {
  name: 'Amazon SNS',
  schemes: { awsSns, awsSnsVersion1 },
  rotation:
    'SNS changes its certificate and SigningCertURL with it: fetch the new one by `identify` where `isSnsCertificateUrl` allows it, keep certificates by their URL until they end, and give the key of that URL.',
  replay:
    'Id and time are signed. No window is documented: two hours are taken here, since deliveries over HTTP are said to be tried again for up to one. A delivery that is tried again has the same id and time: keep the ids that were handled for as long.',
  traps: [
    'A certificate of SNS says that SNS sent a message, and nothing of whose topic it was: anybody may have one. `settings.topicArn` is compared; with several topics hold `identify(...).hints.topicArn` against your own list and pass it.',
    'SigningCertURL is written by the sender: a host that ends in amazonaws.com may be a bucket of anybody. `isSnsCertificateUrl` takes the hosts of SNS and the name that its certificates have.',
    'Topics sign by SHA-1 unless SignatureVersion is set to 2. The two are two schemes: a message of one is refused by the other.',
    "Values are signed, and not the body: members such as UnsubscribeURL are nobody's word. Take what a message says from `values`.",
    'A line feed may stand in Message alone. With one in MessageId, Subject or another value one signature would hold for several messages, so it is refused.',
    'Confirm a subscription after verifying alone, and open no other URL than the one that was signed.',
    'Messages of raw delivery carry no signature. Records of SNS that a function gets from Lambda have other names.',
    'The body comes as text/plain, which frameworks leave unread; it is JSON.',
  ],
  facts: [
    {
      says: 'Key and value on lines of their own, in the order Message, MessageId, Subject if there is one, Timestamp, TopicArn, Type; for confirmations Message, MessageId, SubscribeURL, Timestamp, Token, TopicArn, Type',
      source:
        'https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html',
      sure: 'docs',
    },
    {
      says: 'A name is signed where the message has it; a notification may have a SubscribeURL too',
      source: 'aws/aws-js-sns-message-validator (sns-validator 0.3.5), index.js',
      sure: 'source',
    },
    {
      says: 'Their validator for JavaScript leaves Token out of an UnsubscribeConfirmation, against their documentation, which is followed here',
      source: 'aws/aws-js-sns-message-validator (sns-validator 0.3.5), index.js',
      sure: 'source',
    },
    {
      says: 'Version 1 is SHA-1, version 2 SHA-256; 1 unless set; messages of unexpected topics have to be refused',
      source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html',
      sure: 'docs',
    },
    {
      says: 'The host of the certificate matches ^sns\\.[a-zA-Z0-9\\-]{3,}\\.amazonaws\\.com(\\.cn)?$, over HTTPS, and the path ends in .pem',
      source: 'aws/aws-js-sns-message-validator, index.js',
      sure: 'source',
    },
    {
      says: 'The name of a certificate is SimpleNotificationService-….pem, at the root of the host',
      source: 'the examples of the documentation; not stated as a rule',
      sure: 'unsure',
    },
    {
      says: 'A message that is sent again keeps its id',
      source: 'https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html',
      sure: 'docs',
    },
    {
      says: 'Deliveries over HTTP are tried again for an hour at most; the rest of the window is ours',
      source: 'general knowledge',
      sure: 'unsure',
    },
    {
      says: 'No published message with its key was found to recompute; sns-validator 0.3.5 takes the notifications and subscriptions of our tests',
      source: 'run beside it',
      sure: 'third-party',
    },
  ],
};
