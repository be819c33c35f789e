/**
 * A member of a JSON body as it was sent, for schemes that sign a piece of the text: quotes and
 * brackets belong to it, and nothing is read and written again. The text is read by the strict reader
 * first, so that a name that stands twice is refused and not chosen from.
 *
 * @module
 */
import { decodeUtf8 } from '../bytes/utf8.js';
import { sliceMember } from '../canonical/json-slice.js';
import { ALLOW_BIG_INTEGERS } from '../canonical/json-value.js';
import { anyText } from './charset.js';
import type { Call } from './message.js';
import type { MemberPath } from './member.js';
import type { Build, TextSource } from './source.js';

/** The most that the strict reader takes. */
const MOST_OCTETS = 1 << 28;

/** The raw text of one member: a name, or names and indices from the outside in. */
export function memberSlice(path: MemberPath): TextSource<never, false> {
  const what = `JSON of ${typeof path === 'string' ? path : path.join('.')} of body`;
  return Object.freeze({
    kind: 'text',
    what,
    charset: anyText,
    isOptional: false,
    read(build: Build) {
      return build.once(this, () => (call) => sliceOf(call, path));
    },
    place() {
      throw new TypeError(`options.values: expected no ${what}, which the body has`);
    },
  });
}

/** The same for a path that the call decides. */
export function sliceOf({ body }: Call, path: MemberPath): string | undefined {
  const slice = sliceMember(body, path, {
    integers: ALLOW_BIG_INTEGERS, // they stay as they are
    maxBytes: Math.min(body.length, MOST_OCTETS),
  });
  return slice === undefined ? undefined : decodeUtf8(slice);
}
