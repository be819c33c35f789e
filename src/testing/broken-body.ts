/**
 * Messages whose body, method or URL is not the one that was signed.
 *
 * @module
 */
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import { MAX_BODY_BYTES } from '../scheme/message.js';
import type { SchemeMessage } from '../scheme/message.js';
import { minified } from '../scheme/minify.js';
import type { BodyKind } from './broken-kinds.js';
import { type Made, otherMessage, partsOf, type Recipe, type Subject } from './broken-subject.js';
import { readTexts, signedOctets } from './rewrite.js';

const NOT_BOUND = 'the signature does not bind the body';
const NO_SPACE = 'the scheme signs no white space of the body';
const FAILED = ['ERR_VERIFY_FAILED'] as const;
/** A scheme may have a digest of the body beside the signature. */
const FAILED_OR_DIGEST = ['ERR_VERIFY_FAILED', 'ERR_MESSAGE_DIGEST', 'ERR_HTTP_DIGEST'] as const;
const FAILED_OR_FORM = [
  'ERR_VERIFY_FAILED',
  'ERR_MESSAGE_FORM',
  'ERR_JSON',
  'ERR_JSON_DUPLICATE',
] as const;
/** What the readers of JSON, of forms and of slots say. */
const UNREADABLE = [
  'ERR_JSON',
  'ERR_JSON_DUPLICATE',
  'ERR_MESSAGE_MISSING',
  'ERR_MESSAGE_FORM',
  'ERR_FORM',
  'ERR_VERIFY_FAILED',
] as const;
const URL_NAMES = ['url', 'uri', 'target', 'path'];

/** Recipes for what may happen to a body on its way. */
export const bodyRecipes: Readonly<Record<BodyKind, Recipe>> = {
  'body-bit': (subject) =>
    withBody(subject, (body) => {
      const middle = body.length >> 1;
      return body.with(middle, (body[middle] ?? 0) ^ 1);
    }),
  'body-written-again': (subject) =>
    isMinified(subject) ? NO_SPACE : withBody(subject, writtenAgain),
  'body-line-end': (subject) =>
    isMinified(subject) ? NO_SPACE : withBody(subject, (body) => Uint8Array.of(...body, 0x0a)),
  'body-byte-order-mark': (subject) =>
    withUnreadable(subject, (body) => Uint8Array.of(0xef, 0xbb, 0xbf, ...body)),
  'body-emptied': (subject) => withUnreadable(subject, () => new Uint8Array(0)),
  'body-cut-off': (subject) => withUnreadable(subject, (body) => body.slice(0, -1)),
  'value-twice': (subject) =>
    withForm(subject, (first) => `${first}0`) ?? withUnreadable(subject, memberTwice),
  'value-added': (subject) =>
    withForm(subject, () => 'countersign_added=1') ?? withBody(subject, memberAdded),
  'body-of-another-message': (subject) =>
    withBody(subject, () => otherMessage(subject).body ?? new Uint8Array(0)),
  'body-too-large': ({ simulated: { message } }) => ({
    message: { ...message, body: new Uint8Array(MAX_BODY_BYTES + 1).fill(0x20) },
    expected: ['ERR_MESSAGE_LIMIT'],
  }),
  'method-changed': (subject) => {
    const { message } = subject.simulated;
    return ifBound(subject, { ...message, method: message.method === 'PUT' ? 'POST' : 'PUT' }, [
      'method',
    ]);
  },
  'url-changed': (subject) => {
    const { message } = subject.simulated;
    const [path = '', query] = (message.url ?? '').split('?');
    const url = `${path}/x${query === undefined ? '' : `?${query}`}`;
    return ifBound(subject, { ...message, url }, URL_NAMES);
  },
};

function isMinified({ compiled }: Subject): boolean {
  return compiled !== undefined && partsOf(compiled.description).includes(minified);
}

/** The message with another body, which is what the signature is not of. */
function withBody(
  subject: Subject,
  change: (body: Uint8Array) => Uint8Array | string,
): Made | string {
  const { scheme, simulated } = subject;
  const { message } = simulated;
  if (!('body' in scheme.covers)) return NOT_BOUND;
  const body = change(message.body);
  if (typeof body === 'string') return body;
  const isSame =
    body.length === message.body.length && body.every((octet, i) => octet === message.body[i]);
  if (isSame) return 'this body stays as it is';
  // What takes white space away reads as much of JSON as tells where it stands.
  const expected = isMinified(subject) ? FAILED_OR_FORM : FAILED_OR_DIGEST;
  return { message: { ...message, body }, expected };
}

/** The same of a body that is read, if not bound: what can't be read is refused too. */
function withUnreadable(
  subject: Subject,
  change: (body: Uint8Array) => Uint8Array | string,
): Made | string {
  const { scheme, compiled, simulated } = subject;
  if ('body' in scheme.covers) return withBody(subject, change);
  if (compiled === undefined) return NOT_BOUND;
  const { message, from } = simulated;
  const read = (body: Uint8Array): string =>
    JSON.stringify(readTexts(compiled.description, { ...message, body }, from.settings));
  if (read(new Uint8Array(0)) === read(message.body)) return NOT_BOUND;
  const body = change(message.body);
  return typeof body === 'string' ? body : { message: { ...message, body }, expected: UNREADABLE };
}

/** JSON in which the first member with a text for its value stands twice. */
function memberTwice(body: Uint8Array): Uint8Array | string {
  const text = decodeUtf8(body);
  const member = /"\w+"\s*:\s*"[^"\\]*"\s*,/.exec(text)?.[0];
  if (member === undefined) return 'the body is no JSON with a text in it';
  return encodeUtf8(text.replace(member, () => member + member));
}

function memberAdded(body: Uint8Array): Uint8Array | string {
  const text = decodeUtf8(body);
  return text.startsWith('{')
    ? encodeUtf8(`{"countersign_added":1,${text.slice(1)}`)
    : 'the body is no JSON object';
}

/** A pair more in the form that is signed, made of the first one; of a scheme without a form nothing. */
function withForm(subject: Subject, pairOf: (first: string) => string): Made | undefined {
  const { scheme, simulated } = subject;
  const { message } = simulated;
  if (!Object.values(scheme.covers).includes('pairs')) return undefined;
  const text = decodeUtf8(message.body);
  const [path = '', query] = (message.url ?? '').split('?');
  const isBody = /^[^{=&]+=/.test(text);
  const form = isBody ? text : (query ?? '');
  const longer = `${form}&${pairOf(form.split('&')[0] ?? '')}`;
  return {
    message: isBody
      ? { ...message, body: encodeUtf8(longer) }
      : { ...message, url: `${path}?${longer}` },
    expected: ['ERR_VERIFY_FAILED', 'ERR_FORM_DUPLICATE', 'ERR_MESSAGE_DUPLICATE'],
  };
}

/** JSON with other white space, or a form with blanks written in the other way. */
function writtenAgain(body: Uint8Array): Uint8Array | string {
  const text = decodeUtf8(body);
  try {
    const value: unknown = JSON.parse(text);
    const compact = JSON.stringify(value);
    return encodeUtf8(compact === text ? JSON.stringify(value, null, 2) : compact);
  } catch {
    return text.includes('+')
      ? encodeUtf8(text.replaceAll('+', '%20'))
      : 'the body is neither JSON nor a form with blanks';
  }
}

/** Whether the change shows in what is signed. */
function ifBound(
  subject: Subject,
  message: SchemeMessage,
  names: readonly string[],
): Made | string {
  const { scheme, compiled, simulated } = subject;
  const isBound =
    compiled === undefined
      ? names.some((name) => name in scheme.covers)
      : String(signedOctets(compiled.description, message, simulated.from.settings)) !==
        String(signedOctets(compiled.description, simulated.message, simulated.from.settings));
  return isBound ? { message, expected: FAILED } : 'the signature does not bind it';
}
