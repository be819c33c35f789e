/**
 * A scheme in words, for documentation and for people who ask what exactly is signed.
 *
 * @module
 */
import type { AnyDescription } from './description.js';
import { textOf } from './part.js';
import type { Scheme } from './scheme.js';
import { engineOf } from './verify.js';

/** One input of a scheme. */
export interface SlotText {
  readonly name: string;
  /** Where it stands: `header webhook-id`. */
  readonly from: string;
  /** What it may hold. */
  readonly holds: string;
  readonly isOptional: boolean;
  readonly isSigned: boolean;
}

/** A scheme in words. */
export interface SchemeText {
  /** What is signed, with `{name}` for a slot and `[…]` for what may be left out. */
  readonly message: string;
  /** What else the provider signs at times, by the names that results have. */
  readonly alternatives: Readonly<Record<string, string>>;
  readonly slots: readonly SlotText[];
  /** Where the signature stands and how it is written. */
  readonly signature: string;
  /** Which key a message is tried with. */
  readonly key: string;
  /** How the text of a secret becomes octets, of a scheme with a shared one. */
  readonly secret: string | undefined;
  /** The time and how far it may be from the receiver's. */
  readonly time: string | undefined;
  /** The slot that stays the same when a message is delivered again. */
  readonly delivery: string | undefined;
  /** Why two messages can have one text, where they can. */
  readonly ambiguous: string | undefined;
}

/** Says what a scheme signs. */
export function describeScheme(scheme: Scheme): SchemeText {
  const { description, describe } = engineOf(scheme);
  if (describe !== undefined) return Object.freeze(describe());
  if (description !== undefined) return Object.freeze(textOfScheme(scheme, description));
  throw new TypeError('scheme: expected one that says what it signs');
}

function textOfScheme(scheme: Scheme, description: AnyDescription): SchemeText {
  const { message, attempts = [], slots, signature, keys, secret, time, delivery } = description;
  const of = slots[signature.slot];
  return {
    message: textOf(message),
    alternatives: Object.fromEntries(attempts.map((each) => [each.name, textOf(each.message)])),
    slots: Object.entries(slots)
      .filter(([name]) => name !== signature.slot)
      .map(([name, { what, ...source }]) => ({
        name,
        from: what,
        holds:
          name === time?.slot ? time.unit.name : 'charset' in source ? source.charset.name : '',
        isOptional: 'isOptional' in source && source.isOptional,
        isSigned: scheme.covers[name] !== undefined,
      })),
    signature: `${of?.what ?? ''}, ${signature.encoding.name}`,
    key: keys.what,
    secret:
      secret && `${secret.prefix === undefined ? '' : `${secret.prefix} and `}${secret.encoding}`,
    time: time && `${time.unit.name}, ${time.past} s old and ${time.future} s ahead at most`,
    delivery,
    ambiguous: description.ambiguous?.why,
  };
}
