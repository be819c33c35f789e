/**
 * Asks for signatures and answers, {@link https://www.rfc-editor.org/rfc/rfc9421#section-5 RFC 9421,
 * section 5}. The field in a request asks for a signature of its response, in a response for one of
 * later requests.
 *
 * @module
 */
import { fields, integer, text } from '../bytes/octets.js';
import { readDictionary } from '../canonical/structured-read.js';
import type { BareItem, Member, ReadMember } from '../canonical/structured-values.js';
import { writeDictionary } from '../canonical/structured-write.js';
import { CountersignError } from '../errors.js';
import { named, seconds } from '../key/options.js';
import { type Component, readComponent } from './component.js';
import { givenMessage } from './given.js';
import type { HttpMessage } from './message.js';
import { type HttpSignatureAlgorithm, registeredName } from './signature-algorithm.js';
import {
  type Components,
  componentsOf,
  distinct,
  MOST_COMPONENTS,
  NO_COMPONENTS,
  type SignatureParameters,
} from './signature-base.js';
import { MAX_BYTES, type SignMessageOptions } from './signature-sign.js';

/** A signature that is asked for. */
export interface RequestedSignature {
  /** What the signature is to be called in the message. */
  readonly label: string;
  /** Exactly what it is to cover. */
  readonly components: Components;
  /** Whether it is to say when it was made. */
  readonly created: boolean;
  /** Whether it is to say when it ends to hold. */
  readonly expires: boolean;
  readonly nonce?: string | undefined;
  /** The registered name of an algorithm. */
  readonly alg?: string | undefined;
  readonly keyid?: string | undefined;
  readonly tag?: string | undefined;
}

/** What the one who answers has. */
export interface AnswerOptions {
  /** The algorithm of the key. */
  readonly alg: HttpSignatureAlgorithm;
  /** What the key is called; without it, the answer names no key. */
  readonly keyid?: string | undefined;
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds for which the signature holds, if the end is asked for. */
  readonly lifetime: number;
}

/** What an answer is signed by. */
export type AnsweredSignature = Pick<SignMessageOptions, 'label' | 'components' | 'parameters'>;

const TEXTS = ['nonce', 'alg', 'keyid', 'tag'] as const;
const FLAGS = ['created', 'expires'] as const;
const REQUESTED = ['label', 'components', ...FLAGS, ...TEXTS];
const MOST_SIGNATURES = 8;
const MOST_LIFETIME = 2 ** 32;

/** Reads the Accept-Signature field of a message; none asks for nothing. */
export function readAcceptSignature(message: HttpMessage): readonly RequestedSignature[] {
  const { headers } = givenMessage(message);
  const lines = headers.lines.get('accept-signature');
  if (lines === undefined) return [];
  const members = Object.entries(
    readDictionary(lines, { maxBytes: MAX_BYTES, duplicates: 'refuse' }),
  );
  if (members.length > MOST_SIGNATURES) {
    throw refused(`expected at most ${MOST_SIGNATURES} signatures`);
  }
  return members.map(([label, member]) => requestedBy(label, member));
}

/** The value of an Accept-Signature field. */
export function writeAcceptSignature(requested: readonly RequestedSignature[]): string {
  if (!Array.isArray(requested)) throw new TypeError('requested: expected an array');
  const members: Record<string, Member> = {};
  for (const one of requested as readonly RequestedSignature[]) {
    const { label, components } = named(one, 'requested', REQUESTED);
    if (Object.hasOwn(members, text(label, 'requested.label'))) {
      throw new TypeError('requested.label: expected each of them once');
    }
    const params: Record<string, BareItem> = {};
    for (const flag of FLAGS) if (one[flag]) params[flag] = true;
    for (const name of TEXTS) {
      const value = one[name];
      if (value !== undefined) params[name] = text(value, `requested.${name}`);
    }
    const items = componentsOf(components, 'requested.components').map(({ item }) => item);
    members[label] = { items, params };
  }
  return writeDictionary(members);
}

/**
 * What `signMessage` is to be given to answer. A request for another key or algorithm is refused; who
 * was asked for several signatures goes on to the next.
 */
export function answerAcceptSignature(
  requested: RequestedSignature,
  options: AnswerOptions,
): AnsweredSignature {
  const { label, components, created, expires, nonce, alg, keyid, tag } = named(
    requested,
    'requested',
    REQUESTED,
  );
  const own = named(options, 'options', ['alg', 'keyid', 'now', 'lifetime']);
  const now = seconds(own.now, 'options.now');
  const lifetime = integer(own.lifetime, 'options.lifetime', 1, MOST_LIFETIME);
  const name = registeredName(fields(own.alg, 'options.alg', 'an algorithm'));
  if (alg !== undefined && alg !== name) {
    throw new CountersignError('ERR_HTTP_ALGORITHM', 'expected a request for this algorithm');
  }
  if (keyid !== undefined && keyid !== own.keyid) {
    throw new CountersignError('ERR_KEY_UNKNOWN', 'expected a request for this key');
  }
  const parameters: SignatureParameters = {
    ...(created ? { created: now } : {}),
    ...(expires ? { expires: now + lifetime } : {}),
    nonce,
    ...(alg === undefined ? {} : { alg: name }),
    keyid: own.keyid,
    tag,
  };
  return { label: text(label, 'requested.label'), components, parameters };
}

/** Section 5.1. */
function requestedBy(label: string, member: ReadMember): RequestedSignature {
  if (!('items' in member)) throw refused('expected Inner Lists');
  if (member.items.length > MOST_COMPONENTS) throw refused('expected fewer components');
  const components: readonly Component[] = distinct(member.items.map(readComponent)).map(
    ({ component, text: name }) => (name === `"${component}"` ? component : name),
  );
  const { created = false, expires = false, ...texts } = member.params;
  const isKnown = Object.entries(texts).every(
    ([name, value]) => (TEXTS as readonly string[]).includes(name) && typeof value === 'string',
  );
  if (!isKnown || typeof created !== 'boolean' || typeof expires !== 'boolean') {
    throw refused('expected the parameters of RFC 9421, section 5.1');
  }
  return {
    ...texts,
    label,
    components: components.length === 0 ? NO_COMPONENTS : components,
    created,
    expires,
  };
}

function refused(expected: string): CountersignError {
  return new CountersignError('ERR_HTTP_SIGNATURE', `accept-signature: ${expected}`);
}
