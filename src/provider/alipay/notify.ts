/**
 * What Alipay calls a merchant with: notifications of trades, messages of the open platform, and the
 * URL that a payer comes back to. Two rules differ by one name, and which of them a message has is
 * the receiver's to know: a library that tries both takes a message of either for the other.
 *
 * The algorithm is the scheme's. `sign_type` of a message chooses nothing: what anybody may write
 * must not be able to ask for SHA-1.
 *
 * @module
 */
import type { WeakRsaAlgorithm } from '../../primitive/legacy/rsa.js';
import type { RsaAlgorithm } from '../../primitive/rsa.js';
import { compileScheme } from '../../scheme/compile.js';
import type { Ambiguous } from '../../scheme/description.js';
import { base64 } from '../../scheme/encoding.js';
import { formBody, formQuery, type FormSource } from '../../scheme/form.js';
import { keyIfNamed } from '../../scheme/key-if-named.js';
import { params, type ParamsRules } from '../../scheme/params.js';
import type { Scheme } from '../../scheme/scheme.js';
import { optional } from '../../scheme/source.js';
import { ambiguous, READ, rsa1, rsa2, signed } from './form.js';

/** The parameters, and the id of the notification, which stays when it is sent again. */
export type AlipayNotifyCovers = { readonly form: 'pairs'; readonly notifyId: 'whole' };
/** The parameters that were signed, without `sign`, and but for messages without `sign_type`. */
export type AlipayFormCovers = { readonly form: 'pairs' };

/** Rule V1: all but `sign` and `sign_type`. */
const V1 = /* @__PURE__ */ signed(['sign', 'sign_type']);
/** Rule V2: all but `sign`. */
const V2 = /* @__PURE__ */ signed(['sign']);

/** A notification of a trade, by POST to `notify_url`. */
export const alipayNotify: Scheme<AlipayNotifyCovers, RsaAlgorithm, never> = /* @__PURE__ */ notify(
  'alipay-notify',
  'Alipay notifications, V1',
  rsa2,
);
/** The same by `RSA`, over SHA-1: for applications that can't go to RSA2 yet. */
export const alipayNotifySha1: Scheme<AlipayNotifyCovers, WeakRsaAlgorithm, never> =
  /* @__PURE__ */ notify('alipay-notify-sha1', 'Alipay notifications, V1 with SHA-1', rsa1);

/** A message of the open platform or the service market, by POST. */
export const alipayMessage: Scheme<AlipayFormCovers, RsaAlgorithm, never> = /* @__PURE__ */ message(
  'alipay-message',
  'Alipay messages, V2',
  rsa2,
);
/** The same by `RSA`. */
export const alipayMessageSha1: Scheme<AlipayFormCovers, WeakRsaAlgorithm, never> =
  /* @__PURE__ */ message('alipay-message-sha1', 'Alipay messages, V2 with SHA-1', rsa1);

/** The `return_url` as the payer's browser calls it, by GET. */
export const alipayReturn: Scheme<AlipayFormCovers, RsaAlgorithm, never> = /* @__PURE__ */ returned(
  'alipay-return',
  'Alipay return_url',
  rsa2,
);
/** The same by `RSA`. */
export const alipayReturnSha1: Scheme<AlipayFormCovers, WeakRsaAlgorithm, never> =
  /* @__PURE__ */ returned('alipay-return-sha1', 'Alipay return_url with SHA-1', rsa1);

function notify<A extends RsaAlgorithm | WeakRsaAlgorithm>(
  id: string,
  title: string,
  alg: A,
): Scheme<AlipayNotifyCovers, A, never> {
  const form = formBody(READ);
  return compileScheme({
    ...basics(id, title, alg),
    slots: {
      form,
      notifyId: form.one('notify_id'),
      certSn: optional(form.one('alipay_cert_sn')),
      sign: form.one('sign'),
    },
    message: [params('form', { ...V1, fields: ['notifyId'] })],
    covers: { form: 'pairs', notifyId: 'whole' },
    delivery: 'notifyId',
    ambiguous: ambiguous(
      'notify_id=1&subject=x%26total_amount%3D0.01',
      'notify_id=1&subject=x&total_amount=0.01',
    ),
  });
}

function message<A extends RsaAlgorithm | WeakRsaAlgorithm>(
  id: string,
  title: string,
  alg: A,
): Scheme<AlipayFormCovers, A, never> {
  const two = ambiguous('name=x%26order_item_num%3D1', 'name=x&order_item_num=1');
  return formAlone(basics(id, title, alg), formBody(READ), V2, two);
}

function returned<A extends RsaAlgorithm | WeakRsaAlgorithm>(
  id: string,
  title: string,
  alg: A,
): Scheme<AlipayFormCovers, A, never> {
  const two = ambiguous('out_trade_no=1%26total_amount%3D9', 'out_trade_no=1&total_amount=9', true);
  return formAlone(basics(id, title, alg), formQuery(READ), V1, two);
}

/** Signed parameters and nothing else: no id by which a second delivery is known. */
function formAlone<A extends RsaAlgorithm | WeakRsaAlgorithm>(
  about: ReturnType<typeof basics<A>>,
  form: FormSource<never>,
  rules: ParamsRules,
  two: Ambiguous,
): Scheme<AlipayFormCovers, A, never> {
  return compileScheme({
    ...about,
    slots: {
      form,
      certSn: optional(form.one('alipay_cert_sn')),
      sign: form.one('sign'),
    },
    message: [params('form', rules)],
    covers: { form: 'pairs' },
    ambiguous: two,
  });
}

function basics<A>(id: string, title: string, alg: A) {
  return {
    id,
    version: 1,
    title,
    direction: 'callback',
    algs: [alg],
    keys: keyIfNamed('certSn'),
    signature: { slot: 'sign', encoding: base64 },
    freshness: 'none',
  } as const;
}
