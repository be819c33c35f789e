/**
 * A signed message written again with other texts in its slots, by the sources that wrote it.
 *
 * @module
 */
import { hexOf } from '../bytes/hex.js';
import type { Bytes } from '../bytes/octets.js';
import { createBuild, readList } from '../scheme/build.js';
import type { AnyDescription } from '../scheme/description.js';
import { messageOf, openDraft } from '../scheme/draft.js';
import { type Chunk, openCall, type SchemeMessage, type Settings } from '../scheme/message.js';
import { emitAll } from '../scheme/part.js';
import type { SignedMessage } from '../scheme/signed.js';
import type { ListSource, TextSource } from '../scheme/source.js';
import { joinChunks, settingsOf } from '../scheme/verify.js';

/** What the slots of a message hold. */
export interface Texts {
  /** That of the signature is not among them. */
  readonly slots: Readonly<Record<string, string | undefined>>;
  readonly signatures: readonly string[];
  /** Names and values of those that are forms, in hex. They stand in the unsigned message. */
  readonly forms?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What a message was signed from. */
export interface Unsigned {
  readonly message: SchemeMessage;
  readonly values: Readonly<Record<string, string>>;
  readonly settings: Settings | undefined;
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

/** The octets that are signed of a message, if it has what they are made of. */
export function signedOctets(
  description: AnyDescription,
  message: SchemeMessage,
  settings: Settings | undefined,
): Bytes | undefined {
  return orNone(() => {
    const call = openCall(message, settings, settingsOf(description));
    const chunks: Chunk[] = [];
    emitAll(description.message, createBuild(description))(call, chunks);
    return joinChunks(chunks);
  });
}

/** Whether signing puts the text of a slot into the message, or it stands there from the start. */
export function isPlaced(
  { slots, signature, time, keys, algBy }: AnyDescription,
  { values }: Unsigned,
  name: string,
): boolean {
  const of = slots[name];
  if (of?.kind !== 'text' || name === signature.slot) return false;
  const isTold = [time?.slot, keys.slot, algBy?.slot].includes(name) || Object.hasOwn(values, name);
  return isTold || of.setting !== undefined || of.draw !== undefined;
}

/** Writes `texts` into the unsigned message, in the order in which signing does. */
export function rewrite(
  description: AnyDescription,
  unsigned: Unsigned,
  texts: Texts,
): SignedMessage {
  const { slots, signature, direction } = description;
  const draft = openDraft(unsigned.message, direction);
  for (const [name, of] of Object.entries(slots)) {
    const value = texts.slots[name];
    if (of.kind === 'text' && value !== undefined && isPlaced(description, unsigned, name)) {
      of.place(draft, value);
    }
  }
  const of = slots[signature.slot] as TextSource | ListSource;
  for (const value of texts.signatures) of.place(draft, value);
  return messageOf(draft);
}

function orNone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
