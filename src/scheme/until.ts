/**
 * Headers that are signed up to a mark, behind which the signature itself stands:
 * `Authorization: … app_id=1,nonce=2,timestamp=3,sign=…`.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import type { Call, Chunk } from './message.js';
import { octetsOf, type Part } from './part.js';
import type { Build, Draft, HeaderSource, TextSource } from './source.js';

/** The text before a mark, which stands there once. */
export function until(mark: string, of: HeaderSource): HeaderSource {
  const source: HeaderSource = {
    ...of,
    header: undefined,
    within: of,
    read(build: Build) {
      const read = of.read(build);
      return build.once(source, () => (call) => {
        const value = read(call);
        return value?.slice(0, positionOf(mark, value, of));
      });
    },
    place(draft: Draft, value: string) {
      of.place(draft, value + mark);
    },
    peek(draft: Draft) {
      const value = of.peek(draft);
      const at = value?.indexOf(mark) ?? -1;
      return at < 0 ? undefined : value?.slice(0, at);
    },
  };
  return Object.freeze(source);
}

/** The text behind the same mark. What stands before it has to be placed first. */
export function beyond(mark: string, of: HeaderSource): TextSource<never, false> {
  const source: TextSource<never, false> = {
    ...of,
    header: undefined,
    within: of,
    what: `${of.what}, behind ${mark}`,
    read(build: Build) {
      const read = of.read(build);
      return build.once(source, () => (call) => {
        const value = read(call);
        return value?.slice(positionOf(mark, value, of) + mark.length);
      });
    },
    place(draft: Draft, value: string) {
      const text = of.peek(draft) ?? '';
      const at = text.indexOf(mark);
      of.place(draft, (at < 0 ? text : text.slice(0, at)) + mark + value);
    },
  };
  return Object.freeze(source);
}

function positionOf(mark: string, value: string, { what }: HeaderSource): number {
  const at = value.indexOf(mark);
  if (at >= 0 && value.indexOf(mark, at + 1) < 0) return at;
  throw new CountersignError('ERR_MESSAGE_FORM', `${what}: expected ${mark} in it, once`);
}

/** What a slot covers together with slots that are cut out of its text. */
export type ContainingCovers<Names extends string> = { readonly [N in Names]: 'whole' };

/**
 * The text of a slot, which binds the slots that are entries of it as well: what is read of a list
 * that was signed was signed.
 */
export function containing<const Name extends string, const Fields extends string>(
  name: Name,
  fields: readonly Fields[],
): Part<ContainingCovers<Name | Fields>, Name | Fields> {
  if (fields.length === 0)
    throw new TypeError('fields: expected a slot; slot() covers the text alone');
  const names = [name, ...fields];
  const covers = Object.fromEntries(names.map((one) => [one, 'whole' as const]));
  return Object.freeze({
    kind: 'part',
    covers: covers as ContainingCovers<Name | Fields>,
    uses: names,
    text: `{${name}}`,
    emit(build: Build) {
      for (const field of fields) checkWithin(build, field, name);
      const read = build.slot(name);
      return (call: Call, out: Chunk[]) => {
        out.push(octetsOf(read(call) ?? ''));
      };
    },
    pieces: (build: Build) => [{ kind: 'text', name, charset: build.charsetOf(name) }] as const,
  });
}

/** Refuses a slot that is not cut out of the text of another, or is cut out of what is around it. */
export function checkWithin(build: Build, field: string, name: string): void {
  const whole = build.source(name);
  const hasQuery = whole.kind === 'text' && whole.hasQuery === true;
  for (let of: Source | undefined = build.source(field); of !== undefined; of = wholeOf(of)) {
    if (of === whole || (hasQuery && of.kind === 'form' && of.isQuery === true)) return;
  }
  throw new TypeError(`message: expected ${field} to be read from ${name}`);
}

type Source = ReturnType<Build['source']>;

function wholeOf(of: Source): Source | undefined {
  if (of.kind === 'list') return undefined;
  return of.within ?? (of.kind === 'text' ? of.of : undefined);
}
