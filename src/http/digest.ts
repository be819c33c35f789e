/**
 * Digest fields, {@link https://www.rfc-editor.org/rfc/rfc9530 RFC 9530}. `countersign/http/digest`.
 *
 * A digest says that octets are the ones that somebody meant; who that was, a signature over the field
 * says. Of the registered algorithms two resist an attacker, sha-256 and sha-512 (section 5). The others
 * are passed over as unknown ones are, so that a field without one of the two is refused.
 *
 * @module
 */
import { type FieldLines, readDictionary, type ReadOptions } from '../canonical/structured-read.js';
import { Bare, type Member } from '../canonical/structured-values.js';
import { writeDictionary } from '../canonical/structured-write.js';
import { same } from '../bytes/equal.js';
import { choice, fields, integer, octets } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { named } from '../key/options.js';
import { type DigestAlgorithm, sha256, sha512 } from '../primitive/digest.js';
import { givenMessage } from './given.js';
import type { HttpMessage } from './message.js';

export type { FieldLines, ReadOptions };

/** The algorithms that are computed here, by their names in fields. */
export type DigestName = 'sha-256' | 'sha-512';

/** What was compared; every member was. */
export interface DigestCheck {
  /** The algorithms of the field that are known here. Each matched, and there is one or more. */
  readonly algorithms: readonly DigestName[];
  /** The octets that they are digests of. */
  readonly octets: Uint8Array;
}

/** Where a digest field is looked for. */
export interface DigestOptions extends Pick<ReadOptions, 'maxBytes'> {
  /** The section that it stands in, section 2; `headers` unless said otherwise. */
  readonly section?: 'headers' | 'trailers' | undefined;
}

/** Weights of algorithms, section 4: 0 is unacceptable, 10 is liked best. */
export type DigestPreferences = Readonly<Record<string, number>>;

const ALGORITHMS: readonly DigestName[] = ['sha-256', 'sha-512'];
const MOST_WEIGHT = 10;

/** The value of a Content-Digest or Repr-Digest field: the digests of octets. */
export function createDigest(content: Uint8Array, algorithms: readonly DigestName[]): string {
  const data = octets(content, 'content');
  const members: Record<string, Member> = {};
  for (const name of namesOf(algorithms)) members[name] = { value: hashOf(name).digest(data) };
  return writeDictionary(members);
}

/** Compares the body of a message with its Content-Digest field, section 2. */
export function checkContentDigest(message: HttpMessage, options?: DigestOptions): DigestCheck {
  const given = givenMessage(message);
  if (given.body === undefined) throw new TypeError('message: expected its body');
  return checkSection(given, 'content-digest', given.body, options);
}

/**
 * Compares a representation with the Repr-Digest field of a message, section 3. Which octets are the
 * representation, the caller knows: those of the body where there is no range and no Content-Encoding
 * was taken off.
 */
export function checkReprDigest(
  message: HttpMessage,
  representation: Uint8Array,
  options?: DigestOptions,
): DigestCheck {
  return checkSection(givenMessage(message), 'repr-digest', representation, options);
}

/**
 * Compares octets with the value of a digest field, of which every digest that is known must match
 * and one must be known.
 */
export function checkDigest(
  field: FieldLines,
  content: Uint8Array,
  options: Pick<ReadOptions, 'maxBytes'> = {},
): DigestCheck {
  const data = octets(content, 'content');
  const { maxBytes } = named(options, 'options', ['maxBytes']);
  const members = Object.entries(readDictionary(field, { maxBytes, duplicates: 'refuse' }));
  const algorithms: DigestName[] = [];
  for (const [name, member] of members) {
    if (!('value' in member) || !isOctets(member.value)) {
      throw new CountersignError('ERR_STRUCTURED_FIELD', 'digest: expected Byte Sequences');
    }
    if (!isDigestName(name)) continue;
    if (!same(hashOf(name).digest(data), member.value)) {
      throw new CountersignError('ERR_HTTP_DIGEST', `${name}: expected the digest of the octets`);
    }
    algorithms.push(name);
  }
  if (algorithms.length === 0) {
    throw new CountersignError(
      'ERR_HTTP_DIGEST_ALGORITHM',
      `digest: expected one of ${ALGORITHMS.join(' and ')}`,
    );
  }
  return Object.freeze({ algorithms: Object.freeze(algorithms), octets: data });
}

/** Reads the value of a Want-Content-Digest or Want-Repr-Digest field, section 4. */
export function readWantDigest(field: FieldLines): DigestPreferences {
  const weights: Record<string, number> = new Bare();
  for (const [name, member] of Object.entries(readDictionary(field))) {
    const weight = 'value' in member ? member.value : undefined;
    if (!(typeof weight === 'number' && 0 <= weight && weight <= MOST_WEIGHT)) {
      throw new CountersignError(
        'ERR_STRUCTURED_FIELD',
        `digest: expected Integers from 0 to ${MOST_WEIGHT}`,
      );
    }
    weights[name] = weight;
  }
  return weights;
}

/**
 * The algorithm that such a field likes best of those that are computed here, sha-512 among equals;
 * `undefined` where it wants neither.
 */
export function chooseDigest(field: FieldLines): DigestName | undefined {
  const { 'sha-256': short = 0, 'sha-512': long = 0 } = readWantDigest(field);
  if (short === 0 && long === 0) return undefined;
  return long >= short ? 'sha-512' : 'sha-256';
}

/** The value of a Want-Content-Digest or Want-Repr-Digest field. */
export function writeWantDigest(preferences: DigestPreferences): string {
  const weights = Object.entries(fields(preferences, 'preferences', 'weights by algorithms'));
  return writeDictionary(
    Object.fromEntries(
      weights.map(([name, weight]) => [
        name,
        { value: integer(weight, 'preferences', 0, MOST_WEIGHT) },
      ]),
    ),
  );
}

function checkSection(
  message: HttpMessage,
  name: string,
  content: Uint8Array,
  options: DigestOptions = {},
): DigestCheck {
  const { section = 'headers', maxBytes } = named(options, 'options', ['section', 'maxBytes']);
  choice(section, 'options.section', ['headers', 'trailers']);
  const found = message[section].lines.get(name);
  if (found !== undefined) return checkDigest(found, content, { maxBytes });
  throw new CountersignError('ERR_HTTP_FIELD', `${name}: expected in the ${section}`);
}

function namesOf(algorithms: readonly DigestName[]): readonly DigestName[] {
  const isList = Array.isArray(algorithms) && algorithms.length > 0;
  if (isList && algorithms.every(isDigestName)) return algorithms;
  throw new TypeError(`algorithms: expected some of ${ALGORITHMS.join(' and ')}`);
}

function isDigestName(name: string): name is DigestName {
  return name === 'sha-256' || name === 'sha-512';
}

function hashOf(name: DigestName): DigestAlgorithm {
  return name === 'sha-256' ? sha256 : sha512;
}

function isOctets(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}
