/**
 * A member of a JSON body as it was sent, for schemes that sign a piece of the text: quotes and
 * brackets belong to it, and nothing is read and written again. The text is read by the strict reader
 * first, so that a name that stands twice is refused and not chosen from.
 *
 * @module
 */
import { decodeUtf8 } from '../bytes/utf8.js';
import { sliceMember } from '../canonical/json-slice.js';
import { anyText } from './charset.js';
import type { Call } from './message.js';
import type { Build, TextSource } from './source.js';

/** The raw text of one member: a name, or names and indices from the outside in. */
export function memberSlice(path: string | readonly (string | number)[]): TextSource<never, false> {
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
export function sliceOf(
  { body }: Call,
  path: string | readonly (string | number)[],
): string | undefined {
  const slice = sliceMember(body, path, { maxBytes: body.length });
  return slice === undefined ? undefined : decodeUtf8(slice);
}
