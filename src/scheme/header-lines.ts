/**
 * Signatures in several lines of one header, as Mollie sends them while a secret is rotated.
 *
 * @module
 */
import { text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { headerLines } from './lines.js';
import type { Build, Draft, ListSource } from './source.js';

/** More than any rotation sends. */
const MOST_VALUES = 8;

/**
 * The values of all lines of a header that begin with a prefix; others are passed over. Platforms that
 * join lines put a comma between them, and so one separates here, whoever wrote it.
 */
export function headersList(name: string, prefix: string): ListSource {
  const lower = text(name, 'name').toLowerCase();
  const source: ListSource = {
    kind: 'list',
    what: `lines of header ${name}`,
    hasLines: true,
    read(build: Build) {
      return build.once(source, () => (call) => {
        const found = headerLines(call.headers, lower)
          .values.flatMap((line) => line.split(',', MOST_VALUES + 1))
          .map((value) => value.trim())
          .filter((value) => value.startsWith(prefix));
        if (found.length <= MOST_VALUES) return found.map((value) => value.slice(prefix.length));
        throw new CountersignError(
          'ERR_MESSAGE_LIMIT',
          `${source.what}: expected at most ${MOST_VALUES}`,
        );
      });
    },
    place(draft: Draft, value: string) {
      draft.headers.push([name, prefix + value]);
    },
  };
  return Object.freeze(source);
}
