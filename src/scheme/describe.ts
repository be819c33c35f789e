/**
 * A scheme in words, for documentation and for people who ask what exactly is signed.
 *
 * @module
 */
import type { AnyDescription } from './description.js';
import { textOf } from './part.js';
import type { Scheme, SchemeText } from './scheme.js';
import { engineOf } from './verify.js';

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
