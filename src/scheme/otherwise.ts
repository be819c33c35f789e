/**
 * A slot that has a text where the message has none: the name of an algorithm that senders leave out as
 * long as it is the usual one.
 *
 * @module
 */
import { text as textOf } from '../bytes/octets.js';
import type { Build, TextSource } from './source.js';

/** The text of a source, or `value` where the message has none. */
export function otherwise<Setting extends string>(
  value: string,
  of: TextSource<Setting>,
): TextSource<Setting, true> {
  textOf(value, 'value');
  return Object.freeze({
    ...of,
    isOptional: true,
    read(build: Build) {
      const read = of.read(build);
      return build.once(this, () => (call) => read(call) ?? value);
    },
  });
}
