/**
 * The field `Digest` of {@link https://www.rfc-editor.org/rfc/rfc3230 RFC 3230}, which draft-cavage
 * signs in place of a body. RFC 9530 has put `Content-Digest` in its place.
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from '../bytes/base64.js';
import { same } from '../bytes/equal.js';
import { choice, octets } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { type DigestAlgorithm, sha256, sha512 } from '../primitive/digest.js';

/** The digests that are computed here; MD5, SHA and checksums bind nothing. */
export type LegacyDigestName = 'SHA-256' | 'SHA-512';

const NAMES = ['SHA-256', 'SHA-512'] as const;
const ITEM = /^([A-Za-z0-9-]+)=([A-Za-z0-9+/]+={0,2})$/;

/** The value of a `Digest` field for a body. */
export function legacyDigest(body: Uint8Array, name: LegacyDigestName): string {
  const data = octets(body, 'body');
  return `${choice(name, 'name', NAMES)}=${encodeBase64(hashOf(name).digest(data))}`;
}

/** Refuses a body of which the field has another digest, or none that is computed here. */
export function checkLegacyDigest(field: string, body: Uint8Array): void {
  const items = field.split(',').map((item) => ITEM.exec(item.trim()));
  const known = NAMES.flatMap((name) =>
    items.flatMap((item) => (item?.[1]?.toUpperCase() === name ? [[name, item[2] ?? '']] : [])),
  ) as [LegacyDigestName, string][];
  const names = new Set(known.map(([name]) => name));
  if (items.includes(null) || known.length === 0 || names.size < known.length) {
    throw new CountersignError('ERR_HTTP_DIGEST', 'digest: expected SHA-256 or SHA-512, each once');
  }
  if (known.every(([name, value]) => same(decodeBase64(value), hashOf(name).digest(body)))) return;
  throw new CountersignError('ERR_HTTP_DIGEST', 'digest: expected that of the body');
}

function hashOf(name: LegacyDigestName): DigestAlgorithm {
  return name === 'SHA-256' ? sha256 : sha512;
}
