/**
 * What a JWS signs: {@link https://www.rfc-editor.org/rfc/rfc7515#section-5 RFC 7515, section 5},
 * and section 3 of {@link https://www.rfc-editor.org/rfc/rfc7797 RFC 7797} for a payload as it is.
 *
 * @module
 */
import { writeBase64Url } from '../bytes/base64.js';
import { type Bytes, fields, integer, octets, typeName } from '../bytes/octets.js';
import { decodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import { mac, sign, type SigningAlgorithm } from '../key/use.js';
import { macAsync, type RemoteMac, signAsync } from '../key/remote.js';
import { Key } from '../key/handle.js';
import { writeProtected } from './header.js';
import { type AsyncSigningKey, FORM, type SigningKey, writtenName } from './keys.js';

/** Octets of a message that are read unless the caller says otherwise. */
export const MOST_OCTETS = 8192;
/** What a caller may raise that to; a larger payload is signed detached. */
const LIMIT = 1 << 24;
const POINT = 0x2e;

let encoder: InstanceType<typeof TextEncoder> | undefined;

/** What will be signed, under its header. */
export interface Unsigned {
  /** The protected header, in base64url. */
  readonly header: string;
  /** Whether the payload stands in the message, and not beside it. */
  readonly isAttached: boolean;
  /** Header, point and payload. */
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

/** The octets that are signed, of a header in base64url and a payload in octets. */
export function inputOf(header: string, payload: Uint8Array, b64: boolean): Bytes {
  const start = header.length + 1;
  const size = b64 ? Math.ceil((payload.length * 4) / 3) : payload.length;
  const input = new Uint8Array(start + size);
  encoder ??= new TextEncoder();
  encoder.encodeInto(header, input);
  input[header.length] = POINT;
  if (b64) writeBase64Url(payload, input, start);
  else input.set(payload, start);
  return input;
}

/** The payload as it stands in a message, in base64url or as the text that it is. */
export function payloadText({ header, input }: Unsigned): string {
  return decodeUtf8(input.subarray(header.length + 1));
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
  const members = {
    ...own,
    alg: writtenName(alg, own['alg']),
    ...(b64 ? {} : { b64 }),
    ...(crit === undefined ? {} : { crit }),
  };
  const written = checkWritten('options.', () => writeProtected(members));
  const input = inputOf(written, octets(payload, 'payload'), b64);
  return { header: written, isAttached: !detached, input };
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
export function checkWritten<T>(what: string, write: () => T): T {
  const { value, fault } = attempt(write);
  if (fault === undefined) return value as T;
  throw new TypeError(`${what}${fault}`);
}

function attempt<T>(write: () => T): { readonly value?: T; readonly fault?: string } {
  try {
    return { value: write() };
  } catch (error) {
    const isHeader = error instanceof CountersignError && !error.code.startsWith('ERR_JSON');
    if (isHeader) return { fault: error.message };
    throw error;
  }
}
