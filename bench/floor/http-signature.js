// @ts-check
// The reference floor of HTTP message signatures: what a careful engineer writes on node:crypto for the
// one form of the fields that both sides have agreed on, with the checks that RFC 9421 asks for.
import { createHash, sign, timingSafeEqual, verify } from 'node:crypto';

/** @typedef {import('node:crypto').KeyObject} KeyObject */
/** @typedef {{ method: string, url: string, rawHeaders: readonly string[], body: Uint8Array }} Incoming */
/** @typedef {(base: Buffer, signature: Buffer) => boolean} Check */

const INPUT = /^sig1=(\(((?:"[a-z@-]+" ?)+)\);created=(\d{1,12});keyid="[^"\\]*")$/;
const SIGNATURE = /^sig1=:([A-Za-z0-9+/]+={0,2}):$/;
const DIGEST = /^sha-256=:([A-Za-z0-9+/]{43}=):$/;

/**
 * Verifies a request, and its body by its Content-Digest.
 * @param {Check} check
 * @param {string} origin
 * @param {readonly string[]} required
 * @param {number} maxAge
 */
export function verifyRequest(check, origin, required, maxAge) {
  const authority = origin.slice('https://'.length);
  /** @param {Incoming} incoming @param {number} now */
  return ({ method, url, rawHeaders, body }, now) => {
    const headers = headersOf(rawHeaders);
    const [, parameters = '', list = '', created = ''] =
      INPUT.exec(headers.get('signature-input') ?? '') ?? [];
    const components = list.split(' ').map((quoted) => quoted.slice(1, -1));
    if (new Set(components).size !== components.length) return false;
    if (!required.every((component) => components.includes(component))) return false;
    if (!(Number(created) <= now && now - Number(created) <= maxAge)) return false;
    const base = baseOf(components, parameters, method, url, authority, headers);
    if (base === undefined) return false;
    const [, text = ''] = SIGNATURE.exec(headers.get('signature') ?? '') ?? [];
    const signature = Buffer.from(text, 'base64');
    if (signature.toString('base64') !== text || !check(Buffer.from(base), signature)) return false;
    const [, digest = ''] = DIGEST.exec(headers.get('content-digest') ?? '') ?? [];
    const expected = createHash('sha256').update(body).digest();
    const given = Buffer.from(digest, 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
}

/**
 * Signs a request: its two fields.
 * @param {(base: Buffer) => Buffer} make
 * @param {string} origin
 * @param {readonly string[]} components
 * @param {string} keyid
 */
export function signRequest(make, origin, components, keyid) {
  const authority = origin.slice('https://'.length);
  const list = components.map((component) => `"${component}"`).join(' ');
  /** @param {Incoming} outgoing @param {number} now */
  return ({ method, url, rawHeaders, body }, now) => {
    const headers = headersOf(rawHeaders);
    const digest = createHash('sha256').update(body).digest('base64');
    if (headers.get('content-digest') !== `sha-256=:${digest}:`) throw new Error('not the digest');
    const parameters = `(${list});created=${now};keyid="${keyid}"`;
    const base = baseOf(components, parameters, method, url, authority, headers);
    if (base === undefined) throw new Error('a component is missing');
    const signature = make(Buffer.from(base)).toString('base64');
    return { 'signature-input': `sig1=${parameters}`, signature: `sig1=:${signature}:` };
  };
}

/** @param {KeyObject} key */
export const ed25519 = (key) => ({
  /** @type {Check} */
  check: (base, signature) => verify(null, base, key, signature),
  make: (/** @type {Buffer} */ base) => sign(null, base, key),
});

/**
 * @param {readonly string[]} components
 * @param {string} parameters
 * @param {string} method
 * @param {string} url
 * @param {string} authority
 * @param {ReadonlyMap<string, string>} headers
 */
function baseOf(components, parameters, method, url, authority, headers) {
  const mark = url.indexOf('?');
  let base = '';
  for (const component of components) {
    let value;
    if (component === '@method') value = method;
    else if (component === '@authority') value = authority;
    else if (component === '@path') value = mark < 0 ? url : url.slice(0, mark);
    else if (component === '@query') value = mark < 0 ? '?' : url.slice(mark);
    else if (component.startsWith('@')) return undefined;
    else value = headers.get(component);
    if (value === undefined || !/^[\x20-\x7e]*$/.test(value)) return undefined;
    base += `"${component}": ${value}\n`;
  }
  return `${base}"@signature-params": ${parameters}`;
}

/** @param {readonly string[]} rawHeaders */
function headersOf(rawHeaders) {
  /** @type {Map<string, string>} */
  const headers = new Map();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase();
    const value = (rawHeaders[i + 1] ?? '').trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}
