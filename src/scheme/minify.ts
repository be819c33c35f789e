/**
 * The body without the white space between the tokens of its JSON, as SNAP BI signs it. Everything
 * else is signed as it stands: names in their order, numbers and escapes in their spelling.
 *
 * White space between tokens says nothing in JSON, with one exception: `1 2` are two tokens and `12` is
 * one. No JSON has such a place, and a body that has one is refused: so two bodies of one text are one
 * value.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { anyText } from './charset.js';
import type { Call, Chunk } from './message.js';
import type { Part } from './part.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The body, minified. It binds what the body says, and not the white space between its tokens. */
export const minified: Part<{ readonly body: 'whole' }, never> = /* @__PURE__ */ Object.freeze<
  Part<{ readonly body: 'whole' }, never>
>({
  kind: 'part',
  covers: { body: 'whole' },
  uses: [],
  text: 'minify({body})',
  emit: () => (call: Call, out: Chunk[]) => {
    out.push(minify(call.body));
  },
  pieces: () => [{ kind: 'text', name: 'body', charset: anyText }] as const,
});

/** Takes the white space between tokens away. */
function minify(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(body.length);
  let length = 0;
  let isInText = false;
  let isSpaced = false;
  for (let i = 0; i < body.length; i++) {
    const octet = body[i] as number;
    if (isInText) {
      out[length++] = octet;
      if (octet === BACKSLASH && i + 1 < body.length) out[length++] = body[++i] as number;
      else if (octet === QUOTE) isInText = false;
      continue;
    }
    if (isBlank(octet)) {
      isSpaced = true;
      continue;
    }
    if (isSpaced && length > 0 && !isMark(out[length - 1] as number) && !isMark(octet)) {
      throw new CountersignError('ERR_MESSAGE_FORM', `body: expected JSON at position ${i}`);
    }
    isSpaced = false;
    isInText = octet === QUOTE;
    out[length++] = octet;
  }
  if (!isInText) return out.subarray(0, length);
  throw new CountersignError('ERR_MESSAGE_FORM', 'body: expected JSON, found text without an end');
}

/** RFC 8259, section 2. */
function isBlank(octet: number): boolean {
  return octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09;
}

/** A token of one octet: `[`, `]`, `{`, `}`, `:`, `,`. */
function isMark(octet: number): boolean {
  return (octet | 0x20) === 0x7b || (octet | 0x20) === 0x7d || octet === 0x3a || octet === 0x2c;
}
