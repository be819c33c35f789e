/**
 * What a JWS signs: {@link https://www.rfc-editor.org/rfc/rfc7515#section-5 RFC 7515, section 5},
 * and section 3 of {@link https://www.rfc-editor.org/rfc/rfc7797 RFC 7797} for a payload as it is.
 *
 * @module
 */
import { encodeBase64Url } from '../bytes/base64.js';
import { join } from '../bytes/concat.js';
import { type Bytes, fields, integer, octets, typeName } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { writeJson } from '../canonical/json.js';
import { CountersignError } from '../errors.js';
import { mac, sign, type SigningAlgorithm } from '../key/use.js';
import { macAsync, type RemoteMac, signAsync } from '../key/remote.js';
import { Key } from '../key/handle.js';
import { readProtected } from './header.js';
import { type AsyncSigningKey, FORM, type SigningKey, writtenName } from './keys.js';

/** Octets of a message that are read unless the caller says otherwise. */
export const MOST_OCTETS = 8192;
/** What a caller may raise that to; a larger payload is signed detached. */
const LIMIT = 1 << 24;

/** What will be signed, under its header. */
export interface Unsigned {
  /** The protected header, in base64url. */
  readonly header: string;
  /** The payload as it stands in the message, unless it is detached. */
  readonly payload: string | undefined;
  readonly input: Bytes;
}

/** How a signature is made. */
export interface Making {
  /** The members of the protected header besides `alg`. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Leaves the payload out of the message, RFC 7515, appendix F. */
  readonly detached?: boolean;
  /** `false` signs the payload as it is, RFC 7797. */
  readonly b64?: boolean;
}

/** Refuses a message that is longer than the caller reads, before it is looked at. */
export function checkSize(length: number, given: unknown): void {
  const most = given === undefined ? MOST_OCTETS : integer(given, 'options.maxBytes', 1, LIMIT);
  if (length <= most) return;
  throw new CountersignError('ERR_LENGTH', `expected at most ${most} octets, found ${length}`);
}

/** The octets that are signed. */
export function inputOf(header: string, payload: Uint8Array, b64: boolean): Bytes {
  return b64
    ? encodeUtf8(`${header}.${encodeBase64Url(payload)}`)
    : join(encodeUtf8(`${header}.`), payload);
}

/** Writes the protected header and what is signed. */
export function unsigned(payload: Uint8Array, key: AsyncSigningKey, making: Making): Unsigned {
  const { alg } = fields(key, 'key', 'a key that signs');
  const { header = {}, detached = false, b64 = true } = making;
  const own = fields(header, 'options.header', 'the members of a header');
  for (const [name, value] of Object.entries({ detached, b64 })) {
    if (typeof value === 'boolean') continue;
    throw new TypeError(`options.${name}: expected true or false, found ${typeName(value)}`);
  }
  if (Object.hasOwn(own, 'b64')) throw new TypeError('options.header.b64: expected in options.b64');
  const crit = b64 ? own['crit'] : [...criticalOf(own['crit']), 'b64'];
  const written = encodeBase64Url(
    writeJson({
      ...own,
      alg: writtenName(alg, own['alg']),
      ...(b64 ? {} : { b64 }),
      ...(crit === undefined ? {} : { crit }),
    }),
  );
  checkWritten('options.', () => readProtected(written));
  const content = octets(payload, 'payload');
  return {
    header: written,
    payload: detached || !b64 ? undefined : encodeBase64Url(content),
    input: inputOf(written, content, b64),
  };
}

/** The signature or tag of what a key here signs. */
export function signatureBy(key: SigningKey, input: Uint8Array): Bytes {
  if (key.use === 'mac') return mac(key, input);
  return sign(key, input, ...formOf(key));
}

/** The same by a key here or elsewhere. */
export async function signatureByAsync(key: AsyncSigningKey, input: Uint8Array): Promise<Bytes> {
  if (key instanceof Key) return signatureBy(key, input);
  if (key.alg.kind === 'mac') return macAsync(key as RemoteMac, input);
  return signAsync(key as Parameters<typeof signAsync>[0], input, ...formOf(key));
}

/** ECDSA alone is told a form. */
function formOf({ alg }: AsyncSigningKey): [] {
  return ((alg as SigningAlgorithm).family === 'ec' ? [FORM] : []) as [];
}

function criticalOf(crit: unknown): readonly unknown[] {
  if (crit === undefined) return [];
  if (Array.isArray(crit)) return crit;
  throw new TypeError(`options.header.crit: expected an array, found ${typeName(crit)}`);
}

/** What is written must be what is read; what is not is the caller's mistake. */
export function checkWritten(what: string, read: () => unknown): void {
  const fault = faultOf(read);
  if (fault !== undefined) throw new TypeError(`${what}${fault}`);
}

function faultOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof CountersignError) return error.message;
    throw error;
  }
}
