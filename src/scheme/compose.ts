/**
 * What every composed scheme does around its own proof: the caller's options, the limits, the window
 * of time, the result. `verify` of a composed scheme differs from that of a described one in nothing
 * else.
 *
 * @module
 */
import { named } from '../bytes/octets.js';
import type { AlgorithmName, Key } from '../key/handle.js';
import { headerLine, headerValue } from './lines.js';
import { CountersignError } from '../errors.js';
import type { SchemeFacts } from './compile.js';
import { checkWindow, readClock, type Window, windowOf } from './freshness.js';
import type { SchemeKeys } from './keys.js';
import { type Call, openCall } from './message.js';
import { ACCEPT_UNVERIFIED_BODY, type Engine, type SchemeResult } from './scheme.js';
import { verified } from './verified.js';
import { checkCovers, NO_TOLERANCE, strengthOfKey, VERIFY_OPTIONS } from './verify.js';

/** What a proof found, once the signature was verified. */
export interface Proven {
  /** What was signed, but for the signature and what names its key. */
  readonly signed: () => Uint8Array;
  readonly key: Key<AlgorithmName, 'verify'>;
  /** The texts that the signature binds, by the names of `covers`; not the body. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Seconds since 1970, of a scheme that signs its time. */
  readonly timestamp?: number | undefined;
  readonly deliveryId?: string | undefined;
  readonly alternative?: string | undefined;
}

/** Where the time stands, for people, and how old it may be. */
export interface ComposedTime extends Window {
  readonly what: string;
}

/**
 * Makes the `verify` of a composed scheme. `prove` refuses a message or says what is bound; it sees
 * the message through `call`, whose size was checked.
 */
export function composeVerify(
  facts: Pick<SchemeFacts, 'id' | 'version' | 'covers' | 'settings'>,
  time: ComposedTime | undefined,
  prove: (call: Call, keys: SchemeKeys, now: number) => Proven,
): Engine['verify'] {
  const { id, covers, settings } = facts;
  const coversBody = covers['body'] === 'whole';
  return (message, keys, options) => {
    named(options, 'options', VERIFY_OPTIONS);
    const given = options.covers as readonly PropertyKey[] | undefined;
    if (!coversBody || given !== undefined) checkCovers(covers, given);
    const call = openCall(message, options.settings, settings, options.maxBodyBytes);
    const { tolerance } = options;
    const { now } = readClock(options.now, tolerance ?? NO_TOLERANCE, 'options.tolerance');
    const { signed, key, values, timestamp, deliveryId, alternative } = prove(call, keys, now);
    if (time !== undefined) {
      checkWindow(time.what, timestamp, now, windowOf(time, tolerance));
    }
    return verified<SchemeResult>({
      scheme: id,
      covers,
      values: Object.freeze(values) as never,
      body: (coversBody ? call.body : undefined) as never,
      unverifiedBody: options.body === ACCEPT_UNVERIFIED_BODY ? call.body : undefined,
      timestamp,
      deliveryId,
      replayDigest: options.replay?.(facts, signed()),
      keyId: key.id ?? call.ids?.get(key),
      alternative,
      strength: strengthOfKey(key.alg),
      relaxed: key.relaxed,
    });
  };
}

/** The value of a header that a composed scheme needs, once. `name` is as its provider writes it. */
export function neededHeader(call: Call, name: string): string {
  return needed(headerValue(call.headers, name.toLowerCase()), name);
}

/** The same of a header that is a list by its own rules, where a comma separates nothing. */
export function neededLine(call: Call, name: string): string {
  return needed(headerLine(call.headers, name.toLowerCase()), name);
}

/** The same of a header that may be empty, but has to be there. */
export function thereLine(call: Call, name: string): string {
  const value = headerLine(call.headers, name.toLowerCase());
  return value === '' ? value : needed(value, name);
}

function needed(value: string | undefined, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw new CountersignError('ERR_MESSAGE_MISSING', `header ${name}: expected it, found none`);
}

/** Runs what reads the caller's own words by the rules for messages: what they refuse is a mistake. */
export function fromCaller<T>(what: string, read: () => T): T {
  let fault = '';
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    fault = error.message;
  }
  throw new TypeError(`${what}: ${fault}`);
}
