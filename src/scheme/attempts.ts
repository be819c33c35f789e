/**
 * Messages that a scheme tries one after another. Each may have one reading, and two of them one text
 * all the same: `v1:` and a slot, and the slot alone that holds `v1:…`. A signature of the one is then a
 * signature of the other.
 *
 * @module
 */
import { type MessagePart, textOf } from './part.js';

type Parts = readonly MessagePart[];

/**
 * Whether no two of the messages have one text for other values. Those that differ in the spelling of
 * slots alone are that: several spellings of one text. All others have to be told apart by how they
 * begin or end.
 */
export function areApart(messages: readonly Parts[]): boolean {
  return messages.every((one, i) =>
    messages.slice(i + 1).every((other) => isSpelling(one, other) || isTold(one, other)),
  );
}

function isSpelling(one: Parts, other: Parts): boolean {
  return one.length === other.length && one.every((part, i) => isSame(part, other[i]));
}

function isSame(one: MessagePart, other: MessagePart | undefined): boolean {
  if (one === other) return true;
  if (typeof one === 'string' || typeof other !== 'object') return false;
  if (one.uses.join() !== other.uses.join()) return false;
  if (isSlot(one) && isSlot(other)) return true;
  if (one.text !== other.text) return false;
  // A body by a digest adds no text; what is made of parts says by its text how.
  if (one.inner === undefined || other.inner === undefined) return one.text === '';
  return isSpelling(one.inner, other.inner);
}

/** Whether it is the text of one slot, as it stands or in another spelling. */
function isSlot({ spelled, text, uses }: Exclude<MessagePart, string>): boolean {
  return spelled !== undefined || (uses.length === 1 && text === `{${uses[0]}}`);
}

/** Whether they begin with other texts, or end with others, of which none holds the other. */
function isTold(one: Parts, other: Parts): boolean {
  const [start, otherStart] = [startOf(one), startOf(other)];
  if (!start.startsWith(otherStart) && !otherStart.startsWith(start)) return true;
  const [end, otherEnd] = [endOf(one), endOf(other)];
  return !end.endsWith(otherEnd) && !otherEnd.endsWith(end);
}

/** The literals before anything else. */
function startOf(parts: Parts): string {
  const at = parts.findIndex((part) => typeof part !== 'string');
  return textOf(parts.slice(0, at < 0 ? parts.length : at));
}

/** The literals behind anything else. */
function endOf(parts: Parts): string {
  return textOf(parts.slice(parts.findLastIndex((part) => typeof part !== 'string') + 1));
}
