/**
 * Verifies messages, {@link https://www.rfc-editor.org/rfc/rfc9421#section-3.2 RFC 9421, section 3.2}.
 *
 * A signature says what it covers, and its sender chose that. So the caller says first what has to be
 * covered, and is given the values of what was covered and nothing else of the message.
 *
 * @module
 */
import { integer, text } from '../bytes/octets.js';
import { Bare } from '../canonical/structured-values.js';
import { CountersignError } from '../errors.js';
import { Key } from '../key/handle.js';
import { named } from '../key/options.js';
import type { Relaxation } from '../key/policy.js';
import { verify } from '../key/use.js';
import { checkAge, checkExpires, checkStart, type Clock, readClock } from '../scheme/freshness.js';
import { type Verified, verified } from '../scheme/verified.js';
import {
  checkSources,
  type ComponentSources,
  nothingRead,
  type ReadComponent,
  type ReadParts,
} from './component.js';
import type { DigestName } from './digest.js';
import { givenMessage } from './given.js';
import { allowedBy, keyFor, type VerifyingKeys } from './keys.js';
import type { HttpMessage } from './message.js';
import { ECDSA_FORM, type HttpSignatureAlgorithm, registeredName } from './signature-algorithm.js';
import {
  baseOf,
  type Components,
  componentsOf,
  readCovered,
  type SignatureParameters,
} from './signature-base.js';
import {
  checkCoveredDigest,
  readSignatureFields,
  type SignatureFields,
  signatureOctets,
} from './signature-fields.js';
import { readMaxBytes } from './signature-sign.js';

export type { HttpSignatureAlgorithm, VerifyingKeys };

/** In place of a label or tag: any signature of the message that satisfies the rest. */
export const ANY_SIGNATURE: unique symbol = /* @__PURE__ */ Symbol('countersign.ANY_SIGNATURE');

/** In place of an age: none is asked for, and `created` need not be there. */
export const NO_MAX_AGE: unique symbol = /* @__PURE__ */ Symbol('countersign.NO_MAX_AGE');

/**
 * In place of a body: it is not here, and the caller compares it with the digest in `values`. Without
 * this a message whose Content-Digest is required is refused as long as its body is not given.
 */
export const CALLER_CHECKS_BODY: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.CALLER_CHECKS_BODY',
);

/** Which signature of the message is meant; with both, the one that has both. */
export interface SignatureSelection {
  /** Its name in the message. It is not signed: anybody may have changed it. */
  readonly label?: string | undefined;
  /** What it is for, by the name of the application. */
  readonly tag?: string | undefined;
}

/** What is asked of a signature. */
export interface VerifyMessageOptions extends ComponentSources {
  /** What must be covered. */
  readonly required: Components;
  /** Which signature; where several are meant, one of them has to satisfy everything. */
  readonly select: SignatureSelection | typeof ANY_SIGNATURE;
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds by which the sender's clock may differ, 0 to 86,400. */
  readonly tolerance: number;
  /** Seconds since `created`, which must then be there. An `expires` that is there always holds. */
  readonly maxAge: number | typeof NO_MAX_AGE;
  /** `CALLER_CHECKS_BODY`, or a body whose digest is required must be given. */
  readonly body?: typeof CALLER_CHECKS_BODY | undefined;
  /** With a ring: the algorithms that its keys may have here. */
  readonly algs?: readonly HttpSignatureAlgorithm[] | undefined;
  /** The most octets of the two signature fields; 65,536 unless given. */
  readonly maxBytes?: number | undefined;
}

/** What a signature covers. */
export interface VerifiedMessage {
  readonly label: string;
  /**
   * The values of the covered components by their names: `@method`; with parameters as the RFC writes
   * them, in the order of the alphabet: `"@query-param";name="Pet"`.
   */
  readonly values: Readonly<Record<string, string>>;
  /** What the message says of the signature, which is signed too. */
  readonly parameters: SignatureParameters;
  /** The registered name of the key's algorithm. */
  readonly alg: string;
  /** The id of the key: its own where it was given alone, which `keyid` is not compared with. */
  readonly keyId: string | undefined;
  /** The relaxations of policy that the key needed. */
  readonly relaxed: readonly Relaxation[];
  /** The body, if a Content-Digest is covered and the body was given: then it was compared. */
  readonly body: Uint8Array | undefined;
  /** The algorithms of the digests that the body matched. */
  readonly digests: readonly DigestName[];
}

const OPTIONS = 'required select now tolerance maxAge body algs maxBytes request fieldTypes'.split(
  ' ',
);
const MOST_AGE = 2 ** 32;
/** Keys that are tried for a signature that names none, of all algorithms together. */
const MOST_KEYS = 8;
const MOST_PUBLIC_KEYS = 2;

type VerifyingKey = Key<HttpSignatureAlgorithm, 'verify'>;

/** What was asked for, read once. */
interface Request {
  readonly message: HttpMessage;
  readonly keys: VerifyingKeys<HttpSignatureAlgorithm>;
  readonly algs: readonly HttpSignatureAlgorithm[];
  readonly required: readonly ReadComponent[];
  readonly clock: Clock;
  readonly maxAge: number | typeof NO_MAX_AGE;
  readonly sources: ComponentSources;
  /** For all signatures of the message that are tried. */
  readonly parts: ReadParts;
}

/**
 * Verifies a signature of a message by a key, or by the key of a ring that it names. One key that is
 * given alone is the one that verifies, whatever `keyid` the message has.
 */
export function verifyMessage(
  message: HttpMessage,
  keys: VerifyingKeys<HttpSignatureAlgorithm>,
  options: VerifyMessageOptions,
): Verified<VerifiedMessage> {
  const { required, select, now, tolerance, maxAge, body, algs, maxBytes } = named(
    options,
    'options',
    OPTIONS,
  );
  if (body !== undefined && body !== CALLER_CHECKS_BODY) {
    throw new TypeError(
      'options.body: expected CALLER_CHECKS_BODY; a body is given to readRequest',
    );
  }
  const selection = readSelection(select);
  checkSources(options);
  const asked: Request = {
    message: givenMessage(message),
    keys,
    algs: allowedBy(keys, algs),
    required: componentsOf(required, 'options.required'),
    clock: readClock(now, tolerance, 'options.tolerance'),
    maxAge: maxAge === NO_MAX_AGE ? maxAge : integer(maxAge, 'options.maxAge', 0, MOST_AGE),
    sources: options,
    parts: nothingRead(),
  };
  asked.algs.forEach(registeredName);
  if (body === undefined) checkBodyGiven(asked);
  const found = readSignatureFields(asked.message, readMaxBytes(maxBytes));
  const labels = found === undefined ? [] : selected(found, selection);
  if (found === undefined || labels.length === 0) {
    throw new CountersignError(
      'ERR_HTTP_SIGNATURE',
      found === undefined
        ? 'expected a signature, found none'
        : 'expected a signature of the label and tag that the caller selects, found others',
    );
  }
  let refusal: unknown;
  for (const label of labels) {
    try {
      return verified(verifyOne(label, found, asked));
    } catch (error) {
      // That the engines disagree is no verdict on a message.
      const isVerdict =
        error instanceof CountersignError && error.code !== 'ERR_ENGINE_DISAGREEMENT';
      if (!isVerdict) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

function verifyOne(label: string, found: SignatureFields, asked: Request): VerifiedMessage {
  const { message, required, sources, parts } = asked;
  const covered = readCovered(found.inputs[label]);
  const { components, parameters } = covered;
  const signature = signatureOctets(found.signatures[label]);
  const missing = required.find(({ id }) => !components.some((one) => one.id === id));
  if (missing !== undefined) {
    throw new CountersignError('ERR_HTTP_COVERAGE', `${missing.id}: expected it covered`);
  }
  checkTimes(parameters, asked);
  const candidates = keysFor(parameters, asked);
  const { octets, values } = baseOf(message, covered, sources, parts);
  const key = candidates.find((one) => isSignature(one, octets, signature));
  if (key === undefined) {
    throw new CountersignError('ERR_VERIFY_FAILED', 'expected a signature of the message');
  }
  const digests = checkCoveredDigest(message, components, values);
  const byName: Record<string, string> = new Bare();
  for (const [i, { id }] of components.entries()) byName[id] = values[i] ?? '';
  return {
    label,
    values: Object.freeze(byName),
    parameters,
    alg: registeredName(key.alg),
    keyId: asked.keys instanceof Key ? key.id : (parameters.keyid ?? key.id),
    relaxed: key.relaxed,
    body: digests === undefined ? undefined : message.body,
    digests: digests ?? [],
  };
}

/** A digest that verifies says nothing of a body that nobody compared with it. */
function checkBodyGiven({ message, required }: Request): void {
  if (message.body !== undefined) return;
  if (!required.some(({ component, req }) => component === 'content-digest' && !req)) return;
  throw new CountersignError(
    'ERR_HTTP_DIGEST',
    'content-digest: expected the body to be given, or CALLER_CHECKS_BODY',
  );
}

/** Section 3.2, step 2: which of the signatures. */
function selected(
  { inputs }: SignatureFields,
  { label, tag }: SignatureSelection,
): readonly string[] {
  const labels = label === undefined ? Object.keys(inputs) : [label];
  return labels.filter((name) => {
    const member = inputs[name];
    return member !== undefined && (tag === undefined || tag === member.params['tag']);
  });
}

function readSelection(select: VerifyMessageOptions['select']): SignatureSelection {
  if (select === ANY_SIGNATURE) return {};
  const { label, tag } = named(select, 'options.select', ['label', 'tag']);
  if (label === undefined && tag === undefined) {
    throw new TypeError('options.select: expected a label or a tag, or ANY_SIGNATURE');
  }
  if (label !== undefined) text(label, 'options.select.label');
  if (tag !== undefined) text(tag, 'options.select.tag');
  return { label, tag };
}

function checkTimes({ created, expires }: SignatureParameters, { clock, maxAge }: Request): void {
  if (maxAge !== NO_MAX_AGE) checkAge('created', created, maxAge, clock);
  else if (created !== undefined) checkStart('created', created, clock);
  if (expires !== undefined) checkExpires('expires', expires, clock);
}

/** The keys to try; the algorithm that the message names is one of them, or it is refused. */
function keysFor(
  { keyid, alg }: SignatureParameters,
  { keys, algs, clock: { now } }: Request,
): readonly VerifyingKey[] {
  const allowed = alg === undefined ? algs : algs.filter((one) => registeredName(one) === alg);
  if (allowed.length === 0) {
    throw new CountersignError('ERR_HTTP_ALGORITHM', 'expected the algorithm of the key');
  }
  if (keys instanceof Key) return [keys];
  if (keyid !== undefined) return [keyFor(keys, allowed, keyid, now)];
  const found = allowed.flatMap((one) =>
    keys.keys.some(({ key }) => key.alg === one && key.use === 'verify')
      ? keys.candidates({ alg: one, use: 'verify' }, now).map(({ key }) => key)
      : [],
  );
  if (found.length === 0) {
    throw new CountersignError(
      'ERR_KEY_UNKNOWN',
      'expected a key to verify in the ring, found none',
    );
  }
  const publicKeys = found.filter(({ alg: { kind } }) => kind !== 'mac');
  if (found.length <= MOST_KEYS && publicKeys.length <= MOST_PUBLIC_KEYS) return found;
  throw new CountersignError('ERR_KEY_AMBIGUOUS', 'expected a message that names its key');
}

function isSignature(key: VerifyingKey, octets: Uint8Array, signature: Uint8Array): boolean {
  const isEcdsa = 'family' in key.alg && key.alg.family === 'ec';
  return verify(key, octets, signature, ...((isEcdsa ? [ECDSA_FORM] : []) as never));
}
