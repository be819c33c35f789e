/**
 * Headers that the sender names in a list, as Coinbase's CDP has it: the list is signed, and then the
 * values in its order. What has to be in the list is said by the scheme, since a sender that signs
 * nothing signs nothing wrong.
 *
 * @module
 */
import { named, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { printable } from './charset.js';
import { headerValue } from './lines.js';
import type { Call, Chunk } from './message.js';
import type { ContainingCovers } from './until.js';
import { checkLiteral, octetsOf, type Part, type Piece } from './part.js';
import type { Build } from './source.js';

/** How the list and its headers are signed. */
export interface NamedHeadersRules<Required extends string> {
  /** What stands between two names, in the list. */
  readonly between: string;
  /** What is signed behind the list. */
  readonly behind: string;
  /** What is signed between two values. */
  readonly joiner: string;
  /** Slots that are a header each, which the list has to name. */
  readonly require: readonly Required[];
}

const MOST_NAMES = 16;
const RULES = ['between', 'behind', 'joiner', 'require'];
/** RFC 9110, section 5.6.2. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** The list in a slot, and the values of the headers that it names. */
export function namedHeaders<const Name extends string, const Required extends string>(
  name: Name,
  rules: NamedHeadersRules<Required>,
): Part<ContainingCovers<Name | Required>, Name | Required> {
  const { between, behind, joiner, require } = named(rules, 'rules', RULES);
  for (const rule of [between, behind, joiner]) {
    if (text(rule, 'rules') === '') throw new TypeError('rules: expected some characters');
    checkLiteral(rule, 'rules');
  }
  const names = [name, ...require];
  const covers = Object.fromEntries(names.map((one) => [one, 'whole' as const]));
  return Object.freeze({
    kind: 'part',
    covers: covers as ContainingCovers<Name | Required>,
    uses: names,
    list: name,
    text: `{${name}}${behind}{headers}`,
    emit(build: Build) {
      const required = require.map((one) => headerOf(build, one));
      const read = build.slot(name);
      return (call: Call, out: Chunk[]) => {
        const list = read(call) ?? '';
        const listed = namesIn(list, between, name);
        for (const one of required) {
          if (listed.includes(one)) continue;
          throw new CountersignError('ERR_MESSAGE_MISSING', `${name}: expected ${one} in it`);
        }
        out.push(octetsOf(list), behind, listed.map((one) => valueOf(call, one)).join(joiner));
      };
    },
    pieces: (build: Build): readonly Piece[] => [
      { kind: 'text', name, charset: build.charsetOf(name) },
      { kind: 'literal', text: behind },
      // The list says how many there are; where each ends has to be seen.
      printable.has(joiner.charAt(0))
        ? { kind: 'ambiguous', name: `the headers in ${name}` }
        : { kind: 'text', name: `the headers in ${name}`, charset: printable },
    ],
  });
}

/** The name of the header that a slot is, in lower case. */
function headerOf(build: Build, slot: string): string {
  const of = build.source(slot);
  if (of.kind === 'text' && of.header !== undefined && !of.isOptional) return of.header;
  throw new TypeError(`rules.require: expected ${slot} to be a header`);
}

function namesIn(list: string, between: string, slot: string): readonly string[] {
  const names = list.split(between, MOST_NAMES + 1).map((name) => name.toLowerCase());
  if (!(names.length <= MOST_NAMES)) {
    throw new CountersignError(
      'ERR_MESSAGE_LIMIT',
      `${slot}: expected at most ${MOST_NAMES} names`,
    );
  }
  if (!names.every((name) => NAME.test(name))) {
    throw new CountersignError('ERR_MESSAGE_FORM', `${slot}: expected names of headers`);
  }
  if (new Set(names).size === names.length) return names;
  throw new CountersignError('ERR_MESSAGE_DUPLICATE', `${slot}: expected each name once`);
}

/** It was named, and so it was there; one that is gone leaves nothing to verify. */
function valueOf(call: Call, name: string): string {
  const value = headerValue(call.headers, name);
  if (value !== undefined) return value;
  throw new CountersignError('ERR_MESSAGE_MISSING', 'expected each header that the list names');
}
