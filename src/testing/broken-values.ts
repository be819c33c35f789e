/**
 * Messages whose time, key or signed values are not what the receiver takes.
 *
 * @module
 */
import { type AlgorithmName, contentsOf, type KeyPurpose, makeKey } from '../key/handle.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import { defineScheme } from '../scheme/define.js';
import { unixMilliseconds, unixSeconds } from '../scheme/time.js';
import { identify } from '../scheme/identify.js';
import type { ValueKind } from './broken-kinds.js';
import {
  type Compiled,
  type Made,
  otherText,
  plainSlot,
  type Recipe,
  resigned,
  rewritten,
  withPlain,
} from './broken-subject.js';
import { drawKey } from './keys.js';
import type { SimulatedMessage } from './simulate.js';

const NO_TIME = 'nothing tells how old a message is';
const NO_SLOT = 'no value beside the body is signed';
const NOT_COMPILED = 'the scheme is composed, and has no slots';
/** Beyond a window, so that a clock that runs on while a test does changes nothing. */
const MINUTE = 60;
/** More than any tolerance. */
const TWO_DAYS = 172_800;

/** Recipes for the rest of a message. */
export const valueRecipes: Readonly<Record<ValueKind, Recipe>> = {
  'slot-changed'(subject) {
    const { compiled } = subject;
    if (compiled === undefined) return NOT_COMPILED;
    const plain = plainSlot(subject, compiled);
    if (plain === undefined) return NO_SLOT;
    return {
      message: withPlain(subject, compiled, plain, plain.other),
      expected: ['ERR_VERIFY_FAILED'],
    };
  },
  'slot-missing'(subject) {
    const { compiled } = subject;
    if (compiled === undefined) return NOT_COMPILED;
    const { name, value = '', isPlaced = false } = plainSlot(subject, compiled) ?? {};
    if (name === undefined) return NO_SLOT;
    if (!isPlaced) return withoutValue(subject.simulated.message, name, value);
    return {
      message: rewritten(subject, compiled, { slots: { [name]: undefined } }),
      // What may be missing is signed as if it were there with nothing in it, or not at all.
      expected: isOptional(compiled, name) ? ['ERR_VERIFY_FAILED'] : ['ERR_MESSAGE_MISSING'],
    };
  },
  'slots-swapped'(subject) {
    const { compiled } = subject;
    if (compiled === undefined) return NOT_COMPILED;
    const { time } = compiled.description;
    const text = compiled.texts.slots[time?.slot ?? ''] ?? '';
    const ofTime = time && { name: time.slot, value: text, other: '', isPlaced: true };
    const plain = plainSlot(subject, compiled) ?? ofTime;
    if (plain === undefined) return NO_SLOT;
    const [signature = ''] = compiled.texts.signatures;
    return {
      message: withPlain(subject, compiled, plain, signature, [plain.value]),
      expected: ['ERR_MESSAGE_FORM', 'ERR_VERIFY_FAILED'],
    };
  },
  'setting-other'({ scheme, simulated }) {
    const [name] = scheme.settings;
    if (name === undefined) return 'the scheme has no settings';
    const settings = { ...simulated.from.settings };
    settings[name] = otherText(settings[name] ?? '');
    return {
      message: simulated.message,
      options: { ...simulated.options, settings },
      // What is configured may say where to look for what was signed, or be compared with it.
      expected: ['ERR_VERIFY_FAILED', 'ERR_MESSAGE_SETTING', 'ERR_MESSAGE_MISSING'],
    };
  },
  'time-too-old'(subject) {
    if (subject.scheme.freshness === 'none') return NO_TIME;
    const past = subject.compiled?.description.time?.past ?? TWO_DAYS;
    return {
      message: resigned(subject, { now: subject.simulated.options.now - past - MINUTE }),
      expected: ['ERR_TOO_OLD'],
    };
  },
  'time-too-new'(subject) {
    if (subject.scheme.freshness === 'none') return NO_TIME;
    const future = subject.compiled?.description.time?.future ?? TWO_DAYS;
    return {
      message: resigned(subject, { now: subject.simulated.options.now + future + MINUTE }),
      expected: ['ERR_NOT_YET_VALID'],
    };
  },
  'time-other-unit'(subject) {
    const { compiled } = subject;
    if (compiled === undefined) return NOT_COMPILED;
    const { description } = compiled;
    const { time } = description;
    if (time === undefined) return NO_TIME;
    const unit = time.unit === unixSeconds ? unixMilliseconds : unixSeconds;
    const scheme = defineScheme({ ...description, time: { ...time, unit } });
    return { message: resigned(subject, { scheme }), expected: ['ERR_TIME'] };
  },
  'time-renewed'(subject) {
    const { compiled } = subject;
    if (compiled === undefined) return NOT_COMPILED;
    const { time } = compiled.description;
    if (time === undefined) return NO_TIME;
    const renewed = time.unit.write(subject.simulated.options.now + 1);
    return {
      message: rewritten(subject, compiled, { slots: { [time.slot]: renewed } }),
      expected: ['ERR_VERIFY_FAILED'],
    };
  },
  'time-missing'(subject) {
    const { compiled } = subject;
    if (compiled === undefined) return NOT_COMPILED;
    const { time } = compiled.description;
    if (time === undefined) return NO_TIME;
    return {
      message: rewritten(subject, compiled, { slots: { [time.slot]: undefined } }),
      expected: ['ERR_MESSAGE_MISSING'],
    };
  },
  'key-other'(subject) {
    const keys = subject.simulated.from.keys.map((key) => {
      return drawKey(key.alg, key.id, key);
    });
    return { message: resigned(subject, { keys }), expected: ['ERR_VERIFY_FAILED'] };
  },
  'key-unknown'(subject) {
    const { scheme, simulated } = subject;
    if (identify(scheme, simulated.message).keyId === undefined) return 'messages name no key';
    // The key is the receiver's; only its name is not.
    const keys = simulated.from.keys.map((key) => {
      const contents = contentsOf<AlgorithmName, KeyPurpose>(key);
      return makeKey({ ...contents, id: otherText(contents.id ?? '') });
    });
    return {
      message: resigned(subject, { keys: keys as never }),
      expected: ['ERR_KEY_UNKNOWN'],
    };
  },
  'algorithm-unknown'(subject) {
    const { compiled } = subject;
    const slot = compiled?.description.algBy?.slot;
    if (compiled === undefined || slot === undefined) return 'messages name no algorithm';
    return {
      message: rewritten(subject, compiled, { slots: { [slot]: 'none' } }),
      expected: ['ERR_MESSAGE_ALGORITHM'],
    };
  },
};

function isOptional({ description }: Compiled, name: string): boolean {
  const of = description.slots[name];
  return of?.kind === 'text' && of.isOptional;
}

/** A member of JSON that is null, or a pair that is gone, where it stands in the message once. */
function withoutValue(message: SimulatedMessage, name: string, value: string): Made | string {
  const expected = ['ERR_VERIFY_FAILED', 'ERR_MESSAGE_FORM', 'ERR_MESSAGE_MISSING'] as const;
  const [text, { url = '' }] = [decodeUtf8(message.body), message];
  const json = text.split(JSON.stringify(value));
  if (json.length === 2) {
    return { message: { ...message, body: encodeUtf8(json.join('null')) }, expected };
  }
  const pair = `${name}=${encodeURIComponent(value)}&`;
  if (text.includes(pair)) {
    return { message: { ...message, body: encodeUtf8(text.replace(pair, '')) }, expected };
  }
  return url.includes(pair)
    ? { message: { ...message, url: url.replace(pair, '') }, expected }
    : 'the value stands neither in JSON nor in a form';
}
