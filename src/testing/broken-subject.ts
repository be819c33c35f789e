/**
 * What a broken message is made of: a genuine one, and ways to sign it or to write it again.
 *
 * @module
 */
import { decodeHex } from '../bytes/hex.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import type { CountersignErrorCode } from '../errors.js';
import type { AlgorithmName, Key } from '../key/handle.js';
import type { Charset } from '../scheme/charset.js';
import type { AnyDescription } from '../scheme/description.js';
import type { SchemeMessage } from '../scheme/message.js';
import type { MessagePart, Part } from '../scheme/part.js';
import type { Scheme, SignedMessage, VerifyOptions } from '../scheme/scheme.js';
import { sign, type SigningKey } from '../scheme/sign.js';
import { engineOf } from '../scheme/verify.js';
import { isPlaced, readTexts, rewrite, type Texts } from './rewrite.js';
import type { Simulated } from './simulate.js';

const OTHER_BODY = '{"id":"another","type":"another"}';

/** A genuine message and what is known of its scheme. */
export interface Subject {
  readonly scheme: Scheme;
  readonly simulated: Simulated;
  /** Of a scheme that was compiled, with what its slots hold. */
  readonly compiled: Compiled | undefined;
}

export interface Compiled {
  readonly description: AnyDescription;
  readonly texts: Texts;
}

/** A message that must be refused, with one of these codes. */
export interface Made {
  readonly message: SchemeMessage;
  readonly keys?: readonly Key<AlgorithmName, 'verify'>[];
  readonly options?: VerifyOptions;
  readonly expected: readonly CountersignErrorCode[];
}

/** Makes a broken message, or says why there is none of its kind. */
export type Recipe = (subject: Subject) => Made | string;

export function subjectOf(scheme: Scheme, simulated: Simulated): Subject {
  const { description } = engineOf(scheme);
  if (description === undefined) return { scheme, simulated, compiled: undefined };
  const texts = readTexts(description, simulated.message, simulated.from.settings);
  return { scheme, simulated, compiled: { description, texts } };
}

/** All parts of what is signed, those that others are made of too. */
export function partsOf({ message, attempts = [] }: AnyDescription): readonly Part[] {
  const within = (parts: readonly MessagePart[]): readonly Part[] =>
    parts.flatMap((part) => (typeof part === 'string' ? [] : [part, ...within(part.inner ?? [])]));
  return [message, ...attempts.map((attempt) => attempt.message)].flatMap(within);
}

/** The unsigned message with another body. */
export function otherMessage({ simulated: { from } }: Subject): SchemeMessage {
  return { ...from.message, body: encodeUtf8(OTHER_BODY) };
}

/** What is signed in place of what was. */
export interface Resigning {
  readonly scheme?: Scheme;
  readonly message?: SchemeMessage;
  readonly keys?: readonly SigningKey[];
  readonly now?: number;
  readonly values?: Readonly<Record<string, string>>;
}

/** Signs with something else than what the genuine message was signed with. */
export function resigned({ scheme, simulated }: Subject, changes: Resigning): SignedMessage {
  const { from, options } = simulated;
  const { message = from.message, keys = from.keys, now = options.now } = changes;
  const { values = from.values } = changes;
  const { settings = {} } = from;
  return sign(changes.scheme ?? scheme, message, keys as never, { now, values, settings });
}

/** The genuine message with another text for a value that is signed. */
export function withPlain(
  subject: Subject,
  compiled: Compiled,
  { name, value, isPlaced: placed }: NonNullable<Plain>,
  other: string,
  signatures: readonly string[] = compiled.texts.signatures,
): SignedMessage {
  if (placed) return rewritten(subject, compiled, { slots: { [name]: other }, signatures });
  const { from } = subject.simulated;
  const message = substituted(from.message, value, other) ?? from.message;
  return rewrite(compiled.description, { ...from, message }, { ...compiled.texts, signatures });
}

/** The genuine message with other texts in its slots; of a scheme that was compiled. */
export function rewritten(
  { simulated: { from } }: Subject,
  { description, texts }: Compiled,
  changes: { readonly slots?: Texts['slots']; readonly signatures?: readonly string[] },
): SignedMessage {
  return rewrite(description, from, {
    slots: { ...texts.slots, ...changes.slots },
    signatures: changes.signatures ?? texts.signatures,
  });
}

/**
 * A value beside time and body that is signed, that can be changed and that is compared with nothing:
 * that of a slot, or one in a form.
 */
export function plainSlot({ scheme, simulated: { from } }: Subject, compiled: Compiled): Plain {
  const { description, texts } = compiled;
  const { time, keys, algBy, slots } = description;
  const special = [time?.slot, keys.slot, algBy?.slot];
  const lists = partsOf(description).map(({ list }) => list);
  for (const name of Object.keys(scheme.covers)) {
    const [of, value] = [slots[name], texts.slots[name]];
    if (of?.kind !== 'text' || value === undefined || value === '') continue;
    if ([...special, ...lists].includes(name) || of.setting !== undefined) continue;
    const other = otherText(value, of.charset);
    const placed = isPlaced(description, from, name);
    if (placed || substituted(from.message, value, other) !== undefined) {
      return { name, value, other, isPlaced: placed };
    }
  }
  const fields = special.map((name) => {
    const of = slots[name ?? ''];
    return of?.kind === 'text' ? of.field : undefined;
  });
  for (const pairs of Object.values(texts.forms ?? {})) {
    for (let i = 0; i < pairs.length; i += 2) {
      const [name, value] = pairs.slice(i, i + 2).map((hex) => decodeUtf8(decodeHex(hex, 'lower')));
      if (name === undefined || value === undefined || fields.includes(name)) continue;
      const other = otherText(value);
      if (value !== '' && substituted(from.message, value, other) !== undefined) {
        return { name, value, other, isPlaced: false };
      }
    }
  }
  return undefined;
}

/** Such a slot, its text and another one for it, and whether signing puts it into the message. */
export type Plain =
  | {
      readonly name: string;
      readonly value: string;
      readonly other: string;
      readonly isPlaced: boolean;
    }
  | undefined;

/** A message with another text for one that stands in its body or its URL once, in JSON or a form. */
export function substituted(
  message: SchemeMessage,
  value: string,
  other: string,
): SchemeMessage | undefined {
  const { body = new Uint8Array(0), url = '' } = message;
  const json = [JSON.stringify(value), JSON.stringify(other)] as const;
  const form = [`=${encodeURIComponent(value)}`, `=${encodeURIComponent(other)}`] as const;
  for (const [from, to] of [json, form]) {
    const parts = decodeUtf8(body).split(from);
    if (parts.length === 2) return { ...message, body: encodeUtf8(parts.join(to)) };
    const pieces = url.split(from);
    if (pieces.length === 2) return { ...message, url: pieces.join(to) };
  }
  return undefined;
}

/** Another text of the same length, in which the last character that can be is another one. */
export function otherText(value: string, charset?: Charset): string {
  const last = value.slice(-1);
  const other =
    ['0', '1', 'a', 'b', 'A', 'B'].find((one) => one !== last && charset?.has(one) !== false) ??
    last;
  return value.slice(0, -1) + other;
}
