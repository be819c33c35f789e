/**
 * Secrets that may have been meant by the one that was given: the same text read in another way. Only
 * the octets are at hand, as they were imported; what they were made of is tried backwards.
 *
 * @module
 */
import {
  decodeBase64,
  decodeBase64Url,
  encodeBase64,
  encodeBase64Url,
} from '../../bytes/base64.js';
import { same } from '../../bytes/equal.js';
import { decodeHex, encodeHex } from '../../bytes/hex.js';
import { decodeUtf8, encodeUtf8 } from '../../bytes/utf8.js';
import { contentsOf, makeKey } from '../../key/handle.js';
import type { TaggingAlgorithm } from '../../key/use.js';
import { type Case, type Found, type GivenKey, nameOf, proved, type VerifyKey } from './case.js';
import type { FaultCode } from './codes.js';
import { orNone } from './try.js';

/** The secrets that would verify. */
export function* secretFaults(at: Case): Iterable<Found> {
  const found = new Set<FaultCode>();
  for (const given of at.given) {
    const secret = secretOf(given.key);
    if (secret === undefined || !at.scheme.algs.includes(given.key.alg)) continue;
    const tried: Uint8Array[] = [secret];
    for (const [code, made] of candidates(secret, prefixesOf(at))) {
      const octets = typeof made === 'string' ? orNone(() => encodeUtf8(made)) : made;
      if (octets === undefined || octets.length === 0) continue;
      if (tried.some((other) => same(other, octets))) continue;
      tried.push(octets);
      if (found.has(code) || !at.holds({ keys: [withSecret(given, octets)] })) continue;
      found.add(code);
      yield proved(code, nameOf(given));
    }
  }
}

/** The octets of a shared secret. */
export function secretOf(key: VerifyKey): Uint8Array | undefined {
  const { material } = contentsOf(key);
  return material.kind === 'secret' ? material.octets : undefined;
}

/** The same key with other octets. */
export function withSecret({ key, id }: GivenKey, octets: Uint8Array): VerifyKey {
  const contents = contentsOf(key);
  const prepared = (contents.alg as TaggingAlgorithm).key(octets);
  return makeKey({ ...contents, id, prepared, material: { kind: 'secret', octets } });
}

type Candidate = readonly [code: FaultCode, secret: Uint8Array | string | undefined];

/** What stands before secrets at one provider or another. */
const PREFIXES: readonly string[] = ['whsec_', 'v1,whsec_'];
/** `sk_live_`, `v1,` and their like. */
const SOME_PREFIX = /^(?:[a-zA-Z0-9]{1,12}[_,:])+/;

function prefixesOf({ description }: Case): readonly string[] {
  const own = description?.secret?.prefix;
  return own === undefined || PREFIXES.includes(own) ? PREFIXES : [own, ...PREFIXES];
}

/** The likely ones first. */
function* candidates(secret: Uint8Array, prefixes: readonly string[]): Iterable<Candidate> {
  const text = orNone(() => decodeUtf8(secret));
  if (text !== undefined) {
    const bare = text.trim();
    yield ['SECRET_BLANKS', bare];
    const inside = /^(["'`])([^]*)\1$/.exec(bare)?.[2]?.trim() ?? bare;
    yield ['SECRET_QUOTED', inside];
    const behind = prefixes
      .filter((prefix) => inside.startsWith(prefix))
      .map((prefix) => inside.slice(prefix.length));
    const rest = inside.replace(SOME_PREFIX, '');
    for (const one of new Set([...behind, rest])) {
      yield ['SECRET_PREFIX_KEPT', one];
      for (const octets of decodings(one)) yield ['SECRET_NOT_DECODED', octets];
    }
    for (const octets of decodings(inside)) yield ['SECRET_NOT_DECODED', octets];
    for (const prefix of prefixes) yield ['SECRET_PREFIX_LOST', prefix + inside];
  }
  const url = encodeBase64Url(secret);
  const texts = [encodeBase64(secret), url, encodeBase64(secret).replace(/=+$/, '')];
  texts.push(encodeHex(secret, 'lower'), encodeHex(secret, 'upper'));
  for (const written of texts) yield ['SECRET_DECODED', written];
  for (const prefix of prefixes) yield ['SECRET_DECODED', prefix + encodeBase64(secret)];
}

function decodings(text: string): readonly (Uint8Array | undefined)[] {
  const padded = text + '='.repeat((4 - (text.length % 4)) % 4);
  return [
    orNone(() => decodeBase64(padded)),
    orNone(() => decodeBase64Url(text.replace(/=+$/, ''))),
    orNone(() => decodeHex(text, 'either')),
  ];
}
