/**
 * What is known of Alipay's version 2.
 *
 * @module
 */
import type { About } from '../../scheme/about.js';
import {
  alipayMessage,
  alipayMessageSha1,
  alipayNotify,
  alipayNotifySha1,
  alipayReturn,
  alipayReturnSha1,
} from './notify.js';
import { alipayPage, alipayRequest } from './request.js';
import { alipayResponse, alipayResponseSha1 } from './response.js';

/** What is known of it. */
export const about: About = {
  name: 'Alipay',
  schemes: {
    alipayRequest,
    alipayPage,
    alipayResponse,
    alipayNotify,
    alipayMessage,
    alipayReturn,
    alipayResponseSha1,
    alipayNotifySha1,
    alipayMessageSha1,
    alipayReturnSha1,
  },
  rotation:
    'In certificate mode answers name their certificate by alipay_cert_sn: keep the old one in the ring beside the new one. An unknown name is an error: fetch the certificate, verify its path to the configured root with a pin, and only then look again. In public-key mode nothing names the key: give the old one and the new one while it changes.',
  replay:
    'Nothing tells how old a message is. A notification is sent up to eight times within 25 hours until it is answered by success, with the same signed notify_id, which is the delivery id here: keep the ids that were handled. An answer is tied to no request: compare out_trade_no and what else was asked.',
  traps: [
    'Trade notifications and return_url are signed without sign and sign_type (V1), messages of the open platform and the service market without sign alone (V2). Who tries both takes one for the other: the receiver says which.',
    'sign_type of a notification is not signed by V1: chosen by it, an attacker asks for SHA-1. RSA2 is pinned here; RSA has schemes of its own.',
    'A form is decoded once. Decoded again, a + becomes a space, and a % is an error.',
    'A parameter that a framework adds to the form is one that Alipay did not sign, and the message is refused: verify the octets that arrived.',
    'Quotes that a framework turned into &quot; break fund_bill_list: its JSON is a value like any other, as it was received.',
    'A notification is signed in its charset. Without charset in the URL of the request it may come in GBK: octets are verified as they are, and alipayFields decodes them by the charset that was signed.',
    'An answer is read as UTF-8: one in GBK, as errors of the gateway may be where charset was missing in the URL, is refused.',
    'Values are not encoded in what is signed, so one that holds & and = reads like two: a merchant who lets buyers write a subject compares amount and seller of every notification with the order.',
    'Empty values are kept in what notifications sign, and left out of what requests sign.',
    'What is signed of an answer is the raw text of one member. Parsed and written again it differs: 1.10 becomes 1.1, and \\/ becomes /.',
    'The name of that member is not signed: an answer to another call can be put under it. Compare the numbers in it.',
    'A member of the answer that stands twice is refused; other libraries took the first and read the last.',
    'An answer without a signature is refused. Alipay leaves it out where it did not recognise the application: fix that by the text of the error, in the open.',
    'A notification does not say that it is for you: compare app_id, seller_id, out_trade_no and total_amount.',
    'Merchants’ certificates are issued below the roots of Alipay’s: a path alone takes another merchant for Alipay. Pin the subject.',
    'The sandbox’s issuer is no CA by its certificate, so its path is refused; there, use the public key.',
    'Content is encrypted by AES-CBC under a constant vector and has no tag: verify first, then decrypt.',
    'timestamp is in the time of China, whatever the zone of the machine.',
  ],
  facts: [
    {
      says: 'A request signs all parameters but sign and empty ones, sign_type with them, sorted by ASCII, name=value joined by &, not URL-encoded',
      source: 'opendocs.alipay.com/common/02kf5q; alipay/alipay-sdk-nodejs-all, src/util.ts',
      sure: 'source',
    },
    {
      says: 'An answer signs the raw value of <method>_response',
      source: 'alipay/alipay-sdk-nodejs-all, test/alipay.test.ts',
      sure: 'vector',
    },
    {
      says: 'Where there is error_response it signs the raw value of that, and of an encrypted answer the text with both quotes',
      source: 'alipay/alipay-easysdk, SignContentExtractor.java',
      sure: 'source',
    },
    {
      says: 'Trade notifications are signed by V1, service-market messages by V2',
      source: 'alipay/alipay-sdk-nodejs-all, test/alipay.test.ts',
      sure: 'vector',
    },
    {
      says: 'return_url is signed by V1, decoded once',
      source: 'yansongda/pay, tests/Plugin/Alipay/V2/CallbackPluginTest.php',
      sure: 'vector',
    },
    {
      says: 'Empty values of notifications are signed',
      source: 'alipay/alipay-easysdk, Signer.java; alipay/alipay-sdk-nodejs-all, src/alipay.ts',
      sure: 'source',
    },
    {
      says: 'Notifications come in GBK where charset was not in the URL of the request, and are signed over those octets',
      source: 'smartwalle/alipay, pull request 257; yansongda/pay, issues 14, 59, 61 and others',
      sure: 'third-party',
    },
    {
      says: 'app_cert_sn and alipay_cert_sn are the MD5 of the issuer, its last attribute first, and the decimal serial number; alipay_root_cert_sn joins those of the roots signed by RSA',
      source: 'alipay/alipay-sdk-nodejs-all, test/antcertutil.test.ts',
      sure: 'vector',
    },
    {
      says: 'alipay_cert_sn stands beside the answer, and is not signed there',
      source: 'alipay/alipay-easysdk, Client.java',
      sure: 'source',
    },
    {
      says: 'Alipay’s certificate has the common name 支付宝(中国)网络技术有限公司- and the merchant’s id',
      source: 'certificates in alipay/alipay-sdk-nodejs-all and yansongda/pay',
      sure: 'third-party',
    },
    {
      says: 'Content: AES-128-CBC, PKCS #7, a vector of zeros, encrypted before it is signed',
      source: 'alipay/alipay-easysdk, ClientTest.java of aes',
      sure: 'vector',
    },
    {
      says: 'A notification is answered by success, and sent again for 25 hours otherwise',
      source: 'opendocs.alipay.com, asynchronous notification',
      sure: 'docs',
    },
    {
      says: 'Services that fetch Alipay’s certificate by its serial number',
      source: 'general knowledge',
      sure: 'unsure',
    },
  ],
};
