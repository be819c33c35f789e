/**
 * Requests to Alipay's gateway: all parameters but `sign` and those without a value are signed,
 * `sign_type` with them. A program signs them as a body that it posts, or as the query of a page
 * that a payer's browser opens; the body's text is also the order string that an app is handed.
 *
 * @module
 */
import { dateOf } from '../../bytes/calendar.js';
import { fields as fieldsOf, named, text } from '../../bytes/octets.js';
import { encodeUtf8 } from '../../bytes/utf8.js';
import { writeForm } from '../../canonical/form.js';
import { seconds } from '../../key/options.js';
import type { RsaAlgorithm } from '../../primitive/rsa.js';
import { compileScheme } from '../../scheme/compile.js';
import { base64 } from '../../scheme/encoding.js';
import { formBody, formQuery, type FormSource } from '../../scheme/form.js';
import { anyKey } from '../../scheme/keys.js';
import { params } from '../../scheme/params.js';
import type { Scheme } from '../../scheme/scheme.js';
import { ambiguous, READ, rsa2, signed } from './form.js';
import type { AlipayFormCovers } from './notify.js';

/** A request whose parameters are its body. */
export const alipayRequest: Scheme<AlipayFormCovers, RsaAlgorithm, never> = /* @__PURE__ */ request(
  'alipay-request',
  'Alipay requests',
  false,
);
/** A request whose parameters are the query of its URL: a page for the payer's browser. */
export const alipayPage: Scheme<AlipayFormCovers, RsaAlgorithm, never> = /* @__PURE__ */ request(
  'alipay-page',
  'Alipay pages',
  true,
);

/** A call of the gateway. */
export interface AlipayCall {
  /** `https://openapi.alipay.com/gateway.do`, or that of the sandbox. Without a query. */
  readonly gateway: string;
  readonly appId: string;
  /** `alipay.trade.query` */
  readonly method: string;
  /** The text of `biz_content`, or its ciphertext where the content is encrypted. */
  readonly bizContent?: string | undefined;
  /** `notify_url`, `return_url`, `app_auth_token`, `encrypt_type`, the serials of certificates. */
  readonly fields?: Readonly<Record<string, string | undefined>> | undefined;
}

/** What is posted. */
export interface AlipayPost {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

const CALL = ['gateway', 'appId', 'method', 'bizContent', 'fields'];
const FORM = 'application/x-www-form-urlencoded;charset=utf-8';
const NAME = /^[a-z][a-z0-9_]*$/;
/** Alipay reads `timestamp` in its own zone, all year. */
const EIGHT_HOURS = 8 * 3600;

/** The message of a call by POST, to sign by `alipayRequest`. */
export function alipayCall(call: AlipayCall, options: { readonly now: number }): AlipayPost {
  const { gateway, form } = written(call, options);
  return {
    method: 'POST',
    // Here too, or the gateway may take the body for GBK and answer in it.
    url: `${gateway}?charset=utf-8`,
    headers: [['content-type', FORM]],
    body: encodeUtf8(form),
  };
}

/** The message of a page that a browser opens, to sign by `alipayPage`: its `url` is the link. */
export function alipayPageCall(
  call: AlipayCall,
  options: { readonly now: number },
): { readonly method: 'GET'; readonly url: string } {
  const { gateway, form } = written(call, options);
  return { method: 'GET', url: `${gateway}?${form}` };
}

function written(
  call: AlipayCall,
  options: { readonly now: number },
): { readonly gateway: string; readonly form: string } {
  const { gateway, appId, method, bizContent, fields = {} } = named(call, 'call', CALL);
  const { now } = named(options, 'options', ['now']);
  if (!/^https:\/\/[^?#]+$/.test(text(gateway, 'call.gateway'))) {
    throw new TypeError('call.gateway: expected a URL of https without a query');
  }
  for (const [name, value] of Object.entries({ appId, method })) {
    // An empty one would be left out below, without a word.
    if (text(value, `call.${name}`) === '') throw new TypeError(`call.${name}: expected text`);
  }
  const all: Record<string, string | undefined> = {
    app_id: appId,
    method,
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: timestampOf(seconds(now, 'options.now')),
    version: '1.0',
    biz_content: bizContent,
  };
  for (const [name, value] of Object.entries(fieldsOf(fields, 'call.fields', 'names and texts'))) {
    if (!NAME.test(name) || name === 'sign' || Object.hasOwn(all, name)) {
      throw new TypeError(`call.fields: expected other names than ${Object.keys(all).join(', ')}`);
    }
    all[name] = value;
  }
  // What has no value is not signed, and so it is not sent either.
  const pairs = Object.entries(all)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => ({
      name: encodeUtf8(name),
      value: encodeUtf8(text(value, `call: ${name}`)),
    }));
  const form = writeForm(pairs, { sort: 'none', encode: 'form', equals: '=', joiner: '&' });
  return { gateway, form: decode(form) };
}

function decode(ascii: Uint8Array): string {
  return Array.from(ascii, (octet) => String.fromCharCode(octet)).join('');
}

/** `2023-11-15 06:13:20`, in the time of China. */
function timestampOf(now: number): string {
  const local = now + EIGHT_HOURS;
  const { year, month, day } = dateOf(Math.floor(local / 86_400));
  const second = local % 86_400;
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return `${year}-${two(month)}-${two(day)} ${clock.map(two).join(':')}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

function request(
  id: string,
  title: string,
  inQuery: boolean,
): Scheme<AlipayFormCovers, RsaAlgorithm, never> {
  const rules = { ...READ, emptyValues: 'drop' } as const;
  const form: FormSource<never> = inQuery ? formQuery(rules) : formBody(rules);
  return compileScheme({
    id,
    version: 1,
    title,
    direction: 'request',
    slots: { form, sign: form.one('sign') },
    message: [params('form', signed(['sign']))],
    algs: [rsa2],
    keys: anyKey,
    signature: { slot: 'sign', encoding: base64 },
    covers: { form: 'pairs' },
    ambiguous: ambiguous('subject=x%26version%3D1.0', 'subject=x&version=1.0', inQuery),
    freshness: 'none',
  });
}
