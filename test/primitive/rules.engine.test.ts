// The rules that vectors don't show: which keys are taken, what a key is bound to, sizes, freshness.
import { assert, nat, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeInteger, encodeInteger } from '../../src/bytes/integer.js';
import { DER_TAG, derChildren, derEncode, derUnsigned, readDer } from '../../src/bytes/index.js';
import { aes128Gcm, aes256Gcm, type AeadAlgorithm } from '../../src/primitive/aes-gcm.js';
import { aes256Kw } from '../../src/primitive/aes-kw.js';
import { aesCbc, aesCmac, aesCtr, aesEcb } from '../../src/primitive/aes-modes.js';
import { CAPABILITIES } from '../../src/engine/capabilities.js';
import { ecdhP256, x25519 } from '../../src/primitive/agreement.js';
import { sha256 } from '../../src/primitive/digest.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaSecp256k1Sha256,
} from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import { concatKdf, hkdfSha256, x963Kdf } from '../../src/primitive/kdf.js';
import * as legacy from '../../src/primitive/legacy/index.js';
import { randomOctets } from '../../src/primitive/random.js';
import { rsaOaepSha256, rsaOaepSha512 } from '../../src/primitive/rsa-oaep.js';
import { ALLOW_RSA_1024, ALLOW_RSA_E3, rsaRelaxations } from '../../src/primitive/rsa-policy.js';
import {
  rsaPkcs1Sha256,
  rsaPssSha256,
  type RsaPublicParts,
  type RsaRelaxation,
} from '../../src/primitive/rsa.js';
import { can, engineName, hex, ofKind, outcome } from '../vectors.js';
import { privateParts, publicParts } from './rsa-keys.js';

const octets = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => i + 1);
const message = octets(50);
const NONE = new Uint8Array(0);
const FORM = { encoding: 'fixed', s: 'any' } as const;

function withBit(value: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(value);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

function dsaParts(): legacy.DsaPublicParts {
  const [item] = ofKind('dsa')[0]?.cases ?? [];
  if (item === undefined) throw new Error('no DSA vectors');
  return { p: hex(item, 'p'), q: hex(item, 'q'), g: hex(item, 'g'), y: hex(item, 'y') };
}

function hexToOctets(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

describe('RSA keys', () => {
  const { n } = publicParts('rsa-2048-a');
  const importing = (change: Partial<RsaPublicParts>): string =>
    outcome(() => rsaPkcs1Sha256.publicKey({ ...publicParts('rsa-2048-a'), ...change }).use);

  test('an even modulus is refused', () => {
    expect(importing({ n: withBit(n, 8 * n.length - 8) })).toBe('ERR_RSA_MODULUS');
  });

  test('a modulus has 2048 to 8192 bits', () => {
    const ofBits = (bits: number): Uint8Array => {
      const out = new Uint8Array(Math.ceil(bits / 8)).fill(0xff);
      out[0] = 0xff >> (8 * out.length - bits);
      return out;
    };
    for (const bits of [512, 1024, 2040, 2047, 8193, 8200, 16_384]) {
      expect(importing({ n: ofBits(bits) }), String(bits)).toBe('ERR_RSA_MODULUS');
    }
    for (const bits of [2048, 2049, 8191, 8192]) {
      expect(importing({ n: ofBits(bits) }), String(bits)).toBe('public');
    }
  });

  test('an exponent is odd, from 65537 to 2^32 - 1', () => {
    const bad = ['01', '03', '11', 'ffff', '010000', '010002', '0100000001', 'fffffffffffffffff1'];
    for (const e of bad) expect(importing({ e: hexToOctets(e) }), e).toBe('ERR_RSA_EXPONENT');
    for (const e of ['010001', '010003', 'ffffffff']) {
      expect(importing({ e: hexToOctets(e) }), e).toBe('public');
    }
  });

  test('less is taken where a relaxation says so, and the relaxations that were needed are told', () => {
    const relaxing = (change: Partial<RsaPublicParts>, ...relax: RsaRelaxation[]): string =>
      outcome(() => {
        const parts = { ...publicParts('rsa-2048-a'), ...change };
        rsaPkcs1Sha256.publicKey(parts, relax);
        return rsaRelaxations(parts, relax)
          .map(({ description }) => description)
          .join();
      });
    const odd = (bits: number): Uint8Array => {
      const out = new Uint8Array(Math.ceil(bits / 8)).fill(0xff);
      out[0] = 0xff >> (8 * out.length - bits);
      return out;
    };
    const three = Uint8Array.of(3);
    const [bits, e3] = ['countersign.ALLOW_RSA_1024', 'countersign.ALLOW_RSA_E3'];
    expect(relaxing({}, ALLOW_RSA_1024, ALLOW_RSA_E3)).toBe('');
    for (const size of [1024, 1025, 2047]) {
      expect(relaxing({ n: odd(size) }, ALLOW_RSA_1024)).toBe(bits);
      expect(relaxing({ n: odd(size) }, ALLOW_RSA_E3)).toBe('ERR_RSA_MODULUS');
    }
    expect(relaxing({ n: odd(2048) }, ALLOW_RSA_1024)).toBe('');
    expect(relaxing({ n: odd(1023) }, ALLOW_RSA_1024)).toBe('ERR_RSA_MODULUS');
    expect(relaxing({ e: three }, ALLOW_RSA_E3)).toBe(e3);
    expect(relaxing({ e: three }, ALLOW_RSA_1024)).toBe('ERR_RSA_EXPONENT');
    for (const e of [1, 2, 5, 17, 257]) {
      const parts = { e: e < 256 ? Uint8Array.of(e) : Uint8Array.of(e >> 8, e) };
      expect(relaxing(parts, ALLOW_RSA_E3), String(e)).toBe('ERR_RSA_EXPONENT');
    }
    expect(relaxing({ n: odd(1024), e: three }, ALLOW_RSA_1024, ALLOW_RSA_E3)).toBe(
      `${bits},${e3}`,
    );
    expect(relaxing({ e: Uint8Array.of(3, 0, 0, 0, 3) }, ALLOW_RSA_E3)).toBe('ERR_RSA_EXPONENT');
  });

  test('parts are written without leading zeros', () => {
    expect(importing({ n: Uint8Array.of(0, ...n) })).toBe('ERR_KEY');
    expect(importing({ e: Uint8Array.of(0, 1, 0, 1) })).toBe('ERR_KEY');
    expect(importing({ e: NONE })).toBe('ERR_KEY');
  });

  if (can('RSASSA-PSS SHA-256', 'sign')) {
    test('private parts that don’t sign are refused', () => {
      const [a, b] = [privateParts('rsa-2048-a'), privateParts('rsa-2048-b')];
      for (const name of ['p', 'q', 'dp', 'dq', 'qi'] as const) {
        // OpenSSL notices a wrong CRT part by itself and goes on with d; so d is wrong as well.
        const parts = { ...a, d: b.d, [name]: b[name] };
        expect(
          outcome(() => rsaPssSha256.privateKey(parts)),
          name,
        ).toBe('ERR_KEY');
      }
      expect(outcome(() => rsaPssSha256.privateKey({ ...a, n: b.n }))).toBe('ERR_KEY');
    });

    test('a private part longer than the modulus is refused before anything is computed', () => {
      const good = privateParts('rsa-2048-a');
      const parts = { ...good, dp: octets(1 << 20) };
      expect(outcome(() => rsaPssSha256.privateKey(parts))).toBe('ERR_KEY');
      // d and some multiple of the group's order signs as d does.
      const [p, q, d] = [good.p, good.q, good.d].map(decodeInteger) as [bigint, bigint, bigint];
      const long = encodeInteger(d + (p - 1n) * (q - 1n) * 2n ** 64n, 264);
      const start = long.findIndex((octet) => octet !== 0);
      const longer = { ...good, d: long.subarray(start) };
      expect(outcome(() => rsaPssSha256.privateKey(longer))).toBe('ERR_KEY');
    });

    test('primes are of the sizes that their product says', () => {
      // Refused by its size: what is computed first would take its time.
      const good = privateParts('rsa-2048-a');
      for (const [name, size] of [
        ['p', 64],
        ['p', 130],
        ['dp', 200],
        ['dq', 200],
        ['qi', 200],
      ] as const) {
        const load = (): unknown => rsaPssSha256.privateKey({ ...good, [name]: octets(size) });
        expect(load).toThrow(/of the sizes of two primes/);
        expect(outcome(load)).toBe('ERR_KEY');
      }
      // 1028 bits each, of which 2056 make an octet less than two primes have: it fails later.
      const whole = { n: octets(257), e: good.e, d: octets(257), p: octets(129), q: octets(129) };
      const crt = { dp: octets(129), dq: octets(129), qi: octets(129) };
      expect(() => rsaPssSha256.privateKey({ ...whole, ...crt })).toThrow(/one private key/);
    });
  } else {
    test('private keys are refused by name on this engine', () => {
      const parts = privateParts('rsa-2048-a');
      expect(outcome(() => rsaPssSha256.privateKey(parts))).toBe('ERR_UNSUPPORTED_ENGINE');
      expect(outcome(() => rsaOaepSha256.privateKey(parts))).toBe('ERR_UNSUPPORTED_ENGINE');
    });
  }

  test('OAEP takes what fits and no more', () => {
    const key = rsaOaepSha512.publicKey(publicParts('rsa-2048-a'));
    expect(rsaOaepSha512.encrypt(key, octets(126), NONE).length).toBe(256);
    expect(outcome(() => rsaOaepSha512.encrypt(key, octets(127), NONE))).toBe('ERR_LENGTH');
  });
});

describe('Ed25519 public keys', () => {
  const importing = (encoded: Uint8Array): string => outcome(() => ed25519.publicKey(encoded).use);
  /** y in its first octet, or counted back from p = 2^255 - 19. */
  const small = (y: number): Uint8Array => Uint8Array.of(y, ...new Uint8Array(31));
  const belowP = (y: number): Uint8Array =>
    Uint8Array.of(0xed - y, ...new Uint8Array(30).fill(0xff), 0x7f);
  const signed = (encoded: Uint8Array): Uint8Array => withBit(encoded, 255);

  // Which y below 64 belong to a point: computed by Python, from d of RFC 8032, section 5.1.
  const OFF = [2, 7, 8, 11, 12, 13, 17, 20, 22, 31, 34, 36, 38, 41, 45, 46, 47, 49, 50, 53, 59];

  test('are points of the curve, with either sign of x', () => {
    const found = Array.from({ length: 62 }, (_, i) => small(i + 2));
    const off = found.flatMap((y, i) => (importing(y) === 'ERR_KEY' ? [i + 2] : []));
    expect(off).toEqual(OFF);
    expect(found.filter((y) => importing(y) !== importing(signed(y)))).toEqual([]);
    // -y has the same square.
    expect(found.filter((y, i) => importing(y) !== importing(belowP(i + 2)))).toEqual([]);
  });

  test('are those that Euler’s criterion says are points', () => {
    const p = 2n ** 255n - 19n;
    const powerOf = (base: bigint, exponent: bigint): bigint => {
      let power = 1n;
      for (let square = base; exponent > 0n; exponent >>= 1n, square = (square * square) % p) {
        if (exponent % 2n === 1n) power = (power * square) % p;
      }
      return power;
    };
    // RFC 8032, section 5.1: d = -121665/121666, and x^2 = (y^2 - 1) / (d·y^2 + 1).
    const d = (p - 121_665n) * powerOf(121_666n, p - 2n);
    let points = 0;
    for (let i = 0; i < 500; i++) {
      const encoded = randomOctets(32);
      const y = BigInt.asUintN(255, decodeInteger(encoded.toReversed()));
      const square = (y * y - 1n) * powerOf((d * y * y + 1n) % p, p - 2n);
      const isPoint = powerOf(square % p, (p - 1n) / 2n) === 1n;
      if (isPoint) points++;
      expect(importing(encoded)).toBe(isPoint ? 'public' : 'ERR_KEY');
    }
    expect(Math.abs(points - 250)).toBeLessThan(70); // six deviations
  });

  // NIST's ACVP-Server, EDDSA-KeyVer-1.0, tcId 1: "point not on curve".
  test('of NIST that are no points are refused', () => {
    const off = 'd8fb6765b309c9165b9889f3fdc70575b7ec56e31faf1bedf847ca0b593638fe';
    expect(importing(hexToOctets(off))).toBe('ERR_KEY');
  });

  test('of private keys are taken', () => {
    for (let i = 0; i < 64; i++) {
      const encoded = ed25519.publicOf(ed25519.privateKey(randomOctets(32)));
      expect(importing(encoded)).toBe('public');
    }
  });
});

describe('what is read of an object', () => {
  test('is read once: a getter can’t pass the check with another value', () => {
    let reads = 0;
    const parts = {
      n: publicParts('rsa-2048-a').n,
      get e() {
        return reads++ === 0 ? Uint8Array.of(1, 0, 1) : Uint8Array.of(1);
      },
    };
    rsaPkcs1Sha256.publicKey(parts);
    expect(reads).toBe(1);

    const key = ecdsaP256Sha256.privateKey(octets(32));
    const asked: string[] = [];
    const form = {
      get encoding() {
        asked.push('encoding');
        return 'fixed' as const;
      },
      get s() {
        asked.push('s');
        return 'low' as const;
      },
    };
    ecdsaP256Sha256.sign(key, message, form);
    expect(asked.toSorted()).toEqual(['encoding', 's']);
  });

  test('is not changed from outside', () => {
    for (const value of [hmacSha256, ed25519, ecdsaP256Sha256, aes256Gcm, aesCbc, sha256]) {
      expect(Object.isFrozen(value)).toBe(true);
    }
    for (const value of [rsaPkcs1Sha256, rsaOaepSha256, aes256Kw, hkdfSha256, legacy.dsaSha1]) {
      expect(Object.isFrozen(value)).toBe(true);
    }
    expect(Object.isFrozen(DER_TAG)).toBe(true);
    expect(Object.isFrozen(CAPABILITIES)).toBe(true);
    for (const row of Object.values(CAPABILITIES)) {
      expect([row, row.node, row.noble, row.dual].every((part) => Object.isFrozen(part))).toBe(
        true,
      );
    }
  });
});

describe('a key', () => {
  const key = hmacSha256.key(message);

  test('is taken by the algorithm that made it alone', () => {
    expect(() => hmacSha512.tag(key, message)).toThrow(TypeError);
    expect(() => legacy.hmacSha1.tag(key as never, message)).toThrow(/HMAC-SHA-256/);
    const gcmKey = aes128Gcm.key(octets(16));
    expect(() => aes256Gcm.seal(gcmKey as never, message, NONE)).toThrow(TypeError);
    const pss = rsaPssSha256.publicKey(publicParts('rsa-2048-a'));
    expect(() => rsaPkcs1Sha256.verify(pss, message, octets(256))).toThrow(TypeError);
    expect(() => aesCbc.decrypt(aesCtr.key(octets(16)), octets(16), octets(16), 'none')).toThrow(
      TypeError,
    );
    expect(() => aesEcb.decrypt(aesCmac.key(octets(16)), octets(16), 'none')).toThrow(TypeError);
  });

  test('is one that an algorithm made', () => {
    for (const none of [{}, undefined, null, 1, 'key', () => key]) {
      expect(() => hmacSha256.tag(none as never, message)).toThrow(
        'key: expected the secret key of HMAC-SHA-256, found another value',
      );
    }
  });

  test('is for one side alone', () => {
    const privateKey = ed25519.privateKey(octets(32));
    const publicKey = ed25519.publicKey(ed25519.publicOf(privateKey));
    expect(() => ed25519.sign(publicKey as never, message)).toThrow(TypeError);
    expect(() => ed25519.verify(privateKey as never, message, octets(64))).toThrow(TypeError);
  });

  test('shows nothing of what it holds', () => {
    expect(JSON.stringify(key)).toBe('{"algorithm":"HMAC-SHA-256","use":"secret"}');
    expect(Object.isFrozen(key)).toBe(true);
  });

  test('is not changed by the octets that it came from', () => {
    const secret = Uint8Array.from(message);
    const before = hmacSha256.key(secret);
    const seed = octets(32);
    const edKey = ed25519.privateKey(seed);
    const [tag, signature] = [hmacSha256.tag(before, message), ed25519.sign(edKey, message)];
    const aeadSecret = octets(32);
    const aeadKey = aes256Gcm.key(aeadSecret);
    const sealed = aes256Gcm.seal(aeadKey, message, NONE);
    const scalars = [octets(32), octets(32), octets(32)] as const;
    const ecKey = ecdsaP256Sha256.privateKey(scalars[0]);
    const dhKeys = [ecdhP256.privateKey(scalars[1]), x25519.privateKey(scalars[2])] as const;
    const publics = (): Uint8Array[] => [
      ecdsaP256Sha256.publicOf(ecKey),
      ecdhP256.publicOf(dhKeys[0]),
      x25519.publicOf(dhKeys[1]),
    ];
    const publicsBefore = publics();
    for (const source of [secret, seed, aeadSecret, ...scalars]) source.fill(0);
    expect(publics()).toEqual(publicsBefore);
    expect(hmacSha256.tag(before, message)).toEqual(tag);
    expect(ed25519.sign(edKey, message)).toEqual(signature);
    expect(aes256Gcm.open(aeadKey, sealed, NONE)).toEqual(message);
  });

  test('is never of no octets, and AES keys have one size each', () => {
    expect(outcome(() => hmacSha256.key(NONE))).toBe('ERR_KEY_EMPTY');
    expect(outcome(() => legacy.hmacMd5.key(NONE))).toBe('ERR_KEY_EMPTY');
    for (const size of [0, 16, 24, 31, 33]) {
      expect(outcome(() => aes256Gcm.key(octets(size)))).toBe('ERR_KEY');
      expect(outcome(() => aes256Kw.key(octets(size)))).toBe('ERR_KEY');
    }
    for (const size of [0, 15, 17, 25, 33]) {
      for (const mode of [aesCbc, aesCtr, aesEcb, aesCmac]) {
        expect(outcome(() => mode.key(octets(size)))).toBe('ERR_KEY');
      }
    }
  });

  test('of an EC curve is a scalar below the order or an uncompressed point', () => {
    const order = hexToOctets('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
    for (const bad of [new Uint8Array(32), order, withBit(order, 255), octets(31), octets(33)]) {
      expect(outcome(() => ecdsaP256Sha256.privateKey(bad))).toBe('ERR_KEY');
    }
    const last = withBit(order, 248); // n - 1: n is odd
    const point = ecdsaP256Sha256.publicOf(ecdsaP256Sha256.privateKey(last));
    expect(ecdsaP256Sha256.publicKey(point).use).toBe('public');
    const compressed = Uint8Array.of(2, ...point.subarray(1, 33));
    const hybrid = Uint8Array.of(6, ...point.subarray(1));
    for (const bad of [compressed, hybrid, withBit(point, 500), Uint8Array.of(0), NONE]) {
      expect(outcome(() => ecdsaP256Sha256.publicKey(bad))).toBe('ERR_KEY');
    }
    expect(outcome(() => ecdsaP384Sha384.publicKey(point))).toBe('ERR_KEY');
    expect(outcome(() => ecdsaSecp256k1Sha256.publicKey(point))).toBe('ERR_KEY');
  });
});

describe('signatures', () => {
  const ecKey = ecdsaP256Sha256.privateKey(octets(32));
  const ecPublic = ecdsaP256Sha256.publicKey(ecdsaP256Sha256.publicOf(ecKey));

  test('ECDSA with s: low is low, and with s: any is verified low or high', () => {
    const half = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;
    let high = 0;
    for (let i = 0; i < 32; i++) {
      const low = ecdsaP256Sha256.sign(ecKey, message, { encoding: 'der', s: 'low' });
      const [, s] = derChildren(readDer(low, DER_TAG.sequence)).map(derUnsigned);
      expect(BigInt(`0x${Buffer.from(s ?? NONE).toString('hex')}`)).toBeLessThanOrEqual(half);
      const verify = (form: 'low' | 'any'): boolean =>
        ecdsaP256Sha256.verify(ecPublic, message, low, { encoding: 'der', s: form });
      expect([verify('low'), verify('any')]).toEqual([true, true]);
      const any = ecdsaP256Sha256.sign(ecKey, message, FORM);
      const isHigh = BigInt(`0x${Buffer.from(any.subarray(32)).toString('hex')}`) > half;
      if (isHigh) high++;
      expect(ecdsaP256Sha256.verify(ecPublic, message, any, FORM)).toBe(true);
      expect(ecdsaP256Sha256.verify(ecPublic, message, any, { ...FORM, s: 'low' })).toBe(!isHigh);
    }
    expect(high).toBeGreaterThan(0); // 2^-32 that none of 32 is
  });

  test('a DER signature of megabytes is refused at once', () => {
    const form = { encoding: 'der', s: 'any' } as const;
    const many = derEncode(
      0x30,
      new Uint8Array(12 << 20).fill(1).map((_, i) => [2, 1, 1][i % 3]!),
    );
    const start = performance.now();
    expect(ecdsaP256Sha256.verify(ecPublic, message, many, form)).toBe(false);
    // It took 5.6 seconds once; the bound is wide, since other programs run too.
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('ECDSA never makes the same signature twice', () => {
    const made = Array.from({ length: 8 }, () =>
      Buffer.from(ecdsaP256Sha256.sign(ecKey, message, FORM)).toString('hex'),
    );
    expect(new Set(made.map((signature) => signature.slice(0, 64))).size).toBe(8);
  });

  test('any bit changed, in message or signature, is refused', () => {
    const edKey = ed25519.privateKey(octets(32));
    const edPublic = ed25519.publicKey(ed25519.publicOf(edKey));
    const edSignature = ed25519.sign(edKey, message);
    const ecSignature = ecdsaP256Sha256.sign(ecKey, message, FORM);
    const mac = hmacSha256.key(message);
    const tag = hmacSha256.tag(mac, message);
    const verifiers: [Uint8Array, (m: Uint8Array, s: Uint8Array) => boolean][] = [
      [tag, (m, s) => hmacSha256.verify(mac, m, s)],
      [edSignature, (m, s) => ed25519.verify(edPublic, m, s)],
      [ecSignature, (m, s) => ecdsaP256Sha256.verify(ecPublic, m, s, FORM)],
    ];
    for (const [signature, verify] of verifiers) {
      expect(verify(message, signature)).toBe(true);
      assert(
        property(nat(8 * signature.length - 1), nat(8 * message.length - 1), (s, m) => {
          expect(verify(message, withBit(signature, s))).toBe(false);
          expect(verify(withBit(message, m), signature)).toBe(false);
        }),
        { numRuns: 40 },
      );
    }
  });
});

describe('AES-GCM', () => {
  const key = aes256Gcm.key(octets(32));
  const sealed = aes256Gcm.seal(key, message, octets(5));
  const parts = (tag: Uint8Array, iv: Uint8Array): Parameters<AeadAlgorithm['openForeign']>[1] => ({
    iv,
    ciphertext: sealed.slice(12, -16),
    tag,
    aad: octets(5),
  });

  test('no tag but the whole one is taken', () => {
    const [iv, tag] = [sealed.slice(0, 12), sealed.slice(-16)];
    expect(aes256Gcm.openForeign(key, parts(tag, iv))).toEqual(message);
    for (const size of [0, 1, 4, 8, 12, 13, 14, 15]) {
      const truncated = parts(tag.subarray(0, size), iv);
      expect(outcome(() => aes256Gcm.openForeign(key, truncated))).toBe('ERR_DECRYPT_FAILED');
    }
    const longer = parts(Uint8Array.of(...tag, 0), iv);
    expect(outcome(() => aes256Gcm.openForeign(key, longer))).toBe('ERR_DECRYPT_FAILED');
  });

  test('an IV has 12 octets, or 16 in a foreign message', () => {
    for (const size of [0, 1, 8, 11, 13, 15, 17, 128]) {
      const iv = octets(size);
      expect(outcome(() => aes256Gcm.openForeign(key, parts(octets(16), iv)))).toBe('ERR_IV');
    }
  });

  test('what is too short to hold a nonce and a tag fails as anything else', () => {
    for (const size of [0, 12, 16, 27]) {
      expect(outcome(() => aes256Gcm.open(key, sealed.subarray(0, size), NONE))).toBe(
        'ERR_DECRYPT_FAILED',
      );
    }
  });

  test('a change of any bit, or of the context, fails', () => {
    expect(aes256Gcm.open(key, sealed, octets(5))).toEqual(message);
    for (let bit = 0; bit < 8 * sealed.length; bit += 5) {
      expect(outcome(() => aes256Gcm.open(key, withBit(sealed, bit), octets(5)))).toBe(
        'ERR_DECRYPT_FAILED',
      );
    }
    expect(outcome(() => aes256Gcm.open(key, sealed, octets(4)))).toBe('ERR_DECRYPT_FAILED');
  });

  test('every message has a nonce of its own', () => {
    const nonces = Array.from({ length: 2000 }, () =>
      Buffer.from(aes256Gcm.seal(key, NONE, NONE).subarray(0, 12)).toString('hex'),
    );
    expect(new Set(nonces).size).toBe(2000);
  });
});

describe('the other modes of AES', () => {
  test('every IV is fresh', () => {
    const [cbc, ctr] = [aesCbc.key(octets(16)), aesCtr.key(octets(16))];
    const ivs = Array.from({ length: 50 }, () => [
      aesCbc.encrypt(cbc, NONE, 'pkcs7').iv,
      aesCtr.encrypt(ctr, NONE).iv,
    ]).flat();
    expect(new Set(ivs.map((iv) => Buffer.from(iv).toString('hex'))).size).toBe(100);
  });

  test('lengths are checked', () => {
    const cbc = aesCbc.key(octets(16));
    expect(outcome(() => aesCbc.encrypt(cbc, octets(15), 'none'))).toBe('ERR_LENGTH');
    expect(outcome(() => aesCbc.decrypt(cbc, octets(12), octets(16), 'none'))).toBe('ERR_IV');
    for (const size of [0, 15, 17]) {
      expect(outcome(() => aesCbc.decrypt(cbc, octets(16), octets(size), 'none'))).toBe(
        'ERR_DECRYPT_FAILED',
      );
    }
    const ecb = aesEcb.key(octets(16));
    for (const size of [0, 15, 17]) {
      for (const padding of ['none', 'pkcs7'] as const) {
        expect(outcome(() => aesEcb.decrypt(ecb, octets(size), padding))).toBe(
          'ERR_DECRYPT_FAILED',
        );
      }
    }
    expect(outcome(() => aesEcb.encrypt(ecb, NONE, 'none'))).toBe('ERR_LENGTH');
    const kw = aes256Kw.key(octets(32));
    expect(aes256Kw.unwrap(kw, aes256Kw.wrap(kw, octets(4096)))).toEqual(octets(4096));
    expect(outcome(() => aes256Kw.wrap(kw, octets(4104)))).toBe('ERR_LENGTH');
    for (const size of [0, 8, 15, 17, 65_544]) {
      expect(outcome(() => aes256Kw.wrap(kw, octets(size)))).toBe('ERR_LENGTH');
    }
    for (const size of [0, 8, 16, 23, 25, 65_552]) {
      expect(outcome(() => aes256Kw.unwrap(kw, octets(size)))).toBe('ERR_DECRYPT_FAILED');
    }
  });

  test('PKCS#7 padding round-trips at every length', () => {
    const ecb = aesEcb.key(octets(24));
    for (let size = 0; size <= 48; size++) {
      const plaintext = octets(size);
      expect(aesEcb.decrypt(ecb, aesEcb.encrypt(ecb, plaintext, 'pkcs7'), 'pkcs7')).toEqual(
        plaintext,
      );
    }
  });

  test('every wrong PKCS#7 padding is refused', () => {
    const ecb = aesEcb.key(octets(16));
    for (const [count, last] of [
      [1, 0],
      [1, 17],
      [1, 255],
      [1, 2],
      [15, 16],
      [3, 4],
      [16, 17],
      [16, 32],
      [16, 255],
    ] as const) {
      const block = new Uint8Array(16).fill(0x55);
      block.fill(last, 16 - count);
      const ciphertext = aesEcb.encrypt(ecb, block, 'none');
      expect(outcome(() => aesEcb.decrypt(ecb, ciphertext, 'pkcs7'))).toBe('ERR_DECRYPT_FAILED');
    }
  });
});

describe('key derivation', () => {
  test('lengths are checked', () => {
    expect(outcome(() => hkdfSha256.expand(octets(31), NONE, 16))).toBe('ERR_KEY');
    expect(hkdfSha256.expand(octets(32), NONE, 255 * 32).length).toBe(8160);
    for (const length of [0, -1, 8161, NaN, Infinity, 1.5]) {
      expect(() => hkdfSha256.expand(octets(32), NONE, length)).toThrow(TypeError);
      expect(() => concatKdf(sha256, octets(32), NONE, length * 9)).toThrow(TypeError);
    }
  });

  test('input is bounded where it is hashed again for every block', () => {
    const [most, more] = [octets(16_384), octets(16_385)];
    expect(concatKdf(sha256, most, NONE, 8192).length).toBe(8192);
    expect(outcome(() => concatKdf(sha256, more, NONE, 16))).toBe('ERR_LENGTH');
    expect(outcome(() => concatKdf(sha256, most, octets(1), 16))).toBe('ERR_LENGTH');
    expect(outcome(() => x963Kdf(sha256, most, octets(1), 16))).toBe('ERR_LENGTH');
    expect(outcome(() => hkdfSha256.expand(octets(32), more, 16))).toBe('ERR_LENGTH');
    expect(() => x963Kdf(sha256, most, NONE, 8193)).toThrow(TypeError);
  });

  test('a hash function is one of ours', () => {
    const empty = { ...sha256, size: 0 };
    expect(() => concatKdf(empty, octets(32), NONE, 16)).toThrow(TypeError);
    expect(() => concatKdf(legacy.sha1 as never, octets(32), NONE, 16)).toThrow(TypeError);
  });
});

describe('random octets', () => {
  test('are as many as asked for and never repeat', () => {
    const drawn = Array.from({ length: 1500 }, (_, i) => randomOctets(8 + (i % 9)));
    expect(drawn.every((octetsOf, i) => octetsOf.length === 8 + (i % 9))).toBe(true);
    const starts = drawn.map((value) => Buffer.from(value.subarray(0, 8)).toString('hex'));
    expect(new Set(starts).size).toBe(1500);
    expect(randomOctets(0)).toEqual(NONE);
    expect(randomOctets(1 << 20).some((octet) => octet !== 0)).toBe(true);
    for (const length of [-1, 1.5, NaN, (1 << 20) + 1]) {
      expect(() => randomOctets(length)).toThrow(TypeError);
    }
  });

  test('take every value at every place', () => {
    const draws = 3000;
    const sums = new Float64Array(16);
    for (let i = 0; i < draws; i++) randomOctets(16).forEach((octet, at) => (sums[at]! += octet));
    // The mean of 3000 octets has a deviation of 1.35; six of them.
    for (const sum of sums) expect(Math.abs(sum / draws - 127.5)).toBeLessThan(8.1);
  });
});

describe('weak results', () => {
  test('are marked, and a refusal is false', () => {
    expect(legacy.md5.digest(NONE).strength).toBe('weak');
    const key = legacy.hmacSha1.key(message);
    const { octets: tag, strength } = legacy.hmacSha1.tag(key, message);
    expect(strength).toBe('weak');
    expect(legacy.hmacSha1.verify(key, message, tag)).toBe('weak');
    expect(legacy.hmacSha1.verify(key, message, tag.subarray(1))).toBe(false);
  });

  test('Triple DES and DSA are node’s alone', () => {
    const name = outcome(() => legacy.tripleDes.key(octets(24)).use);
    expect(name).toBe(engineName === 'noble' ? 'ERR_UNSUPPORTED_ENGINE' : 'secret');
  });

  if (engineName !== 'noble') {
    test('DSA keys have the sizes of FIPS 186-4, and generate the subgroup', () => {
      const good = dsaParts();
      const importing = (change: object): string =>
        outcome(() => legacy.dsaSha1.publicKey({ ...good, ...change }).use);
      expect(importing({})).toBe('public');
      const last = Uint8Array.from(good.p);
      last[last.length - 1] = (last[last.length - 1] ?? 0) - 1; // p - 1, of order 2
      for (const bad of [Uint8Array.of(1), last, good.p, octets(good.p.length)]) {
        expect(importing({ y: bad })).toBe('ERR_KEY');
        expect(importing({ g: bad })).toBe('ERR_KEY');
      }
      // 4 and 2 are of order 11 modulo 23: a group, but for nobody's use.
      const tiny = { p: Uint8Array.of(23), q: Uint8Array.of(11), g: Uint8Array.of(4) };
      expect(importing({ ...tiny, y: Uint8Array.of(2) })).toBe('ERR_KEY');
      expect(importing({ p: good.p.subarray(0, -1) })).toBe('ERR_KEY');
      expect(importing({ q: good.q.subarray(0, -1) })).toBe('ERR_KEY');
      expect(importing({ y: octets(16 << 20) })).toBe('ERR_KEY');
      expect(importing({ g: NONE })).toBe('ERR_KEY');
      expect(importing({ y: NONE })).toBe('ERR_KEY');
    });

    test('parts of a DSA key are below p, each written in one way', () => {
      const good = dsaParts();
      const importing = (change: object): string =>
        outcome(() => legacy.dsaSha1.publicKey({ ...good, ...change }).use);
      const [p, q, g] = [good.p, good.q, good.g].map(decodeInteger) as [bigint, bigint, bigint];
      // Of the powers of g, which are in the subgroup, those whose first octets are as wanted.
      const powerWith = (isWanted: (octets: Uint8Array) => boolean): Uint8Array => {
        for (let y = (g * g) % p; ; y = (y * g) % p) {
          const written = encodeInteger(y, good.p.length);
          if (isWanted(written)) return written;
        }
      };
      const short = powerWith(([first, second]) => first === 0 && (second ?? 0) > good.p[0]!);
      expect(importing({ y: short.subarray(1) })).toBe('public');
      expect(importing({ y: short })).toBe('ERR_KEY');
      expect(importing({ y: powerWith(([first]) => first === 1) })).toBe('public');
      // The same elements of the group, written as larger numbers.
      const above = encodeInteger(g + 256n * p, good.p.length + 1);
      expect(importing({ g: above })).toBe('ERR_KEY');
      expect(importing({ y: above })).toBe('ERR_KEY');
      // A multiple of q, as large as q is with a larger p.
      expect([good.p.length, good.q.length]).toEqual([128, 20]);
      const multiple = q * 2n ** 64n;
      expect(importing({ q: encodeInteger(multiple, 28) })).toBe('ERR_KEY');
    });

    test('Triple DES checks sizes', () => {
      expect(outcome(() => legacy.tripleDes.key(octets(16)))).toBe('ERR_KEY');
      const key = legacy.tripleDes.key(octets(24));
      expect(outcome(() => legacy.tripleDes.decryptCbc(key, octets(16), octets(8)))).toBe('ERR_IV');
      for (const size of [0, 7, 9]) {
        expect(outcome(() => legacy.tripleDes.decryptEcb(key, octets(size)))).toBe(
          'ERR_DECRYPT_FAILED',
        );
      }
    });
  }
});
