/**
 * Signatures that are right in another way than the scheme has them: written otherwise, cut, or made
 * over something else.
 *
 * @module
 */
import { decodeBase64, decodeBase64Url } from '../../bytes/base64.js';
import { same } from '../../bytes/equal.js';
import { decodeHex } from '../../bytes/hex.js';
import type { Bytes } from '../../bytes/octets.js';
import { CountersignError } from '../../errors.js';
import { contentsOf, makeKey } from '../../key/handle.js';
import { mac, type TaggingAlgorithm } from '../../key/use.js';
import { createBuild } from '../build.js';
import type { AnyDescription } from '../description.js';
import type { Encoding } from '../encoding.js';
import type { Chunk } from '../message.js';
import { body, emitAll } from '../part.js';
import { joinChunks } from '../verify.js';
import { attempt, type Case, type Found, nameOf, proved, seen } from './case.js';
import { secretOf } from './secret.js';
import { callOf, signatureTexts } from './slots.js';
import { orNone } from './try.js';

/** Other encodings and forms of the signature. */
export function* encodingFaults(at: Case, description: AnyDescription): Iterable<Found> {
  const { signature } = description;
  for (const [detail, decode] of DECODERS) {
    const encoding = other(signature.encoding, decode);
    if (!at.holds({ description: { signature: { ...signature, encoding } } })) continue;
    yield proved('SIGNATURE_ENCODING', detail);
    break;
  }
  const { form } = signature;
  if (form === undefined) return;
  const encoding = form.encoding === 'der' ? 'fixed' : 'der';
  if (!at.holds({ description: { signature: { ...signature, form: { encoding, s: 'any' } } } }))
    return;
  const detail = encoding === 'der' ? 'DER' : 'fixed width';
  yield proved('SIGNATURE_DER', detail);
}

/** A signature that is the beginning of the right one, or can't be one by its length. */
export function* lengthFaults(at: Case, description: AnyDescription): Iterable<Found> {
  const { signature, slots, message } = description;
  const what = slots[signature.slot]?.what ?? '';
  const build = createBuild(description);
  const call = callOf(at);
  const texts = signatureTexts(description, build, call);
  if (texts.length === 0) return;
  const emit = emitAll(message, build);
  for (const given of at.given) {
    const secret = secretOf(given.key);
    if (secret === undefined || !at.scheme.algs.includes(given.key.alg)) continue;
    const chunks: Chunk[] = [];
    call.key = given.key;
    if (orNone(() => (emit(call, chunks), true)) === undefined) continue;
    const key = at.budget.watchKey(makeKey({ ...contentsOf(given.key), use: 'mac' }));
    const tag = attempt(() => mac<TaggingAlgorithm>(key as never, joinChunks(chunks)));
    if (tag === undefined) continue;
    const right = signature.encoding.encode('octets' in tag ? tag.octets : tag);
    const isCut = (text: string) =>
      text.length >= LEAST_CUT && text.length < right.length && right.startsWith(text);
    if (!texts.some(isCut)) continue;
    yield proved('SIGNATURE_TRUNCATED', nameOf(given));
    return;
  }
  const sizes = new Set(at.given.flatMap(({ key }) => sizeOf(contentsOf(key)) ?? []));
  const [size] = sizes;
  const decoded = texts.map((text) => orNone(() => signature.encoding.decode(text)));
  if (decoded.every((octets) => octets === undefined)) {
    yield seen('SLOT_FORM', `${what}: not ${signature.encoding.name}`);
    return;
  }
  const isOff = sizes.size === 1 && decoded.every((octets) => octets?.length !== size);
  if (!isOff) return;
  const found = decoded.map((octets) => octets?.length ?? 'none').join(', ');
  const detail = `expected ${size} octets, found ${found}`;
  yield seen('SIGNATURE_LENGTH', detail);
}

/** A signature over less than the scheme signs. */
export function* coverageFaults(at: Case, description: AnyDescription): Iterable<Found> {
  const { message, time } = description;
  if (
    message.includes(body) &&
    message.length > 1 &&
    at.holds({ description: { message: [body] } })
  ) {
    yield proved('SIGNED_BODY_ALONE');
    return;
  }
  for (const [i, part] of message.entries()) {
    // A part without text is a check, and no part of what is signed.
    if (typeof part === 'string' || part === body || part.text === '') continue;
    // What stands behind it goes with it, or what stands before it.
    for (const [from, count] of [
      [i, 2],
      [i - 1, 2],
      [i, 1],
    ] as const) {
      if (from < 0) continue;
      const less = message.toSpliced(from, count);
      if (less.length === 0 || !at.holds({ description: { message: less } })) continue;
      const isTime = time !== undefined && part.uses.includes(time.slot);
      yield proved(isTime ? 'SIGNED_WITHOUT_TIME' : 'SIGNED_WITHOUT_SLOT', `without ${part.text}`);
      return;
    }
  }
}

/** Fewer characters may be the same by chance. */
const LEAST_CUT = 8;

const DECODERS: readonly (readonly [string, (text: string) => Bytes])[] = [
  ['hex in letters of either case', (text) => decodeHex(text, 'either')],
  ['Base64', decodeBase64],
  ['base64url', decodeBase64Url],
  ['Base64 without its padding', (text) => decodeBase64(padded(text))],
  ['base64url with padding', (text) => decodeBase64Url(text.replace(/=+$/, ''))],
  ['Base64 in lines', (text) => decodeBase64(text.replaceAll(/\\[rn]|\s/g, ''))],
  [
    'hex behind a prefix',
    (text) => decodeHex(text.replace(/^(?:0x|[a-z0-9]+[=:])/i, ''), 'either'),
  ],
  ['Base64 behind a prefix', (text) => decodeBase64(text.replace(/^[a-z0-9]+[=:,]/i, ''))],
  ['Base64 of hex', (text) => decodeHex(latin1(decodeBase64(text)), 'either')],
  ['Base64 of Base64', (text) => decodeBase64(latin1(decodeBase64(text)))],
];

function padded(text: string): string {
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

function latin1(octets: Uint8Array): string {
  return Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
}

/** An encoding that reads what the scheme's own does not, or reads as something else. */
function other(own: Encoding, decode: (text: string) => Bytes): Encoding {
  return {
    ...own,
    native: undefined,
    decode(text) {
      const octets = decode(text);
      const before = orNone(() => own.decode(text));
      if (before === undefined || !same(before, octets)) return octets;
      throw new CountersignError('ERR_MESSAGE_FORM', 'expected another reading');
    },
  };
}

/** The octets of a signature, where all have as many. */
function sizeOf({ alg, material }: ReturnType<typeof contentsOf>): number | undefined {
  if (material.kind === 'secret') return (alg as TaggingAlgorithm).size;
  if (material.family === 'rsa') return material.parts.n.length;
  return material.family === 'ed25519' ? 64 : undefined;
}
