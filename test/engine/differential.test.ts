// The two engines give one answer on inputs that nobody chose. Known answers are in vectors/; here
// the lengths are drawn, with the boundaries of blocks and of node's own buffers among them.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeInteger, encodeInteger } from '../../src/bytes/integer.js';
import type {
  AgreeEngine,
  Bytes,
  DigestEngine,
  EcdsaEngine,
  EngineKey,
  MacEngine,
  Part,
} from '../../src/engine/contract.js';
import * as nobleAgree from '../../src/engine/noble/agree.js';
import * as nobleCipher from '../../src/engine/noble/cipher.js';
import * as nobleDigest from '../../src/engine/noble/digest.js';
import * as nobleEcdsa from '../../src/engine/noble/ecdsa.js';
import * as nobleEddsa from '../../src/engine/noble/eddsa.js';
import * as nobleMac from '../../src/engine/noble/mac.js';
import * as nobleRsa from '../../src/engine/noble/rsa.js';
import * as nodeAgree from '../../src/engine/node/agree.js';
import * as nodeCipher from '../../src/engine/node/cipher.js';
import * as nodeDigest from '../../src/engine/node/digest.js';
import * as nodeEcdsa from '../../src/engine/node/ecdsa.js';
import * as nodeEddsa from '../../src/engine/node/eddsa.js';
import * as nodeMac from '../../src/engine/node/mac.js';
import * as nodeRsa from '../../src/engine/node/rsa.js';
import * as orders from '../../src/primitive/order.js';
import { privateParts, publicParts } from '../primitive/rsa-keys.js';

/** Octets drawn by length and seed: drawing 16,384 of them one by one would take all the time. */
function octets(lengths: fc.Arbitrary<number>): fc.Arbitrary<Bytes> {
  return fc.tuple(lengths, fc.integer({ min: 1 })).map(([length, seed]) => {
    let state = seed;
    return Uint8Array.from({ length }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    });
  });
}

const exactly = (length: number): fc.Arbitrary<Bytes> => octets(fc.constant(length));

/** Short ones, and those to either side of a block, of padding inside a block, and of more. */
function lengthsAround(...blockSizes: number[]): fc.Arbitrary<number> {
  const boundaries = blockSizes.flatMap((size) => [size - 17, size - 9, size, 2 * size, 4 * size]);
  return fc.oneof(
    fc.nat(300),
    fc.constantFrom(...boundaries.flatMap((at) => [at - 1, at, at + 1])),
  );
}

/** node/mac.ts copies messages of up to 16,384 octets behind the padded key. */
const aroundCopyLimit = fc.integer({ min: 16_384 - 200, max: 16_384 + 200 });

const aesKey = fc.oneof(exactly(16), exactly(24), exactly(32));
/** Counter blocks that overflow in 32, 64 and 128 bits too. */
const counterBlock = fc.oneof(
  exactly(16),
  fc
    .tuple(exactly(16), fc.constantFrom(4, 8, 16), fc.nat(3))
    .map(([block, width, below]) => block.fill(0xff, 16 - width).fill(0xff - below, 15)),
);

const flipped = (value: Uint8Array): Bytes => {
  const out = new Uint8Array(value);
  out[out.length - 1] = (out.at(-1) ?? 0) ^ 1;
  return out;
};

const textOf = (value: Bytes): string => Buffer.from(value).toString('latin1');
const joined = (...parts: Bytes[]): Bytes => new Uint8Array(Buffer.concat(parts));

/** The values of two engines' modules under the same name. */
function pairs<E>(node: object, noble: object): readonly (readonly [string, E, E])[] {
  const found = Object.entries(node)
    .filter(([, value]) => typeof value === 'object')
    .map(([name, value]) => [name, value as E, Reflect.get(noble, name) as E] as const);
  expect(found.length).toBeGreaterThan(0);
  return found;
}

const check = <T extends [unknown, ...unknown[]]>(
  numRuns: number,
  ...given: [...{ [K in keyof T]: fc.Arbitrary<T[K]> }, (...values: T) => void]
): void => fc.assert(fc.property(...given), { numRuns });

describe('digest', () => {
  test.each(pairs<DigestEngine>(nodeDigest, nobleDigest))('%s', (_, node, noble) => {
    const { name, size, blockSize } = node;
    expect([noble.name, noble.size, noble.blockSize]).toEqual([name, size, blockSize]);
    check(60, octets(lengthsAround(blockSize)), (data) => {
      expect(noble.digest(data)).toEqual(node.digest(data));
    });
  });
});

describe('mac', () => {
  test.each(pairs<MacEngine>(nodeMac, nobleMac))('%s', (_, node, noble) => {
    const lengths = lengthsAround(64, 72, 104, 128, 136);
    const secret = octets(lengths.filter((length) => length > 0));
    // Under one key, since node's buffers are used again from message to message.
    const messages = fc.array(octets(lengths), { minLength: 1, maxLength: 3 });
    const compare = (key: Bytes, given: readonly Bytes[]): void => {
      const [one, other] = [node.key(key), noble.key(key)];
      for (const message of given) {
        expect(noble.tag(other, message)).toEqual(node.tag(one, message));
      }
    };
    check(50, secret, messages, compare);
    check(10, secret, octets(aroundCopyLimit), octets(lengths), (key, long, short) =>
      compare(key, [long, short]),
    );
    check(1, secret, exactly(16_384), exactly(16_385), (key, most, more) =>
      compare(key, [most, more, most]),
    );
  });

  test.each(pairs<MacEngine>(nodeMac, nobleMac))(
    '%s of parts is that of the whole',
    (_, ...both) => {
      const [node, noble] = both;
      const engines = [
        { mac: node, tagParts: nodeMac.tagParts },
        { mac: noble, tagParts: nobleMac.tagParts },
      ];
      const secret = exactly(32);
      const compare = (key: Bytes, whole: Bytes, parts: readonly Part[]): void => {
        for (const { mac, tagParts } of engines) {
          const state = mac.key(key);
          const tag = mac.tag(state, whole);
          expect(tagParts(state, parts)).toEqual(tag);
          // The buffers have been used since.
          expect(tagParts(state, [whole])).toEqual(tag);
        }
      };
      const short = octets(lengthsAround(64, 136));
      const part = fc.tuple(fc.oneof(short, short, octets(aroundCopyLimit)), fc.boolean());
      check(25, secret, fc.array(part, { maxLength: 5 }), (key, list) => {
        const parts = list.map(([value, isText]) => (isText ? textOf(value) : value));
        compare(key, joined(...list.map(([value]) => value)), parts);
      });
      check(1, secret, exactly(16_384), exactly(1), (key, most, more) => {
        compare(key, most, [textOf(most)]);
        compare(key, joined(most, more), [most, textOf(more)]);
        compare(key, joined(most, more), [textOf(most), more]);
      });
      // Texts around the length from which they are written in another way.
      for (const size of [31, 32, 33, 34]) {
        check(1, secret, exactly(size), exactly(3), (key, text, rest) => {
          compare(key, joined(text, rest), [textOf(text), rest]);
          compare(key, joined(rest, text, rest), [rest, textOf(text), rest]);
        });
      }
    },
  );
});

describe('cipher', () => {
  const message = octets(lengthsAround(16));
  const blocks = octets(fc.integer({ min: 1, max: 20 }).map((count) => 16 * count));

  test('AES-GCM seals alike, and opens what the other sealed and nothing else', () => {
    const [node, noble] = [nodeCipher.aesGcm, nobleCipher.aesGcm];
    const iv = fc.oneof(exactly(12), exactly(16));
    check(100, aesKey, iv, message, message, fc.nat(20), (key, nonce, aad, plaintext, at) => {
      const [one, other] = [node.key(key), noble.key(key)];
      const [a, b] = [0, 0].map(() => new Uint8Array(at + plaintext.length + 16)) as [Bytes, Bytes];
      node.seal(one, nonce, aad, plaintext, a, at);
      noble.seal(other, nonce, aad, plaintext, b, at);
      expect(b).toEqual(a);
      const [ciphertext, tag] = [a.subarray(at, -16), a.subarray(-16)];
      expect(node.open(one, nonce, aad, ciphertext, tag)).toEqual(plaintext);
      expect(noble.open(other, nonce, aad, ciphertext, tag)).toEqual(plaintext);
      expect(node.open(one, nonce, aad, ciphertext, flipped(tag))).toBeUndefined();
      expect(noble.open(other, nonce, aad, ciphertext, flipped(tag))).toBeUndefined();
    });
  });

  test('AES-KW wraps alike, and unwraps what the other wrapped and nothing else', () => {
    const [node, noble] = [nodeCipher.aesKw, nobleCipher.aesKw];
    // From 43 halves of a block on, the counter takes a second octet.
    const secret = octets(fc.integer({ min: 2, max: 50 }).map((count) => 8 * count));
    check(40, aesKey, secret, (key, plaintext) => {
      const [one, other] = [node.key(key), noble.key(key)];
      const wrapped = node.wrap(one, plaintext);
      expect(noble.wrap(other, plaintext)).toEqual(wrapped);
      expect(node.unwrap(one, wrapped)).toEqual(plaintext);
      expect(noble.unwrap(other, wrapped)).toEqual(plaintext);
      expect(node.unwrap(one, flipped(wrapped))).toBeUndefined();
      expect(noble.unwrap(other, flipped(wrapped))).toBeUndefined();
    });
  });

  test.each([
    ['AES-CBC', nodeCipher.aesCbc, nobleCipher.aesCbc, exactly(16), blocks],
    ['AES-CTR', nodeCipher.aesCtr, nobleCipher.aesCtr, counterBlock, message],
    ['AES-ECB', nodeCipher.aesEcb, nobleCipher.aesEcb, exactly(0), blocks],
  ] as const)('%s encrypts and decrypts alike', (_, node, noble, ivs, data) => {
    check(100, aesKey, ivs, data, (key, iv, plaintext) => {
      const [one, other] = [node.key(key), noble.key(key)];
      const ciphertext = node.encrypt(one, iv, plaintext);
      expect(noble.encrypt(other, iv, plaintext)).toEqual(ciphertext);
      expect(node.decrypt(one, iv, ciphertext)).toEqual(plaintext);
      expect(noble.decrypt(other, iv, ciphertext)).toEqual(plaintext);
    });
  });

  test('AES-CMAC', () => {
    const [node, noble] = [nodeCipher.aesCmac, nobleCipher.aesCmac];
    check(150, aesKey, message, (key, data) => {
      expect(noble.tag(noble.key(key), data)).toEqual(node.tag(node.key(key), data));
    });
  });
});

/** Scalars from 1 to n - 1, the two ends among them. */
function scalars(orderHex: string): fc.Arbitrary<Bytes> {
  const order = BigInt(`0x${orderHex}`);
  const size = orderHex.length / 2;
  return fc
    .oneof(
      { weight: 8, arbitrary: exactly(size).map((value) => decodeInteger(value)) },
      { weight: 1, arbitrary: fc.constantFrom(0n, order - 2n) },
    )
    .map((value) => encodeInteger((value % (order - 1n)) + 1n, size));
}

describe('ecdsa', () => {
  const sha256 = [nodeDigest.sha256, nobleDigest.sha256] as const;
  const sha384 = [nodeDigest.sha384, nobleDigest.sha384] as const;
  const sha512 = [nodeDigest.sha512, nobleDigest.sha512] as const;

  function publicKey(engine: EcdsaEngine, point: Bytes): EngineKey<'ec-public'> {
    const key = engine.publicKey(point);
    if (key === undefined) throw new Error('the point is refused');
    return key;
  }

  test.each([
    ['P-256', nodeEcdsa.p256, nobleEcdsa.p256, orders.P256_ORDER, sha256],
    ['P-384', nodeEcdsa.p384, nobleEcdsa.p384, orders.P384_ORDER, sha384],
    ['P-521', nodeEcdsa.p521, nobleEcdsa.p521, orders.P521_ORDER, sha512],
    ['secp256k1', nodeEcdsa.secp256k1, nobleEcdsa.secp256k1, orders.SECP256K1_ORDER, sha256],
  ] as const)('%s: what one signs the other verifies', (_, node, noble, order, [hash, same]) => {
    check(6, scalars(order), octets(fc.nat(300)), (scalar, message) => {
      const [one, other] = [node.privateKey(scalar), noble.privateKey(scalar)];
      const point = node.pointOf(one);
      expect(noble.pointOf(other)).toEqual(point);
      const byNode = node.sign(one, hash, message);
      const byNoble = noble.sign(other, same, message);
      expect(noble.verify(publicKey(noble, point), same, message, byNode)).toBe(true);
      expect(node.verify(publicKey(node, point), hash, message, byNoble)).toBe(true);
      expect(noble.verify(publicKey(noble, point), same, message, flipped(byNode))).toBe(false);
      expect(node.verify(publicKey(node, point), hash, message, flipped(byNode))).toBe(false);
      expect(noble.publicKey(flipped(point))).toBeUndefined();
      expect(node.publicKey(flipped(point))).toBeUndefined();
    });
  });
});

test('Ed25519 signs alike, and verifies what the other signed', () => {
  const [node, noble] = [nodeEddsa.ed25519, nobleEddsa.ed25519];
  check(15, exactly(32), octets(fc.nat(300)), (seed, message) => {
    const [one, other] = [node.privateKey(seed), noble.privateKey(seed)];
    const point = node.publicOf(one);
    expect(noble.publicOf(other)).toEqual(point);
    const signature = node.sign(one, message);
    expect(noble.sign(other, message)).toEqual(signature);
    for (const engine of [node, noble]) {
      const key = engine.publicKey(point);
      expect(engine.verify(key, message, signature)).toBe(true);
      expect(engine.verify(key, Uint8Array.of(...message, 0), signature)).toBe(false);
    }
  });
});

describe('agree', () => {
  const zeros = new Uint8Array(31);
  const cases: readonly (readonly [string, AgreeEngine, AgreeEngine, fc.Arbitrary<Bytes>])[] = [
    ['P-256', nodeAgree.p256, nobleAgree.p256, scalars(orders.P256_ORDER)],
    ['P-384', nodeAgree.p384, nobleAgree.p384, scalars(orders.P384_ORDER)],
    ['P-521', nodeAgree.p521, nobleAgree.p521, scalars(orders.P521_ORDER)],
    ['X25519', nodeAgree.x25519, nobleAgree.x25519, exactly(32)],
  ];
  test.each(cases)('%s: both sides and both engines share one secret', (_, node, noble, secret) => {
    check(4, secret, secret, (alice, bob) => {
      const [one, other] = [node.privateKey(alice), noble.privateKey(bob)];
      const [aliceOnNoble, bobOnNode] = [noble.privateKey(alice), node.privateKey(bob)];
      const [ofAlice, ofBob] = [node.publicOf(one), noble.publicOf(other)];
      expect([noble.publicOf(aliceOnNoble), node.publicOf(bobOnNode)]).toEqual([ofAlice, ofBob]);
      const shared = node.agree(one, ofBob);
      expect(shared).toBeInstanceOf(Uint8Array);
      expect(noble.agree(other, ofAlice)).toEqual(shared);
      expect(noble.agree(aliceOnNoble, ofBob)).toEqual(shared);
    });
  });

  test('NIST curves: a peer off the curve is refused by both', () => {
    for (const [, node, noble, secret] of cases.slice(0, 3)) {
      check(3, secret, (scalar) => {
        const [one, other] = [node.privateKey(scalar), noble.privateKey(scalar)];
        const offCurve = flipped(node.publicOf(one));
        expect(node.agree(one, offCurve)).toBeUndefined();
        expect(noble.agree(other, offCurve)).toBeUndefined();
      });
    }
  });

  test('X25519: any 32 octets of a peer, its top bit among them, have one answer', () => {
    const [node, noble] = [nodeAgree.x25519, nobleAgree.x25519];
    const smallOrder = fc.constantFrom(0, 1).map((first) => Uint8Array.of(first, ...zeros));
    check(20, exactly(32), fc.oneof(exactly(32), smallOrder), (secret, peer) => {
      const [one, other] = [node.privateKey(secret), noble.privateKey(secret)];
      expect(noble.agree(other, peer)).toEqual(node.agree(one, peer));
    });
  });
});

describe('rsa', () => {
  const sha1 = { node: nodeDigest.sha1, noble: nobleDigest.sha1 };
  const sha256 = { node: nodeDigest.sha256, noble: nobleDigest.sha256 };
  const sha384 = { node: nodeDigest.sha384, noble: nobleDigest.sha384 };
  const sha512 = { node: nodeDigest.sha512, noble: nobleDigest.sha512 };
  const [node, noble] = [nodeRsa.rsa, nobleRsa.rsa];
  const privateKey = (id: string): EngineKey<'rsa-private'> => {
    const key = node.privateKey(privateParts(id));
    if (key === undefined) throw new Error('the key is refused');
    return key;
  };

  // A modulus of 2049 bits leaves PSS an octet in front.
  test.each(['rsa-2048-a', 'rsa-2049', 'rsa-3072'])('%s: what node signs noble verifies', (id) => {
    const [signer, verifier] = [privateKey(id), noble.publicKey(publicParts(id))];
    const scheme = fc.constantFrom('pkcs1', 'pss');
    const hash = fc.constantFrom(sha256, sha384, sha512);
    check(15, scheme, hash, octets(fc.nat(300)), (padding, digest, message) => {
      const signature = node.sign(signer, padding, digest.node, message);
      const verify = (given: Bytes): boolean =>
        noble.verify(verifier, padding, digest.noble, message, given);
      expect(verify(signature)).toBe(true);
      expect(verify(flipped(signature))).toBe(false);
    });
  });

  const hashes = [sha1, sha256, sha512];
  const oaeps = hashes.flatMap((hash) =>
    hashes.map((mgf) => [hash.node.name, mgf.node.name, hash, mgf] as const),
  );
  test.each(oaeps)('OAEP %s, MGF1 %s: what noble encrypts node decrypts', (_, __, hash, mgf) => {
    const parts = publicParts('rsa-2048-b');
    const [encrypter, decrypter] = [noble.publicKey(parts), privateKey('rsa-2048-b')];
    const most = 256 - 2 * hash.node.size - 2;
    const length = fc.oneof(fc.nat(most), fc.constantFrom(0, most));
    check(10, octets(length), octets(fc.nat(40)), (plaintext, label) => {
      const given = { hash: hash.noble, mgfHash: mgf.noble, label };
      const ciphertext = noble.oaepEncrypt(encrypter, given, plaintext);
      const parameters = { hash: hash.node, mgfHash: mgf.node, label };
      expect(node.oaepDecrypt(decrypter, parameters, ciphertext)).toEqual(plaintext);
      const other = { ...parameters, label: Uint8Array.of(...label, 0) };
      expect(node.oaepDecrypt(decrypter, other, ciphertext)).toBeUndefined();
    });
  });
});
