/**
 * What a handle keeps besides the parsed key: the octets that exports write and that parse again in
 * another thread. It is never shown.
 *
 * @module
 */
import type { CurveName, OctetFamily } from './container.js';
import type { RsaPrivateParts, RsaPublicParts } from '../primitive/rsa.js';

/** A secret, or half of a key pair. */
export type Material = { readonly kind: 'secret'; readonly octets: Uint8Array } | PairMaterial;

/** Half of a key pair; a private one with its public half. */
export type PairMaterial =
  | { readonly kind: 'public'; readonly family: 'rsa'; readonly parts: RsaPublicParts }
  | { readonly kind: 'private'; readonly family: 'rsa'; readonly parts: RsaPrivateParts }
  | {
      readonly kind: 'public';
      readonly family: 'ec';
      readonly curve: CurveName;
      readonly point: Uint8Array;
    }
  | {
      readonly kind: 'private';
      readonly family: 'ec';
      readonly curve: CurveName;
      readonly scalar: Uint8Array;
      readonly point: Uint8Array;
    }
  | {
      readonly kind: 'public';
      readonly family: OctetFamily;
      readonly octets: Uint8Array;
    }
  | {
      readonly kind: 'private';
      readonly family: OctetFamily;
      readonly octets: Uint8Array;
      readonly publicOctets: Uint8Array;
    };

/** The public half of a key pair's half. */
export function publicHalf(material: Material): PairMaterial & { readonly kind: 'public' } {
  if (material.kind === 'secret') throw new TypeError('key: expected half of a key pair');
  if (material.kind === 'public') return material;
  if (material.family === 'rsa') {
    const { n, e } = material.parts;
    return { kind: 'public', family: 'rsa', parts: { n, e } };
  }
  if (material.family === 'ec') {
    const { family, curve, point } = material;
    return { kind: 'public', family, curve, point };
  }
  return { kind: 'public', family: material.family, octets: material.publicOctets };
}
