/**
 * What WeChat Pay's API v3 signs: responses and callbacks, by one text and the same keys.
 * {@link https://pay.weixin.qq.com/docs/merchant/development/interface-rules/build-verify-sign-src.html}
 *
 * A response binds neither the request that it answers nor its own status: what it is about has to be
 * read in its body. A response without these headers is nobody's.
 *
 * @module
 */
import type { RsaAlgorithm } from '../../primitive/rsa.js';
import { compileScheme } from '../../scheme/compile.js';
import { body, slot } from '../../scheme/part.js';
import type { Scheme } from '../../scheme/scheme.js';
import { platformRules, platformSlots } from './platform-signature.js';

/** What the signature of a response or a callback binds. */
export type WechatPayCovers = Readonly<Record<'time' | 'nonce' | 'body', 'whole'>>;

/** Responses: `{time}\n{nonce}\n{body}\n`, bound neither to the request nor to the status. */
export const wechatPayResponse: Scheme<WechatPayCovers, RsaAlgorithm, never> =
  /* @__PURE__ */ describe('wechat-pay-response', 'WeChat Pay v3 responses', 'response');

/** Callbacks, by the same text. */
export const wechatPayCallback: Scheme<WechatPayCovers, RsaAlgorithm, never> =
  /* @__PURE__ */ describe('wechat-pay-callback', 'WeChat Pay v3 callbacks', 'callback');

function describe(
  id: string,
  title: string,
  direction: 'response' | 'callback',
): Scheme<WechatPayCovers, RsaAlgorithm, never> {
  return compileScheme({
    id,
    version: 1,
    title,
    direction,
    slots: { ...platformSlots() },
    // Without a body, as in a response of status 204, the third line is a lone line end.
    message: [slot('time'), '\n', slot('nonce'), '\n', body, '\n'],
    ...platformRules(),
    covers: { time: 'whole', nonce: 'whole', body: 'whole' },
  });
}
