/**
 * What the text of a slot may hold. A text that may not hold what stands behind it in the message is
 * why a message has one reading; define.ts proves that, and these are what it rests on.
 *
 * @module
 */

/** A set of characters, and texts made of them. */
export interface Charset {
  readonly name: string;
  /** Whether a text is made of nothing else. */
  readonly test: (text: string) => boolean;
  /** Whether this one, a single UTF-16 code unit, is in the set. */
  readonly has: (character: string) => boolean;
}

/** Any text; its octets are those of UTF-8. */
export const anyText: Charset = /* @__PURE__ */ Object.freeze({
  name: 'any text',
  test: () => true,
  has: () => true,
});

/** Printable ASCII, which is what a header may hold. */
export const printable: Charset = /* @__PURE__ */ charset('printable ASCII', '\\x20-\\x7e');
export const digits: Charset = /* @__PURE__ */ charset('digits', '0-9');

/** Characters as they stand between the brackets of a regular expression. */
export function charset(name: string, characters: string): Charset {
  const [all, one] = [new RegExp(`^[${characters}]*$`), new RegExp(`^[${characters}]$`)];
  return Object.freeze({
    name,
    test: (text: string) => all.test(text),
    has: (character: string) => one.test(character),
  });
}

/** Any text that holds none of these characters. */
export function anyWithout(name: string, characters: string): Charset {
  const lacks = (text: string) => {
    for (const character of characters) if (text.includes(character)) return false;
    return true;
  };
  return Object.freeze({ name, test: lacks, has: lacks });
}

/** Printable ASCII without some of it: a text that holds none of these. */
export function without(characters: string): Charset {
  const has = (character: string) => printable.has(character) && !characters.includes(character);
  return Object.freeze({
    name: `printable ASCII without ${characters}`,
    test: (text: string) => {
      for (const character of characters) if (text.includes(character)) return false;
      return printable.test(text);
    },
    has,
  });
}
