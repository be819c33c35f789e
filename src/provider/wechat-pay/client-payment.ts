/**
 * What the merchant's server signs for a client to open WeChat Pay with: `wx.requestPayment` of mini
 * programs and JSAPI, and the payment of apps. What is returned is handed to the client as it is.
 *
 * The two texts differ in their fourth line: `prepay_id=…` with its name, and the bare id. Nobody but
 * WeChat Pay verifies them.
 *
 * @module
 */
import { encodeBase64 } from '../../bytes/base64.js';
import { hexOf } from '../../bytes/hex.js';
import { type Bytes, fields, named, text } from '../../bytes/octets.js';
import { encodeUtf8 } from '../../bytes/utf8.js';
import { contentsFor, Key } from '../../key/handle.js';
import { seconds } from '../../key/options.js';
import { type RemoteSigner, signAsync } from '../../key/remote.js';
import { sign } from '../../key/use.js';
import { randomOctets } from '../../primitive/random.js';
import { rsaPkcs1Sha256, type RsaAlgorithm } from '../../primitive/rsa.js';

export type { RemoteSigner, RsaAlgorithm };

/** Whose payment it is. */
export interface JsapiPayment {
  readonly appId: string;
  /** As the API answered it, without `prepay_id=` before it. */
  readonly prepayId: string;
}

/** The arguments of `wx.requestPayment`; JSAPI takes the same. */
export interface JsapiFields {
  readonly appId: string;
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: 'RSA';
  readonly paySign: string;
}

/** The same of an app. */
export interface AppPayment extends JsapiPayment {
  /** The merchant's id, which is not signed. */
  readonly partnerId: string;
}

/** The members of `PayReq`, as the API of apps names them. */
export interface AppFields {
  readonly appid: string;
  readonly partnerid: string;
  readonly prepayid: string;
  readonly package: 'Sign=WXPay';
  readonly noncestr: string;
  readonly timestamp: string;
  readonly sign: string;
}

/** When it is signed. */
export interface PaymentOptions {
  /** Seconds since 1970. */
  readonly now: number;
}

type SigningKey = Key<RsaAlgorithm, 'sign'>;

/** Signs `appId\ntimeStamp\nnonceStr\nprepay_id=…\n`. */
export function signJsapiPayment(
  payment: JsapiPayment,
  key: SigningKey,
  options: PaymentOptions,
): JsapiFields {
  const { octets, finish } = jsapiDraft(payment, options);
  return finish(sign(checkedKey(key), octets));
}

/** The same by a key that may be elsewhere. */
export async function signJsapiPaymentAsync(
  payment: JsapiPayment,
  key: SigningKey | RemoteSigner<RsaAlgorithm>,
  options: PaymentOptions,
): Promise<JsapiFields> {
  const { octets, finish } = jsapiDraft(payment, options);
  return finish(await signAsync(checkedKey(key), octets));
}

/** Signs `appid\ntimestamp\nnoncestr\nprepayid\n`. */
export function signAppPayment(
  payment: AppPayment,
  key: SigningKey,
  options: PaymentOptions,
): AppFields {
  const { octets, finish } = appDraft(payment, options);
  return finish(sign(checkedKey(key), octets));
}

/** The same by a key that may be elsewhere. */
export async function signAppPaymentAsync(
  payment: AppPayment,
  key: SigningKey | RemoteSigner<RsaAlgorithm>,
  options: PaymentOptions,
): Promise<AppFields> {
  const { octets, finish } = appDraft(payment, options);
  return finish(await signAsync(checkedKey(key), octets));
}

interface Draft<T> {
  readonly octets: Bytes;
  finish(signature: Uint8Array): T;
}

function jsapiDraft(payment: JsapiPayment, options: PaymentOptions): Draft<JsapiFields> {
  named(payment, 'payment', ['appId', 'prepayId']);
  const appId = identifier(payment.appId, 'payment.appId');
  const prepay = `prepay_id=${identifier(payment.prepayId, 'payment.prepayId')}`;
  const { timeStamp, nonceStr } = drawn(options);
  return {
    octets: encodeUtf8(lines(appId, timeStamp, nonceStr, prepay)),
    finish: (signature) =>
      Object.freeze({
        appId,
        timeStamp,
        nonceStr,
        package: prepay,
        signType: 'RSA',
        paySign: encodeBase64(signature),
      }),
  };
}

function appDraft(payment: AppPayment, options: PaymentOptions): Draft<AppFields> {
  named(payment, 'payment', ['appId', 'partnerId', 'prepayId']);
  const appid = identifier(payment.appId, 'payment.appId');
  const partnerid = identifier(payment.partnerId, 'payment.partnerId');
  const prepayid = identifier(payment.prepayId, 'payment.prepayId');
  const { timeStamp, nonceStr } = drawn(options);
  return {
    octets: encodeUtf8(lines(appid, timeStamp, nonceStr, prepayid)),
    finish: (signature) =>
      Object.freeze({
        appid,
        partnerid,
        prepayid,
        package: 'Sign=WXPay',
        noncestr: nonceStr,
        timestamp: timeStamp,
        sign: encodeBase64(signature),
      }),
  };
}

function drawn(options: PaymentOptions): { readonly timeStamp: string; readonly nonceStr: string } {
  const { now } = named(options, 'options', ['now']);
  return {
    timeStamp: String(seconds(now, 'options.now')),
    nonceStr: hexOf(randomOctets(16)),
  };
}

const IDENTIFIER = /^[0-9A-Za-z_-]+$/;

/** No line end, which would make one text of two payments, and no `prepay_id=`. */
function identifier(value: unknown, what: string): string {
  const given = text(value, what);
  if (IDENTIFIER.test(given)) return given;
  throw new TypeError(`${what}: expected letters, digits, _ and -`);
}

function lines(...values: readonly string[]): string {
  return values.map((value) => `${value}\n`).join('');
}

function checkedKey<K extends SigningKey | RemoteSigner<RsaAlgorithm>>(key: K): K {
  const { alg }: { readonly alg: unknown } =
    key instanceof Key
      ? contentsFor<RsaAlgorithm, 'sign'>(key, 'sign')
      : fields(key, 'key', 'a key');
  if (alg === rsaPkcs1Sha256) return key;
  throw new TypeError(`key: expected one for rsaPkcs1Sha256, ${rsaPkcs1Sha256.name}`);
}
