/**
 * Signs messages by a scheme. What is signed is read back from the message that is handed out, so that
 * what is sent is what was signed, octet for octet.
 *
 * @module
 */
import { type Bytes, named, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { type AlgorithmName, contentsOf, Key } from '../key/handle.js';
import { seconds } from '../key/options.js';
import {
  macAsync,
  type RemoteMac,
  type RemoteSigner,
  signAsync as signThere,
} from '../key/remote.js';
import {
  type EcdsaForm,
  mac,
  sign as signHere,
  type SigningAlgorithm,
  type TaggingAlgorithm,
  type VerifyingAlgorithm,
} from '../key/use.js';
import { createBuild } from './build.js';
import type { AnyDescription } from './description.js';
import { checkMethod, type Draft, messageOf, openDraft } from './draft.js';
import { type Chunk, openCall, type SchemeMessage, type Settings } from './message.js';
import { type Covers, emitAll } from './part.js';
import type { Scheme, SigningOptions, Unsigned, WithSettings } from './scheme.js';
import type { SignedMessage } from './signed.js';
import type { Build, ListSource, TextSource } from './source.js';
import { engineOf, joinChunks } from './verify.js';

/** What signing is told. */
export type SignOptions<S extends string = string> = {
  /** Seconds since 1970; the time of the message, where it has one. */
  readonly now: number;
  /** The texts of slots, by their names: an id, a nonce. That of the time is `now`. */
  readonly values?: Readonly<Record<string, string>> | undefined;
} & WithSettings<S>;

/** A key that signs for an algorithm of a scheme. */
export type SigningKey<A extends AlgorithmName = AlgorithmName> = A extends AlgorithmName
  ? Key<A, A extends { readonly kind: 'mac' | 'weak-mac' } ? 'mac' : 'sign'>
  : never;

/** The same, or one that is elsewhere. */
export type RemoteSigningKey<A extends AlgorithmName = AlgorithmName> =
  | SigningKey<A>
  | (A extends SigningAlgorithm ? RemoteSigner<A> : never)
  | (A extends { readonly kind: 'mac' } ? RemoteMac : never);

/** No other names than a message has: one that is spelled wrong would be signed by nobody. */
type Only<M> = Readonly<Record<Exclude<keyof M, keyof SchemeMessage>, never>>;

/**
 * Signs. With several keys each adds a signature, where the scheme takes a list of them: while a secret
 * is rotated, receivers of the old one and of the new one both verify.
 */
export function sign<
  C extends Covers,
  A extends AlgorithmName,
  S extends string,
  const M extends SchemeMessage,
>(
  scheme: Scheme<C, A, S>,
  message: M & Only<M>,
  keys: SigningKey<NoInfer<A>> | readonly SigningKey<NoInfer<A>>[],
  options: SignOptions<S>,
): SignedMessage<M> {
  const list = (Array.isArray(keys) ? keys : [keys]) as readonly Key<VerifyingAlgorithm>[];
  for (const key of list) contentsOf(key);
  const { octets, finish, form } = drafted(scheme, message, list, options);
  return finish(list.map((key) => signatureOf(key, octets, form))) as SignedMessage<M>;
}

/** The same by keys that may be elsewhere. */
export async function signAsync<
  C extends Covers,
  A extends AlgorithmName,
  S extends string,
  const M extends SchemeMessage,
>(
  scheme: Scheme<C, A, S>,
  message: M & Only<M>,
  keys: RemoteSigningKey<NoInfer<A>> | readonly RemoteSigningKey<NoInfer<A>>[],
  options: SignOptions<S>,
): Promise<SignedMessage<M>> {
  const list = (Array.isArray(keys) ? keys : [keys]) as readonly AnyKey[];
  const { octets, finish, form } = drafted(scheme, message, list, options);
  const signatures: Bytes[] = [];
  for (const key of list) {
    // In their order, since a remote key may be limited.
    signatures.push(
      key instanceof Key
        ? signatureOf(key as Key<VerifyingAlgorithm>, octets, form)
        : await remoteSignatureOf(key, octets, form),
    );
  }
  return finish(signatures) as SignedMessage<M>;
}

type AnyKey = Key | RemoteSigner | RemoteMac;

interface Told {
  readonly now: number;
  readonly values?: Readonly<Record<string, string>> | undefined;
  readonly settings?: Settings | undefined;
}

const OPTIONS = ['now', 'values', 'settings'];
const MOST_KEYS = 8;

function drafted(
  scheme: Scheme,
  message: SchemeMessage,
  keys: readonly AnyKey[],
  options: Told,
): Unsigned {
  const { now, values = {}, settings } = named(options, 'options', OPTIONS);
  const { description, sign: compose } = engineOf(scheme);
  const [key] = keys;
  if (key === undefined || !(keys.length <= MOST_KEYS)) {
    throw new TypeError(`keys: expected 1 to ${MOST_KEYS} keys that sign`);
  }
  const { alg } = key;
  for (const other of keys) {
    if (scheme.algs.includes(other.alg) && other.alg === alg) continue;
    const names = scheme.algs.map(({ name }) => name);
    throw new TypeError(`keys: expected keys of one algorithm of the scheme: ${names.join(', ')}`);
  }
  const told: SigningOptions = {
    now: seconds(now, 'options.now'),
    alg,
    keyId: idOf(key),
    key: key instanceof Key ? key : undefined,
    settings: settings ?? {},
    values,
  };
  if (compose !== undefined) return compose(message, told);
  if (description !== undefined) return draftOf(description, scheme, message, told, keys);
  throw new TypeError(`scheme: expected one that signs; ${scheme.id} is verified only`);
}

function idOf(key: AnyKey | undefined): string | undefined {
  return key instanceof Key ? key.id : key !== undefined && 'keyId' in key ? key.keyId : undefined;
}

function draftOf(
  description: AnyDescription,
  { settings: names, direction }: Scheme,
  message: SchemeMessage,
  told: SigningOptions,
  keys: readonly AnyKey[],
): Unsigned {
  const { slots, signature, message: parts } = description;
  const of = slots[signature.slot] as TextSource | ListSource;
  if (of.kind !== 'list' && keys.length > 1) {
    throw new TypeError('keys: expected one, since the scheme has one signature');
  }
  const build = createBuild(description);
  if (direction === 'request') checkMethod(message.method);
  const draft = openDraft(message, direction);
  fill(draft, description, told);
  const call = openCall(draft, told.settings, names, draft.body.length);
  call.key = keys[0] instanceof Key ? keys[0] : undefined;
  const chunks: Chunk[] = [];
  checkSlots(description, build, (name) => build.slot(name)(call));
  asMistake(() => {
    emitAll(parts, build)(call, chunks);
  });
  return {
    octets: joinChunks(chunks),
    form: signature.form,
    finish(signatures) {
      for (const [i, made] of signatures.entries()) {
        of.place(draft, signature.encoding.encode(made), idOf(keys[i]));
      }
      return messageOf(draft);
    },
  };
}

/** Puts the text of each slot into its place, in the order of the description. */
function fill(draft: Draft, description: AnyDescription, told: SigningOptions): void {
  const { slots, signature, time, keys, algBy } = description;
  for (const name of Object.keys(told.values)) {
    if (!Object.hasOwn(slots, name) || name === signature.slot || name === time?.slot) {
      throw new TypeError(
        `options.values.${name}: expected a slot of the scheme, but for its time`,
      );
    }
  }
  for (const [name, of] of Object.entries(slots)) {
    if (of.kind !== 'text' || name === signature.slot) continue;
    const given = Object.hasOwn(told.values, name) ? told.values[name] : undefined;
    const value =
      name === time?.slot
        ? time.unit.write(told.now)
        : given !== undefined
          ? text(given, `options.values.${name}`)
          : name === keys.slot
            ? told.keyId
            : name === algBy?.slot
              ? nameOf(algBy.names, told.alg)
              : of.setting !== undefined
                ? told.settings[of.setting]
                : of.draw?.(draft);
    if (value !== undefined) of.place(draft, value);
  }
}

/** What is missing is the caller's to give, and so it is a mistake of the program. */
function checkSlots(
  { slots, signature }: AnyDescription,
  build: Build,
  read: (name: string) => unknown,
): void {
  for (const [name, of] of Object.entries(slots)) {
    if (of.kind !== 'text' || name === signature.slot) continue;
    try {
      read(name);
    } catch (error) {
      const isMissing = error instanceof CountersignError && error.code === 'ERR_MESSAGE_MISSING';
      const expected = isMissing
        ? `expected it for ${of.what}, found none`
        : `expected ${build.charsetOf(name).name} for ${of.what}`;
      throw new TypeError(`options.values.${name}: ${expected}`, { cause: error });
    }
  }
}

/** What a receiver would refuse of a message is, of one that is to be sent, the program's mistake. */
function asMistake(run: () => void): void {
  let fault = '';
  try {
    run();
    return;
  } catch (error) {
    if (!(error instanceof CountersignError && error.code.startsWith('ERR_MESSAGE_'))) throw error;
    fault = error.message;
  }
  throw new TypeError(`message: ${fault}`);
}

function nameOf(
  names: Readonly<Record<string, AlgorithmName>>,
  alg: AlgorithmName,
): string | undefined {
  return Object.keys(names).find((name) => names[name] === alg);
}

function signatureOf(
  key: Key<VerifyingAlgorithm>,
  octets: Bytes,
  form: EcdsaForm | undefined,
): Bytes {
  if (key.alg.kind === 'mac' || key.alg.kind === 'weak-mac') {
    const tag = mac(key as Key<TaggingAlgorithm, 'mac'>, octets);
    return 'octets' in tag ? tag.octets : tag;
  }
  const rest = (form === undefined ? [] : [form]) as [never];
  return signHere(key as Key<SigningAlgorithm, 'sign'>, octets, ...rest);
}

async function remoteSignatureOf(
  key: RemoteSigner | RemoteMac,
  octets: Bytes,
  form: EcdsaForm | undefined,
): Promise<Bytes> {
  if ('mac' in key) return macAsync(key, octets);
  const rest = (form === undefined ? [] : [form]) as [never];
  return signThere(key, octets, ...rest);
}
