/**
 * Why a message is refused.
 *
 * @module
 */
import { named, octets, typeName } from '../../bytes/octets.js';
import { encodeUtf8 } from '../../bytes/utf8.js';
import { CountersignError, type CountersignErrorCode } from '../../errors.js';
import type { AnyDescription } from '../description.js';
import type { SchemeKeys } from '../keys.js';
import { MAX_BODY_BYTES, type SchemeMessage, type Settings } from '../message.js';
import type { BaseOptions, Scheme, VerifyOptions } from '../scheme.js';
import { engineOf } from '../verify.js';
import { algorithmFaults } from './algorithms.js';
import { bodyFaults, bodySights, MOST_WRITTEN } from './body.js';
import {
  attempt,
  type Budget,
  type Case,
  createBudget,
  createHolds,
  type Found,
  givenKeys,
  isRefusal,
  seen,
} from './case.js';
import type { FaultCode } from './codes.js';
import { type Explanation, faultOf, type Step } from './explanation.js';
import { headerPairs } from './headers.js';
import { algorithmsOfKeys, idFaults, keySights, type OtherKey, otherKeyFaults } from './keys.js';
import { secretFaults } from './secret.js';
import { settingFaults, settingSights } from './settings.js';
import { coverageFaults, encodingFaults, lengthFaults } from './signature.js';
import { encodedHeaders, slotFaults } from './slots.js';
import { compiledSteps, messageStep, step } from './steps.js';
import { timeFaults, timeTexts } from './time.js';
import { orNone } from './try.js';
import { urlFaults } from './url.js';

/**
 * Says that whoever asks holds the secret anyway. An explanation tells a forger what to mend: it is for
 * the people who run the receiver, and never for what it answers.
 */
export const SECRET_HOLDER: unique symbol = /* @__PURE__ */ Symbol('countersign.SECRET_HOLDER');

/** Those of `verify`, and what to compare with. */
export interface ExplainOptions extends BaseOptions {
  readonly secretHolder: typeof SECRET_HOLDER;
  readonly settings?: Settings | undefined;
  readonly covers?: readonly PropertyKey[] | undefined;
  /** Keys that the message might have been signed by: of the other mode, of another account. */
  readonly otherKeys?: readonly OtherKey[] | undefined;
  /** Settings that might have been meant: the id of another webhook. */
  readonly otherSettings?: readonly Settings[] | undefined;
  /** URLs under which the sender might know the receiver. */
  readonly otherUrls?: readonly string[] | undefined;
}

const VERIFY_OPTIONS = [
  'now',
  'tolerance',
  'maxBodyBytes',
  'body',
  'settings',
  'covers',
  'replay',
] as const;
const OPTIONS = [...VERIFY_OPTIONS, 'secretHolder', 'otherKeys', 'otherSettings', 'otherUrls'];
/** The end of the year 9999, as in freshness.ts; a larger number is in milliseconds. */
const LAST_SECOND = 253_402_300_799;

/**
 * Finds out why `verify` refuses a message: what it finds at each step, and which single change would
 * make the message verify. It makes at most 200 computations with keys beside those of `verify`, and
 * reads and writes the message again for each. Never call it for a request from outside.
 */
export function explain(
  scheme: Scheme,
  message: SchemeMessage,
  keys: SchemeKeys | undefined,
  options: ExplainOptions,
): Explanation {
  engineOf(scheme);
  const { secretHolder, tolerance } = named(options, 'options', OPTIONS);
  if (secretHolder !== SECRET_HOLDER) {
    throw new TypeError(
      'options.secretHolder: expected SECRET_HOLDER: an explanation is for who holds the keys',
    );
  }
  const budget = createBudget();
  const error = verifyOf({ scheme, message, keys: keys as SchemeKeys }, options);
  const { at, sights, isWhole } = readCase(scheme, message, keys, options, budget, error);
  const holds = at !== undefined && (error === undefined || at.holds({}));
  const steps: Step[] = [step('call', !(error instanceof TypeError), callText(error))];
  const faults: Found[] = [...sights];
  if (at !== undefined) {
    steps.push(messageStep(at));
    if (at.description !== undefined && isWhole) {
      steps.push(...compiledSteps(at, at.description, holds, error));
    } else {
      steps.push(step('compare', error === undefined, error?.message ?? 'a signature of it'));
    }
    if (error !== undefined && isWhole) {
      faults.push(...(holds ? [] : signatureFaults(at, options, error)));
      faults.push(...ageFaults(at, tolerance, error));
    }
  }
  if (at !== undefined && !isWhole) faults.push(...settingFaults(at, options.otherSettings ?? []));
  if (error !== undefined && faults.length === 0) {
    faults.push(error instanceof TypeError ? seen('CALL_INVALID') : unexplained(budget, at?.body));
  }
  return Object.freeze<Explanation>({
    scheme: scheme.id,
    verdict: error === undefined ? 'verified' : 'refused',
    code: error instanceof CountersignError ? error.code : undefined,
    steps: Object.freeze(steps.map((one) => Object.freeze(one))),
    faults: Object.freeze(settled(faults).map(faultOf)),
    tried: budget.used,
    capped: budget.isSpent,
  });
}

const OF_FORM: readonly FaultCode[] = ['TIME_FORM', 'TIME_MILLISECONDS', 'TIME_SECONDS'];

/** Each code once; a time that is no time explains why nothing else does. */
function settled(faults: readonly Found[]): readonly Found[] {
  const isForm = faults.some(({ code }) => OF_FORM.includes(code));
  return faults.filter(
    ({ code }, i) =>
      faults.findIndex((other) => other.code === code) === i &&
      !(isForm && code === 'NOT_EXPLAINED'),
  );
}

interface Read {
  readonly at: Case | undefined;
  readonly sights: readonly Found[];
  /** Whether there is enough of it to look further. */
  readonly isWhole: boolean;
}

/** Reads what was given, with the mistakes mended that would stop everything else. */
function readCase(
  scheme: Scheme,
  message: SchemeMessage,
  keys: SchemeKeys | undefined,
  options: ExplainOptions,
  budget: Budget,
  error: Refusal | undefined,
): Read {
  const { settings, maxBodyBytes = MAX_BODY_BYTES, now } = options;
  if (typeof message !== 'object' || (message as unknown) === null) {
    return { at: undefined, sights: [seen('CALL_INVALID', 'no message')], isWhole: false };
  }
  const sights: Found[] = [];
  const isMilliseconds = Number.isSafeInteger(now) && now > LAST_SECOND;
  const isTime = Number.isSafeInteger(now) && now >= 0;
  if (isMilliseconds) sights.push(seen('CLOCK_MILLISECONDS'));
  else if (!isTime) sights.push(seen('CLOCK_INVALID'));
  const body = bodyOf(message.body);
  if (typeof message.body === 'string') sights.push(seen('BODY_TEXT'));
  else if (body === undefined) {
    sights.push(seen('BODY_PARSED', `found ${typeName(message.body)}`));
  }
  const isSmall = body === undefined || body.length <= maxBodyBytes;
  if (!isSmall) sights.push(seen('BODY_TOO_LARGE', `${body.length} octets of ${maxBodyBytes}`));
  const missing = [...settingSights(scheme.settings, settings), ...keySights(keys)];
  sights.push(...missing);
  const given = attempt(() => givenKeys(keys)) ?? [];
  const half: Omit<Case, 'holds'> = {
    scheme,
    description: engineOf(scheme).description,
    message: { ...message, body },
    body: body ?? new Uint8Array(0),
    keys: keys as SchemeKeys,
    given,
    settings,
    now: isMilliseconds ? Math.floor(now / 1000) : isTime ? now : 0,
    maxBodyBytes,
    budget,
  };
  const isMended = isTime && isSmall && body !== undefined && missing.length === 0;
  // What is wrong with a call beside that is wrong for every message.
  const again = { ...options, now: half.now };
  const isSame = !isMilliseconds && typeof message.body !== 'string';
  const isCall = isMended && !((isSame ? error : verifyOf(half, again)) instanceof TypeError);
  if (isMended && !isCall) sights.push(seen('CALL_INVALID'));
  return { at: { ...half, holds: createHolds(half) }, sights, isWhole: isCall };
}

/** The octets of a body, of text too; what was parsed has none. */
function bodyOf(body: unknown): Uint8Array | undefined {
  if (body === undefined) return new Uint8Array(0);
  if (typeof body === 'string') return orNone(() => encodeUtf8(body));
  return attempt(() => octets(body, 'body'));
}

/** Why the signature does not hold, the simplest first. */
function signatureFaults(at: Case, options: ExplainOptions, error: Refusal): readonly Found[] {
  const { description } = at;
  const { otherKeys = [], otherSettings = [], otherUrls = [] } = options;
  const faults: Found[] = [];
  if (description !== undefined) faults.push(...slotFaults(at, description));
  const isProbe = faults.some(({ code }) => code === 'PROVIDER_PROBE');
  if (isProbe || faults.some(({ how }) => how === 'verifies')) return faults;
  // Without a part that is signed there is nothing to compare, unless that part is mended.
  const isPart = faults.length > 0;
  if (!isPart) {
    faults.push(...algorithmsOfKeys(at), ...idFaults(at), ...otherKeyFaults(at, otherKeys));
    faults.push(...secretFaults(at));
  }
  faults.push(...bodyFaults(at), ...settingFaults(at, otherSettings), ...urlFaults(at, otherUrls));
  if (description !== undefined) {
    faults.push(...encodedHeaders(at, description));
    if (!isPart) faults.push(...compiledFaults(at, description));
  }
  if (faults.some(({ how }) => how === 'verifies')) return faults.filter(isProof);
  if (isPart) return faults;
  faults.push(...bodySights(at));
  faults.push(...seenByCode(at, error, faults));
  return faults.length > 0 ? faults : [unexplained(at.budget, at.body)];
}

/** Of what was seen, what would be a cause even where another change makes the message verify. */
function isProof({ code, how }: Found): boolean {
  return how === 'verifies' || code === 'KEY_OWN';
}

function* compiledFaults(at: Case, description: AnyDescription): Iterable<Found> {
  yield* timeTexts(at, description);
  yield* encodingFaults(at, description);
  yield* algorithmFaults(at);
  yield* coverageFaults(at, description);
  yield* lengthFaults(at, description);
}

function ageFaults(at: Case, tolerance: number | undefined, error: Refusal): readonly Found[] {
  if (at.description !== undefined) return [...timeFaults(at, at.description, tolerance)];
  const code = error instanceof CountersignError ? TIME_CODES[error.code] : undefined;
  return code === undefined ? [] : [seen(code, error.message)];
}

type Refusal = CountersignError | TypeError;

/** What `verify` throws. It costs what it costs: what it says is known before anything is tried. */
function verifyOf(
  { scheme, message, keys }: Pick<Case, 'scheme' | 'message' | 'keys'>,
  options: ExplainOptions,
): Refusal | undefined {
  try {
    engineOf(scheme).verify(message, keys, optionsOf(scheme, options));
    return undefined;
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
}

/** What `verify` would be told; what is covered is acknowledged for the caller. */
function optionsOf({ covers }: Scheme, options: ExplainOptions): VerifyOptions {
  const told = Object.fromEntries(
    VERIFY_OPTIONS.filter((name) => options[name] !== undefined).map((name) => [
      name,
      options[name],
    ]),
  );
  return (covers['body'] === 'whole'
    ? told
    : { covers: Object.keys(covers), ...told }) as unknown as VerifyOptions;
}

/** The text of a TypeError has names alone, as that of every error here. */
function callText(error: Refusal | undefined): string {
  return error instanceof TypeError ? error.message : 'as it has to be';
}

const TIME_CODES: Readonly<Partial<Record<CountersignErrorCode, FaultCode>>> = {
  ERR_TOO_OLD: 'TIME_OLD',
  ERR_EXPIRED: 'TIME_OLD',
  ERR_NOT_YET_VALID: 'TIME_AHEAD',
  ERR_TIME: 'TIME_FORM',
};

/** What the code of a composed scheme, or of a choice of keys or algorithms, says by itself. */
const CODES: Readonly<Partial<Record<CountersignErrorCode, FaultCode>>> = {
  ERR_MESSAGE_MISSING: 'SLOT_MISSING',
  ERR_MESSAGE_PROBE: 'PROVIDER_PROBE',
  ERR_MESSAGE_FORM: 'SLOT_FORM',
  ERR_MESSAGE_DUPLICATE: 'HEADER_DUPLICATE',
  ERR_MESSAGE_ALGORITHM: 'ALGORITHM_UNKNOWN',
  ERR_MESSAGE_DIGEST: 'BODY_OTHER',
  ERR_HTTP_DIGEST: 'BODY_OTHER',
  ERR_HTTP_FIELD: 'SLOT_FORM',
  ERR_HTTP_SIGNATURE: 'SLOT_FORM',
  ERR_HTTP_DUPLICATE: 'HEADER_DUPLICATE',
  ERR_HTTP_ALGORITHM: 'ALGORITHM_UNKNOWN',
  ERR_JOSE_FORM: 'SLOT_FORM',
  ERR_JOSE_HEADER: 'SLOT_FORM',
  ERR_JOSE_ALGORITHM: 'ALGORITHM_UNKNOWN',
  ERR_KEY_AMBIGUOUS: 'KEYS_TOO_MANY',
};

function seenByCode(at: Case, error: Refusal, found: readonly Found[]): readonly Found[] {
  const code = error instanceof CountersignError ? CODES[error.code] : undefined;
  if (code === undefined || found.some((fault) => fault.code === code)) return [];
  if (code === 'SLOT_MISSING' && headerPairs(at.message).length === 0) {
    return [seen('HEADERS_NONE')];
  }
  return [seen(code, error.message)];
}

function unexplained({ isSpent }: Budget, body: Uint8Array = new Uint8Array(0)): Found {
  const bodies = body.length <= MOST_WRITTEN ? 'bodies, ' : '';
  const detail = isSpent
    ? 'not all causes were tried; give fewer keys'
    : `other ids, keys, secrets, ${bodies}settings, URLs, encodings and algorithms were tried`;
  return seen('NOT_EXPLAINED', detail);
}
