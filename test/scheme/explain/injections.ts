// What goes wrong between a sender and a receiver, done to a genuine message of any scheme. Each names
// the code that must explain it, and gives nothing for a scheme in which it makes no sense.
import { encodeBase64, encodeBase64Url } from '../../../src/bytes/base64.js';
import { encodeHex } from '../../../src/bytes/hex.js';
import { decodeUtf8, encodeUtf8 } from '../../../src/bytes/utf8.js';
import type { CountersignErrorCode } from '../../../src/errors.js';
import { type AlgorithmName, contentsOf, type Key } from '../../../src/key/handle.js';
import { createRing } from '../../../src/key/ring.js';
import { importSecret, withUse } from '../../../src/key/secret.js';
import { renamed } from '../../../src/key/watch.js';
import { hmacSha512, type MacAlgorithm } from '../../../src/primitive/hmac.js';
import { hmacSha1 } from '../../../src/primitive/legacy/hmac.js';
import { createBuild } from '../../../src/scheme/build.js';
import { defineScheme } from '../../../src/scheme/define.js';
import type { AnyDescription, SignedTime } from '../../../src/scheme/description.js';
import type { ExplainOptions, FaultCode } from '../../../src/scheme/explain/index.js';
import { attempt, succeeds } from '../../../src/scheme/explain/case.js';
import { signatureTexts } from '../../../src/scheme/explain/slots.js';
import type { SchemeKeys } from '../../../src/scheme/keys.js';
import { openCall, type SchemeMessage } from '../../../src/scheme/message.js';
import { body as wholeBody, type Covers } from '../../../src/scheme/part.js';
import { ENGINE, type Scheme, type VerifyOptions } from '../../../src/scheme/scheme.js';
import type { SigningKey } from '../../../src/scheme/sign.js';
import { unixMilliseconds, unixSeconds } from '../../../src/scheme/time.js';
import { drawKey, verifyingKey } from '../../../src/testing/keys.js';
import type { Sample } from '../../../src/testing/samples/index.js';
import { simulate, verifyOptions } from '../../../src/testing/simulate.js';

export const NOW = 1_700_000_000;

/** What `explain` is given. */
export interface Given {
  readonly scheme: Scheme;
  readonly message: SchemeMessage;
  readonly keys: SchemeKeys | undefined;
  readonly options: Omit<ExplainOptions, 'secretHolder'>;
}

/** A message as its sender makes it, and a way to have it made otherwise. */
export interface Sent extends Given {
  readonly sample: Sample;
  readonly description: AnyDescription | undefined;
  readonly key: SigningKey;
  /** Signs by the same scheme with some of it changed. */
  resigned(change: Change): Given;
}

interface Change {
  readonly body?: Uint8Array | undefined;
  readonly url?: string | undefined;
  readonly key?: SigningKey | undefined;
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly description?: Partial<AnyDescription> | undefined;
  readonly now?: number | undefined;
  readonly values?: Readonly<Record<string, string>> | undefined;
}

export interface Injection {
  readonly what: string;
  readonly code: FaultCode;
  /** What `verify` says of it; a TypeError has none. */
  readonly error?: CountersignErrorCode | undefined;
  inject(sent: Sent): Given | undefined;
}

/** A genuine message of a sample. */
export function send(sample: Sample, key: SigningKey = keyFor(sample)): Sent {
  const scheme: Scheme = sample.scheme;
  const { description } = scheme[ENGINE];
  const make = (change: Change): Given => {
    const other =
      change.description === undefined
        ? scheme
        : (defineScheme({ ...description, ...change.description } as never) as Scheme);
    const settings = change.settings ?? sample.settings;
    const of = simulate(other, {
      now: change.now ?? NOW,
      key: change.key ?? key,
      method: sample.message.method,
      url: change.url ?? sample.message.url,
      body: change.body ?? sample.message.body,
      values: { ...sample.values, ...change.values },
      settings,
    });
    return {
      scheme,
      message: of.message,
      keys: [verifyingKey(key)],
      options: verifyOptions(scheme, NOW, sample.settings),
    };
  };
  return { ...make({}), sample, description, key, resigned: make };
}

const drawnKeys = new Map<string, SigningKey>();

/** A key of somebody: drawn once, since RSA takes its time. */
function drawn(alg: AlgorithmName, of: 'sender' | 'another', id?: string): SigningKey {
  const name = `${alg.name} ${of}`;
  const key =
    drawnKeys.get(name) ?? drawKey(alg, undefined, ...(drawnKeys.values() as Iterable<Key>));
  drawnKeys.set(name, key);
  return renamed(key as Key, id ?? (key as Key).id) as unknown as SigningKey;
}

/** The key of another sender. */
function another({ key }: Sent, id?: string): SigningKey {
  return drawn(key.alg, 'another', id);
}

/** A secret as providers hand them out, or a key pair. */
function keyFor({ scheme, keyId }: Sample): SigningKey {
  const alg = scheme.algs.find(({ kind }) => kind !== 'weak-signature');
  if (alg === undefined) throw new Error('expected an algorithm that signs');
  if (!alg.kind.endsWith('mac')) return drawn(alg, 'sender', keyId);
  return importSecret(SECRET, {
    alg: alg as MacAlgorithm,
    use: 'mac',
    encoding: 'utf8',
    id: keyId ?? 'configured',
  }) as unknown as SigningKey;
}

/** Text that is Base64 of text as well, so that it can be read wrong in each way. */
export const SECRET: string = /* @__PURE__ */ encodeBase64(encodeUtf8('Zx9qLm3vTr7yWk2pHs5dNc8b'));

function headersOf({ message }: Given): [string, string][] {
  return (message.headers as readonly (readonly [string, string])[]).map(([name, value]) => [
    name,
    value,
  ]);
}

const signatureHeader = ({ description }: Sent): string | undefined => {
  const what = description?.slots[description.signature.slot]?.what;
  return what === undefined ? undefined : /header (\S+)$/.exec(what)?.[1];
};

/** The header of the signature, changed. */
function signature(
  sent: Sent,
  change: (value: string) => string | readonly string[],
): Given | undefined {
  const name = signatureHeader(sent);
  if (name === undefined) return undefined;
  const headers = headersOf(sent).flatMap(([found, value]): [string, string][] => {
    if (found.toLowerCase() !== name.toLowerCase()) return [[found, value]];
    const changed = change(value);
    return (typeof changed === 'string' ? [changed] : changed).map((line) => [found, line]);
  });
  return { ...sent, message: { ...sent.message, headers } };
}

/** The text of the signature alone, written otherwise. */
function written(
  sent: Sent,
  encode: (octets: Uint8Array) => string | undefined,
): Given | undefined {
  const { description } = sent;
  if (description === undefined) return undefined;
  const call = openCall(sent.message, sent.options.settings, sent.scheme.settings);
  const [text = ''] = signatureTexts(description, createBuild(description), call);
  const made = encode(description.signature.encoding.decode(text));
  return made === undefined ? undefined : signature(sent, (value) => value.replace(text, made));
}

function withBody(sent: Sent, received: string | Uint8Array | undefined): Given | undefined {
  if (received === undefined || !('body' in sent.scheme.covers)) return undefined;
  const octets = typeof received === 'string' ? encodeUtf8(received) : received;
  return { ...sent, message: { ...sent.message, body: octets } };
}

/** The body that is signed, and the one that is received in its place. */
function bodies(
  sent: Sent,
  signed: string | undefined,
  received: string | Uint8Array | undefined,
): Given | undefined {
  if (sent.sample.scheme.covers['body'] !== 'whole' || signed === undefined) return undefined;
  const given = sent.resigned({ body: encodeUtf8(signed) });
  const octets = typeof received === 'string' ? encodeUtf8(received) : received;
  return { ...given, message: { ...given.message, body: octets } };
}

const text = ({ message }: Given): string => decodeUtf8(message.body ?? new Uint8Array(0));
const isMac = ({ key }: Sent): boolean => key.alg.kind.endsWith('mac');
const VALUE = { order: 'o/1', note: 'café', list: [1, 2.5, { a: null }], amount: 100 };
const COMPACT = JSON.stringify(VALUE);

/** A secret that is configured otherwise than the sender has it. */
function secrets(
  sent: Sent,
  theirs: string | Uint8Array,
  ours: string | Uint8Array,
): Given | undefined {
  if (!isMac(sent)) return undefined;
  const make = (secret: string | Uint8Array) =>
    importSecret(typeof secret === 'string' ? encodeUtf8(secret) : secret, {
      alg: sent.key.alg as MacAlgorithm,
      use: 'mac',
      encoding: 'raw',
      id: sent.key.id,
    });
  const given = sent.resigned({ key: make(theirs) as unknown as SigningKey });
  return { ...given, keys: [withUse(make(ours), 'verify')] };
}

export const injections: readonly Injection[] = [
  {
    what: 'the clock in milliseconds',
    code: 'CLOCK_MILLISECONDS',
    inject: (sent) => ({ ...sent, options: { ...sent.options, now: NOW * 1000 } }),
  },
  {
    what: 'a clock that is no number',
    code: 'CLOCK_INVALID',
    inject: (sent) => ({ ...sent, options: { ...sent.options, now: NaN } }),
  },
  {
    what: 'a body that was parsed',
    code: 'BODY_PARSED',
    inject: (sent) => ({
      ...sent,
      message: { ...sent.message, body: { amount: 100 } as unknown as Uint8Array },
    }),
  },
  {
    what: 'a body that was parsed, and printed',
    code: 'BODY_PARSED',
    inject: (sent) => withBody(sent, '[object Object]'),
  },
  {
    what: 'a body as text',
    code: 'BODY_TEXT',
    inject: (sent) => ({
      ...sent,
      message: { ...sent.message, body: text(sent) as unknown as Uint8Array },
    }),
  },
  {
    what: 'a body over the limit',
    code: 'BODY_TOO_LARGE',
    error: 'ERR_MESSAGE_LIMIT',
    inject: (sent) => ({ ...sent, options: { ...sent.options, maxBodyBytes: 10 } }),
  },
  {
    what: 'headers that were spread',
    code: 'HEADERS_NONE',
    inject: (sent) =>
      signatureHeader(sent) === undefined
        ? undefined
        : {
            ...sent,
            message: { ...sent.message, headers: {} },
          },
  },
  {
    what: 'no signature',
    code: 'SIGNATURE_MISSING',
    error: 'ERR_MESSAGE_MISSING',
    inject: (sent) => {
      const made = signature(sent, () => []);
      return (
        made && { ...made, message: { ...made.message, headers: [...headersOf(made), ['a', '1']] } }
      );
    },
  },
  {
    what: 'no time',
    code: 'SLOT_MISSING',
    error: 'ERR_MESSAGE_MISSING',
    inject(sent) {
      const { description } = sent;
      const of = description?.time && description.slots[description.time.slot];
      const name = of && /^header (\S+)$/.exec(of.what)?.[1];
      if (name === undefined) return undefined;
      const headers = headersOf(sent).filter(([found]) => found !== name);
      return { ...sent, message: { ...sent.message, headers } };
    },
  },
  {
    what: 'headers by the names of CGI',
    code: 'HEADER_RENAMED',
    error: 'ERR_MESSAGE_MISSING',
    inject: (sent) =>
      signatureHeader(sent) === undefined
        ? undefined
        : {
            ...sent,
            message: {
              ...sent.message,
              headers: headersOf(sent).map(([name, value]): [string, string] => [
                `HTTP_${name.toUpperCase().replaceAll('-', '_')}`,
                value,
              ]),
            },
          },
  },
  {
    what: 'the signature twice',
    code: 'HEADER_DUPLICATE',
    error: 'ERR_MESSAGE_DUPLICATE',
    inject: (sent) => signature(sent, (value) => [value, value]),
  },
  {
    what: 'a version of the signature that is not read',
    code: 'SIGNATURE_VERSION',
    error: 'ERR_MESSAGE_MISSING',
    inject(sent) {
      const { description } = sent;
      if (description?.slots[description.signature.slot]?.kind !== 'list') return undefined;
      return signature(sent, (value) => value.replaceAll(/v1a?([=,])/g, 'v0$1'));
    },
  },
  {
    what: 'the prefix of the signature lost',
    code: 'SIGNATURE_PREFIX',
    error: 'ERR_MESSAGE_FORM',
    inject: (sent) =>
      /^(?:github|slack)$/.test(sent.scheme.id)
        ? signature(sent, (value) => value.replace(/^[^=]+=/, ''))
        : undefined,
  },
  {
    what: "the platform's probe",
    code: 'PROVIDER_PROBE',
    inject: (sent) =>
      /^wechat-pay-(?:callback|response)$/.test(sent.scheme.id)
        ? signature(sent, (value) => `WECHATPAY/SIGNTEST/${value}`)
        : undefined,
  },
  {
    what: 'another encoding of the signature',
    code: 'SIGNATURE_ENCODING',
    inject: (sent) =>
      written(sent, (octets) => {
        const { name } = sent.description?.signature.encoding ?? {};
        return name?.startsWith('hex') === true ? encodeBase64(octets) : encodeHex(octets, 'lower');
      }),
  },
  {
    what: 'the signature in upper case',
    code: 'SIGNATURE_ENCODING',
    error: 'ERR_MESSAGE_FORM',
    inject: (sent) =>
      written(sent, (octets) =>
        sent.description?.signature.encoding.name === 'hex, lower case'
          ? encodeHex(octets, 'upper')
          : undefined,
      ),
  },
  {
    what: 'base64url for Base64',
    code: 'SIGNATURE_ENCODING',
    error: 'ERR_MESSAGE_FORM',
    inject: (sent) =>
      written(sent, (octets) =>
        sent.description?.signature.encoding.name === 'Base64' && octets.length % 3 !== 0
          ? encodeBase64Url(octets)
          : undefined,
      ),
  },
  {
    what: 'the other form of ECDSA',
    code: 'SIGNATURE_DER',
    error: 'ERR_VERIFY_FAILED',
    inject(sent) {
      const { signature: of } = sent.description ?? {};
      if (of?.form === undefined) return undefined;
      const encoding = of.form.encoding === 'der' ? 'fixed' : 'der';
      return sent.resigned({ description: { signature: { ...of, form: { encoding, s: 'any' } } } });
    },
  },
  {
    what: 'half of the signature',
    code: 'SIGNATURE_TRUNCATED',
    inject: (sent) =>
      isMac(sent)
        ? written(sent, (octets) =>
            sent.description?.signature.encoding.encode(octets.subarray(0, 15)),
          )
        : undefined,
  },
  {
    what: 'a signature of half the length',
    code: 'SIGNATURE_LENGTH',
    error: 'ERR_VERIFY_FAILED',
    inject: (sent) =>
      isMac(sent) || sent.description?.signature.form !== undefined
        ? undefined
        : written(sent, (octets) =>
            sent.description?.signature.encoding.encode(octets.subarray(0, 30)),
          ),
  },
  ...[hmacSha1, hmacSha512].map((alg): Injection => ({
    what: `${alg.name} in place of the scheme's`,
    code: 'ALGORITHM_OTHER',
    error: 'ERR_VERIFY_FAILED',
    inject(sent) {
      if (!isMac(sent) || sent.scheme.algs.includes(alg as never) || sent.description === undefined)
        return undefined;
      const { material } = contentsOf(sent.key as Key);
      if (material.kind !== 'secret') return undefined;
      const key = importSecret(material.octets, {
        alg: alg as MacAlgorithm,
        use: 'mac',
        encoding: 'raw',
      });
      return sent.resigned({
        key: key as unknown as SigningKey,
        description: { algs: [alg as never] },
      });
    },
  })),
  { what: 'no keys', code: 'KEY_NONE', inject: (sent) => ({ ...sent, keys: [] }) },
  {
    what: 'keys that were not loaded',
    code: 'KEY_NONE',
    inject: (sent) => ({ ...sent, keys: undefined }),
  },
  {
    what: 'a key that signs',
    code: 'KEY_USE',
    error: 'ERR_KEY_USE',
    inject: (sent) => ({ ...sent, keys: sent.key as never }),
  },
  {
    what: 'a key of another algorithm',
    code: 'KEY_ALGORITHM',
    error: 'ERR_KEY_UNKNOWN',
    inject(sent) {
      if (!isMac(sent) || sent.scheme.algs.includes(hmacSha512)) return undefined;
      const { material, id } = contentsOf(sent.key as Key);
      if (material.kind !== 'secret') return undefined;
      const key = importSecret(material.octets, {
        alg: hmacSha512,
        use: 'verify',
        encoding: 'raw',
        id,
      });
      return { ...sent, keys: key };
    },
  },
  {
    what: 'too many keys',
    code: 'KEYS_TOO_MANY',
    error: 'ERR_KEY_AMBIGUOUS',
    inject: (sent) =>
      sent.description?.keys.slot === undefined && sent.description !== undefined
        ? {
            ...sent,
            keys: Array.from({ length: 9 }, () => verifyingKey(another(sent) as Key)) as never,
          }
        : undefined,
  },
  {
    what: 'an unknown id of a key',
    code: 'KEY_ID_UNKNOWN',
    error: 'ERR_KEY_UNKNOWN',
    inject: (sent) =>
      isNamed(sent)
        ? { ...sent, keys: [verifyingKey(another(sent, 'another-id'))] as never }
        : undefined,
  },
  {
    what: 'the key under another id',
    code: 'KEY_ID_OTHER',
    error: 'ERR_KEY_UNKNOWN',
    inject: (sent) =>
      isNamed(sent)
        ? { ...sent, keys: [renamed(verifyingKey(sent.key as Key), 'another-id')] as never }
        : undefined,
  },
  {
    what: 'the id of the key with colons and zeros',
    code: 'KEY_ID_SPELLING',
    error: 'ERR_KEY_UNKNOWN',
    inject: (sent) =>
      isNamed(sent)
        ? {
            ...sent,
            keys: [renamed(verifyingKey(sent.key as Key), withZeros(sent.key.id ?? ''))] as never,
          }
        : undefined,
  },
  {
    what: 'a key out of its time',
    code: 'KEY_OUT_OF_TIME',
    error: 'ERR_KEY_UNKNOWN',
    inject: (sent) =>
      sent.description?.keys.slot === undefined && sent.description !== undefined
        ? { ...sent, keys: createRing([{ key: verifyingKey(sent.key), notAfter: NOW - 1 }]) }
        : undefined,
  },
  {
    what: 'the own key for that of the platform',
    code: 'KEY_OWN',
    inject(sent) {
      if (isMac(sent)) return undefined;
      const own = another(sent, sent.key.id);
      return {
        ...sent,
        keys: [renamed(verifyingKey(own as Key), sent.key.id)] as never,
        options: { ...sent.options, otherKeys: [{ key: own, role: 'own' }] },
      };
    },
  },
  {
    what: 'a message of the receiver',
    code: 'MESSAGE_OWN',
    error: 'ERR_VERIFY_FAILED',
    inject(sent) {
      if (isMac(sent)) return undefined;
      return {
        ...sent,
        keys: [renamed(verifyingKey(another(sent) as Key), sent.key.id)] as never,
        options: { ...sent.options, otherKeys: [{ key: sent.key, role: 'own' }] },
      };
    },
  },
  ...(
    [
      ['other mode', 'KEY_OTHER_MODE'],
      ['other account', 'KEY_OTHER_ACCOUNT'],
      ['former', 'KEY_FORMER'],
    ] as const
  ).map(([role, code]): Injection => ({
    what: `a key of the kind ${role}`,
    code,
    inject: (sent) => ({
      ...sent,
      keys: [verifyingKey(another(sent, isNamed(sent) ? 'another-id' : undefined))] as never,
      options: { ...sent.options, otherKeys: [{ key: verifyingKey(sent.key), role }] },
    }),
  })),
  {
    what: 'a line end behind the secret',
    code: 'SECRET_BLANKS',
    inject: (sent) => secrets(sent, SECRET, `${SECRET}\n`),
  },
  {
    what: 'a secret in quotes',
    code: 'SECRET_QUOTED',
    inject: (sent) => secrets(sent, SECRET, `"${SECRET}"`),
  },
  {
    what: 'a secret with its prefix',
    code: 'SECRET_PREFIX_KEPT',
    inject: (sent) => secrets(sent, SECRET, `whsec_${SECRET}`),
  },
  {
    what: 'a secret without its prefix',
    code: 'SECRET_PREFIX_LOST',
    inject: (sent) => secrets(sent, `whsec_${SECRET}`, SECRET),
  },
  {
    what: 'a secret that was not decoded',
    code: 'SECRET_NOT_DECODED',
    inject: (sent) => secrets(sent, 'Zx9qLm3vTr7yWk2pHs5dNc8b', SECRET),
  },
  {
    what: 'a secret behind v1,whsec_',
    code: 'SECRET_NOT_DECODED',
    inject: (sent) => secrets(sent, 'Zx9qLm3vTr7yWk2pHs5dNc8b', `v1,whsec_${SECRET}`),
  },
  {
    what: 'a secret that was decoded',
    code: 'SECRET_DECODED',
    inject: (sent) => secrets(sent, SECRET, 'Zx9qLm3vTr7yWk2pHs5dNc8b'),
  },
  {
    what: 'a line end added to the body',
    code: 'BODY_NEWLINE_ADDED',
    inject: (sent) => bodies(sent, COMPACT, `${COMPACT}\n`),
  },
  {
    what: 'the last line end of the body lost',
    code: 'BODY_NEWLINE_LOST',
    inject: (sent) => bodies(sent, `${COMPACT}\n`, COMPACT),
  },
  {
    what: 'CRLF turned to LF',
    code: 'BODY_LINE_ENDS',
    inject: (sent) => bodies(sent, 'a=1\r\nb=2\r\nc', 'a=1\nb=2\nc'),
  },
  {
    what: 'LF turned to CRLF',
    code: 'BODY_LINE_ENDS',
    inject: (sent) => bodies(sent, 'a=1\nb=2\nc', 'a=1\r\nb=2\r\nc'),
  },
  {
    what: 'the byte order mark stripped',
    code: 'BODY_MARK',
    inject: (sent) => bodies(sent, `\ufeff${COMPACT}`, COMPACT),
  },
  {
    what: 'a byte order mark added',
    code: 'BODY_MARK',
    inject: (sent) => bodies(sent, COMPACT, `\ufeff${COMPACT}`),
  },
  {
    what: 'the body in Base64',
    code: 'BODY_BASE64',
    inject: (sent) => bodies(sent, COMPACT, encodeBase64(encodeUtf8(COMPACT))),
  },
  {
    what: 'the body as a JSON string',
    code: 'BODY_QUOTED',
    inject: (sent) => bodies(sent, COMPACT, JSON.stringify(COMPACT)),
  },
  ...([2, 4, '\t'] as const).map((space): Injection => ({
    what: `the body indented by ${JSON.stringify(space)}`,
    code: 'BODY_REINDENTED',
    inject: (sent) => bodies(sent, COMPACT, JSON.stringify(VALUE, null, space)),
  })),
  ...([2, 4, '\t'] as const).map((space): Injection => ({
    what: `the body compacted that was indented by ${JSON.stringify(space)}`,
    code: 'BODY_COMPACTED',
    inject: (sent) => bodies(sent, JSON.stringify(VALUE, null, space), COMPACT),
  })),
  {
    what: 'the body of Python compacted',
    code: 'BODY_COMPACTED',
    inject: (sent) => bodies(sent, '{"a": 1, "b": [1, 2]}', '{"a":1,"b":[1,2]}'),
  },
  {
    what: 'escapes of slashes written anew',
    code: 'BODY_ESCAPES',
    inject: (sent) => bodies(sent, COMPACT.replaceAll('/', '\\/'), COMPACT),
  },
  {
    what: 'escapes of letters written anew',
    code: 'BODY_ESCAPES',
    inject: (sent) => bodies(sent, COMPACT.replaceAll('é', '\\u00e9'), COMPACT),
  },
  {
    what: 'the letters of escapes in another case',
    code: 'BODY_ESCAPES',
    inject: (sent) =>
      bodies(sent, COMPACT.replaceAll('é', '\\u00E9'), COMPACT.replaceAll('é', '\\u00e9')),
  },
  {
    what: 'escapes of HTML written anew',
    code: 'BODY_ESCAPES',
    inject: (sent) => bodies(sent, '{"a":"\\u003cb\\u003e \\u0026"}', '{"a":"<b> &"}'),
  },
  {
    what: 'the body of PHP parsed and written',
    code: 'BODY_ESCAPES',
    inject: (sent) =>
      bodies(sent, COMPACT.replaceAll('/', '\\/').replaceAll('é', '\\u00e9'), COMPACT),
  },
  {
    what: 'members in another order',
    code: 'BODY_REORDERED',
    inject: (sent) => bodies(sent, '{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}'),
  },
  {
    what: 'members sorted by a store',
    code: 'BODY_REORDERED',
    inject: (sent) =>
      bodies(
        sent,
        '{"type":"x","id":1,"data":{},"amount":2}',
        '{"amount":2,"data":{},"id":1,"type":"x"}',
      ),
  },
  {
    what: 'the body of Python parsed and written',
    code: 'BODY_RESERIALISED',
    inject: (sent) => bodies(sent, '{"a": 1, "b": "caf\\u00e9"}', '{"a":1,"b":"café"}'),
  },
  {
    what: 'a form that was decoded',
    code: 'BODY_FORM_DECODED',
    inject: (sent) => bodies(sent, 'a=caf%C3%A9&b=1%2F2', 'a=café&b=1/2'),
  },
  {
    what: 'a form that was encoded anew',
    code: 'BODY_FORM_ENCODED',
    inject: (sent) => bodies(sent, 'a=x+y&b=1%2F2', 'a=x%20y&b=1%2F2'),
  },
  {
    what: 'a form signed as it was decoded',
    code: 'BODY_FORM_ENCODED',
    inject: (sent) => bodies(sent, 'a=x y&b=1/2', 'a=x+y&b=1%2F2'),
  },
  {
    what: 'entities of HTML in the body',
    code: 'BODY_HTML',
    inject: (sent) =>
      bodies(sent, '{"a":"<1 & 2>"}', '{&quot;a&quot;:&quot;&lt;1 &amp; 2&gt;&quot;}'),
  },
  {
    what: 'UTF-8 read as ISO 8859-1',
    code: 'BODY_CHARSET',
    inject: (sent) => bodies(sent, COMPACT, encodeUtf8(Buffer.from(COMPACT).toString('latin1'))),
  },
  {
    what: 'UTF-8 read as windows-1252',
    code: 'BODY_CHARSET',
    inject: (sent) => bodies(sent, '{"a":"1 €"}', '{"a":"1 â‚¬"}'),
  },
  {
    what: 'UTF-8 written as ISO 8859-1',
    code: 'BODY_CHARSET',
    inject: (sent) => bodies(sent, COMPACT, new Uint8Array(Buffer.from(COMPACT, 'latin1'))),
  },
  {
    what: 'another normal form',
    code: 'BODY_NORMALISED',
    inject: (sent) => bodies(sent, COMPACT.normalize('NFD'), COMPACT),
  },
  ...(
    [
      ['in Base64', 'BODY_BASE64', (body) => encodeBase64(encodeUtf8(body))],
      ['as a JSON string', 'BODY_QUOTED', (body) => JSON.stringify(body)],
      [
        'behind a filter',
        'BODY_HTML',
        (body) => body.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
      ],
      ['read as ISO 8859-1', 'BODY_CHARSET', (body) => Buffer.from(body).toString('latin1')],
      ['decoded as a form', 'BODY_FORM_DECODED', decodedForm],
    ] as const satisfies readonly [string, FaultCode, (body: string) => string | undefined][]
  ).map(([what, code, change]): Injection => ({
    what: `the body of the provider ${what}`,
    code,
    inject(sent) {
      const received = change(text(sent));
      if (received === undefined || text(sent) === '') return undefined;
      return unlessVerified({
        ...sent,
        message: { ...sent.message, body: encodeUtf8(received) },
      });
    },
  })),
  {
    what: 'a body that was read before',
    code: 'BODY_EMPTY',
    error: 'ERR_VERIFY_FAILED',
    inject: (sent) => bodies(sent, COMPACT, new Uint8Array(0)),
  },
  {
    what: 'octets that are not UTF-8 replaced',
    code: 'BODY_REPLACED',
    inject: (sent) =>
      bodies(sent, COMPACT, new TextDecoder().decode(Buffer.from(COMPACT, 'latin1'))),
  },
  {
    what: 'a compressed body',
    code: 'BODY_COMPRESSED',
    inject: (sent) => bodies(sent, COMPACT, Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3)),
  },
  {
    what: 'a body that was cut',
    code: 'BODY_CUT',
    inject: (sent) => bodies(sent, COMPACT, COMPACT.slice(0, -20)),
  },
  {
    what: 'a body of another length than Content-Length says',
    code: 'BODY_LENGTH',
    inject(sent) {
      const made = bodies(sent, COMPACT, 'XQ7-3K-9Z');
      return (
        made && {
          ...made,
          message: {
            ...made.message,
            headers: [...headersOf(made), ['Content-Length', `${COMPACT.length}`]],
          },
        }
      );
    },
  },
  {
    what: 'a signature over the body alone',
    code: 'SIGNED_BODY_ALONE',
    inject: (sent) => signedOver(sent, [wholeBody], { body: 'whole' }),
  },
  {
    what: 'a signature over the message without its time',
    code: 'SIGNED_WITHOUT_TIME',
    inject(sent) {
      const { message = [], time, covers = {} } = sent.description ?? {};
      if (time === undefined || message.length < 4) return undefined;
      const at = message.findIndex(
        (part) => typeof part !== 'string' && part.uses[0] === time.slot,
      );
      const { [time.slot]: _, ...rest } = covers;
      return signedOver(sent, message.toSpliced(at, 2), rest);
    },
  },
  {
    what: 'a message that is too old',
    code: 'TIME_OLD',
    error: 'ERR_TOO_OLD',
    inject: (sent) => timed(sent, ({ past }) => NOW - past - 1234),
  },
  {
    what: 'a time zone in the clock',
    code: 'CLOCK_ZONE',
    error: 'ERR_TOO_OLD',
    inject: (sent) => timed(sent, ({ past }) => (past < 36_000 ? NOW - 10 * 3600 : undefined)),
  },
  {
    what: 'a message from time to come',
    code: 'TIME_AHEAD',
    error: 'ERR_NOT_YET_VALID',
    inject: (sent) => timed(sent, ({ future }) => NOW + future + 4000),
  },
  {
    what: 'a time in milliseconds',
    code: 'TIME_MILLISECONDS',
    error: 'ERR_TIME',
    inject: (sent) =>
      sent.description?.time?.unit === unixSeconds
        ? sent.resigned({
            description: { time: { ...sent.description.time, unit: unixMilliseconds } },
          })
        : undefined,
  },
  {
    what: 'a time in seconds',
    code: 'TIME_SECONDS',
    error: 'ERR_TIME',
    inject: (sent) =>
      sent.description?.time?.unit === unixMilliseconds
        ? sent.resigned({
            description: { time: { ...sent.description.time, unit: unixSeconds } },
          })
        : undefined,
  },
  ...(
    [
      ['http for https', 'URL_SCHEME', (url) => url.replace('https:', 'http:')],
      ['a port in the URL', 'URL_PORT', (url) => url.replace(/^(https:\/\/[^/]+)/, '$1:8443')],
      [
        'capitals in the host',
        'URL_HOST',
        (url) => url.replace(/^https:\/\/./, (of) => of.slice(0, -1) + of.slice(-1).toUpperCase()),
      ],
      ['another origin', 'URL_ORIGIN', (url) => url.replace(/^https(:\/\/[^/]+)/, 'http$1:3000')],
      ['a slash behind the path', 'URL_SLASH', (url) => url.replace(/^([^?]+)/, '$1/')],
      [
        'a segment before the path',
        'URL_PREFIX',
        (url) => url.replace(/^(https:\/\/[^/]+)/, '$1/proxy'),
      ],
      ['blanks of the query as +', 'URL_QUERY', (url) => url.replaceAll('%20', '+')],
      ['a decoded path', 'URL_ENCODING', (url) => url.replaceAll('%21', '!')],
    ] as const satisfies readonly [string, FaultCode, (url: string) => string][]
  ).map(([what, code, change]): Injection => ({
    what: `a URL with ${what}`,
    code,
    inject(sent) {
      const [path, query] = sent.sample.message.url?.split('?') ?? [];
      if (path === undefined) return undefined;
      const encoded = code === 'URL_ENCODING' ? path.replace(/\/?$/, '/a%21b') : path;
      const url = `${encoded}?${query === undefined ? '' : `${query}&`}q=a%20b`;
      const given = attempt(() => sent.resigned({ url }));
      return (
        given &&
        unlessVerified({
          ...given,
          message: { ...given.message, url: change(given.message.url ?? '') },
        })
      );
    },
  })),
  {
    what: 'a host of the proxy',
    code: 'URL_HOST',
    inject(sent) {
      const { url } = sent.message;
      if (url === undefined) return undefined;
      const { host } = new URL(url);
      const headers = [...headersOf(sent), ['X-Forwarded-Host', host] as [string, string]];
      return unlessVerified({
        ...sent,
        message: { ...sent.message, headers, url: url.replace(host, 'internal.example') },
      });
    },
  },
  {
    what: 'a URL that is given for comparison',
    code: 'URL_ORIGIN',
    inject(sent) {
      const { url } = sent.message;
      if (url === undefined) return undefined;
      const other = url.replace(new URL(url).origin, 'http://10.0.0.1:3000');
      return unlessVerified({
        ...sent,
        message: { ...sent.message, url: other },
        options: { ...sent.options, otherUrls: [url] },
      });
    },
  },
  {
    what: 'another method',
    code: 'METHOD_OTHER',
    inject: (sent) =>
      unlessVerified({
        ...sent,
        message: { ...sent.message, method: sent.message.method?.toLowerCase() },
      }),
  },
  {
    what: 'a setting that is missing',
    code: 'SETTING_MISSING',
    inject: (sent) =>
      sent.sample.settings && { ...sent, options: { ...sent.options, settings: undefined } },
  },
  {
    what: 'a setting with a line end',
    code: 'SETTING_BLANKS',
    inject: (sent) => unlessVerified(withSettings(sent, (value) => `${value}\n`)),
  },
  {
    what: 'the setting of another webhook',
    code: 'SETTING_OTHER',
    inject(sent) {
      const made = unlessVerified(
        withSettings(sent, (value) => value.replace(/.$/, (of) => (of === '0' ? '1' : '0'))),
      );
      return (
        made && {
          ...made,
          options: { ...made.options, otherSettings: [sent.sample.settings ?? {}] },
        }
      );
    },
  },
  {
    what: 'settings that the scheme has not',
    code: 'CALL_INVALID',
    inject: (sent) =>
      sent.scheme.settings.length > 0 || sent.description === undefined
        ? undefined
        : { ...sent, options: { ...sent.options, settings: { webhookId: '1' } } },
  },
  {
    what: 'a header that was percent-encoded',
    code: 'SLOT_ENCODED',
    inject(sent) {
      const made = signature(sent, encodeURIComponent);
      return made && unlessVerified(made);
    },
  },
  {
    what: 'a header that holds what no header may',
    code: 'SLOT_FORM',
    inject: (sent) => signature(sent, (value) => `${value}\u00e9`),
  },
  {
    what: 'a time in another form',
    code: 'TIME_FORM',
    inject(sent) {
      const { time, slots = {} } = sent.description ?? {};
      const name = time && /^header (\S+)$/.exec(slots[time.slot]?.what ?? '')?.[1];
      if (name === undefined) return undefined;
      const headers = headersOf(sent).map(([found, value]): [string, string] => [
        found,
        found === name ? 'Tue, 14 Nov 2023 22:13:20 GMT' : value,
      ]);
      return { ...sent, message: { ...sent.message, headers } };
    },
  },
  {
    what: 'an algorithm that the scheme has not',
    code: 'ALGORITHM_UNKNOWN',
    error: 'ERR_MESSAGE_ALGORITHM',
    inject(sent) {
      const { algBy, slots = {} } = sent.description ?? {};
      const name = algBy && /^header (\S+)$/.exec(slots[algBy.slot]?.what ?? '')?.[1];
      if (name === undefined) return undefined;
      const headers = headersOf(sent).map(([found, value]): [string, string] => [
        found,
        found.toLowerCase() === name.toLowerCase() ? 'none' : value,
      ]);
      return { ...sent, message: { ...sent.message, headers } };
    },
  },
  {
    what: 'a signature over the message without its id',
    code: 'SIGNED_WITHOUT_SLOT',
    inject(sent) {
      const { message = [], covers = {}, delivery } = sent.description ?? {};
      const at = message.findIndex((part) => typeof part !== 'string' && part.uses[0] === delivery);
      if (delivery === undefined || at < 0 || message.length < 4) return undefined;
      const { [delivery]: _, ...rest } = covers;
      return signedOver(sent, message.toSpliced(at, 2), rest);
    },
  },
  {
    what: 'a changed body',
    code: 'NOT_EXPLAINED',
    error: 'ERR_VERIFY_FAILED',
    inject: (sent) => bodies(sent, COMPACT, '{"amount":999}'),
  },
];

/** Signed over other parts, with the time beside them. */
function signedOver(
  sent: Sent,
  message: AnyDescription['message'],
  covers: Covers,
): Given | undefined {
  const { description } = sent;
  if (description === undefined || description.message.length === 1) return undefined;
  if (!description.message.includes(wholeBody)) return undefined;
  const { time } = description;
  const make = (ambiguous: AnyDescription['ambiguous']) =>
    sent.resigned({
      description: {
        message,
        covers,
        time: undefined,
        freshness: 'none',
        delivery: undefined,
        ambiguous,
      } as never,
      values: time === undefined ? {} : { [time.slot]: time.unit.write(NOW) },
    });
  return attempt(() => make(undefined)) ?? make({ why: 'it is wrong', example: () => [{}, {}] });
}

/** A form whose values can be told apart after they were decoded. */
function decodedForm(body: string): string | undefined {
  const values = body.split('&').map((pair) => pair.replace(/^[^=]*=/, ''));
  const isPlain = !/^[{[]/.test(body) && values.every((value) => !/%(?:26|3d|2b|25)/i.test(value));
  return isPlain ? decodeURIComponent(body.replaceAll('+', ' ')) : undefined;
}

/** A change that matters to the scheme. */
function unlessVerified(given: Given | undefined): Given | undefined {
  if (given === undefined) return undefined;
  const { scheme, message, keys, options } = given;
  const told = { ...options, otherUrls: undefined, otherSettings: undefined };
  const { otherUrls: _, otherSettings: __, ...rest } = told;
  const isVerified = succeeds(() =>
    scheme[ENGINE].verify(message, keys as SchemeKeys, rest as VerifyOptions),
  );
  return isVerified ? undefined : given;
}

function withSettings(sent: Sent, change: (value: string) => string): Given | undefined {
  const given = sent.sample.settings;
  if (given === undefined) return undefined;
  const changed = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, change(value)]),
  );
  return { ...sent, options: { ...sent.options, settings: changed } };
}

function isNamed({ description }: Sent): boolean {
  return description?.keys.slot !== undefined;
}

function timed(
  sent: Sent,
  make: (time: SignedTime<string>) => number | undefined,
): Given | undefined {
  const { time } = sent.description ?? {};
  const now = time && make(time);
  return now === undefined ? undefined : sent.resigned({ now });
}

/** As another tool prints a serial number. Thumbprints are drawn, and one that begins as 0x does is left. */
function withZeros(id: string): string {
  return `${id.startsWith('0') ? '' : '00'}${id.replace(/^(..)/, '$1:')}`;
}
