/**
 * Bodies that may have been signed in place of the one that was given: undone, one after another, is
 * what frameworks, gateways and stores do to a body.
 *
 * @module
 */
import { decodeBase64, decodeBase64Url } from '../../bytes/base64.js';
import { joinAll } from '../../bytes/concat.js';
import { same } from '../../bytes/equal.js';
import { decodeUtf8, encodeUtf8 } from '../../bytes/utf8.js';
import { type Case, type Found, proved, seen } from './case.js';
import type { FaultCode } from './codes.js';
import { rewrittenForms } from './form.js';
import { isInOrder, readLayout, rewrittenJson } from './json-layout.js';
import { valuesOf } from './headers.js';
import { orNone } from './try.js';

/** Another body, under the code of what would have made the given one of it. */
export type Candidate = readonly [
  code: FaultCode | (() => FaultCode),
  body: Uint8Array | string | undefined,
];

/** The bodies that would verify. */
export function* bodyFaults(at: Case): Iterable<Found> {
  const tried: Uint8Array[] = [at.body];
  const found = new Set<FaultCode>();
  for (const [of, made] of candidates(at.body, at.maxBodyBytes)) {
    const body = typeof made === 'string' ? orNone(() => encodeUtf8(made)) : made;
    if (body === undefined || tried.some((other) => same(other, body))) continue;
    tried.push(body);
    if (!at.holds({ message: { ...at.message, body } })) continue;
    const code = typeof of === 'string' ? of : of();
    if (!found.has(code)) yield proved(code);
    found.add(code);
  }
}

/** What can be seen of a body whose signed form is not found. */
export function* bodySights({ body, message }: Case): Iterable<Found> {
  const text = orNone(() => decodeUtf8(body)) ?? '';
  if (body.length === 0) yield seen('BODY_EMPTY');
  if (text === '[object Object]') yield seen('BODY_PARSED');
  if (text.includes('\ufffd')) yield seen('BODY_REPLACED');
  if (body[0] === 0x1f && body[1] === 0x8b) yield seen('BODY_COMPRESSED');
  const layout = readLayout(text);
  if (layout === undefined && /^\s*[{[]/.test(text)) yield seen('BODY_CUT');
  if (layout !== undefined && isInOrder(layout)) {
    yield seen('BODY_REORDERED', 'its members stand in the order of a store that sorts them');
  }
  const [length, ...others] = valuesOf(message, 'content-length');
  if (length !== undefined && others.length === 0 && /^[0-9]{1,10}$/.test(length)) {
    const more = body.length - Number(length);
    const detail = `the body has ${Math.abs(more)} octets ${more > 0 ? 'more' : 'less'}`;
    if (more !== 0) yield seen('BODY_LENGTH', detail);
  }
}

/** A larger body is not parsed and written anew: each of a hundred ways costs more than to verify it. */
export const MOST_WRITTEN = 131_072;

const MARK = '\ufeff';
const [LF, CR] = [0x0a, 0x0d];

/** The likely ones first. */
function* candidates(body: Uint8Array, most: number): Iterable<Candidate> {
  if (body.length === 0) return;
  if (body.at(-1) === LF) {
    yield ['BODY_NEWLINE_ADDED', body.subarray(0, body.at(-2) === CR ? -2 : -1)];
  } else {
    for (const end of [[LF], [CR, LF]]) {
      yield ['BODY_NEWLINE_LOST', joinAll([body, Uint8Array.from(end)])];
    }
  }
  const isSmall = body.length <= MOST_WRITTEN;
  const text = orNone(() => decodeUtf8(body));
  if (text === undefined) {
    if (!isSmall) return;
    // Octets of ISO 8859-1 are what a writer of binary strings leaves of UTF-8.
    yield ['BODY_CHARSET', latin1Text(body)];
    return;
  }
  const unix = text.replaceAll('\r\n', '\n');
  yield ['BODY_LINE_ENDS', unix];
  yield ['BODY_LINE_ENDS', unix.replaceAll('\n', '\r\n')];
  yield ['BODY_MARK', text.startsWith(MARK) ? text.slice(1) : MARK + text];
  if (!isSmall) return;
  const bare = text.trim();
  yield ['BODY_BASE64', orNone(() => decodeBase64(bare))];
  yield ['BODY_BASE64', orNone(() => decodeBase64Url(bare))];
  yield ['BODY_QUOTED', inQuotes(bare)];
  yield* rewrittenJson(text, most);
  yield* rewrittenForms(text);
  yield ['BODY_HTML', withoutEntities(text)];
  yield ['BODY_CHARSET', octetsOfCharacters(text, '')];
  yield ['BODY_CHARSET', octetsOfCharacters(text, WINDOWS_1252)];
  yield ['BODY_NORMALISED', text.normalize('NFC')];
  yield ['BODY_NORMALISED', text.normalize('NFD')];
}

/** A text that JSON.stringify was given. */
function inQuotes(text: string): string | undefined {
  if (!text.startsWith('"')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};

function withoutEntities(text: string): string {
  return text.replaceAll(/&(?:quot|#34|#39|#x27|apos|lt|gt|amp);/g, (of) => ENTITIES[of] ?? of);
}

/** https://encoding.spec.whatwg.org/#windows-1252: 80 to 9f, where it differs from ISO 8859-1. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The octets that were taken for these characters, if they are UTF-8. */
function octetsOfCharacters(text: string, table: string): Uint8Array | undefined {
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const at = code <= 0xff ? -1 : table.indexOf(text.charAt(i));
    if (code > 0xff && at < 0) return undefined;
    octets[i] = at < 0 ? code : 0x80 + at;
  }
  return orNone(() => decodeUtf8(octets)) === undefined ? undefined : octets;
}

function latin1Text(octets: Uint8Array): string {
  return Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
}
