/**
 * Forms written in another way: decoded, or encoded by other rules.
 *
 * @module
 */
import type { FaultCode } from './codes.js';

/** Other spellings of a form; none of a text that is none. */
export function* rewrittenForms(text: string): Iterable<readonly [FaultCode, string]> {
  if (!/^[^={}[\]\s]+=/.test(text)) return;
  const isEncoded = /%[0-9a-fA-F]{2}/.test(text);
  const pairs = text.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair] : [pair.slice(0, at), pair.slice(at + 1)];
  });
  const write = (one: (part: string) => string) =>
    pairs.map((pair) => pair.map(one).join('=')).join('&');
  const code = isEncoded ? 'BODY_FORM_ENCODED' : 'BODY_FORM_DECODED';
  for (const encode of ENCODERS) {
    yield [code, write((part) => encode(isEncoded ? decoded(part.replaceAll('+', ' ')) : part))];
    if (!isEncoded && text.includes('+')) {
      yield [code, write((part) => encode(part.replaceAll('+', ' ')))];
    }
  }
  if (isEncoded) {
    yield [code, text.replaceAll(PERCENT, (of) => of.toLowerCase())];
    yield [code, text.replaceAll(PERCENT, (of) => of.toUpperCase())];
    yield [code, text.replaceAll('%20', '+')];
    yield [code, decoded(text)];
  }
  if (isEncoded || text.includes('+')) yield [code, decoded(text.replaceAll('+', ' '))];
}

export const PERCENT: RegExp = /%[0-9a-fA-F]{2}/g;

/** RFC 3986 leaves fewer characters than encodeURIComponent does. */
export function strict(text: string): string {
  return encoded(text).replaceAll(
    /[!'()*]/g,
    (of) => `%${of.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const ENCODERS: readonly ((text: string) => string)[] = [
  encoded,
  strict,
  (text) => strict(text).replaceAll('%20', '+'),
  // https://url.spec.whatwg.org/#application-x-www-form-urlencoded-percent-encode-set
  (text) => strict(text).replaceAll('%20', '+').replaceAll('%2A', '*'),
];

/** What is no percent-encoding stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Half of a surrogate pair has no encoding. */
function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
