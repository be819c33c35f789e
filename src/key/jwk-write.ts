/**
 * Keys as the members of a JWK, {@link https://www.rfc-editor.org/rfc/rfc7518#section-6 RFC 7518,
 * section 6}, and {@link https://www.rfc-editor.org/rfc/rfc8037#section-2 RFC 8037, section 2}.
 *
 * @module
 */
import { encodeBase64Url } from '../bytes/base64.js';
import type { PairMaterial } from './material.js';

const OKP_CURVES = { ed25519: 'Ed25519', x25519: 'X25519' } as const;

/** The required members of a public key, and nothing of a private one. */
export function publicMembers(material: PairMaterial): Readonly<Record<string, string>> {
  if (material.family === 'rsa') {
    const { n, e } = material.parts;
    return { kty: 'RSA', n: encodeBase64Url(n), e: encodeBase64Url(e) };
  }
  if (material.family === 'ec') {
    const { curve: crv, point } = material;
    const half = (point.length - 1) / 2;
    const [x, y] = [point.subarray(1, 1 + half), point.subarray(1 + half)];
    return { kty: 'EC', crv, x: encodeBase64Url(x), y: encodeBase64Url(y) };
  }
  const encoded = material.kind === 'public' ? material.octets : material.publicOctets;
  return { kty: 'OKP', crv: OKP_CURVES[material.family], x: encodeBase64Url(encoded) };
}

/** The members that a private key adds. RSA's are minimal integers, RFC 7518, section 6.3.2. */
export function privateMembers(
  material: PairMaterial & { readonly kind: 'private' },
): Readonly<Record<string, string>> {
  if (material.family === 'rsa') {
    const { d, p, q, dp, dq, qi } = material.parts;
    return mapped({ d, p, q, dp, dq, qi });
  }
  return mapped({ d: material.family === 'ec' ? material.scalar : material.octets });
}

function mapped(parts: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, encodeBase64Url(part)]),
  );
}
