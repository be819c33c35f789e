/**
 * The body without the white space between the tokens of its JSON, as SNAP BI signs it. Everything
 * else is signed as it stands: names in their order, numbers and escapes in their spelling.
 *
 * White space between tokens says nothing in JSON, and in other texts it does: a body that is no JSON
 * is refused, by the strict reader. So two bodies of one text are one value.
 *
 * @module
 */
import { anyText } from './charset.js';
import { jsonBody } from './member.js';
import type { Call, Chunk } from './message.js';
import type { Part } from './part.js';
import type { Build } from './source.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The body, minified; one without octets stays so. It binds what the body says, and not the white space
 * between its tokens.
 */
export const minified: Part<{ readonly body: 'whole' }, never> = /* @__PURE__ */ Object.freeze<
  Part<{ readonly body: 'whole' }, never>
>({
  kind: 'part',
  covers: { body: 'whole' },
  uses: [],
  text: 'minify({body})',
  emit(build: Build) {
    const read = jsonBody(build);
    return (call: Call, out: Chunk[]) => {
      if (call.body.length > 0) read(call);
      out.push(minify(call.body));
    };
  },
  pieces: () => [{ kind: 'text', name: 'body', charset: anyText }] as const,
});

/** Takes the white space between tokens of JSON away. */
function minify(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(body.length);
  let length = 0;
  let isInText = false;
  for (let i = 0; i < body.length; i++) {
    const octet = body[i] as number;
    if (!isInText && isBlank(octet)) continue;
    out[length++] = octet;
    if (octet === QUOTE) isInText = !isInText;
    else if (octet === BACKSLASH) out[length++] = body[++i] as number;
  }
  return out.subarray(0, length);
}

/** RFC 8259, section 2. */
function isBlank(octet: number): boolean {
  return octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09;
}
