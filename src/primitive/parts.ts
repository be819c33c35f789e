/**
 * HMAC of a message in parts. The head of a callback is text, its body octets; to join them first would
 * take as long as the MAC itself.
 *
 * @module
 */
import * as engine from '#engine/mac';
import { isLatin1 } from '../bytes/latin1.js';
import { type Bytes, octets, typeName } from '../bytes/octets.js';
import type { EngineKey, Part } from '../engine/contract.js';
import type { MacAlgorithm, MacKey } from './hmac.js';
import type { WeakMacAlgorithm } from './legacy/hmac.js';
import { type PreparedKey, stateOf } from './prepared.js';

export type { Part };

/** The algorithms that take a message in parts: HMAC, over whichever hash function. */
export type PartsAlgorithm = MacAlgorithm | WeakMacAlgorithm;

/**
 * The tag of the parts joined: octets, and text whose characters are octets, U+0000 to U+00FF. Of a
 * weak algorithm it is for the caller to mark. Two lists of parts may join to the same message.
 */
export function tagParts(
  alg: PartsAlgorithm,
  key: MacKey | PreparedKey<'secret', 'weak-mac'>,
  parts: readonly Part[],
): Bytes {
  return tagKnownParts(alg, key, partsOf(parts));
}

/** The same of parts that are known to be octets or such text, in a list that nobody else has. */
export function tagKnownParts(
  alg: PartsAlgorithm,
  key: MacKey | PreparedKey<'secret', 'weak-mac'>,
  parts: readonly Part[],
): Bytes {
  // CMAC is a MAC too, of which the engine knows nothing here.
  if (!alg.name.startsWith('HMAC-')) {
    throw new TypeError(`key: expected one of HMAC, found one of ${alg.name}`);
  }
  return engine.tagParts(stateOf<EngineKey<'mac'>>(key, alg, 'secret'), parts);
}

/** The same as text, where the platform writes it at once; `undefined` where it doesn't. */
export function tagKnownPartsText(
  alg: PartsAlgorithm,
  key: MacKey | PreparedKey<'secret', 'weak-mac'>,
  parts: readonly Part[],
  encoding: 'hex' | 'base64',
): string | undefined {
  return engine.tagPartsText?.(stateOf<EngineKey<'mac'>>(key, alg, 'secret'), parts, encoding);
}

/** The parts, in a list of our own: of the caller's, each is looked at once. */
export function partsOf(parts: unknown): readonly Part[] {
  if (!Array.isArray(parts)) {
    throw new TypeError(`parts: expected a list, found ${typeName(parts)}`);
  }
  const out: Part[] = [];
  // By index: holes are no parts either.
  for (let i = 0; i < parts.length; i++) {
    const part: unknown = parts[i];
    if (typeof part !== 'string') out.push(octets(part, 'part'));
    else if (isLatin1(part)) out.push(part);
    else throw new TypeError('part: expected characters up to U+00FF, found one beyond');
  }
  return out;
}
