/**
 * A slot in another spelling, for the attempts of a scheme whose provider signs one of several: a URL
 * with its port and without. What is signed is the spelling; what the result has is the slot.
 *
 * @module
 */
import { anyText } from './charset.js';
import type { Call, Chunk } from './message.js';
import { octetsOf, type Part } from './part.js';
import type { Build, Read } from './source.js';

/** The text that `write` makes of a slot's. It has to be one that means the same to the provider. */
export function respelled<const Name extends string>(
  name: Name,
  how: string,
  write: (text: string) => string,
): Part<{ readonly [N in Name]: 'whole' }, Name> {
  const node = {};
  const spelled = (build: Build): Read<string> => {
    const read = build.slot(name);
    return build.once(node, () => (call) => write(read(call) ?? ''));
  };
  return Object.freeze({
    kind: 'part',
    covers: { [name]: 'whole' } as { readonly [N in Name]: 'whole' },
    uses: [name],
    text: `{${name}, ${how}}`,
    spelled,
    emit(build: Build) {
      const read = spelled(build);
      return (call: Call, out: Chunk[]) => {
        out.push(octetsOf(read(call)));
      };
    },
    // That several texts have one signature is what the attempts of a scheme say; here is one text. Its
    // characters are those of `write`, and not of the slot.
    pieces: () => [{ kind: 'text', name, charset: anyText }] as const,
  });
}
