/**
 * The names of an object's members, sorted and quoted. Objects of one kind have the same names in the
 * same order, message for message, so the last kinds are remembered: it is half of the time that
 * writing takes. What is remembered has bounds, and is names alone.
 *
 * @module
 */

/** The members of one kind of object. */
export interface Members {
  /** As the object has them. */
  readonly names: readonly string[];
  /** By their UTF-16 code units: RFC 8785, section 3.2.3. */
  readonly sorted: readonly string[];
  /** What stands before each value: `{"name":` for the first, `,"name":` for another. */
  readonly opened: readonly (string | undefined)[];
}

const LONE_SURROGATE = /\p{Surrogate}/u;
/** Kinds of objects; a payment API has some dozens. */
const MOST_KINDS = 256;
/** Kinds that begin with the same name, which are searched one after another. */
const MOST_ALIKE = 8;
/** Objects with more names, or longer ones, are tables rather than records. */
const MOST_NAMES = 64;
const LONGEST_NAME = 64;

const kinds = /* @__PURE__ */ new Map<string, Members[]>();
let count = 0;

/** Returns one or more names sorted and quoted; what is `undefined` in `opened` has no JSON. */
export function membersOf(names: readonly string[]): Members {
  const first = names[0] as string;
  const alike = kinds.get(first);
  if (alike !== undefined) {
    for (const members of alike) if (isSame(members.names, names)) return members;
  }
  const members = sortMembers(names);
  if (names.length <= MOST_NAMES && names.every((name) => name.length <= LONGEST_NAME)) {
    remember(first, alike, members);
  }
  return members;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function sortMembers(names: readonly string[]): Members {
  const sorted = names.toSorted(); // without a function it compares code units, and no locale
  const opened = sorted.map((name, i) =>
    LONE_SURROGATE.test(name) ? undefined : `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`,
  );
  return { names, sorted, opened };
}

function remember(first: string, alike: Members[] | undefined, members: Members): void {
  if (count >= MOST_KINDS) {
    kinds.clear();
    count = 0;
    alike = undefined;
  }
  count++;
  if (alike === undefined) kinds.set(first, [members]);
  else if (alike.length < MOST_ALIKE) alike.push(members);
  else alike[count % MOST_ALIKE] = members;
}
