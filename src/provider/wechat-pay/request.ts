/**
 * Requests to WeChat Pay's API v3:
 * {@link https://pay.weixin.qq.com/wiki/doc/api_external/ch/wechatpay/wechatpay4_0.shtml}.
 *
 * The key's id is the serial number of the merchant's certificate. What is uploaded as multipart is
 * signed by its `meta` alone: sign with that text as the body, and send it octet for octet as the part
 * `meta` of a body of your own making.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';
import { rsaPkcs1Sha256, type RsaAlgorithm } from '../../primitive/rsa.js';
import { without } from '../../scheme/charset.js';
import { compileScheme } from '../../scheme/compile.js';
import { base64 } from '../../scheme/encoding.js';
import { keyById } from '../../scheme/keys.js';
import { pairs } from '../../scheme/pairs.js';
import { body, slot } from '../../scheme/part.js';
import type { Scheme } from '../../scheme/scheme.js';
import {
  after,
  type Build,
  type Draft,
  drawn,
  headerList,
  type HeaderSource,
  type TextSource,
} from '../../scheme/source.js';
import { unixSeconds } from '../../scheme/time.js';
import { method, target } from '../../scheme/url.js';
import { foldKeyId, keyIdIn, serialNumber, SHA256_RSA2048, SM2_WITH_SM3 } from './source.js';

const credentials = /* @__PURE__ */ pairs(
  /* @__PURE__ */ ofSupported(/* @__PURE__ */ headerList('Authorization')),
  { between: ',', equals: '=', quote: '"' },
);

/** What a request's signature binds. The merchant's id stands beside it, unsigned. */
export type WechatPayRequestCovers = Readonly<
  Record<'method' | 'target' | 'time' | 'nonce' | 'body', 'whole'>
>;

/** `Authorization: WECHATPAY2-SHA256-RSA2048 …` over method, path and query, time, nonce, body. */
export const wechatPayRequest: Scheme<WechatPayRequestCovers, RsaAlgorithm, never> =
  /* @__PURE__ */ compileScheme({
    id: 'wechat-pay-request',
    version: 1,
    title: 'WeChat Pay v3 requests',
    direction: 'request',
    slots: {
      method: /* @__PURE__ */ method(),
      target: /* @__PURE__ */ target(),
      mchid: /* @__PURE__ */ credentials.one('mchid', /* @__PURE__ */ without(',"')),
      nonce: /* @__PURE__ */ drawn(
        /* @__PURE__ */ credentials.one('nonce_str', /* @__PURE__ */ without(',"')),
      ),
      time: /* @__PURE__ */ credentials.one('timestamp'),
      serial: /* @__PURE__ */ serialOfMerchant(),
      signature: /* @__PURE__ */ credentials.one('signature'),
    },
    message: [
      /* @__PURE__ */ slot('method'),
      '\n',
      /* @__PURE__ */ slot('target'),
      '\n',
      /* @__PURE__ */ slot('time'),
      '\n',
      /* @__PURE__ */ slot('nonce'),
      '\n',
      body,
      '\n',
    ],
    algs: [rsaPkcs1Sha256],
    keys: /* @__PURE__ */ keyById('serial', foldKeyId),
    signature: { slot: 'signature', encoding: base64 },
    covers: { method: 'whole', target: 'whole', time: 'whole', nonce: 'whole', body: 'whole' },
    hints: ['mchid'],
    time: { slot: 'time', unit: unixSeconds, past: 300, future: 300, edge: 'inclusive' },
  });

/** The key's id. A key that was given none has its thumbprint, which is no serial. */
function serialOfMerchant(): TextSource<never, false> {
  const of = credentials.one('serial_no', serialNumber);
  return keyIdIn({
    ...of,
    place(draft: Draft, value: string) {
      if (value !== '' && serialNumber.test(value)) of.place(draft, value);
      else throw new TypeError("key: import the merchant's key with its serial as id");
    },
  });
}

/** The credentials of the one algorithm; those of the other have a name, and are refused by it. */
function ofSupported(of: HeaderSource): HeaderSource {
  const supported = after(`${SHA256_RSA2048} `, of);
  return Object.freeze({
    ...supported,
    read(build: Build) {
      const [whole, rest] = [of.read(build), supported.read(build)];
      return build.once(this, () => (call) => {
        if (whole(call)?.startsWith(`${SM2_WITH_SM3} `) !== true) return rest(call);
        throw new CountersignError(
          'ERR_MESSAGE_ALGORITHM',
          `${of.what}: expected ${SHA256_RSA2048}; ${SM2_WITH_SM3} is not verified here`,
        );
      });
    },
  });
}
