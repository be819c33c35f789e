/**
 * Text made of character codes at once: adding one character after another to a string takes ten
 * times as long for a large one.
 *
 * @module
 */

/** As many arguments as every engine takes in one call. */
const CHUNK = 8192;

/** The text whose character codes are these octets. */
export function asciiText(codes: Uint8Array): string {
  if (codes.length <= CHUNK) return String.fromCharCode(...codes);
  let out = '';
  for (let at = 0; at < codes.length; at += CHUNK) {
    out += String.fromCharCode(...codes.subarray(at, at + CHUNK));
  }
  return out;
}
