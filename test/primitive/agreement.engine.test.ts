// What a peer's key is, and that it may be imported once for many agreements.
import { describe, expect, test } from 'vitest';
import {
  type AgreementAlgorithm,
  ecdhP256,
  ecdhP384,
  ecdhP521,
  x25519,
} from '../../src/primitive/agreement.js';
import { outcome } from '../vectors.js';

const secretOf = (alg: AgreementAlgorithm, last: number): Uint8Array =>
  new Uint8Array(alg.size).fill(last, alg.size - 1);

describe.each([ecdhP256, ecdhP384, ecdhP521, x25519])('$name', (alg) => {
  const [own, other] = [alg.privateKey(secretOf(alg, 40)), alg.privateKey(secretOf(alg, 48))];
  const point = alg.publicOf(other);

  test('a peer’s key is imported or given as octets', () => {
    const peer = alg.publicKey(point);
    expect(peer.use).toBe('public');
    expect(alg.agree(own, peer)).toEqual(alg.agree(own, point));
    expect(alg.agree(own, peer)).toEqual(alg.agree(other, alg.publicOf(own)));
  });

  test('an imported peer’s key is kept on memory of its own', () => {
    const given = point.slice();
    const peer = alg.publicKey(given);
    given.fill(0);
    expect(alg.agree(own, peer)).toEqual(alg.agree(own, point));
  });

  test('a key that no private key agrees with is not imported', () => {
    // Off the curve, or of small order, RFC 7748, section 6.1.
    const bad =
      alg === x25519 ? new Uint8Array(32) : point.map((octet, i) => octet ^ Number(i === 9));
    for (const peer of [bad, new Uint8Array(point.length), point.subarray(1), new Uint8Array(0)]) {
      expect(outcome(() => alg.publicKey(peer).use)).toBe('ERR_KEY');
      expect(outcome(() => alg.agree(own, peer))).toBe('ERR_KEY');
    }
  });

  test('keys of another side or algorithm are none', () => {
    const foreign = alg === x25519 ? ecdhP256 : x25519;
    const theirs = foreign.publicKey(foreign.publicOf(foreign.privateKey(secretOf(foreign, 40))));
    expect(() => alg.agree(own, theirs)).toThrow(TypeError);
    expect(() => alg.agree(own, other as never)).toThrow(TypeError);
    expect(() => alg.agree(alg.publicKey(point) as never, point)).toThrow(TypeError);
  });
});
