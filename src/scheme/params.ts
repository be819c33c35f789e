/**
 * A list of names and values as one part of a message: sorted, joined, some of them left out. What
 * it covers is the list, whatever its order was: `values` has the pairs that were signed, in octets,
 * and none of those that were left out.
 *
 * @module
 */
import { same } from '../bytes/equal.js';
import { choice, named, text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { type FormPair, joinPairs, sortPairs } from '../canonical/form-pair.js';
import { ALLOW_DELIMITERS, writeForm, type WriteFormRules } from '../canonical/form.js';
import { anyText } from './charset.js';
import type { Call, Chunk } from './message.js';
import type { Covers, Part, Piece } from './part.js';
import type { Build, Read } from './source.js';

export type { FormPair };

/** How a list is signed. None of it has a default. */
export interface ParamsRules {
  /** Names that are not signed: that of the signature. */
  readonly drop: readonly string[];
  /** By name and then by value, by octets or by UTF-16 code units. */
  readonly sort: 'octets' | 'utf16' | 'none';
  /** Pairs of the same name and value: each signed, or one of them. `once` needs them sorted. */
  readonly repeated: 'keep' | 'once';
  /** What stands between a name and its value, and between two pairs. */
  readonly equals: string;
  readonly joiner: string;
  /**
   * A name or value that holds one of those: refused, or signed as it is. The message then has
   * several readings, and its scheme has to show two.
   */
  readonly delimiters: 'refuse' | 'keep';
}

/** The same of a list with fields that are slots. */
export interface ParamsWithFields<Fields extends string> extends ParamsRules {
  /** Slots that are fields of this list, and so are covered by it, each by its own name. */
  readonly fields: readonly Fields[];
}

/** What a list covers: itself, and those of its fields that have a name of their own. */
export type ParamsCovers<Name extends string, Fields extends string> = {
  readonly [N in Name | Fields]: N extends Fields ? 'whole' : 'pairs';
};

const RULES = ['drop', 'sort', 'repeated', 'equals', 'joiner', 'delimiters', 'fields'];

/** The list in a slot that is a form. */
export function params<const Name extends string>(
  name: Name,
  rules: ParamsRules,
): Part<{ readonly [N in Name]: 'pairs' }, Name>;
export function params<const Name extends string, const Fields extends string>(
  name: Name,
  rules: ParamsWithFields<Fields>,
): Part<ParamsCovers<Name, Fields>, Name | Fields>;
export function params(name: string, rules: ParamsRules & Partial<ParamsWithFields<string>>): Part {
  const { drop, sort, repeated, delimiters, fields = [] } = named(rules, 'rules', RULES);
  const written = writeRules(rules);
  choice(sort, 'rules.sort', ['octets', 'utf16', 'none']);
  choice(repeated, 'rules.repeated', sort === 'none' ? ['keep'] : ['keep', 'once']);
  choice(delimiters, 'rules.delimiters', ['refuse', 'keep']);
  const dropped = drop.map((one) => encodeUtf8(text(one, 'rules.drop')));
  writeForm([], written);
  const covers: Covers = {
    [name]: 'pairs',
    ...Object.fromEntries(fields.map((of) => [of, 'whole' as const])),
  };
  // Of its own: the caller's rules may be those of another list as well.
  const node = {};
  const readPairs = (build: Build): Read<readonly FormPair[]> => {
    const read = build.form(name);
    return build.once(node, () => (call) => {
      const pairs = read(call).filter((pair) => !dropped.some((one) => same(one, pair.name)));
      const sorted = sortPairs(pairs, sort);
      return Object.freeze(repeated === 'once' ? sorted.filter(isNew) : sorted);
    });
  };
  return Object.freeze({
    kind: 'part',
    covers,
    uses: [name, ...fields],
    text: textOf(name, rules),
    emit(build: Build) {
      for (const of of fields) checkField(build, of, name, drop);
      const read = readPairs(build);
      const [equals, joiner] = [encodeUtf8(rules.equals), encodeUtf8(rules.joiner)];
      return (call: Call, out: Chunk[]) => {
        const pairs = read(call);
        // Only writeForm looks for separators in them.
        const isAny = delimiters === 'keep';
        out.push(isAny ? joinPairs(pairs, equals, joiner) : writeForm(pairs, written));
      };
    },
    pieces: (): readonly Piece[] =>
      delimiters === 'keep'
        ? [{ kind: 'ambiguous', name }]
        : [{ kind: 'text', name, charset: anyText }],
    pairs: readPairs,
  });
}

/** `{form, sorted, name=value&…, without sign}` */
function textOf(name: string, { sort, equals, joiner, drop }: ParamsRules): string {
  const order = sort === 'none' ? '' : ', sorted';
  const without = drop.length === 0 ? '' : `, without ${drop.join(' and ')}`;
  return `{${name}${order}, name${equals}value${joiner}…${without}}`;
}

function writeRules(rules: ParamsRules): WriteFormRules {
  const { equals, joiner, delimiters } = rules;
  return {
    sort: 'none',
    encode: 'none',
    equals,
    joiner,
    ...(delimiters === 'keep' ? { delimiters: ALLOW_DELIMITERS } : {}),
  };
}

/** Whether the pair before it is another one; both are sorted. */
function isNew(pair: FormPair, i: number, pairs: readonly FormPair[]): boolean {
  const before = pairs[i - 1];
  return before === undefined || !(same(before.name, pair.name) && same(before.value, pair.value));
}

/** A slot is covered by the list that it is read from, if it is not left out of it. */
function checkField(build: Build, slot: string, name: string, drop: readonly string[]): void {
  const field = build.source(slot);
  const isCovered =
    field.kind === 'text' &&
    field.field !== undefined &&
    field.of === build.source(name) &&
    !field.isOptional &&
    !drop.includes(field.field);
  if (isCovered) return;
  throw new TypeError(`rules.fields: expected ${slot} to be a signed field of ${name}`);
}
