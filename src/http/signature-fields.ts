/**
 * The fields of {@link https://www.rfc-editor.org/rfc/rfc9421#section-4 RFC 9421, section 4}:
 * Signature-Input says what is covered, Signature has the octets, and a label joins the two.
 *
 * @module
 */
import { type FieldLines, readDictionary } from '../canonical/structured-read.js';
import type { ReadDictionary, ReadMember } from '../canonical/structured-values.js';
import { CountersignError } from '../errors.js';
import type { ReadComponent } from './component.js';
import { checkDigest, type DigestName } from './digest.js';
import type { HttpMessage } from './message.js';

/** The two fields of a message, read. */
export interface SignatureFields {
  readonly inputs: ReadDictionary;
  readonly signatures: ReadDictionary;
}

/** Signatures of a message; each may take an operation of public-key cryptography. */
const MOST_SIGNATURES = 8;

/** Reads the two fields; `undefined` where the message has neither. */
export function readSignatureFields(
  { headers: { lines } }: HttpMessage,
  maxBytes: number,
): SignatureFields | undefined {
  const [inputLines, signatureLines] = [lines.get('signature-input'), lines.get('signature')];
  if (inputLines === undefined && signatureLines === undefined) return undefined;
  if (inputLines === undefined || signatureLines === undefined) throw unpaired();
  const size = sizeOf(inputLines) + sizeOf(signatureLines);
  if (!(size <= maxBytes)) {
    throw new CountersignError(
      'ERR_LENGTH',
      `signature: expected fields of at most ${maxBytes} octets, found ${size}`,
    );
  }
  const options = { maxBytes: 2 * maxBytes, duplicates: 'refuse' } as const;
  const inputs = readDictionary(inputLines, options);
  const signatures = readDictionary(signatureLines, options);
  const labels = Object.keys(inputs);
  if (labels.length > MOST_SIGNATURES) {
    throw new CountersignError(
      'ERR_HTTP_SIGNATURE',
      `signature-input: expected at most ${MOST_SIGNATURES} signatures, found ${labels.length}`,
    );
  }
  // Section 4.2: a label in one of the two alone is an error.
  const isPaired = labels.every((label) => label in signatures);
  if (!isPaired || labels.length !== Object.keys(signatures).length) throw unpaired();
  return { inputs, signatures };
}

/** The octets of a member of Signature, section 4.2. */
export function signatureOctets(member: ReadMember | undefined): Uint8Array {
  const value = member !== undefined && 'value' in member ? member.value : undefined;
  if (value instanceof Uint8Array && Object.keys(member?.params ?? {}).length === 0) return value;
  throw new CountersignError('ERR_HTTP_SIGNATURE', 'signature: expected Byte Sequences');
}

/**
 * Compares the body with the Content-Digest of each section, as far as it is covered; without any,
 * nothing is compared and nothing returned. A digest of the request that a response covers is not of its
 * body.
 */
export function checkCoveredDigest(
  message: HttpMessage,
  components: readonly ReadComponent[],
  values: readonly string[],
): readonly DigestName[] | undefined {
  const { body } = message;
  if (body === undefined) return undefined;
  const found: DigestName[] = [];
  for (const isTrailer of [false, true]) {
    const field = coveredDigest(message, isTrailer, components, values);
    if (field !== undefined) found.push(...checkDigest(field, body).algorithms);
  }
  return found.length === 0 ? undefined : Object.freeze([...new Set(found)]);
}

/** What of the field is covered: all of it, or members by their keys, of which one known is enough. */
function coveredDigest(
  message: HttpMessage,
  isTrailer: boolean,
  components: readonly ReadComponent[],
  values: readonly string[],
): FieldLines | undefined {
  const members = new Map<string, string>();
  for (const [i, { component, req, tr, key }] of components.entries()) {
    if (component !== 'content-digest' || req || tr !== isTrailer) continue;
    if (key === undefined) {
      return (isTrailer ? message.trailers : message.headers).lines.get(component);
    }
    members.set(key, `${key}=${values[i]}`);
  }
  return members.size === 0 ? undefined : [...members.values()];
}

function sizeOf(lines: readonly string[]): number {
  let size = 0;
  for (const line of lines) size += line.length;
  return size;
}

function unpaired(): CountersignError {
  return new CountersignError(
    'ERR_HTTP_SIGNATURE',
    'expected signature-input and signature, and each label in both',
  );
}
