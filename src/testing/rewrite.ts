/**
 * A signed message written again with other texts in its slots, by the sources that wrote it.
 *
 * @module
 */
import { hexOf } from '../bytes/hex.js';
import { createBuild, readList } from '../scheme/build.js';
import type { AnyDescription } from '../scheme/description.js';
import { openDraft } from '../scheme/draft.js';
import { openCall, type SchemeMessage, type Settings } from '../scheme/message.js';
import type { SignedMessage } from '../scheme/scheme.js';
import type { ListSource, TextSource } from '../scheme/source.js';
import { settingsOf } from '../scheme/verify.js';

/** What the slots of a message hold. */
export interface Texts {
  /** That of the signature is not among them. */
  readonly slots: Readonly<Record<string, string | undefined>>;
  readonly signatures: readonly string[];
  /** Names and values of those that are forms, in hex. They stand in the unsigned message. */
  readonly forms?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Reads the slots of a message; one that is missing is `undefined`. */
export function readTexts(
  description: AnyDescription,
  message: SchemeMessage,
  settings: Settings | undefined,
): Texts {
  const { slots, signature } = description;
  const build = createBuild(description);
  const call = openCall(message, settings, settingsOf(description));
  const texts: Record<string, string | undefined> = {};
  const forms: Record<string, readonly string[]> = {};
  for (const [name, of] of Object.entries(slots)) {
    if (of.kind === 'text' && name !== signature.slot) {
      texts[name] = orNone(() => of.read(build)(call));
    }
    if (of.kind === 'form') {
      const pairs = orNone(() => of.read(build)(call)) ?? [];
      forms[name] = pairs.flatMap((pair) => [hexOf(pair.name), hexOf(pair.value)]);
    }
  }
  const readSignatures = readList(slots[signature.slot] as never, signature.slot, build);
  return { slots: texts, signatures: orNone(() => readSignatures(call)) ?? [], forms };
}

/** Writes `texts` into the unsigned message, as signing does. */
export function rewrite(
  description: AnyDescription,
  unsigned: SchemeMessage,
  settings: Settings | undefined,
  texts: Texts,
): SignedMessage {
  const { slots, signature, direction } = description;
  const draft = openDraft(unsigned, direction);
  const there = readTexts(description, unsigned, settings).slots;
  for (const [name, of] of Object.entries(slots)) {
    const value = texts.slots[name];
    // What the message has from the start, such as its URL, nobody puts there.
    if (of.kind === 'text' && value !== undefined && there[name] === undefined) {
      of.place(draft, value);
    }
  }
  const of = slots[signature.slot] as TextSource | ListSource;
  for (const value of texts.signatures) of.place(draft, value);
  const { method, url, headers, body } = draft;
  return Object.freeze({ method, url, headers: Object.freeze(headers), body: body as never });
}

function orNone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
