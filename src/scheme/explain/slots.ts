/**
 * The parts of a message that a compiled scheme reads: which are there, and what would make the others
 * be read.
 *
 * @module
 */
import { CountersignError, type CountersignErrorCode } from '../../errors.js';
import { createBuild, readList } from '../build.js';
import type { AnyDescription } from '../description.js';
import { openDraft } from '../draft.js';
import { type Call, openCall } from '../message.js';
import type { Build } from '../source.js';
import { type Case, type Found, proved, seen } from './case.js';
import { decoded } from './form.js';
import { headerPairs, type Pair, valuesOf, withHeader, withHeaders } from './headers.js';
import { orNone } from './try.js';

/** Of a header that came more than once, the lines that are tried; no scheme takes as many. */
const MOST_LINES = 8;

/** One part, as it was found. */
export interface SlotState {
  readonly name: string;
  /** For people: `header webhook-id`. */
  readonly what: string;
  /** Why it can't be read. */
  readonly code: CountersignErrorCode | undefined;
  /** The characters of each text. */
  readonly lengths: readonly number[];
  /** Of a form, its pairs. */
  readonly count?: number | undefined;
}

/** Reads each slot by itself. */
export function readSlots(at: Case, description: AnyDescription): readonly SlotState[] {
  const build = createBuild(description);
  const call = callOf(at);
  return Object.entries(description.slots).map(([name, of]): SlotState => {
    const state = { name, what: of.what };
    try {
      if (of.kind === 'form')
        return { ...state, code: undefined, lengths: [], count: of.read(build)(call).length };
      const isList = of.kind === 'list' || name === description.signature.slot;
      const read = isList ? readList(of, name, build)(call) : [build.slot(name)(call) ?? ''];
      return { ...state, code: undefined, lengths: read.map(({ length }) => length) };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      return { ...state, code: error.code, lengths: [] };
    }
  });
}

/** The texts of the signatures, as far as they can be read. */
export function signatureTexts(
  { slots, signature }: AnyDescription,
  build: Build,
  call: Call,
): readonly string[] {
  const of = slots[signature.slot];
  if (of === undefined || of.kind === 'form') return [];
  return orNone(() => readList(of, signature.slot, build)(call)) ?? [];
}

export function callOf({ message, settings, scheme, maxBodyBytes }: Case): Call {
  return openCall(message, settings, scheme.settings, maxBodyBytes);
}

/** What is wrong with the parts that can't be read. */
export function* slotFaults(at: Case, description: AnyDescription): Iterable<Found> {
  const states = readSlots(at, description);
  const failed = states.filter(({ code }) => code !== undefined);
  const needsHeaders = states.some(({ what }) => headerOf(what) !== undefined);
  if (needsHeaders && headerPairs(at.message).length === 0) {
    yield seen('HEADERS_NONE');
    return;
  }
  yield* renamedHeaders(at, failed);
  for (const state of failed) yield* slotFault(at, description, state);
}

/** Headers that would verify with their values decoded or encoded once. */
export function* encodedHeaders(at: Case, description: AnyDescription): Iterable<Found> {
  for (const name of new Set(Object.values(description.slots).flatMap(headersOf))) {
    const values = valuesOf(at.message, name);
    const changed = [
      decoded,
      (value: string) => value.replaceAll(' ', '+'),
      (value: string) => value.replaceAll('+', ' '),
      (value: string) => decoded(value.replaceAll('+', ' ')),
      (value: string) => value.replace(/^(["'])(.*)\1$/, '$2'),
    ].map((change) => values.map(change));
    for (const made of new Map(changed.map((list) => [list.join('\n'), list])).values()) {
      if (made.every((value, i) => value === values[i])) continue;
      if (!at.holds({ message: withHeader(at.message, name, made) })) continue;
      yield proved('SLOT_ENCODED', `header ${name}`);
      break;
    }
  }
}

function* slotFault(
  at: Case,
  description: AnyDescription,
  { name, what, code }: SlotState,
): Iterable<Found> {
  const header = headerOf(what);
  const isSignature = name === description.signature.slot;
  const values = header === undefined ? [] : valuesOf(at.message, header);
  if (code === 'ERR_MESSAGE_MISSING') {
    // The header of a list may be there, with entries of other names.
    const isEmpty = values.every((value) => value === '');
    const missing = isEmpty ? 'SIGNATURE_MISSING' : 'SIGNATURE_VERSION';
    yield seen(isSignature ? missing : 'SLOT_MISSING', what);
    return;
  }
  if (code === 'ERR_MESSAGE_PROBE') {
    yield seen('PROVIDER_PROBE', what);
    return;
  }
  if (name === description.time?.slot) {
    yield seen('TIME_FORM', `expected ${description.time.unit.name}`);
    return;
  }
  if (code === 'ERR_MESSAGE_DUPLICATE') {
    const lines = values.length > 1 ? values : values.flatMap((value) => value.split(','));
    const right = lines
      .slice(0, MOST_LINES)
      .findIndex((line) =>
        at.holds({ message: withHeader(at.message, header ?? '', [line.trim()]) }),
      );
    if (right < 0) yield seen('HEADER_DUPLICATE', what);
    else
      yield proved('HEADER_DUPLICATE', `${what}; number ${right + 1} of ${lines.length} is right`);
    return;
  }
  const of = description.slots[name];
  if (header !== undefined && of?.kind === 'text' && what === `header ${header}`) {
    const draft = openDraft({}, 'callback');
    of.place(draft, values[0] ?? '');
    const [[, placed] = ['', '']] = draft.headers;
    const isWhole = at.holds({ message: withHeader(at.message, header, [placed]) });
    if (isWhole) {
      yield proved('SIGNATURE_PREFIX', what);
      return;
    }
  }
  yield seen('SLOT_FORM', what);
}

/** `HTTP_STRIPE_SIGNATURE`, as CGI and its heirs have it, and underscores for hyphens. */
function* renamedHeaders(at: Case, failed: readonly SlotState[]): Iterable<Found> {
  const missing = failed.flatMap(({ what, code }) =>
    code === 'ERR_MESSAGE_MISSING' ? (headerOf(what) ?? []) : [],
  );
  const pairs = headerPairs(at.message);
  const renamed = pairs.map(([name, value]): Pair => {
    const meant = missing.find((other) => bare(other) === bare(name));
    return [meant ?? name, value];
  });
  const changed = renamed.filter(([name], i) => name !== pairs[i]?.[0]).map(([name]) => name);
  const really = [...new Set(changed)].filter((name) => valuesOf(at.message, name).length === 0);
  if (really.length === 0) return;
  const holds = at.holds({ message: withHeaders(at.message, renamed) });
  const detail = really.map((name) => `header ${name}`).join(', ');
  yield { code: 'HEADER_RENAMED', how: holds ? 'verifies' : 'seen', detail };
}

function bare(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^http-/, '');
}

function headersOf({ what }: { readonly what: string }): readonly string[] {
  const name = headerOf(what);
  return name === undefined ? [] : [name];
}

/** The header that a slot is read from, by the words that its source has for it. */
export function headerOf(what: string): string | undefined {
  return /(?:^| )header (\S+)$/.exec(what)?.[1];
}
