/**
 * Message components, {@link https://www.rfc-editor.org/rfc/rfc9421#section-2 RFC 9421, section 2}: the
 * names that parts of a message have in a signature, and their values.
 *
 * @module
 */
import { encodeBase64 } from '../bytes/base64.js';
import { fields, text as textOf } from '../bytes/octets.js';
import { decodeUtf8 } from '../bytes/utf8.js';
import { encodeFormComponent } from '../canonical/percent.js';
import { readDictionary, readItem, readList } from '../canonical/structured-read.js';
import type { BareItem, Item, ReadDictionary } from '../canonical/structured-values.js';
import {
  writeDictionary,
  writeInnerList,
  writeItem,
  writeList,
} from '../canonical/structured-write.js';
import { CountersignError } from '../errors.js';
import { named } from '../key/options.js';
import { octetsOf } from './covered.js';
import { givenMessage } from './given.js';
import { type HttpMessage, type HttpRequest, splitTarget, targetUri } from './message.js';

/** A component with its parameters, sections 2.1 and 2.2. */
export interface ComponentIdentifier {
  /** A field name in lower case, or a derived component's name, with its `@`. */
  readonly component: string;
  /** The field as a structured field, strictly written, section 2.1.1. */
  readonly sf?: true | undefined;
  /** One member of a Dictionary, section 2.1.2. */
  readonly key?: string | undefined;
  /** The octets of each line as they stand, section 2.1.3. */
  readonly bs?: true | undefined;
  /** A field of the trailers, section 2.1.4. */
  readonly tr?: true | undefined;
  /** Of the request that a response answers, section 2.4. */
  readonly req?: true | undefined;
  /** The name of a query parameter, percent-encoded as section 2.2.8 has it. */
  readonly name?: string | undefined;
}

/**
 * A component: its name, `@method`; its name with parameters as the RFC writes them,
 * `"@method";req`; or the same as an object.
 */
export type Component = string | ComponentIdentifier;

/** The types of structured fields, which have to be known to write one anew. */
export type FieldTypes = Readonly<Record<string, 'dictionary' | 'list' | 'item'>>;

/**
 * What was read of a message, once it was asked for: a hundred components of one field read it once. It
 * is of one message, and of the one request that it may answer.
 */
export interface ReadParts {
  query?: ReadonlyMap<string, readonly string[]>;
  /** By the lines of a field. */
  readonly dictionaries: Map<readonly string[], ReadDictionary>;
  /** Values that had to be read and written anew, by the ids of components. */
  readonly values: Map<string, string>;
}

/** Where nothing was read yet. */
export function nothingRead(): ReadParts {
  return { dictionaries: new Map(), values: new Map() };
}

/** What the values of components may come from besides the message. */
export interface ComponentSources {
  /** The request that the message answers, for components with `req`. */
  readonly request?: HttpRequest | undefined;
  /** The types of fields for `sf`, but for those of RFC 9421 and RFC 9530, which are known. */
  readonly fieldTypes?: FieldTypes | undefined;
}

/** A component that was read. */
export interface ReadComponent {
  readonly component: string;
  /** As it is written into a list. */
  readonly item: Item;
  /** As it stands in a signature base, with its parameters in their order. */
  readonly text: string;
  /** The same for two components that are equal, section 2: the order of parameters says nothing. */
  readonly id: string;
  readonly sf: boolean;
  readonly bs: boolean;
  readonly tr: boolean;
  readonly req: boolean;
  readonly key: string | undefined;
  readonly name: string | undefined;
}

const NAMES = ['component', 'sf', 'key', 'bs', 'tr', 'req', 'name'];
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const FIELD_PARAMETERS = ['sf', 'key', 'bs', 'tr', 'req'];
/** Field content without octets that are not ASCII, and so without a line end, section 2.5. */
const VALUE = /^[\t\x20-\x7e]*$/;

const KNOWN_TYPES: FieldTypes = {
  'accept-signature': 'dictionary',
  'content-digest': 'dictionary',
  'repr-digest': 'dictionary',
  signature: 'dictionary',
  'signature-input': 'dictionary',
  'want-content-digest': 'dictionary',
  'want-repr-digest': 'dictionary',
};

/** Reads a component that a caller names. */
export function componentOf(component: Component): ReadComponent {
  if (typeof component === 'string') {
    const item = component.startsWith('"')
      ? readItem(component, { duplicates: 'refuse' })
      : { value: component };
    return readComponent(item);
  }
  const { component: value, ...params } = named(component, 'component', NAMES);
  const given: Record<string, BareItem> = {};
  for (const [name, param] of Object.entries(params)) if (param !== undefined) given[name] = param;
  return readComponent({ value: textOf(value, 'component'), params: given });
}

/** Reads a component of a signature's parameters, section 2. */
export function readComponent(item: Item): ReadComponent {
  const { value, params = {} } = item;
  if (typeof value !== 'string') throw refused('expected the name of a component as a String');
  const isDerived = value.startsWith('@');
  if (isDerived ? !Object.hasOwn(DERIVED, value) : !FIELD_NAME.test(value)) {
    throw refused('expected a derived component of RFC 9421 or a field name in lower case');
  }
  const names = Object.keys(params);
  if (names.length === 0 && value !== '@query-param') return plain(value, item);
  const allowed = isDerived ? derivedParameters(value) : FIELD_PARAMETERS;
  if (!names.every((name) => allowed.includes(name))) {
    throw refused(`${value}: expected no other parameters than ${allowed.join(', ')}`);
  }
  const [sf, bs, tr, req] = ['sf', 'bs', 'tr', 'req'].map((name) => flag(params[name]));
  const [key, name] = [string(params['key']), string(params['name'])];
  if (bs === true && (sf === true || key !== undefined)) {
    throw refused(`${value}: expected bs without sf and key`);
  }
  if (value === '@query-param' && name === undefined) throw refused(`${value}: expected a name`);
  const text = writeItem({ value, params });
  const sorted = Object.fromEntries(names.toSorted().map((one) => [one, params[one] ?? false]));
  return {
    component: value,
    item,
    text,
    id: names.length === 1 ? text : writeItem({ value, params: sorted }),
    sf: sf === true,
    bs: bs === true,
    tr: tr === true,
    req: req === true,
    key,
    name,
  };
}

/** The value of a component, sections 2.1 and 2.2. */
export function componentValue(
  component: ReadComponent,
  message: HttpMessage,
  sources: ComponentSources,
  parts: ReadParts,
): string {
  const { component: name, id, req } = component;
  const known = parts.values.get(id);
  if (known !== undefined) return known;
  const of = req ? requestOf(message, sources) : message;
  const value = name.startsWith('@')
    ? derivedValue(component, of, parts)
    : fieldValue(component, of, sources, parts);
  if (!VALUE.test(value)) {
    throw refused(`${name}: expected printable ASCII; bs covers other octets`);
  }
  // Without parameters a value is there already, or little is done for it.
  if (id !== name) parts.values.set(id, value);
  return value;
}

/** A component without parameters, as nearly all are. */
function plain(component: string, item: Item): ReadComponent {
  return {
    component,
    item,
    text: `"${component}"`,
    id: component,
    sf: false,
    bs: false,
    tr: false,
    req: false,
    key: undefined,
    name: undefined,
  };
}

/** Section 2.2. */
const DERIVED: Readonly<
  Record<string, (request: HttpRequest, name: string, parts: ReadParts) => string>
> = {
  '@method': ({ method }) => method,
  '@target-uri': targetUri,
  '@authority': ({ authority }) => authority,
  '@scheme': ({ scheme }) => scheme,
  '@request-target': ({ target }) => target,
  '@path': (request) => splitTarget(request)[0],
  // A query that is not there is an empty one, section 2.2.7.
  '@query': (request) => splitTarget(request)[1] ?? '?',
  '@query-param': queryParameter,
  '@status': () => {
    throw refused('@status: expected a response');
  },
};

function derivedParameters(value: string): readonly string[] {
  if (value === '@status') return [];
  return value === '@query-param' ? ['req', 'name'] : ['req'];
}

/** Section 2.4: only a response has a request, and it has to be the one that was sent. */
function requestOf(message: HttpMessage, { request }: ComponentSources): HttpRequest {
  if (message.kind === 'response' && request !== undefined) return request;
  throw refused('req: expected a response, and the request that it answers');
}

function derivedValue(
  { component, name = '' }: ReadComponent,
  message: HttpMessage,
  parts: ReadParts,
): string {
  if (message.kind === 'request') return DERIVED[component]?.(message, name, parts) ?? '';
  if (component === '@status') return String(message.status);
  throw refused(`${component}: expected a request`);
}

/** Section 2.1; that lines have no white space around them and no folds, the message sees to. */
function fieldValue(
  { component, sf, bs, tr, key }: ReadComponent,
  message: HttpMessage,
  { fieldTypes = {} }: ComponentSources,
  parts: ReadParts,
): string {
  const lines = (tr ? message.trailers : message.headers).lines.get(component);
  if (lines === undefined) throw absent(component);
  if (key !== undefined) return memberValue(component, lines, key, parts);
  if (sf) return strictValue(component, lines, fieldTypes, parts);
  if (bs) return lines.map((line) => `:${encodeBase64(octetsOf(line))}:`).join(', ');
  return lines.length === 1 ? (lines[0] ?? '') : lines.join(', ');
}

function memberValue(
  component: string,
  lines: readonly string[],
  key: string,
  parts: ReadParts,
): string {
  const dictionary = dictionaryOf(lines, parts);
  const member = dictionary[key];
  if (member === undefined) throw absent(component);
  return 'items' in member ? writeInnerList(member) : writeItem(member);
}

/** A Dictionary of which many members are covered is read once. */
function dictionaryOf(lines: readonly string[], { dictionaries }: ReadParts): ReadDictionary {
  const dictionary = dictionaries.get(lines) ?? readDictionary(lines, STRICT);
  dictionaries.set(lines, dictionary);
  return dictionary;
}

function strictValue(
  component: string,
  lines: readonly string[],
  types: FieldTypes,
  parts: ReadParts,
): string {
  const type = Object.hasOwn(types, component) ? types[component] : KNOWN_TYPES[component];
  if (type === 'item') return writeItem(readItem(lines, STRICT));
  if (type === 'list') {
    const list = readList(lines, STRICT);
    return list.length === 0 ? '' : writeList(list);
  }
  if (type === 'dictionary') {
    const dictionary = dictionaryOf(lines, parts);
    return Object.keys(dictionary).length === 0 ? '' : writeDictionary(dictionary);
  }
  throw refused(`${component}: expected its type in options.fieldTypes, for sf`);
}

const ESCAPE = /^%[0-9A-Fa-f]{2}$/;

/** Two readers that differ in which of two values holds would read two messages. */
const STRICT = { duplicates: 'refuse', maxBytes: 1 << 24 } as const;

/** Section 2.2.8: the value of the only parameter of this name, as the RFC encodes it. */
function queryParameter(request: HttpRequest, name: string, parts: ReadParts): string {
  parts.query ??= parametersOf(request);
  const values = parts.query.get(name);
  if (values === undefined) throw absent('@query-param');
  if (values.length > 1) throw refused('@query-param: expected a parameter that stands once');
  const value = reencoded(values[0] ?? '');
  if (value !== undefined) return value;
  throw refused('@query-param: expected a value in UTF-8');
}

/** The values of a query as they stand, by their names as the RFC encodes them. */
function parametersOf(request: HttpRequest): ReadonlyMap<string, readonly string[]> {
  const parameters = new Map<string, string[]>();
  for (const pair of (splitTarget(request)[1] ?? '?').slice(1).split('&')) {
    const mark = pair.indexOf('=');
    const name = reencoded(mark < 0 ? pair : pair.slice(0, mark));
    if (pair === '' || name === undefined) continue;
    const value = mark < 0 ? '' : pair.slice(mark + 1);
    const values = parameters.get(name);
    if (values === undefined) parameters.set(name, [value]);
    else values.push(value);
  }
  return parameters;
}

/**
 * A name or value of a form as the form's octets percent-encoded: the parser and the encode set of
 * https://url.spec.whatwg.org/#application/x-www-form-urlencoded. What is no UTF-8 has none: there the
 * parser puts the same character for everything.
 */
function reencoded(part: string): string | undefined {
  if (/^[A-Za-z0-9*\-._]*$/.test(part)) return part;
  const octets = new Uint8Array(part.length);
  let size = 0;
  let isAscii = true;
  for (let i = 0; i < part.length; i++) {
    let code = part.charCodeAt(i);
    if (code === 0x2b) code = 0x20;
    if (code === 0x25 && ESCAPE.test(part.slice(i, i + 3))) {
      code = Number.parseInt(part.slice(i + 1, i + 3), 16);
      i += 2;
    }
    isAscii &&= code < 0x80;
    octets[size++] = code;
  }
  const whole = octets.subarray(0, size);
  return isAscii || isUtf8(whole) ? encodeFormComponent(whole).replaceAll('+', '%20') : undefined;
}

function isUtf8(octets: Uint8Array): boolean {
  try {
    decodeUtf8(octets);
    return true;
  } catch {
    return false;
  }
}

function flag(value: BareItem | undefined): boolean {
  if (value === undefined || value === true) return value === true;
  throw refused('expected sf, bs, tr and req without a value');
}

function string(value: BareItem | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw refused('expected key and name as Strings');
}

function refused(expected: string): CountersignError {
  return new CountersignError('ERR_HTTP_COMPONENT', expected);
}

function absent(component: string): CountersignError {
  return new CountersignError('ERR_HTTP_COVERAGE', `${component}: expected it in the message`);
}

/** Checks what the caller gave besides the message. */
export function checkSources({ request, fieldTypes }: ComponentSources): void {
  if (request !== undefined && givenMessage(request).kind !== 'request') {
    throw new TypeError('request: expected a request');
  }
  if (fieldTypes !== undefined) fields(fieldTypes, 'fieldTypes', 'types by the names of fields');
}
