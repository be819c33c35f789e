/**
 * The signature base string of OAuth 1.0, {@link
 * https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1 RFC 5849, section 3.4.1}.
 *
 * @module
 */
import { choice, text } from '../bytes/octets.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import { named } from '../key/options.js';
import { requestOf } from './covered.js';
import { fieldValue, type HttpRequest, splitTarget } from './message.js';
import { decodePercent, encodePercent, type Pair, pairsOf, sortedPairs } from './percent.js';

/**
 * How the query is taken. `decoded`: section 3.4.1.3, a plus sign is a space. `raw`: as it stands, and
 * so the parameters of the field, as Mastercard's signers have it: what is not encoded there is encoded
 * once and not twice.
 */
export type Oauth1Query = 'decoded' | 'raw';

export const OAUTH1_QUERIES: readonly Oauth1Query[] = ['decoded', 'raw'];

/** Parameters; as many as any form has, and no more. */
const MOST_PARAMETERS = 1000;
const AMPERSAND = 0x26;
const FORM = /^application\/x-www-form-urlencoded[\t ]*(?:;|$)/i;

/**
 * The base string of a request with these protocol parameters, without `oauth_signature`: decoded, or
 * as they stand in the field where the query is raw. `form` is the body, if it is a form and its
 * parameters are signed.
 */
export function oauth1BaseString(
  request: HttpRequest,
  parameters: readonly Pair[],
  options: { readonly query: Oauth1Query; readonly form?: string | undefined },
): string {
  const { query: rule, form } = named(options, 'options', ['query', 'form']);
  choice(rule, 'options.query', OAUTH1_QUERIES);
  // What stands for `a+b` in a form would be signed as what stands for `a%2Bb` in such a query.
  if (form !== undefined && rule === 'raw') {
    throw new TypeError("options.query: expected 'decoded' where there is a form");
  }
  const given = requestOf(request);
  const values = [
    ...queryPairs(given, rule),
    ...(form === undefined ? [] : formPairs(encodeUtf8(text(form, 'options.form')))),
  ];
  return baseStringOf(given, parameters, values, rule);
}

/** The same of pairs that were read by the rule: raw ones are signed as they stand. */
export function baseStringOf(
  request: HttpRequest,
  parameters: readonly Pair[],
  values: readonly Pair[],
  rule: Oauth1Query,
): string {
  for (const [name, value] of parameters) {
    text(name, 'name');
    text(value, 'value');
  }
  const all = [...parameters, ...values];
  const encoded = rule === 'raw' ? all : all.map(encodedPair);
  if (!(encoded.length <= MOST_PARAMETERS)) throw tooMany();
  const { method, scheme, authority } = request;
  const [path] = splitTarget(request);
  return [
    encodePercent(method.toUpperCase()),
    encodePercent(`${scheme}://${authority}${path}`),
    encodePercent(sortedPairs(encoded)),
  ].join('&');
}

/** The pairs of the query, as they stand or decoded. */
export function queryPairs(request: HttpRequest, rule: Oauth1Query): readonly Pair[] {
  const query = splitTarget(request)[1]?.slice(1) ?? '';
  if (!(query.split('&', MOST_PARAMETERS + 1).length <= MOST_PARAMETERS)) throw tooMany();
  return rule === 'raw' ? pairsOf(query) : pairsOf(query).map(decoded);
}

/** The pairs of a form, decoded. They are counted first: a million of them is soon sent. */
export function formPairs(form: Uint8Array): readonly Pair[] {
  let count = 1;
  for (let at = form.indexOf(AMPERSAND); at >= 0; at = form.indexOf(AMPERSAND, at + 1)) {
    if (!(++count <= MOST_PARAMETERS)) throw tooMany();
  }
  return pairsOf(decodeUtf8(form)).map(decoded);
}

/** Whether the body of a request is said to be a form. */
export function isForm(request: HttpRequest): boolean {
  return FORM.test(fieldValue(request.headers, 'content-type') ?? '');
}

function decoded([name, value]: Pair): Pair {
  return [decodePercent(name, 'space'), decodePercent(value, 'space')];
}

function encodedPair([name, value]: Pair): Pair {
  return [encodePercent(name), encodePercent(value)];
}

function tooMany(): CountersignError {
  return new CountersignError('ERR_LENGTH', `expected at most ${MOST_PARAMETERS} parameters`);
}
