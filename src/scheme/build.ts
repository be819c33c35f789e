/**
 * The readers of one scheme. A text is read once in a call, checked against what its slot may hold, and
 * is then what every part of the scheme sees.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { anyText, printable } from './charset.js';
import type { AnyDescription } from './description.js';
import type { Call } from './message.js';
import type { Build, ListSource, Read, TextSource } from './source.js';

const NONE = null;

/** Makes the readers of a description. */
export function createBuild({ slots, time }: AnyDescription): Build {
  const readers = new Map<object, Read<unknown>>();
  let count = 0;
  const build: Build = {
    once<T>(node: object, make: () => Read<T>): Read<T> {
      const made = readers.get(node);
      if (made !== undefined) return made as Read<T>;
      const read = make();
      const at = count++;
      const reader = (call: Call): T => {
        const found = call.memo[at];
        if (found !== undefined) return (found === NONE ? undefined : found) as T;
        const value = read(call);
        // What isn't there is read once too: it may be there the next time.
        call.memo[at] = value === undefined ? NONE : value;
        return value;
      };
      readers.set(node, reader);
      return reader;
    },
    charsetOf: (name) => (name === time?.slot ? time.unit.charset : textSlot(name).charset),
    mayBeMissing(name) {
      const { isOptional, isOrEmpty } = textSlot(name);
      return isOptional && isOrEmpty !== true;
    },
    source(name) {
      const of = slots[name];
      if (of !== undefined) return of;
      throw new TypeError(`${name}: expected a slot of this name`);
    },
    form(name) {
      const of = slots[name];
      if (of?.kind === 'form') return of.read(build);
      throw new TypeError(`${name}: expected a slot that is a form`);
    },
    slot(name) {
      const of = textSlot(name);
      const read = of.read(build);
      const { test } = build.charsetOf(name);
      // What every text is, and what a time is checked for when it is read as one, is not asked here.
      const every = of.isPrintable === true ? printable : anyText;
      const isChecked = test !== every.test && name !== time?.slot;
      return build.once(nodeOf(name), () => (call) => {
        const value = read(call);
        if (value === undefined || value === '') {
          if (of.isOptional) return value;
          throw missing(of.what);
        }
        if (!isChecked || test(value)) return value;
        throw new CountersignError(
          'ERR_MESSAGE_FORM',
          `${of.what}: expected ${build.charsetOf(name).name}`,
        );
      });
    },
  };
  const nodes = new Map<string, object>();
  /** What is checked is another node than what is read: the same source may fill several slots. */
  const nodeOf = (name: string): object => {
    const node = nodes.get(name) ?? {};
    nodes.set(name, node);
    return node;
  };
  const textSlot = (name: string): TextSource => {
    const of = slots[name];
    if (of?.kind === 'text') return of;
    throw new TypeError(`${name}: expected a slot of one text`);
  };
  return build;
}

/** Reads a slot of one text or of several as a list. */
export function readList(
  of: TextSource | ListSource,
  name: string,
  build: Build,
): Read<readonly string[]> {
  if (of.kind === 'list') {
    const read = of.read(build);
    return (call) => {
      const values = read(call);
      // An empty list is satisfied by nothing; "all of none" must never be read as a success.
      if (values.length === 0) throw missing(of.what);
      return values;
    };
  }
  const read = build.slot(name);
  return (call) => {
    const value = read(call);
    if (value === undefined || value === '') throw missing(of.what);
    return [value];
  };
}

function missing(what: string): CountersignError {
  return new CountersignError('ERR_MESSAGE_MISSING', `${what}: expected it, found none`);
}
