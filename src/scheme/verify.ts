/**
 * Verifies messages by a compiled description.
 *
 * @module
 */
import { joinAll } from '../bytes/concat.js';
import { type Bytes, named } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import type { AlgorithmName, Key } from '../key/handle.js';
import { findTag, findTagText } from '../key/parts.js';
import { type PartsAlgorithm, verify as verifyWith, type VerifyingAlgorithm } from '../key/use.js';
import { createBuild, readList } from './build.js';
import type { AnyDescription } from './description.js';
import { checkWindow, readClock, windowOf } from './freshness.js';
import type { SchemeKeys } from './keys.js';
import { type Call, type Chunk, openCall, type SchemeMessage } from './message.js';
import { type Covers, type Emit, emitAll, type MessagePart } from './part.js';
import {
  ACCEPT_UNVERIFIED_BODY,
  ENGINE,
  type Engine,
  type Scheme,
  type SchemeResult,
  type Strength,
  type VerifyOptions,
} from './scheme.js';
import type { Build, Read } from './source.js';
import { type Verified, verified } from './verified.js';

/** Verifies a message that arrived. What it returns was signed; everything else throws. */
export function verify<C extends Covers, A extends AlgorithmName, S extends string>(
  scheme: Scheme<C, A, S>,
  message: SchemeMessage,
  keys: SchemeKeys<NoInfer<A>>,
  options: VerifyOptions<C, NoInfer<S>>,
): Verified<SchemeResult<C>> {
  return engineOf(scheme).verify(message, keys, options as VerifyOptions) as never;
}

/** How a scheme works; another value is a `TypeError`. */
export function engineOf(scheme: Scheme): Engine {
  const engine = (scheme as Partial<Scheme> | undefined)?.[ENGINE];
  if (engine !== undefined) return engine;
  throw new TypeError('scheme: expected what defineScheme or composeScheme gives');
}

/** The names of what `verify` is told. */
export const VERIFY_OPTIONS: readonly string[] = [
  'now',
  'tolerance',
  'maxBodyBytes',
  'body',
  'settings',
  'covers',
  'replay',
];
/** Seconds since 1970 are told from milliseconds by readClock, whatever the tolerance. */
export const NO_TOLERANCE = 0;

/** Compiles what `verify` calls. */
export function compileVerify(
  description: AnyDescription,
): (message: SchemeMessage, keys: SchemeKeys, options: VerifyOptions) => Verified<SchemeResult> {
  const { id, slots, message, attempts = [], algs, algBy, signature, covers } = description;
  const build = createBuild(description);
  const readSignatures = readList(slots[signature.slot] as never, signature.slot, build);
  const candidates = description.keys.compile(build);
  const readOwn = description.keys.signatures?.(build);
  const chooseAlg = algBy === undefined ? undefined : build.slot(algBy.slot);
  const values = Object.keys(covers)
    .filter((name) => name !== 'body' && covers[name] !== 'checksum' && covers[name] !== 'pairs')
    .map((name) => [name, build.slot(name)] as const);
  const messages: readonly Spelling[] = [{ name: undefined, message }, ...attempts].map(
    ({ name, message: parts }) => ({
      name,
      emit: emitAll(parts, build),
      values: [...values, ...listsOf(parts, build)],
      hasSecret: holdsSecret(parts),
    }),
  );
  const readTime = compileTime(description, build);
  const delivery =
    description.delivery === undefined ? undefined : build.slot(description.delivery);
  const settings = settingsOf(description);
  const coversBody = covers['body'] === 'whole';

  return (received, keys, options) => {
    named(options, 'options', VERIFY_OPTIONS);
    const given = options.covers as readonly PropertyKey[] | undefined;
    if (!coversBody || given !== undefined) checkCovers(covers, given);
    const call = openCall(received, options.settings, settings, options.maxBodyBytes);
    const { tolerance } = options;
    const clock = readClock(options.now, tolerance ?? NO_TOLERANCE, 'options.tolerance');
    const texts = readSignatures(call);
    const allowed =
      chooseAlg === undefined ? algs : [chosen(algBy?.names, chooseAlg(call) ?? algBy?.absent)];
    const found = candidates(call, keys, allowed, clock.now);
    if (found.length === 0) {
      throw new CountersignError(
        'ERR_KEY_UNKNOWN',
        `expected a key for ${allowed.map(({ name }) => name).join(' or ')}, found none`,
      );
    }
    const textsOf = readOwn && ((key: AnyKey) => readOwn(call, key));
    const match = firstMatch(call, messages, found, textsOf ?? texts, signature);
    if (match === undefined) {
      checkWritten(texts, signature.encoding.decode, signature.slot);
      throw new CountersignError('ERR_VERIFY_FAILED', 'expected a signature of this message');
    }
    const timestamp = readTime?.(call, clock.now, tolerance);
    const { key, spelling } = match;
    return verified<SchemeResult>({
      scheme: id,
      covers,
      values: Object.freeze(readValues(spelling.values, call)) as never,
      body: (coversBody ? call.body : undefined) as never,
      unverifiedBody: options.body === ACCEPT_UNVERIFIED_BODY ? call.body : undefined,
      timestamp,
      deliveryId: delivery?.(call),
      replayDigest: options.replay?.(description, joinChunks(signedBy(match, call))),
      keyId: key.id ?? call.ids?.get(key),
      alternative: spelling.name,
      strength: strengthOfKey(key.alg),
      relaxed: key.relaxed,
    });
  };
}

/** The names of what has to be configured. */
export function settingsOf({ slots }: AnyDescription): readonly string[] {
  return Object.values(slots).flatMap((of) => ('setting' in of ? (of.setting ?? []) : []));
}

/** The octets of a message's parts. */
export function joinChunks(chunks: readonly Chunk[]): Bytes {
  return joinAll(chunks.map((chunk) => (typeof chunk === 'string' ? encodeUtf8(chunk) : chunk)));
}

/** A slot that the signature binds, and its reader. */
type Named = readonly (readonly [name: string, read: Read<unknown>])[];

/** One text that may have been signed. */
interface Spelling {
  readonly name: string | undefined;
  readonly emit: Emit;
  /** What it binds; of a list another spelling may bind less. */
  readonly values: Named;
  readonly hasSecret: boolean;
}

type AnyKey = Key<AlgorithmName, 'verify'>;

interface Match {
  readonly key: AnyKey;
  readonly chunks: readonly Chunk[];
  /** What was signed. */
  readonly spelling: Spelling;
}

/** What was signed, without the secret, where that is a part of it. */
function signedBy({ spelling, chunks }: Match, call: Call): readonly Chunk[] {
  if (!spelling.hasSecret) return chunks;
  const bare: Chunk[] = [];
  spelling.emit({ ...call, key: undefined }, bare);
  return bare;
}

/** The lists that parts bind, within others too. */
function listsOf(parts: readonly MessagePart[], build: Build): Named {
  return parts.flatMap((part): Named => {
    if (typeof part === 'string') return [];
    const isList = (name: string) => part.covers[name] === 'pairs';
    const inner = listsOf(part.inner ?? [], build).filter(([name]) => isList(name));
    const read = part.pairs?.(build);
    if (read === undefined) return inner;
    return [...inner, ...part.uses.filter(isList).map((name) => [name, read] as const)];
  });
}

function holdsSecret(parts: readonly MessagePart[]): boolean {
  return parts.some(
    (part) => typeof part !== 'string' && (part.isSecret ?? holdsSecret(part.inner ?? [])),
  );
}

function firstMatch(
  call: Call,
  messages: readonly Spelling[],
  keys: readonly AnyKey[],
  texts: readonly string[] | ((key: AnyKey) => readonly string[]),
  signature: AnyDescription['signature'],
): Match | undefined {
  for (const spelling of messages) {
    let chunks: Chunk[] | undefined;
    for (const key of keys) {
      // One text for all keys, but where the secret is a part of it.
      if (chunks === undefined || spelling.hasSecret) {
        call.key = key;
        chunks = [];
        spelling.emit(call, chunks);
      }
      const own = typeof texts === 'function' ? texts(key) : texts;
      if (isSigned(key, chunks, own, signature)) return { key, chunks, spelling };
    }
  }
  return undefined;
}

function isSigned(
  key: AnyKey,
  chunks: readonly Chunk[],
  texts: readonly string[],
  { encoding, form }: AnyDescription['signature'],
): boolean {
  if (key.alg.name.startsWith('HMAC-')) {
    const secret = key as Key<PartsAlgorithm, 'verify'>;
    const { native } = encoding;
    const found = native && findTagText(secret, chunks, texts, native);
    return (found ?? findTag(secret, chunks, decodeSome(texts, encoding.decode))) >= 0;
  }
  const octets = joinChunks(chunks);
  const rest = form === undefined ? [] : [form];
  return decodeSome(texts, encoding.decode).some(
    (signature) =>
      verifyWith(
        key as Key<VerifyingAlgorithm, 'verify'>,
        octets,
        signature,
        ...(rest as [never]),
      ) !== false,
  );
}

/**
 * Of several signatures, one that is written wrong is none of the message; if all are, that is what
 * the sender should hear.
 */
function checkWritten(
  texts: readonly string[],
  decode: (text: string) => Bytes,
  slot: string,
): void {
  if (decodeSome(texts, decode).some(({ length }) => length > 0)) return;
  throw new CountersignError('ERR_MESSAGE_FORM', `${slot}: expected a signature in its encoding`);
}

function decodeSome(texts: readonly string[], decode: (text: string) => Bytes): readonly Bytes[] {
  const decoded: Bytes[] = [];
  for (const text of texts) {
    try {
      decoded.push(decode(text));
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
    }
  }
  return decoded;
}

function chosen(
  names: Readonly<Record<string, VerifyingAlgorithm>> | undefined,
  name: string | undefined,
): VerifyingAlgorithm {
  const alg = Object.hasOwn(names ?? {}, name ?? '') ? names?.[name ?? ''] : undefined;
  if (alg !== undefined) return alg;
  throw new CountersignError(
    'ERR_MESSAGE_ALGORITHM',
    'expected the name of an algorithm of this scheme',
  );
}

type ReadTime = (call: Call, now: number, tolerance: number | undefined) => number;

function compileTime({ time }: AnyDescription, build: Build): ReadTime | undefined {
  if (time === undefined) return undefined;
  const { unit, slot } = time;
  const read: Read<string | undefined> = build.slot(slot);
  return (call, now, tolerance) => {
    const made = unit.read(read(call) ?? '');
    checkWindow(slot, made, now, windowOf(time, tolerance));
    return made;
  };
}

export function readValues(readers: Named, call: Call): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, read] of readers) values[name] = read(call);
  return values;
}

/** Checks that the caller names what the scheme binds. */
export function checkCovers(covers: Covers, given: readonly PropertyKey[] | undefined): void {
  const names = Object.keys(covers);
  const isSame =
    Array.isArray(given) &&
    given.length === names.length &&
    names.every((name) => given.includes(name));
  if (isSame) return;
  throw new TypeError(
    `options.covers: expected ${names.join(', ')}: what this scheme binds, and all that it binds`,
  );
}

/** Whom a signature by a key of this algorithm convinces. */
export function strengthOfKey({ kind }: AlgorithmName): Strength {
  if (kind.startsWith('weak')) return 'weak';
  return kind.endsWith('signature') ? 'public-key' : 'shared-secret';
}
