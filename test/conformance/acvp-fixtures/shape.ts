/**
 * What a vector set of ACVP is made of, and what makes one.
 *
 * @module
 */
import * as node from 'node:crypto';

export type Fields = Readonly<Record<string, unknown>>;

/** One kind of group, with a test that holds and, where verdicts are asked for, one that doesn't. */
export interface Fixture {
  readonly set: Fields;
  readonly group: Fields;
  readonly good: Fields;
  readonly bad?: Fields;
  /** The field of `good` with the answer; where there is none, the answer is `testPassed`. */
  readonly answer?: string;
  /** What makes a case of it be skipped, on the node engine. */
  readonly skipped?: string;
}

export const upper = (octets: Uint8Array): string =>
  Buffer.from(octets).toString('hex').toUpperCase();
export const random = (size: number): Buffer => node.randomBytes(size);
export const setOf = (algorithm: string, mode?: string, revision = '1.0'): Fields => {
  return { vsId: 0, algorithm, ...(mode === undefined ? {} : { mode }), revision, isSample: true };
};
/** The same hexadecimal with its last digit changed. */
export const changed = (text: string): string =>
  text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');

export const HASHES = [
  ['SHA-1', 'sha1'],
  ['SHA2-224', 'sha224'],
  ['SHA2-256', 'sha256'],
  ['SHA2-384', 'sha384'],
  ['SHA2-512', 'sha512'],
  ['SHA3-256', 'sha3-256'],
  ['SHA3-384', 'sha3-384'],
  ['SHA3-512', 'sha3-512'],
] as const;

export const hash = (name: string, ...parts: Uint8Array[]): Buffer =>
  parts.reduce((state, part) => state.update(part), node.createHash(name)).digest();

/** An integer of a JWK. */
export const fromJwk = (part: string | undefined): string =>
  upper(Buffer.from(part ?? '', 'base64url'));
