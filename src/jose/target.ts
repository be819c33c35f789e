/**
 * The URL that a DPoP proof is for: {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 * RFC 9449, section 4.3}, check 9, has it compared after the normalization of RFC 3986, sections
 * 6.2.2 and 6.2.3: scheme and host have no case, a default port may be left out, dots in the path
 * are gone, and no unreserved character is percent-encoded.
 *
 * @module
 */

/** An absolute URL of HTTP in printable ASCII, with no user in it. */
const HTTP_URL = /^https?:\/\/[^/?#\\@]+(?:[/?#]|$)/i;
const PRINTABLE = /^[\x21-\x5b\x5d-\x7e]+$/;
const LONGEST = 4096;
/** RFC 3986, section 2.3. */
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

/** The part of a URL that a proof names, normalized; nothing where it is no URL of HTTP. */
export function targetOf(url: string): string | undefined {
  if (url.length > LONGEST || !PRINTABLE.test(url) || !HTTP_URL.test(url)) return undefined;
  const unescaped = url.replaceAll(/%[0-9a-f]{2}/gi, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return UNRESERVED.test(character) ? character : escape.toUpperCase();
  });
  try {
    const { protocol, host, pathname } = new URL(unescaped);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return undefined;
  }
}

/** Whether a URL has a query or a fragment, if only an empty one. */
export function hasMore(url: string): boolean {
  return /[?#]/.test(url);
}
