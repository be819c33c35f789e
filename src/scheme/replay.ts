/**
 * What tells that a message is sent again: a digest of what was signed. Neither the signature nor the
 * key goes into it, so that another spelling of a signature, or one by a key that is being rotated in,
 * is the same message still.
 *
 * @module
 */
import { type Bytes, octets, text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { encodeTuple } from '../canonical/tuple.js';
import { sha256 } from '../primitive/digest.js';

/** Makes a digest of what was signed. */
export type ReplayDigest = (
  scheme: { readonly id: string; readonly version: number },
  signed: Uint8Array,
) => Bytes;

const LABEL = 'countersign/replay/v1';

/** SHA-256 of the scheme's id, its version and the signed octets, each with its length. */
export const replayDigest: ReplayDigest = ({ id, version }, signed) =>
  sha256.digest(
    encodeTuple(LABEL, [
      encodeUtf8(text(id, 'scheme.id')),
      encodeUtf8(String(version)),
      octets(signed, 'signed'),
    ]),
  );
