/**
 * Text of one octet per character, code units 0 to 255 (ISO 8859-1): how digests come from
 * `crypto.hash`, and how pieces of text stand in what is signed.
 *
 * @module
 */
const BEYOND = /[\u0100-\uffff]/;

/**
 * Whether a text has no character beyond U+00FF. V8 keeps such a text in one octet per character, and
 * knows without looking that the expression finds nothing there.
 */
export function isLatin1(text: string): boolean {
  return !BEYOND.test(text);
}

/** Writes the octets of such a text at `at`, and returns where to. */
export function writeLatin1<T extends Uint8Array>(text: string, out: T, at: number): T {
  for (let i = 0; i < text.length; i++) out[at + i] = text.charCodeAt(i);
  return out;
}

/** The octets of such a text. */
export function latin1Of(text: string): Uint8Array<ArrayBuffer> {
  return writeLatin1(text, new Uint8Array(text.length), 0);
}
