/**
 * The protected header of a JWS, {@link https://www.rfc-editor.org/rfc/rfc7515#section-4 RFC 7515,
 * section 4}, read by strict rules: one JSON object, no name twice, `crit` as section 4.1.11 has it.
 *
 * `jku`, `jwk`, `x5u` and `x5c` say where the sender would have the key taken from. They are
 * ignored, as anything else that is not understood, and followed by nothing: some senders write one
 * whose receivers have the key already.
 *
 * @module
 */
import { decodeBase64Url, encodeBase64Url } from '../bytes/base64.js';
import { text as textOption, typeName } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { type JsonObject, type JsonValue, readJson, writeJsonText } from '../canonical/json.js';
import { CountersignError } from '../errors.js';

/** A header, and what of it is looked at here. */
export interface Header {
  /** All members, frozen through and through. */
  readonly members: JsonObject;
  readonly alg: string | undefined;
  readonly kid: string | undefined;
  readonly typ: string | undefined;
  /** The extensions that a verifier must understand. */
  readonly crit: readonly string[];
  /** `false` where the payload is signed as it is, RFC 7797. */
  readonly b64: boolean;
}

/** RFC 7515, section 4.1: no name that it or RFC 7518 defines may stand in `crit`. */
const REGISTERED: ReadonlySet<string> = /* @__PURE__ */ new Set(
  'alg jku jwk kid x5u x5c x5t x5t#S256 typ cty crit enc zip epk apu apv iv tag p2s p2c'.split(' '),
);
const TEXTS = ['alg', 'kid', 'typ', 'cty'] as const;

/**
 * Headers by their exact text. A sender's headers are alike for as long as its key lives, and what a
 * text says never changes: no verdict is kept here, and every signature is verified.
 */
const memo = /* @__PURE__ */ new Map<string, Header>();
/** The same for what is written: the base64url of a header's JSON. */
const written = /* @__PURE__ */ new Map<string, string>();
/** Characters of a header, however long the rest of its message may be. */
export const LONGEST_HEADER: number = 1 << 16;
const MOST_KEPT = 64;
const LONGEST_KEPT = 512;

/** Reads a protected header, in base64url. */
export function readProtected(encoded: string, most: number = LONGEST_HEADER): Header {
  const known = memo.get(encoded);
  if (known !== undefined) return known;
  if (encoded.length > most) {
    throw new CountersignError('ERR_LENGTH', `expected a header of at most ${most} characters`);
  }
  const octets = decodeBase64Url(encoded);
  const header = headerOf(readJson(octets, { maxBytes: octets.length }));
  // Written anew: a piece of a text may keep the whole of it, a token, from being collected.
  if (encoded.length <= LONGEST_KEPT) keep(memo, encodeBase64Url(octets), header);
  return header;
}

/** Writes a protected header, in base64url; what would not be read is refused. */
export function writeProtected(members: object): string {
  const text = writeJsonText(members);
  const known = written.get(text);
  if (known !== undefined) return known;
  const encoded = encodeBase64Url(encodeUtf8(text));
  readProtected(encoded);
  if (encoded.length <= LONGEST_KEPT) keep(written, text, encoded);
  return encoded;
}

/** What a header of these members says; anything that its standard does not allow is refused. */
export function headerOf(members: JsonValue): Header {
  if (!isObject(members)) throw fault('an object');
  for (const name of TEXTS) {
    if (Object.hasOwn(members, name) && typeof members[name] !== 'string') {
      throw fault(`${name} to be text`);
    }
  }
  const crit = readCritical(members);
  const b64 = Object.hasOwn(members, 'b64') ? members['b64'] : true;
  // RFC 7797, section 6: who does not know the extension must not take the payload for another.
  if (typeof b64 !== 'boolean' || (!b64 && !crit.includes('b64'))) {
    throw fault('b64 to be true, or false and critical');
  }
  freeze(members);
  const [alg, kid, typ] = [textOf(members, 'alg'), textOf(members, 'kid'), textOf(members, 'typ')];
  return Object.freeze({ members, alg, kid, typ, crit, b64 });
}

/** Refuses a header with an extension that its reader must understand and does not. */
export function checkCritical({ crit }: Header, understood: readonly string[]): void {
  if (crit.length === 0) return;
  for (const [position, name] of crit.entries()) {
    if (understood.includes(name)) continue;
    throw new CountersignError(
      'ERR_JOSE_CRITICAL',
      `crit: expected extensions that the caller understands, found another at position ${position}`,
    );
  }
}

/** Checks the extensions that a caller says it honours. */
export function checkUnderstood(understood: readonly string[]): void {
  if (!Array.isArray(understood)) {
    throw new TypeError(`options.understood: expected an array, found ${typeName(understood)}`);
  }
  for (const name of understood as readonly string[]) textOption(name, 'options.understood');
}

/** Whether a value of JSON is an object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of the object itself that is a text. */
export function textOf(members: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function keep<T>(map: Map<string, T>, name: string, value: T): void {
  if (map.size >= MOST_KEPT) map.clear();
  map.set(name, value);
}

function readCritical(members: JsonObject): readonly string[] {
  if (!Object.hasOwn(members, 'crit')) return [];
  const crit: unknown = members['crit'];
  if (!Array.isArray(crit) || crit.length === 0) throw fault('crit to be a list that is not empty');
  const names = new Set<unknown>(crit);
  if (names.size !== crit.length) throw fault('crit to name nothing twice');
  for (const name of names) {
    if (typeof name !== 'string' || REGISTERED.has(name) || !Object.hasOwn(members, name)) {
      throw fault('crit to name extensions that are there');
    }
  }
  return crit as string[];
}

function freeze(value: JsonValue): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}

function fault(expected: string): CountersignError {
  return new CountersignError('ERR_JOSE_HEADER', `header: expected ${expected}`);
}
