/**
 * Messages of a provider for a user's own tests: one that verifies, with the keys and options that it
 * does so under. See broken.ts for those that must not.
 *
 * @module
 */
import { type Bytes, named } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import type { AlgorithmName, Key } from '../key/handle.js';
import type { HeadersInput, SchemeMessage, Settings } from '../scheme/message.js';
import type { Covers } from '../scheme/part.js';
import type { Scheme, VerifyOptions } from '../scheme/scheme.js';
import type { SignedMessage } from '../scheme/signed.js';
import { sign, type SigningKey } from '../scheme/sign.js';
import { drawKey, isMac, verifyingKey } from './keys.js';
import { type Sample, samples } from './samples/index.js';

/** What may be given in place of what the scheme's sample has. */
export interface SimulateOptions<A extends AlgorithmName = AlgorithmName> {
  /** Seconds since 1970: when the message is signed, and when it arrives. */
  readonly now: number;
  /** A key that signs; drawn unless given. With several there is a signature of each. */
  readonly key?: SigningKey<A> | readonly SigningKey<A>[] | undefined;
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Headers that are sent beside those of the scheme. */
  readonly headers?: HeadersInput | undefined;
  readonly body?: Uint8Array | undefined;
  /** The texts of slots, by their names. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** What the receiver has configured. */
  readonly settings?: Settings | undefined;
}

/** A signed message that arrived. */
export type SimulatedMessage = SignedMessage & { readonly body: Bytes };

/** A message that verifies: `verify(scheme, message, keys, options)`. */
export interface Simulated<
  C extends Covers = Covers,
  A extends AlgorithmName = AlgorithmName,
  S extends string = string,
> {
  /** As it arrives: with a body, though it may be empty. */
  readonly message: SimulatedMessage;
  readonly keys: readonly Key<A, 'verify'>[];
  readonly options: VerifyOptions<C, S>;
  /** What it was made of. */
  readonly from: {
    readonly message: SchemeMessage;
    readonly keys: readonly SigningKey<A>[];
    readonly values: Readonly<Record<string, string>>;
    readonly settings: Settings | undefined;
  };
}

const OPTIONS = ['now', 'key', 'method', 'url', 'headers', 'body', 'values', 'settings'];
/** Of a secret; a public key has its thumbprint. */
const KEY_ID = 'test-key';

/**
 * Makes a message of a scheme. What is not given is that of the provider's sample; a scheme of the
 * user's own has none, and is asked for its values and settings.
 */
export function simulate<C extends Covers, A extends AlgorithmName, S extends string>(
  scheme: Scheme<C, A, S>,
  options: SimulateOptions<NoInfer<A>>,
): Simulated<C, A, S> {
  const sample = samples.find((of) => of.scheme === (scheme as unknown as Scheme));
  return simulateSample(scheme, sample, options);
}

/** The same of one sample of several. */
export function simulateSample<C extends Covers, A extends AlgorithmName, S extends string>(
  scheme: Scheme<C, A, S>,
  sample: Sample | undefined,
  options: SimulateOptions<NoInfer<A>>,
): Simulated<C, A, S> {
  const { now, key, method, url, headers, body } = named(options, 'options', OPTIONS);
  const message: SchemeMessage = {
    headers: headers ?? sample?.message.headers ?? [],
    method: method ?? sample?.message.method ?? 'POST',
    url: url ?? sample?.message.url ?? 'https://shop.example/hook',
    body: body ?? sample?.message.body ?? encodeUtf8('{"id":"1","type":"test"}'),
  };
  const values = { ...sample?.values, ...options.values };
  const settings = options.settings ?? sample?.settings;
  const keys = (
    Array.isArray(key) ? key : [key ?? drawFor(scheme, sample?.keyId)]
  ) as readonly SigningKey<A>[];
  const signed = sign(scheme as unknown as Scheme, message, keys as never, {
    now,
    values,
    settings: settings ?? {},
  });
  return Object.freeze({
    message: Object.freeze({ ...signed, body: signed.body ?? new Uint8Array(0) }),
    keys: keys.map((of) => verifyingKey(of as Key) as Key<A, 'verify'>),
    options: verifyOptions(scheme as unknown as Scheme, now, settings) as VerifyOptions<C, S>,
    from: Object.freeze({ message, keys, values, settings }),
  });
}

/** What `verify` is told, the names of what is bound included where the body is not. */
export function verifyOptions(
  { covers }: Scheme,
  now: number,
  settings: Settings | undefined,
): VerifyOptions {
  return {
    now,
    ...(settings === undefined ? {} : { settings }),
    ...(covers['body'] === 'whole' ? {} : { covers: Object.keys(covers) }),
  } as VerifyOptions;
}

/** Draws a key by the first algorithm of the scheme that signs. */
function drawFor({ id: name, algs }: Pick<Scheme, 'id' | 'algs'>, id?: string): SigningKey {
  const alg = algs.find(({ kind }) => kind !== 'weak-signature');
  if (alg !== undefined) return drawKey(alg, id ?? (isMac(alg) ? KEY_ID : undefined));
  throw new TypeError(`scheme: expected one that signs; ${name} is verified only`);
}
