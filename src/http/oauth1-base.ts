/**
 * The signature base string of OAuth 1.0, {@link
 * https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1 RFC 5849, section 3.4.1}.
 *
 * @module
 */
import { choice, fields, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { requestOf } from './covered.js';
import { fieldValue, type HttpRequest, splitTarget } from './message.js';
import { decodePercent, encodePercent, type Pair, pairsOf, sortedPairs } from './percent.js';

/**
 * How the query is taken. `decoded`: section 3.4.1.3, a plus sign is a space. `raw`: as it stands, as
 * Mastercard's signers have it: what is not encoded there is encoded once and not twice.
 */
export type Oauth1Query = 'decoded' | 'raw';

export const OAUTH1_QUERIES: readonly Oauth1Query[] = ['decoded', 'raw'];

/** Parameters; as many as any form has, and no more. */
const MOST_PARAMETERS = 1000;
const FORM = /^application\/x-www-form-urlencoded[\t ]*(?:;|$)/i;

/**
 * The base string of a request with these protocol parameters, without `oauth_signature`; `form` is
 * the body, if it is a form and its parameters are signed.
 */
export function oauth1BaseString(
  request: HttpRequest,
  parameters: readonly Pair[],
  options: { readonly query: Oauth1Query; readonly form?: string | undefined },
): string {
  const { query: rule, form } = fields(options, 'options', '{ query }');
  choice(rule, 'options.query', OAUTH1_QUERIES);
  const { method, scheme, authority } = requestOf(request);
  const [path, query = ''] = splitTarget(request);
  const encoded = [
    ...parameters.map(([name, value]) => encodedPair([text(name, 'name'), text(value, 'value')])),
    ...pairsOf(query.slice(1)).map((pair) => (rule === 'raw' ? pair : encodedPair(decoded(pair)))),
    ...(form === undefined ? [] : formPairs(form).map(encodedPair)),
  ];
  if (!(encoded.length <= MOST_PARAMETERS)) {
    throw new CountersignError('ERR_LENGTH', `expected at most ${MOST_PARAMETERS} parameters`);
  }
  return [
    encodePercent(method.toUpperCase()),
    encodePercent(`${scheme}://${authority}${path}`),
    encodePercent(sortedPairs(encoded)),
  ].join('&');
}

/** The pairs of a form, decoded. */
export function formPairs(form: string): readonly Pair[] {
  return pairsOf(form).map(decoded);
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
