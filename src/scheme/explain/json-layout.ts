/**
 * JSON rewritten without being understood: white space, escapes and the order of members change, and
 * every number and name stays as it is written. It is how a body is that a parser and a writer have
 * passed on.
 *
 * @module
 */
import type { FaultCode } from './codes.js';

/** A value as its text: what is neither object, array nor string is kept as it stands. */
type Node =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly Node[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Node])[] };

/** A parsed text. */
export type JsonLayout = Node;

/** How writers differ. */
export interface JsonStyle {
  /** Compact; `{"a": 1, "b": 2}` as Python; or indented by these characters. */
  readonly space: 'none' | 'python' | '  ' | '    ' | '\t';
  /** Which characters are escaped though none has to be. */
  readonly escape: 'none' | 'slash' | 'unicode' | 'UNICODE' | 'slash-unicode' | 'html';
  readonly isSorted: boolean;
}

const DEEPEST = 64;
const SPACES = /[ \t\n\r]*/y;
const SCALAR = /-?[0-9][0-9.eE+-]*|true|false|null/y;

/** Reads a text; `undefined` if it is no JSON that is an object or an array. */
export function readLayout(text: string): JsonLayout | undefined {
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const skip = (character: string): boolean => {
    match(SPACES);
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  const string = (): string | undefined => {
    if (text[at] !== '"') return undefined;
    const start = at++;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    try {
      return JSON.parse(text.slice(start, ++at)) as string;
    } catch {
      return undefined;
    }
  };
  const value = (depth: number): Node | undefined => {
    if (depth > DEEPEST) return undefined;
    if (skip('{')) return object(depth);
    if (skip('[')) return array(depth);
    if (text[at] === '"') {
      const found = string();
      return found === undefined ? undefined : { kind: 'string', value: found };
    }
    const found = match(SCALAR);
    return found === undefined ? undefined : { kind: 'scalar', text: found };
  };
  const array = (depth: number): Node | undefined => {
    const items: Node[] = [];
    if (skip(']')) return { kind: 'array', items };
    for (;;) {
      const item = value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      if (skip(']')) return { kind: 'array', items };
      if (!skip(',')) return undefined;
    }
  };
  const object = (depth: number): Node | undefined => {
    const members: (readonly [string, Node])[] = [];
    if (skip('}')) return { kind: 'object', members };
    for (;;) {
      match(SPACES);
      const name = string();
      if (name === undefined || !skip(':')) return undefined;
      const member = value(depth + 1);
      if (member === undefined) return undefined;
      members.push([name, member]);
      if (skip('}')) return { kind: 'object', members };
      if (!skip(',')) return undefined;
    }
  };
  const read = value(0);
  match(SPACES);
  if (read === undefined || at !== text.length) return undefined;
  return read.kind === 'object' || read.kind === 'array' ? read : undefined;
}

/** Writes it in a style; `undefined` if it would be longer than `most` characters. */
export function writeLayout(node: JsonLayout, style: JsonStyle, most: number): string | undefined {
  const { space } = style;
  const isIndented = space !== 'none' && space !== 'python';
  const out: string[] = [];
  let left = most;
  const add = (text: string) => {
    left -= text.length;
    if (left >= 0) out.push(text);
  };
  const line = (depth: number) => {
    if (isIndented && left >= 0) add(`\n${space.repeat(depth)}`);
  };
  const colon = space === 'none' ? ':' : ': ';
  const comma = space === 'python' ? ', ' : ',';
  const list = <T>(
    open: string,
    close: string,
    all: readonly T[],
    depth: number,
    one: (of: T) => void,
  ) => {
    add(open);
    for (const [i, of] of all.entries()) {
      if (left < 0) return;
      if (i > 0) add(comma);
      line(depth + 1);
      one(of);
    }
    if (all.length > 0) line(depth);
    add(close);
  };
  const write = (of: Node, depth: number): void => {
    if (of.kind === 'scalar') add(of.text);
    else if (of.kind === 'string') add(quote(of.value, style.escape));
    else if (of.kind === 'array') {
      list('[', ']', of.items, depth, (item) => {
        write(item, depth + 1);
      });
    } else {
      const members = style.isSorted
        ? of.members.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
        : of.members;
      list('{', '}', members, depth, ([name, member]) => {
        add(quote(name, style.escape) + colon);
        write(member, depth + 1);
      });
    }
  };
  write(node, 0);
  return left >= 0 ? out.join('') : undefined;
}

function quote(value: string, escape: JsonStyle['escape']): string {
  const text = JSON.stringify(value);
  if (escape === 'none') return text;
  if (escape === 'html') return text.replaceAll(/[<>&\u2028\u2029]/g, (c) => unicode(c, 'lower'));
  const slashed = escape.startsWith('slash') ? text.replaceAll('/', String.raw`\/`) : text;
  if (escape === 'slash') return slashed;
  const letters = escape === 'UNICODE' ? 'upper' : 'lower';
  return slashed.replaceAll(/[\u007f-\uffff]/g, (c) => unicode(c, letters));
}

function unicode(character: string, letters: 'lower' | 'upper'): string {
  const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
  return String.raw`\u` + (letters === 'upper' ? hex.toUpperCase() : hex);
}

const SPACE_STYLES: readonly JsonStyle['space'][] = ['none', 'python', '  ', '    ', '\t'];
const ESCAPE_STYLES: readonly JsonStyle['escape'][] = [
  'none',
  'slash',
  'unicode',
  'UNICODE',
  'slash-unicode',
  'html',
];

/** The same JSON as other writers would have it, each with a way to tell what differs. */
export function* rewrittenJson(
  text: string,
  most: number,
): Iterable<readonly [code: () => FaultCode, made: string]> {
  const layout = readLayout(text);
  if (layout === undefined) return;
  const escapes = escapesOf(text);
  for (const isSorted of text.includes('{') ? [false, true] : [false]) {
    for (const escape of escapes) {
      for (const space of SPACE_STYLES) {
        const style: JsonStyle = { space, escape, isSorted };
        const made = writeLayout(layout, style, most);
        if (made !== undefined) yield [() => codeOf(layout, text, made, style), made];
      }
    }
  }
}

/** The styles that are told apart by a text: without a slash in it all write the same slashes. */
function escapesOf(text: string): readonly JsonStyle['escape'][] {
  const hasSlash = text.includes('/');
  const hasUnicode = /[\u007f-\uffff]|\\u/.test(text);
  const hasHtml = /[<>&\u2028\u2029]|\\u/.test(text);
  return ESCAPE_STYLES.filter(
    (style) =>
      (hasSlash || !style.startsWith('slash')) &&
      (hasUnicode || !/unicode/i.test(style)) &&
      (hasHtml || style !== 'html'),
  );
}

/** What the writer of this style would have to change to have written the given text. */
function codeOf(layout: JsonLayout, text: string, made: string, style: JsonStyle): FaultCode {
  const ofSpace = made.length > text.length ? 'BODY_COMPACTED' : 'BODY_REINDENTED';
  if (withoutSpace(made) === withoutSpace(text)) return ofSpace;
  const own = styleOf(layout, text);
  if (own === undefined) return 'BODY_RESERIALISED';
  const changes = (change: Partial<JsonStyle>) =>
    writeLayout(layout, { ...own, ...change }, Infinity) !== text;
  const codes: FaultCode[] = [];
  if (changes({ space: style.space })) codes.push(ofSpace);
  if (changes({ escape: style.escape })) codes.push('BODY_ESCAPES');
  if (changes({ isSorted: style.isSorted })) codes.push('BODY_REORDERED');
  return codes.length === 1 && codes[0] !== undefined ? codes[0] : 'BODY_RESERIALISED';
}

function styleOf(layout: JsonLayout, text: string): JsonStyle | undefined {
  for (const escape of ESCAPE_STYLES) {
    for (const space of SPACE_STYLES) {
      const style: JsonStyle = { space, escape, isSorted: false };
      if (writeLayout(layout, style, text.length) === text) return style;
    }
  }
  return undefined;
}

/** Without the white space that stands in no string. */
function withoutSpace(text: string): string {
  return text.replaceAll(/("(?:[^"\\]+|\\.)*")|[ \t\n\r]+/g, '$1');
}

/**
 * Whether the members of every object stand in the order of a store: by name, or as a binary JSON
 * column has them, by length and name. Few names stand so by chance, so four are asked for.
 */
export function isInOrder(layout: JsonLayout): boolean {
  if (layout.kind !== 'object' || layout.members.length < 4) return false;
  return [isByName, isByLength].some((isBefore) => everyObject(layout, isBefore));
}

function isByName(a: string, b: string): boolean {
  return a <= b;
}

function isByLength(a: string, b: string): boolean {
  return a.length < b.length || (a.length === b.length && a <= b);
}

function everyObject(node: JsonLayout, isBefore: (a: string, b: string) => boolean): boolean {
  if (node.kind === 'array') return node.items.every((item) => everyObject(item, isBefore));
  if (node.kind !== 'object') return true;
  return node.members.every(
    ([name, member], i) =>
      isBefore(node.members[i - 1]?.[0] ?? '', name) && everyObject(member, isBefore),
  );
}
