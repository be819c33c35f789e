/**
 * A request or response as it stands on the wire: what the schemes of this folder sign and verify.
 *
 * Platforms differ in what they keep of a message. Node's `headers` drop repeated lines and its
 * `rawHeaders` don't, so that the latter are read; `Headers` of fetch and plain objects join them,
 * and {@link Fields} says so. No body is read: it is given, as the octets that arrived.
 *
 * @module
 */
import { fields as object, integer, octets, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { named } from '../key/options.js';
import { type Origin, originOf } from './origin.js';

/** The header or trailer section of a message. */
export interface Fields {
  /** The values of each name, in lower case, a value for each line, in their order. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
  /** Whether several lines of one name would have been joined by commas before they came here. */
  readonly joined: boolean;
}

/** A request. */
export interface HttpRequest {
  readonly kind: 'request';
  /** In its own case. */
  readonly method: string;
  readonly scheme: 'https' | 'http';
  /** The host in lower case, and the port where it is not the scheme's. */
  readonly authority: string;
  /** The request target as it stands in the request line. */
  readonly target: string;
  readonly headers: Fields;
  readonly trailers: Fields;
  /** `undefined` when none was given here, which is not to say that there is none. */
  readonly body: Uint8Array | undefined;
}

/** A response. */
export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly headers: Fields;
  readonly trailers: Fields;
  readonly body: Uint8Array | undefined;
}

export type HttpMessage = HttpRequest | HttpResponse;

/** Any of the shapes in which platforms hand out header fields. */
export type FieldsInput =
  /** `rawHeaders` of Node: names and values by turns. */
  | readonly string[]
  /** Names and values, pair by pair. */
  | readonly (readonly [name: string, value: string])[]
  /** `Headers` of fetch, or a `Map`. */
  | Iterable<readonly [name: string, value: string]>
  /** A plain object; a name without a value is left out. */
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** `Request` of fetch, `IncomingMessage` of Node, or a plain object. */
export interface RequestInput {
  readonly method?: string | undefined;
  /** A whole URL, or what stands in the request line. */
  readonly url?: string | undefined;
  readonly headers: FieldsInput;
  readonly trailers?: FieldsInput | undefined;
  /** Read in place of `headers` where it is there. */
  readonly rawHeaders?: readonly string[] | undefined;
  readonly rawTrailers?: readonly string[] | undefined;
}

/** `Response` of fetch, `IncomingMessage` of Node, or a plain object. */
export interface ResponseInput {
  readonly status?: number | undefined;
  readonly statusCode?: number | undefined;
  readonly headers: FieldsInput;
  readonly trailers?: FieldsInput | undefined;
  readonly rawHeaders?: readonly string[] | undefined;
  readonly rawTrailers?: readonly string[] | undefined;
}

/** What may be said of any message. */
export interface MessageOptions {
  /** The octets that arrived. They are not copied: leave them as they are. */
  readonly body?: Uint8Array | undefined;
  /** The most octets of header and trailer fields; 65,536 unless given. */
  readonly maxHeaderBytes?: number | undefined;
}

/** What has to be said of a request that arrived. */
export interface ReceivedOptions extends MessageOptions {
  /**
   * Scheme and authority under which the sender knows this server, `https://api.example.com`. The
   * `Host` field is the sender's word and `X-Forwarded-*` anybody's: neither is read for it.
   */
  readonly origin: string;
}

/** What {@link prepareRequest} takes. */
export interface OutgoingRequest extends MessageOptions {
  readonly method: string;
  /** Text must already be what the URL standard makes of it; a `URL` is. */
  readonly url: string | { readonly href: string };
  readonly headers?: FieldsInput | undefined;
}

const MAX_HEADER_BYTES = 65_536;
/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Field content of RFC 9110, section 5.5, one character for each octet. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const PRINTABLE = /^[\x20-\x7e]*$/;
/** A target is printable ASCII: a character beyond it would be signed as an octet of another one. */
const ABSOLUTE = /^(?=[\x21-\x7e]+$)(https?):\/\/([^/?#@\\]+)([/?][^#]*)?$/i;
const TARGET = /^(?=[\x21-\x7e]+$)(?:\/[^#]*|\*|[^/?#@]+:[0-9]+)$/;
/** The methods that fetch writes in upper case by itself. */
const NORMALISED = /^(?:delete|get|head|options|post|put)$/i;

/** Reads a request that arrived. */
export function readRequest(input: RequestInput, options: ReceivedOptions): HttpRequest {
  const { origin } = named(options, 'options', ['origin', 'body', 'maxHeaderBytes']);
  const { method = '', url = '' } = object(input, 'input', 'a request');
  const [scheme, authority] = readOrigin(text(origin, 'options.origin'));
  if (!TOKEN.test(text(method, 'input.method'))) {
    throw new CountersignError('ERR_HTTP_MESSAGE', 'method: expected a token');
  }
  const absolute = ABSOLUTE.exec(withoutFragment(text(url, 'input.url')));
  // A raw request line may hold a whole URL, RFC 9112, section 3.2.2; what fetch has was cut from none.
  const isLine = absolute === null || input.rawHeaders !== undefined;
  const target = isLine ? url : targetOf(absolute[3]);
  if (!TARGET.test(target) && (absolute === null || target.includes('#'))) {
    throw new CountersignError('ERR_HTTP_MESSAGE', 'url: expected a URL or a request target');
  }
  return { kind: 'request', method, scheme, authority, target, ...sections(input, options) };
}

/** Reads a response that arrived, or that is to be sent. */
export function readResponse(input: ResponseInput, options: MessageOptions = {}): HttpResponse {
  named(options, 'options', ['body', 'maxHeaderBytes']);
  const { status, statusCode } = object(input, 'input', 'a response');
  const code = integer(status ?? statusCode, 'input.status', 100, 999);
  return { kind: 'response', status: code, ...sections(input, options) };
}

/**
 * Describes a request that is to be sent. What is signed has to be what is sent: `fetch` and its
 * kin rewrite a URL by the rules of https://url.spec.whatwg.org/ and some methods, so text that
 * they would change is refused. A fragment is never sent and is left out.
 */
export function prepareRequest(outgoing: OutgoingRequest): HttpRequest {
  const {
    method,
    url,
    headers = [],
  } = named(outgoing, 'request', ['method', 'url', 'headers', 'body', 'maxHeaderBytes']);
  if (!TOKEN.test(text(method, 'request.method')) || isRewritten(method)) {
    throw new TypeError('request.method: expected a token, as it is sent');
  }
  const given =
    typeof url === 'string' ? url : text(object(url, 'request.url', 'a URL').href, 'href');
  const href = serialised(given);
  if (href !== given) {
    throw new TypeError(
      'request.url: expected a URL as it is sent; pass a URL object, or its href',
    );
  }
  const [, scheme = '', host = '', rest] = ABSOLUTE.exec(withoutFragment(href)) ?? [];
  const [name, authority] = readOrigin(`${scheme}://${host}`);
  const target = targetOf(rest);
  return {
    kind: 'request',
    method,
    scheme: name,
    authority,
    target,
    ...sections({ headers }, outgoing),
  };
}

/**
 * The URL that a request is for, RFC 9110, section 7.1. Of a target that is a whole URL the authority
 * is passed over for the one that the server knows itself by.
 */
export function targetUri({ scheme, authority, target }: HttpRequest): string {
  return `${scheme}://${authority}${originForm(target) ?? ''}`;
}

/** The path of a request, and its query with the question mark, if there is one. */
export function splitTarget({ target }: HttpRequest): readonly [path: string, query?: string] {
  const form = originForm(target) ?? '/';
  const mark = form.indexOf('?');
  return mark < 0 ? [form] : [form.slice(0, mark), form.slice(mark)];
}

/** The only line of this name, if there is one. Several are refused, never the last one taken. */
export function fieldLine({ lines }: Fields, name: string): string | undefined {
  const values = lines.get(name.toLowerCase());
  if (values === undefined) return undefined;
  const [value = ''] = values;
  if (values.length > 1) {
    throw new CountersignError(
      'ERR_HTTP_DUPLICATE',
      `${name}: expected one line, found ${values.length}`,
    );
  }
  if (!PRINTABLE.test(value)) {
    throw new CountersignError('ERR_HTTP_FIELD', `${name}: expected printable ASCII`);
  }
  return value;
}

/** As {@link fieldLine}, of a field that is no list: where lines may be joined, a comma is one more. */
export function fieldValue(fields: Fields, name: string): string | undefined {
  const value = fieldLine(fields, name);
  if (!fields.joined || value?.includes(',') !== true) return value;
  throw new CountersignError('ERR_HTTP_DUPLICATE', `${name}: expected one value, found a list`);
}

/** All lines of this name as one, RFC 9110, section 5.3. */
export function joinedLines({ lines }: Fields, name: string): string | undefined {
  return lines.get(name.toLowerCase())?.join(', ');
}

function readOrigin(origin: string): Origin {
  const found = originOf(origin);
  if (found !== undefined) return found;
  throw new TypeError(
    'options.origin: expected a scheme and an authority, https://api.example.com',
  );
}

function withoutFragment(url: string): string {
  const mark = url.indexOf('#');
  return mark < 0 ? url : url.slice(0, mark);
}

/** Path and query of a target; `*` and an authority have neither. */
function originForm(target: string): string | undefined {
  if (target.startsWith('/')) return target;
  const absolute = ABSOLUTE.exec(target);
  return absolute === null ? undefined : targetOf(absolute[3]);
}

/** The target in origin form, RFC 9112, section 3.2.1: the path is never empty. */
function targetOf(rest = ''): string {
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function isRewritten(method: string): boolean {
  return NORMALISED.test(method) && method !== method.toUpperCase();
}

function serialised(url: string): string | undefined {
  try {
    const { href, username, password } = new URL(url);
    return username === '' && password === '' && /^https?:/.test(href) ? href : undefined;
  } catch {
    return undefined;
  }
}

function sections(
  input: Pick<RequestInput, 'headers' | 'trailers' | 'rawHeaders' | 'rawTrailers'>,
  { body, maxHeaderBytes = MAX_HEADER_BYTES }: MessageOptions,
): Pick<HttpMessage, 'headers' | 'trailers' | 'body'> {
  const most = integer(maxHeaderBytes, 'options.maxHeaderBytes', 1, 2 ** 24);
  const room = { left: most };
  return {
    headers: readFields(input.rawHeaders ?? input.headers, 'headers', room),
    trailers: readFields(input.rawTrailers ?? input.trailers ?? [], 'trailers', room),
    body: body === undefined ? undefined : octets(body, 'options.body'),
  };
}

/** Reads a section; `room` is what is left of the limit, for both sections together. */
function readFields(input: FieldsInput, what: string, room: { left: number }): Fields {
  const lines = new Map<string, string[]>();
  eachLine(object(input, what, 'header fields'), what, (name, value) => {
    text(name, `${what}: name`);
    text(value, `${what}: value`);
    room.left -= name.length + value.length;
    if (!(room.left >= 0)) {
      throw new CountersignError('ERR_LENGTH', `${what}: expected fewer octets of fields`);
    }
    // The pseudo-fields of HTTP/2, which platforms hand out as method, target and so on as well.
    if (name.startsWith(':')) return;
    if (!TOKEN.test(name)) {
      throw new CountersignError('ERR_HTTP_FIELD', `${what}: expected a field name`);
    }
    const key = name.toLowerCase();
    const line = stripped(value);
    if (!VALUE.test(line)) {
      throw new CountersignError('ERR_HTTP_FIELD', `${key}: expected no control characters`);
    }
    const values = lines.get(key);
    if (values === undefined) lines.set(key, [line]);
    else values.push(line);
  });
  return { lines, joined: !Array.isArray(input) };
}

/** Calls `add` for each line, with whatever stands in the place of a name and a value. */
function eachLine(
  input: FieldsInput,
  what: string,
  add: (name: string, value: string) => void,
): void {
  if (isRaw(input)) {
    if (input.length % 2 !== 0) throw new TypeError(`${what}: expected names and values by turns`);
    for (let i = 0; i < input.length; i += 2) add(input[i] as string, input[i + 1] as string);
  } else if (Symbol.iterator in input) {
    for (const pair of input as Iterable<readonly string[]>) {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw new TypeError(`${what}: expected pairs of a name and a value`);
      }
      add(pair[0] as string, pair[1] as string);
    }
  } else {
    for (const [name, value] of Object.entries(input)) {
      if (Array.isArray(value)) for (const line of value as string[]) add(name, line);
      else if (value !== undefined) add(name, value as string);
    }
  }
}

/**
 * A value without the white space around it, and with one space for each obsolete line fold
 * (RFC 9112, section 5.2; RFC 9421, section 2.1). A line end without a fold is left, and refused.
 */
function stripped(value: string): string {
  if (!value.includes('\n')) return withoutBlanks(value);
  const [first = '', ...rest] = value.split(/\r?\n/);
  if (!rest.every((line) => isBlank(line.charCodeAt(0)))) return value;
  return withoutBlanks([first, ...rest].map(withoutBlanks).join(' '));
}

function withoutBlanks(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && isBlank(line.charCodeAt(start))) start++;
  while (end > start && isBlank(line.charCodeAt(end - 1))) end--;
  return start === 0 && end === line.length ? line : line.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isRaw(input: FieldsInput): input is readonly string[] {
  return Array.isArray(input) && typeof input[0] === 'string';
}
