/**
 * Texts that are signed in one case, whatever case they arrive in. The folded text is that of the slot,
 * in `values` too: it is the one that was signed.
 *
 * @module
 */
import type { Build, TextSource } from './source.js';

/** The letters of ASCII in lower case; others stay as they are. */
export function lowerCase<Of extends TextSource>(of: Of): Of {
  return folded(of, (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()));
}

/** The letters of ASCII in upper case. */
export function upperCase<Of extends TextSource>(of: Of): Of {
  return folded(of, (text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()));
}

// Of ASCII alone: the Kelvin sign is `k` in lower case, and no `k` was sent.
function folded<Of extends TextSource>(of: Of, fold: (text: string) => string): Of {
  const source: Of = {
    ...of,
    // It is another text than the one that it was read from.
    header: undefined,
    of: undefined,
    field: undefined,
    within: undefined,
    read(build: Build) {
      const read = of.read(build);
      return build.once(source, () => (call) => {
        const value = read(call);
        return value === undefined ? undefined : fold(value);
      });
    },
  };
  return Object.freeze(source);
}
