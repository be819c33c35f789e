/**
 * Hash functions of node:crypto. Digests are asked for as text of one octet per character, because
 * Node makes such a string in a third of the time that it needs for a Buffer.
 *
 * @module
 */
import { hash } from 'node:crypto';
import { latin1Of } from '../../bytes/latin1.js';
import type { DigestEngine } from '../contract.js';

/** A hash function of this engine: it also knows what node:crypto calls it. */
interface NodeDigest extends DigestEngine {
  readonly native: string;
}

export const sha224: DigestEngine = digest('SHA-224', 'sha224', 28, 64);
export const sha256: DigestEngine = digest('SHA-256', 'sha256', 32, 64);
export const sha384: DigestEngine = digest('SHA-384', 'sha384', 48, 128);
export const sha512: DigestEngine = digest('SHA-512', 'sha512', 64, 128);
export const sha3_256: DigestEngine = digest('SHA3-256', 'sha3-256', 32, 136);
export const sha3_384: DigestEngine = digest('SHA3-384', 'sha3-384', 48, 104);
export const sha3_512: DigestEngine = digest('SHA3-512', 'sha3-512', 64, 72);
export const sha1: DigestEngine = digest('SHA-1', 'sha1', 20, 64);
export const md5: DigestEngine = digest('MD5', 'md5', 16, 64);

/** What node:crypto calls a hash function of this engine. */
export function nativeName(digester: DigestEngine): string {
  return (digester as NodeDigest).native;
}

/** The digest as text of one octet per character. */
export function hashText(native: string, data: Uint8Array): string {
  return hash(native, data, 'binary');
}

function digest(name: string, native: string, size: number, blockSize: number): NodeDigest {
  return {
    name,
    native,
    size,
    blockSize,
    digest: (data) => latin1Of(hashText(native, data)),
  };
}
