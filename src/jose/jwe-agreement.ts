/**
 * ECDH-ES, {@link https://www.rfc-editor.org/rfc/rfc7518#section-4.6 RFC 7518, section 4.6}, on the
 * curves of NIST and on X25519 ({@link https://www.rfc-editor.org/rfc/rfc8037#section-3.2 RFC 8037,
 * section 3.2}): a key is drawn for each message, agreed upon, and put through the Concat KDF.
 *
 * @module
 */
import { decodeBase64Url } from '../bytes/base64.js';
import { join } from '../bytes/concat.js';
import { encodeUint32 } from '../bytes/integer.js';
import type { Bytes } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import type { JsonObject } from '../canonical/json.js';
import { CountersignError } from '../errors.js';
import { drawEc, drawX25519 } from '../key/draw.js';
import { exportPublicKey } from '../key/export.js';
import type { KeyContent } from '../key/container.js';
import { readJwk } from '../key/jwk.js';
import { agree, type AgreementAlgorithm, type Key } from '../key/use.js';
import { sha256 } from '../primitive/digest.js';
import { concatKdf } from '../primitive/kdf.js';
import { isObject } from './header.js';
import { headerFault } from './jwe-message.js';

/** What both sides agree for. */
export interface Purpose {
  /** The name of what the agreed key is for: of `enc`, or of `alg` where it wraps another. */
  readonly name: string;
  /** Octets of the agreed key. */
  readonly size: number;
  /** PartyUInfo and PartyVInfo, sections 4.6.1.2 and 4.6.1.3. */
  readonly apu: Uint8Array;
  readonly apv: Uint8Array;
}

/** Octets of what either party is called; names and digests take fewer. */
const LONGEST_PARTY = 1024;

/** The key of one message, and what the header says of it. */
export function agreeAnew(
  peer: Key<AgreementAlgorithm, 'peer'>,
  purpose: Purpose,
): { readonly key: Bytes; readonly epk: Readonly<Record<string, string>> } {
  const { alg } = peer;
  // An id of its own spares the thumbprint of a key that nobody will look for.
  const privateKey = (alg.family === 'ec' ? drawEc : drawX25519)(alg, 'epk');
  return {
    key: derived(agree(privateKey, peer), purpose),
    epk: exportPublicKey(privateKey, 'jwk'),
  };
}

/** The key of a message that came with `epk`, which `readPeer` gave. */
export function agreeWith(
  key: Key<AgreementAlgorithm, 'agree'>,
  epk: Uint8Array,
  purpose: Purpose,
): Bytes {
  return derived(agree(key, epk), purpose);
}

/** The curve that an `epk` names, as far as it names one. */
export function curveOf(members: JsonObject): unknown {
  const epk = Object.hasOwn(members, 'epk') ? members['epk'] : undefined;
  return isObject(epk) && Object.hasOwn(epk, 'crv') ? epk['crv'] : undefined;
}

/**
 * The sender's key in a header: public alone, on the curve of the recipient's key, each number of its
 * size. Whether it is a point of the curve shows where it is agreed with.
 */
export function readPeer(alg: AgreementAlgorithm, members: JsonObject): Uint8Array {
  const epk = Object.hasOwn(members, 'epk') ? members['epk'] : undefined;
  const content = isObject(epk) ? contentOf(epk) : undefined;
  if (content?.kind === 'public') {
    if (content.family === 'ec' && content.curve === alg.curve) return content.point;
    if (content.family === 'x25519' && alg.family === 'x25519') return content.octets;
  }
  throw headerFault(`epk to be a public key on ${alg.curve}`);
}

/** `apu` or `apv` of a header; none is no octets. */
export function readParty(members: JsonObject, name: 'apu' | 'apv'): Uint8Array {
  const value = Object.hasOwn(members, name) ? members[name] : '';
  if (typeof value !== 'string') throw headerFault(`${name} in base64url`);
  return checkParty(decodeBase64Url(value), () =>
    headerFault(`${name} of ${LONGEST_PARTY} octets or fewer`),
  );
}

/** Refuses the name of a party that is longer than any. */
export function checkParty(value: Uint8Array, fault: () => Error): Uint8Array {
  if (value.length <= LONGEST_PARTY) return value;
  throw fault();
}

/** What an `epk` holds, or nothing where it is no key. */
function contentOf(epk: JsonObject): KeyContent | undefined {
  try {
    return readJwk(epk, false);
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}

/** RFC 7518, section 4.6.2: AlgorithmID, PartyUInfo, PartyVInfo and SuppPubInfo, each with its size. */
function derived(z: Uint8Array, { name, size, apu, apv }: Purpose): Bytes {
  const id = encodeUtf8(name);
  const parts = [id, apu, apv].flatMap((part) => [encodeUint32(part.length), part]);
  return concatKdf(sha256, z, join(...parts, encodeUint32(8 * size)), size);
}
