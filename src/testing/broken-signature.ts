/**
 * Messages whose signature is broken.
 *
 * @module
 */
import { encodeBase64 } from '../bytes/base64.js';
import { encodeHex } from '../bytes/hex.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import { eachLine } from '../scheme/lines.js';
import type { SignedMessage } from '../scheme/scheme.js';
import type { SignatureKind } from './broken-kinds.js';
import {
  type Compiled,
  type Made,
  otherMessage,
  plainSlot,
  type Recipe,
  resigned,
  rewritten,
  type Subject,
  substituted,
} from './broken-subject.js';
import { readTexts } from './rewrite.js';

const NOT_COMPILED = 'the scheme is composed, and its signature stands in no slot';
const NO_HEADER = 'the signature stands in no header';

/** More than any scheme takes. */
const TOO_MANY = 9;

/** Recipes for what may be wrong with a signature. */
export const signatureRecipes: Readonly<Record<SignatureKind, Recipe>> = {
  'signature-missing': (subject) => ({
    message: withSignatures(subject, []) ?? withAdded(subject, () => []),
    expected: ['ERR_MESSAGE_MISSING'],
  }),
  'signature-empty': (subject) => ({
    message: withSignatures(subject, ['']) ?? withAdded(subject, ([name]) => [[name, '']]),
    expected: ['ERR_MESSAGE_MISSING', 'ERR_MESSAGE_FORM'],
  }),
  'signature-of-another-message'(subject) {
    const { compiled } = subject;
    if (compiled === undefined) return NOT_COMPILED;
    const other = otherwiseSigned(subject, compiled);
    if (other === undefined) return 'the signature binds nothing that can be changed here';
    const { settings } = subject.simulated.from;
    const { signatures } = readTexts(compiled.description, other, settings);
    return {
      message: rewritten(subject, compiled, { signatures }),
      expected: ['ERR_VERIFY_FAILED'],
    };
  },
  'signature-bit': (subject) =>
    withOctets(subject, (octets) => {
      const middle = octets.length >> 1;
      return octets.with(middle, (octets[middle] ?? 0) ^ 1);
    }),
  'signature-truncated': (subject) => withOctets(subject, (octets) => octets.slice(0, -1)),
  'signature-longer': (subject) =>
    withText(subject, (text) => `${text}zz`, ['ERR_MESSAGE_FORM', 'ERR_VERIFY_FAILED']),
  'signature-other-encoding'(subject) {
    const encoding = subject.compiled?.description.signature.encoding;
    if (encoding === undefined) return NOT_COMPILED;
    const write = isHex(encoding.encode(Uint8Array.of(0xab)))
      ? encodeBase64
      : (octets: Uint8Array) => encodeHex(octets, 'lower');
    return withText(subject, (text) => write(encoding.decode(text)), [
      'ERR_MESSAGE_FORM',
      'ERR_VERIFY_FAILED',
    ]);
  },
  'signature-other-case'(subject) {
    const encoding = subject.compiled?.description.signature.encoding;
    if (encoding === undefined) return NOT_COMPILED;
    if (encoding.equivalence === 'letter-case') return 'the scheme takes letters of either case';
    const written = encoding.encode(Uint8Array.of(0xab));
    if (!isHex(written)) return 'the signature is not in hex';
    const isLower = written === 'ab';
    return withText(subject, (text) => (isLower ? text.toUpperCase() : text.toLowerCase()), [
      'ERR_MESSAGE_FORM',
    ]);
  },
  'signature-other-version'(subject) {
    const found = signatureHeader(subject);
    if (found === undefined) return NO_HEADER;
    const { message } = subject.simulated;
    const [name, value] = message.headers[found.at] as readonly [string, string];
    const tag = /[a-z][a-z0-9]*(?=[=,]"?$)/i.exec(value.slice(0, found.start));
    if (tag === null) return 'no name stands before the signature';
    const other = `${value.slice(0, tag.index)}v99${value.slice(tag.index + tag[0].length)}`;
    return {
      message: { ...message, headers: message.headers.with(found.at, [name, other]) },
      expected: ['ERR_MESSAGE_MISSING', 'ERR_MESSAGE_FORM'],
    };
  },
  'signature-twice'(subject) {
    const { message } = subject.simulated;
    if (subject.compiled === undefined) {
      return {
        message: withAdded(subject, (header) => [header, header]),
        expected: ['ERR_MESSAGE_DUPLICATE'],
      };
    }
    const { description } = subject.compiled;
    const of = description.slots[description.signature.slot];
    if (of?.kind === 'list' && of.hasLines) return 'each signature may have a line of its own';
    const found = signatureHeader(subject);
    if (found === undefined) {
      const [signature = ''] = subject.compiled.texts.signatures;
      const signatures = [signature, signature];
      return {
        message:
          memberTwice(message, signature) ?? rewritten(subject, subject.compiled, { signatures }),
        expected: ['ERR_MESSAGE_DUPLICATE', 'ERR_FORM_DUPLICATE', 'ERR_JSON_DUPLICATE'],
      };
    }
    return {
      message: {
        ...message,
        headers: [...message.headers, ...message.headers.slice(found.at, found.at + 1)],
      },
      expected: ['ERR_MESSAGE_DUPLICATE'],
    };
  },
  'signatures-too-many'(subject) {
    const { compiled } = subject;
    if (compiled === undefined) return NOT_COMPILED;
    const { description, texts } = compiled;
    if (description.slots[description.signature.slot]?.kind !== 'list') {
      return 'the scheme has one signature';
    }
    const signatures = Array.from({ length: TOO_MANY }, () => texts.signatures[0] ?? '');
    return {
      message: rewritten(subject, compiled, { signatures }),
      expected: ['ERR_MESSAGE_LIMIT'],
    };
  },
  'header-not-ascii'(subject) {
    const { message } = subject.simulated;
    const changed = withAdded(subject, ([name, value]) => [[name, `${value}\u00e9`]]);
    const isSame = changed.headers.every(([, value], i) => value === message.headers[i]?.[1]);
    return isSame
      ? 'the scheme has no header'
      : { message: changed, expected: ['ERR_MESSAGE_FORM'] };
  },
};

function withSignatures(
  subject: Subject,
  signatures: readonly string[],
): SignedMessage | undefined {
  return subject.compiled && rewritten(subject, subject.compiled, { signatures });
}

/** The message with another body, or with another value beside it, and the signature of that. */
function otherwiseSigned(subject: Subject, compiled: Compiled): SignedMessage | undefined {
  if ('body' in subject.scheme.covers) {
    return resigned(subject, { message: otherMessage(subject) });
  }
  const plain = plainSlot(subject, compiled);
  if (plain === undefined) return undefined;
  const { name, value, other, isPlaced } = plain;
  const { from } = subject.simulated;
  return isPlaced
    ? resigned(subject, { values: { ...from.values, [name]: other } })
    : resigned(subject, { message: substituted(from.message, value, other) ?? from.message });
}

/** The message with two members of JSON for the one that holds the signature. */
function memberTwice(message: SignedMessage, signature: string): SignedMessage | undefined {
  const [before = '', after] = decodeUtf8(message.body).split(JSON.stringify(signature));
  const name = /"\w+"\s*:\s*$/.exec(before)?.[0];
  if (name === undefined || after === undefined) return undefined;
  const value = JSON.stringify(signature);
  return { ...message, body: encodeUtf8(`${before}${value},${name}${value}${after}`) };
}

type Header = readonly [name: string, value: string];

/** The message with others in place of the headers that signing added. */
function withAdded(
  { simulated: { message, from } }: Subject,
  change: (header: Header) => readonly Header[],
): SignedMessage {
  const given = new Set<string>();
  eachLine(from.message.headers ?? [], (name) => given.add(String(name).toLowerCase()));
  const headers = message.headers.flatMap((header) =>
    given.has(header[0].toLowerCase()) ? [header] : change(header),
  );
  return { ...message, headers };
}

/** The genuine signature as other text. */
function withText(
  subject: Subject,
  change: (text: string) => string,
  expected: Made['expected'],
): Made | string {
  const { compiled } = subject;
  if (compiled === undefined) return NOT_COMPILED;
  return {
    message: rewritten(subject, compiled, { signatures: compiled.texts.signatures.map(change) }),
    expected,
  };
}

/** Other octets in the encoding of the scheme. */
function withOctets(subject: Subject, change: (octets: Uint8Array) => Uint8Array): Made | string {
  const encoding = subject.compiled?.description.signature.encoding;
  if (encoding === undefined) return NOT_COMPILED;
  return withText(subject, (text) => encoding.encode(change(encoding.decode(text))), [
    'ERR_VERIFY_FAILED',
  ]);
}

/** Which header holds the signature, and where in it. */
function signatureHeader({
  compiled,
  simulated,
}: Subject): { at: number; start: number } | undefined {
  const [signature] = compiled?.texts.signatures ?? [];
  if (signature === undefined) return undefined;
  const { headers } = simulated.message;
  const at = headers.findIndex(([, value]) => value.includes(signature));
  return at < 0 ? undefined : { at, start: headers[at]?.[1].indexOf(signature) ?? 0 };
}

function isHex(written: string): boolean {
  return /^ab$/i.test(written);
}
