/**
 * A description with one of its texts read as another.
 *
 * @module
 */
import type { AnyDescription } from '../description.js';
import type { Build, TextSource } from '../source.js';

/** Changes what a slot gives, for all that read it. */
export function mapSlot(
  { slots }: AnyDescription,
  name: string,
  change: (text: string) => string,
): Pick<AnyDescription, 'slots'> {
  const of = slots[name] as TextSource;
  const mapped: TextSource = {
    ...of,
    read(build: Build) {
      const read = of.read(build);
      return (call) => {
        const text = read(call);
        return text === undefined ? undefined : change(text);
      };
    },
  };
  return { slots: { ...slots, [name]: mapped } };
}
