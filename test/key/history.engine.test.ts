// Old sins: faults that other libraries had, by CVE or GHSA id, each with the input that hurt them.
// Hostile signatures are built from good ones of OpenSSL's, and each test sees the good one accepted
// first. Where a rule above the engine refuses, it must do so over an engine that takes everything.
import {
  constants,
  createECDH,
  createHash,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
  publicEncrypt,
  sign as opensslSign,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { aesGcm } from '#engine/cipher';
import * as digestEngine from '#engine/digest';
import * as ecdsaEngine from '#engine/ecdsa';
import { rsa as rsaEngine } from '#engine/rsa';
import { CAPABILITIES } from '../../src/engine/capabilities.js';
import type { KeyInput } from '../../src/key/content.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import { exportPrivateKeyInTheClear } from '../../src/key/export.js';
import type { Key } from '../../src/key/handle.js';
import { importKey } from '../../src/key/index.js';
import { ALLOW_RSA_1024, ALLOW_RSA_E3, ALLOW_WEAK_SECRET } from '../../src/key/policy.js';
import { createRing } from '../../src/key/ring.js';
import * as rsaKeys from '../../src/key/rsa.js';
import { importSecret } from '../../src/key/secret.js';
import { decrypt, mac, open, sign, verify } from '../../src/key/use.js';
import { aes128Gcm, aes192Gcm, aes256Gcm } from '../../src/primitive/aes-gcm.js';
import { ecdhP256, ecdhP384, ecdhP521 } from '../../src/primitive/agreement.js';
import { sha256 } from '../../src/primitive/digest.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256, hmacSha384, hmacSha512 } from '../../src/primitive/hmac.js';
import * as legacy from '../../src/primitive/legacy/index.js';
import { rsaOaepSha256 } from '../../src/primitive/rsa-oaep.js';
import * as rsa from '../../src/primitive/rsa.js';
import { signDeterministic } from '../../src/testing/index.js';
import { engineName, hex, ofKind, outcome } from '../vectors.js';
import {
  ber,
  CURVES,
  type CurveKey,
  derOf,
  expectRefused,
  hexOf,
  HISTORY,
  integerOf,
  LATER,
  numberOf,
  octetsOf,
  octetsOfNumber,
  pemOf,
  promptly,
  sin,
  TESTED,
  utf8,
  withLaxEngines,
} from './history.js';

const FIXED = { encoding: 'fixed', s: 'any' } as const;
const DER = { encoding: 'der', s: 'any' } as const;
/** The signing input of a token that names HS256: what an attacker sends to a verifier of RS256. */
const TOKEN = utf8('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9');
const SECRET = 'thirty-two octets that are drawn';
const NOW = 1_800_000_000;

const rsaPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const edPair = generateKeyPairSync('ed25519');
const RSA_ALGORITHMS = [
  rsa.rsaPkcs1Sha256,
  rsa.rsaPkcs1Sha384,
  rsa.rsaPkcs1Sha512,
  rsa.rsaPssSha256,
  rsa.rsaPssSha384,
  rsa.rsaPssSha512,
];

const rsaHandle = (input: KeyInput): Key<rsa.RsaAlgorithm, 'verify'> =>
  rsaKeys.importPublicKey(input, { alg: rsa.rsaPkcs1Sha256, use: 'verify' });
const edHandle = ed.importPublicKey(derOf(edPair.publicKey), { alg: ed25519, use: 'verify' });
const [P256] = CURVES as readonly [CurveKey];

/** What a handle says of the token, whatever the algorithm it is bound to. */
function accepts(key: Key, signature: Uint8Array): unknown {
  const form = 'curve' in key.alg ? [FIXED] : [];
  return verify(key as never, TOKEN, signature, ...(form as []));
}

/** A key's texts and octets, any of which a careless verifier takes for the secret of an HMAC. */
function formsOf(key: KeyObject): readonly (string | Uint8Array)[] {
  const [pem, der] = [pemOf(key), derOf(key)];
  return [
    pem,
    pem.trim(),
    pem.replaceAll('\n', '\r\n'),
    ` \n${pem}`,
    der,
    Buffer.from(der).toString('base64'),
    JSON.stringify(key.export({ format: 'jwk' })),
  ];
}

describe('ECDSA', () => {
  /** Each form must be refused; the good one, of which they are made, is taken. */
  function expectMalleable(
    variants: (r: string, s: string) => Readonly<Record<string, string>>,
    suits: (r: string, s: string) => boolean = () => true,
  ): void {
    for (const { name, handle, sign: make } of CURVES) {
      let r = '';
      let s = '';
      do [r = '', s = ''] = make(TOKEN).map(integerOf);
      while (!suits(r, s));
      const good = octetsOf(ber('30', ber('02', r) + ber('02', s)));
      expect(verify(handle, TOKEN, good, DER), name).toBe(true);
      for (const [what, bad] of Object.entries(variants(r, s))) {
        expectRefused(() => verify(handle, TOKEN, octetsOf(bad), DER), `${name}, ${what}`);
      }
    }
  }

  sin('CVE-2020-13822', 'elliptic took zeros before r and s, and lengths that overflow', () => {
    const two = (r: string, s: string): string => ber('30', r + s);
    /** 2^32 more than there is, for a reader that keeps 32 bits. */
    const overflowing = (content: string): string =>
      `028501${hexOf(BigInt(content.length / 2), 4)}${content}`;
    expectMalleable((r, s) => ({
      'a zero before r': two(ber('02', `00${r}`), ber('02', s)),
      'a zero before s': two(ber('02', r), ber('02', `00${s}`)),
      'many zeros before both': two(ber('02', `000000${r}`), ber('02', `000000${s}`)),
      'zeros before the length of r': two(ber('02', r, 3), ber('02', s)),
      'a length of r above 2^32': two(overflowing(r), ber('02', s)),
      'a length of s above 2^32': two(ber('02', r), overflowing(s)),
    }));
  });

  sin('CVE-2020-14966', 'jsrsasign did not check the encoding of a signature', () => {
    expectMalleable((r, s) => {
      const [R, S] = [ber('02', r), ber('02', s)];
      return {
        'an octet after it': `${ber('30', R + S)}00`,
        'a value after it': `${ber('30', R + S)}0500`,
        'octets within it': ber('30', `${R}${S}0000`),
        'a NULL within it': ber('30', `${R}${S}0500`),
        'a third integer': ber('30', R + S + S),
        'r alone': ber('30', R),
        'no integers': '3000',
        'an empty s': ber('30', `${R}0200`),
        'an r longer than n': ber('30', ber('02', `0101${r}`) + S),
        'an s longer than n': ber('30', R + ber('02', `0101${s}`)),
        'octet strings': ber('30', ber('04', r) + ber('04', s)),
        'a set': ber('31', R + S),
        'a cut length': ber('30', R + S).slice(0, -2),
        'a sequence in a sequence': ber('30', ber('30', R + S)),
      };
    });
  });

  sin('GHSA-49q7-c7j4-3p7m', 'elliptic took signatures in BER', () => {
    expectMalleable((r, s) => {
      const [R, S] = [ber('02', r), ber('02', s)];
      return {
        'a long length': ber('30', R + S, 1),
        'a longer length': ber('30', R + S, 2),
        'a long length of r': ber('30', ber('02', r, 1) + S),
        'a long length of s': ber('30', R + ber('02', s, 1)),
        'an indefinite length': `3080${R}${S}0000`,
        'an r made of parts': ber('30', ber('22', R) + S),
        'an identifier in two octets': `3f10${ber('30', R + S).slice(2)}`,
      };
    });
  });

  sin('GHSA-977x-g7h5-7qgw', 'elliptic took negative r and s for positive ones', () => {
    expectMalleable(
      (r, s) => ({
        'a negative r': ber('30', ber('02', r.slice(2)) + ber('02', s)),
        'a negative s': ber('30', ber('02', r) + ber('02', s.slice(2))),
      }),
      (r, s) => r.startsWith('00') && s.startsWith('00'),
    );
  });

  sin('CVE-2022-21449', 'Java took r = s = 0 for a signature of everything by everyone', () => {
    for (const { name, handle, n, size } of CURVES) {
      const zeros = [0n, n, ...(2n * n < 1n << BigInt(8 * size) ? [2n * n] : [])];
      for (const r of [...zeros, 1n, n - 1n]) {
        for (const s of [...zeros, 1n, n - 1n]) {
          const why = `${name}, r = ${r}, s = ${s}`;
          const fixed = octetsOf(hexOf(r, size) + hexOf(s, size));
          const der = octetsOf(ber('30', ber('02', integerOf(r)) + ber('02', integerOf(s))));
          expect(verify(handle, TOKEN, fixed, FIXED), why).toBe(false);
          expect(verify(handle, TOKEN, der, DER), why).toBe(false);
          if (!zeros.includes(r) && !zeros.includes(s)) continue;
          expectRefused(() => verify(handle, TOKEN, fixed, FIXED), why);
          expectRefused(() => verify(handle, TOKEN, der, DER), why);
        }
      }
    }
  });

  // The numbers are searched for by scripts/vectors/history.py.
  const ZEROS: Readonly<Record<string, string>> = {
    sha256: 'countersign 64663963',
    sha384: 'countersign 2559270',
    sha512: 'countersign 33374684',
  };

  sin('CVE-2024-48948', 'elliptic refused good signatures of digests that begin with zeros', () => {
    for (const { name, handle, hash, size, sign: make } of CURVES) {
      const message = utf8(ZEROS[hash] ?? '');
      expect(createHash(hash).update(message).digest().readUIntBE(0, 3), name).toBe(0);
      const fixed = octetsOf(
        make(message)
          .map((part) => hexOf(part, size))
          .join(''),
      );
      expect(verify(handle, message, fixed, FIXED), name).toBe(true);
    }
  });

  /** By RFC 6979 with the key 01 02 03 …; the first draw of k begins with a zero octet. */
  const SHORT_K = [
    'k 156 1d453429a3c9aa4e50cb7ec7f7ce47833e38b95234de3533c5c157df782c739032d010638907ed816e8f5de80e4a87504c18765481c7183ef68758d8e41d83ac',
    'k 56 f7a14891ac8c03c704af991d97ad2990bc3f6346978be69443a4a8136c87f169d5c4f799e91b467f95ccfb6fd70368d4d60326540d74616de7beb573434b031d1f0cd16ff6f61ae453a6836a6760cfa2b4b47c7bf4e5dc0f16a5b80b540dc494',
    'k 386 00438fc53e0bb477ee5c47155f2d5cb3b1a193d47b7b2790e37d835f7771f0e9fd0ad32339be6c6bcdeaca5290d730ec1e247a0a49820dd08a0c0373e9f0541538b301672ba94008e8fe0ad3b8dbb1bf61115d110b3bb02280af979e549d616a194e290f2b050be3a27dad30d2dd9bc0bc8bdab881a5f71a38cae582ef2d8101b5d18f68',
    'k 156 a03f6129a2ab5e63915a47d552af5dc125ca31cb17b731c7e5dbc2fb8e60e3070c6dcedc395e4146b6d9966db01e2eb333c0ca717c9e0e7a6a9287f1743b1c87',
  ];

  sin(
    'CVE-2025-14505 GHSA-848j-6mx2-7j84',
    'elliptic computed k wrongly where it was short',
    () => {
      for (const [i, { name, alg, size }] of CURVES.entries()) {
        const [k = '', number = '', expected = ''] = (SHORT_K[i] ?? '').split(' ');
        const message = utf8(`${k} ${number}`);
        const key = alg.privateKey(Uint8Array.from({ length: size }, (_, at) => at + 1));
        const publicKey = alg.publicKey(alg.publicOf(key));
        expect(alg.verify(publicKey, message, octetsOf(expected), FIXED), name).toBe(true);
        const found = outcome(() => signDeterministic(alg, key, message));
        expect(found, name).toBe(engineName === 'node' ? 'ERR_UNSUPPORTED_ENGINE' : expected);
      }
    },
  );

  sin('GHSA-vjh7-7g9h-fjfh', 'elliptic signed strings, and two messages under one nonce', () => {
    for (const curve of CURVES) {
      const { name, alg, privateKey } = curve;
      const key = ec.importPrivateKey(derOf(privateKey), { alg, use: 'sign' });
      const likes = ['00ff', 255, 255n, [0, 255], { length: 2 }, new Uint16Array([255]), null];
      for (const like of [...likes, { toArray: () => [0, 255] }]) {
        expect(() => sign(key, like as never, FIXED), name).toThrow(TypeError);
      }
      // Messages that a number makes one of.
      const messages = [[255], [0, 255], [0, 0, 255], [255, 0]].map((all) => Uint8Array.from(all));
      const nonces = messages.map((message) => nonceOf(curve, message, sign(key, message, FIXED)));
      expect(new Set(nonces).size, name).toBe(messages.length);
      if (engineName === 'node') continue;
      const prepared = alg.privateKey(scalarOf(privateKey));
      const fixed = messages.map((message) =>
        nonceOf(curve, message, signDeterministic(alg, prepared, message)),
      );
      expect(new Set(fixed).size, name).toBe(messages.length);
    }
  });

  sin('CVE-2026-4599', 'jsrsasign drew nonces with a bias that gave keys away', () => {
    const draws = 96;
    for (const curve of CURVES) {
      const { name, alg, privateKey, n } = curve;
      const key = ec.importPrivateKey(derOf(privateKey), { alg, use: 'sign' });
      const nonces: bigint[] = [];
      for (let i = 0; i < draws; i++) {
        const message = Uint8Array.of(i);
        nonces.push(nonceOf(curve, message, sign(key, message, FIXED)));
      }
      expect(new Set(nonces).size, name).toBe(draws);
      expectUnbiased(nonces, n, name);
      const scalars = Array.from({ length: draws }, () => {
        const drawn = ec.generateKeyPair({ alg }).privateKey;
        const { d = '' } = exportPrivateKeyInTheClear(drawn, 'jwk');
        return numberOf(Buffer.from(d, 'base64url'));
      });
      expectUnbiased(scalars, n, `${name}, generated`);
    }

    /** Every bit of a number below n is set in about half of all; 7 standard deviations are allowed. */
    function expectUnbiased(numbers: readonly bigint[], n: bigint, what: string): void {
      for (let bit = 0n; bit < BigInt(n.toString(2).length); bit++) {
        const count = numbers.filter((number) => ((number >> bit) & 1n) === 1n).length;
        expect(Math.abs(count - draws / 2), `${what}, bit ${bit}`).toBeLessThan(
          3.5 * Math.sqrt(draws),
        );
      }
    }
  });

  sin('CVE-2026-4601', 'jsrsasign gave out DSA signatures with r or s of zero', () => {
    // There is no signing with DSA; ECDSA's r and s are in the range that verification wants.
    for (const [name, row] of Object.entries(CAPABILITIES)) {
      if (name.startsWith('DSA')) expect(Object.values(row).flat()).not.toContain('sign');
    }
    for (const alg of [legacy.dsaSha1, legacy.dsaSha256]) {
      expect(Object.keys(alg)).toEqual(['kind', 'strength', 'name', 'publicKey', 'verify']);
    }
    for (const { name, alg, privateKey, n, size } of CURVES) {
      const key = ec.importPrivateKey(derOf(privateKey), { alg, use: 'sign' });
      const signature = sign(key, TOKEN, FIXED);
      for (const part of [signature.subarray(0, size), signature.subarray(size)]) {
        expect(0n < numberOf(part) && numberOf(part) < n, name).toBe(true);
      }
    }
  });

  sin('CVE-2026-4598', 'jsrsasign looked for the inverse of zero for ever', () => {
    const { p256, p384, p521, secp256k1 } = ecdsaEngine;
    const engines = [p256, p384, p521, secp256k1];
    const digests = [digestEngine.sha256, digestEngine.sha384, digestEngine.sha512];
    for (const [i, { name, n, size, publicKey, alg, hash: hashName }] of CURVES.entries()) {
      const engine = engines[i] ?? p256;
      const hash = digests.find((one) => one.name === hashName.replace('sha', 'SHA-'));
      const state = engine.publicKey(exportPoint(publicKey));
      if (state === undefined || hash === undefined) throw new Error(name);
      // Not by the rule above it: the engine itself comes back.
      for (const [r, s] of [[1n, 0n] as const, [0n, 1n] as const, [1n, n] as const]) {
        const signature = octetsOf(hexOf(r, size) + hexOf(s, size));
        const verdict = (): boolean => engine.verify(state, hash, TOKEN, signature);
        expect(promptly(verdict, `${name}, r = ${r}, s = ${s}`), name).toBe(false);
      }
      for (const scalar of [0n, n]) {
        expect(outcome(() => alg.privateKey(octetsOfNumber(scalar, size)))).toBe('ERR_KEY');
      }
    }
    // Any number of an RSA key may be zero: 'AA' in base64url.
    const jwk = rsaPair.privateKey.export({ format: 'jwk' });
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi']) {
      const zero = { ...jwk, [name]: 'AA' } as KeyInput;
      const load = (): string =>
        outcome(() => rsaKeys.importPrivateKey(zero, { alg: rsa.rsaPssSha256, use: 'sign' }));
      expect(promptly(load, `${name} = 0`), name).toBe('ERR_KEY');
    }
  });

  sin('CVE-2023-25653', 'node-jose’s own curves looped for ever on some points', () => {
    for (const { name, alg, n, size } of CURVES) {
      const own = createECDH(OPENSSL[name] ?? '');
      const powers = [8n, 64n, 128n, 255n].map((bits) => 1n << bits);
      const random = Array.from(
        { length: 8 },
        (_, i) => (numberOf(createHash('sha512').update(`${name} ${i}`).digest()) % (n - 1n)) + 1n,
      );
      const edges = [1n, 2n, 3n, n - 1n, n - 2n, n - 3n, n >> 1n, (n >> 1n) + 1n];
      for (const scalar of [...edges, ...powers, ...random]) {
        const octets = octetsOfNumber(scalar, size);
        own.setPrivateKey(octets);
        const point = promptly(() => alg.publicOf(alg.privateKey(octets)), name, 4000);
        expect(Buffer.from(point).toString('hex')).toBe(own.getPublicKey('hex'));
      }
    }
    for (const [alg, name] of [
      [ecdhP256, 'prime256v1'],
      [ecdhP384, 'secp384r1'],
      [ecdhP521, 'secp521r1'],
    ] as const) {
      const own = createECDH(name);
      own.generateKeys();
      const padded = own.getPrivateKey('hex').padStart(2 * alg.size, '0');
      const key = alg.privateKey(octetsOf(padded));
      const peer = createECDH(name);
      for (const scalar of [1, 2, 3, 7]) {
        peer.setPrivateKey(octetsOfNumber(BigInt(scalar), alg.size));
        const point = Uint8Array.from(peer.getPublicKey());
        const shared = promptly(() => alg.agree(key, point), name, 4000);
        expect(Buffer.from(shared).toString('hex')).toBe(
          own.computeSecret(Buffer.from(point)).toString('hex'),
        );
        const off = Uint8Array.from(point);
        off[off.length - 1] = (off.at(-1) ?? 0) ^ 1;
        const filled = (octet: number): Uint8Array => new Uint8Array(point.length).fill(octet, 1);
        const [zeros, ones] = [filled(0), filled(0xff)];
        zeros[0] = ones[0] = 4;
        for (const bad of [off, zeros, ones, Uint8Array.of(0)]) {
          expect(promptly(() => outcome(() => alg.agree(key, bad)), name, 4000)).toBe('ERR_KEY');
        }
      }
    }
  });
});

describe('Ed25519', () => {
  const good = Uint8Array.from(opensslSign(null, TOKEN, edPair.privateKey));

  sin('GHSA-f7q4-pwc6-w24p', 'elliptic did not check how long a signature is', () => {
    expect(verify(edHandle, TOKEN, good)).toBe(true);
    for (const size of [0, 1, 32, 63, 65, 66, 96, 128]) {
      const other = new Uint8Array(size);
      other.set(good.subarray(0, size));
      expectRefused(() => verify(edHandle, TOKEN, other), `${size} octets`);
    }
    const repeated = Uint8Array.of(...good, ...good);
    expectRefused(() => verify(edHandle, TOKEN, repeated), 'twice');
  });

  sin('GHSA-434g-2637-qmqr', 'elliptic took S + L for S', () => {
    // L of RFC 8032, section 5.1; S is little-endian.
    const L = (1n << 252n) + 27742317777372353535851937790883648493n;
    const s = numberOf(good.slice(32).toReversed());
    let tried = 0;
    for (let other = s + L; other < 1n << 256n; other += L, tried++) {
      const bad = Uint8Array.from([
        ...good.subarray(0, 32),
        ...octetsOfNumber(other, 32).toReversed(),
      ]);
      expectRefused(() => verify(edHandle, TOKEN, bad), `S + ${tried + 1} L`);
    }
    expect(tried).toBeGreaterThan(13);
  });
});

describe('RSA signatures', () => {
  const pss = {
    key: rsaPair.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  };
  const n = numberOf(Buffer.from(rsaPair.publicKey.export({ format: 'jwk' }).n ?? '', 'base64url'));

  sin('CVE-2020-14968', 'jsrsasign took PSS signatures with zeros before them', () => {
    const handle = rsaKeys.importPublicKey(derOf(rsaPair.publicKey), {
      alg: rsa.rsaPssSha256,
      use: 'verify',
    });
    let good = opensslSign('sha256', TOKEN, pss);
    while (numberOf(good) + n >= 1n << 2048n || good[0] === 0) {
      good = opensslSign('sha256', TOKEN, pss);
    }
    expect(verify(handle, TOKEN, Uint8Array.from(good))).toBe(true);
    for (const zeros of [1, 2, 8, 256]) {
      const longer = Uint8Array.of(...new Uint8Array(zeros), ...good);
      expectRefused(() => verify(handle, TOKEN, longer), `${zeros} zeros`);
    }
    const sum = octetsOfNumber(numberOf(good) + n, 256);
    expectRefused(() => verify(handle, TOKEN, sum), 's + n');
    expectRefused(() => verify(handle, TOKEN, Uint8Array.of(...good, 0)), 'a zero behind it');
    const shorter = Uint8Array.from(good).subarray(1);
    expectRefused(() => verify(handle, TOKEN, shorter), 'an octet less');
  });

  /** A key with the exponent 3, and the messages of forgers, whose digests must be odd. */
  const cubic = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
  const cubicHandle = rsaKeys.importPublicKey(derOf(cubic.publicKey), {
    alg: rsa.rsaPkcs1Sha256,
    use: 'verify',
    relax: [ALLOW_RSA_E3],
  });
  const SIZE = 256;
  const PADDING = `0001${'ff'.repeat(8)}00`;
  /** id-sha256, RFC 8017, appendix B.1. */
  const OID = '0609608648016503040201';
  const digestOf = (message: Uint8Array): string =>
    createHash('sha256').update(message).digest('hex');
  const messageOf = (id: string): Uint8Array => {
    for (let i = 0; ; i++) {
      const message = utf8(`${id} ${i}`);
      if (Number.parseInt(digestOf(message).slice(-1), 16) % 2 === 1) return message;
    }
  };

  /**
   * Bleichenbacher's forgery: a number whose cube, without any modulus, begins with `prefix` and
   * ends in `suffix`; what is between is up to the cube.
   */
  function forge(prefix: string, suffix: string): Uint8Array {
    const low = BigInt(`0x0${suffix}`);
    const lowBits = BigInt(4 * suffix.length);
    // The cube root modulo a power of 2, bit by bit; it exists for odd numbers.
    let tail = lowBits === 0n ? 0n : 1n;
    for (let bit = 1n; bit < lowBits; bit++) {
      if ((((tail * tail * tail) ^ low) >> bit) & 1n) tail |= 1n << bit;
    }
    const high = BigInt(`0x${prefix}`) << BigInt(8 * SIZE - 4 * prefix.length);
    let root = ((cubeRoot(high) >> lowBits) << lowBits) | tail;
    while (root ** 3n < high) root += 1n << lowBits;
    const cube = hexOf(root ** 3n, SIZE);
    expect(cube.length === 2 * SIZE && cube.startsWith(prefix) && cube.endsWith(suffix)).toBe(true);
    return octetsOfNumber(root, SIZE);
  }

  /** The greatest integer whose cube is at most `value`, by Newton's method from above. */
  function cubeRoot(value: bigint): bigint {
    let root = 1n << BigInt(Math.ceil(value.toString(2).length / 3));
    for (;;) {
      const next = (2n * root + value / (root * root)) / 3n;
      if (next >= root) return root;
      root = next;
    }
  }

  /** The reader that was fooled: it looks for a digest and skips what it does not know. */
  function naive(message: Uint8Array, signature: Uint8Array): boolean {
    const encoded = hexOf(numberOf(signature) ** 3n, SIZE);
    const content = (at: number): [start: number, end: number] => {
      const first = Number.parseInt(encoded.slice(at + 2, at + 4), 16);
      const more = first < 0x80 ? 0 : first - 0x80;
      const size =
        more === 0 ? first : Number.parseInt(encoded.slice(at + 4, at + 4 + 2 * more), 16);
      return [at + 4 + 2 * more, at + 4 + 2 * more + 2 * size];
    };
    const info = /^0001(?:ff)*00/.exec(encoded)?.[0].length ?? 0;
    const [algorithm] = content(info);
    const [oid, end] = content(algorithm);
    const [digest] = content(end);
    return (
      encoded.startsWith(OID, oid) &&
      encoded.startsWith('04', end) &&
      encoded.startsWith(digestOf(message), digest)
    );
  }

  function expectForged(message: Uint8Array, prefix: string, suffix: string): void {
    const forged = forge(prefix, suffix);
    expect(naive(message, forged)).toBe(true);
    const good = opensslSign('sha256', message, cubic.privateKey);
    expect(verify(cubicHandle, message, Uint8Array.from(good))).toBe(true);
    expect(verify(cubicHandle, message, forged)).toBe(false);
    // Such a key is not taken in the first place.
    expect(outcome(() => rsaHandle(derOf(cubic.publicKey)))).toBe('ERR_RSA_EXPONENT');
  }

  /** The head of a value that goes on to the end of the block, less what comes after it. */
  const headTo = (tag: string, at: number, behind: number): string =>
    `${tag}82${hexOf(BigInt(SIZE - at / 2 - 4 - behind), 2)}`;

  sin('CVE-2022-24771', 'node-forge skipped what stood in the parameters of the digest', () => {
    const message = messageOf('24771');
    const suffix = `0420${digestOf(message)}`;
    let prefix = PADDING;
    prefix += headTo('30', prefix.length, 0);
    prefix += headTo('30', prefix.length, suffix.length / 2) + OID;
    prefix += headTo('04', prefix.length, suffix.length / 2);
    expectForged(message, prefix, suffix);
  });

  sin('CVE-2022-24772', 'node-forge skipped what stood behind the digest', () => {
    const message = messageOf('24772');
    const info = ber('30', ber('30', `${OID}0500`) + ber('04', digestOf(message)));
    expectForged(message, PADDING + info, '');
  });

  sin('CVE-2026-33894', 'node-forge took another field after the digest, and short padding', () => {
    const message = messageOf('33894');
    for (const padding of [PADDING, '0001ff00', '000100']) {
      let prefix = padding;
      prefix += headTo('30', prefix.length, 0);
      prefix += ber('30', `${OID}0500`) + ber('04', digestOf(message));
      prefix += headTo('04', prefix.length, 0);
      expectForged(message, prefix, '');
    }
  });

  sin('CVE-2026-85393', 'node-forge took another field after the name of the digest', () => {
    const message = messageOf('85393');
    const suffix = `0420${digestOf(message)}`;
    let prefix = PADDING;
    prefix += headTo('30', prefix.length, 0);
    prefix += `${headTo('30', prefix.length, suffix.length / 2)}${OID}0500`;
    prefix += headTo('04', prefix.length, suffix.length / 2);
    expectForged(message, prefix, suffix);
  });

  sin('CVE-2022-24773', 'node-forge did not check that there is a DigestInfo', () => {
    const digest = ber('04', digestOf(TOKEN));
    const named = ber('30', `${OID}0500`);
    const padded = (info: string, start = '0001', fill = 'ff'): string =>
      `${start}${fill.repeat(SIZE - 3 - info.length / 2)}00${info}`;
    const raw = (encoded: string): Uint8Array =>
      Uint8Array.from(
        privateEncrypt(
          { key: cubic.privateKey, padding: constants.RSA_NO_PADDING },
          octetsOf(encoded),
        ),
      );
    const info = ber('30', named + digest);
    expect(verify(cubicHandle, TOKEN, raw(padded(info)))).toBe(true);
    const bad = {
      'no NULL': padded(ber('30', ber('30', OID) + digest)),
      'another NULL': padded(ber('30', ber('30', `${OID}0400`) + digest)),
      'two NULLs': padded(ber('30', ber('30', `${OID}05000500`) + digest)),
      'a NULL with content': padded(ber('30', ber('30', `${OID}050100`) + digest)),
      'a bit string': padded(ber('30', named + ber('03', `00${digestOf(TOKEN)}`))),
      'a digest in parts': padded(ber('30', named + ber('24', digest))),
      'a long length': padded(ber('30', named + digest, 1)),
      'a long length of the digest': padded(ber('30', named + ber('04', digestOf(TOKEN), 1))),
      'an indefinite length': padded(`3080${named}${digest}0000`),
      'a bare name': padded(ber('30', OID + digest)),
      'the digest alone': padded(digestOf(TOKEN)),
      'the digest as an octet string': padded(digest),
      'the name of SHA-512': padded(ber('30', ber('30', '06096086480165030402030500') + digest)),
      'an octet behind it': padded(`${info}00`),
      'block type 2': padded(info, '0002'),
      'block type 0': padded(info, '0000', '00'),
      'padding that is not ff': padded(info, '0001', 'fe'),
      'a first octet': padded(info, '0101'),
      'padding cut short': `0001ff00${info}`.padEnd(2 * SIZE, '0'),
    };
    for (const [what, encoded] of Object.entries(bad)) {
      if (numberOf(octetsOf(encoded)) >= modulusOf(cubic.publicKey)) continue;
      expect(verify(cubicHandle, TOKEN, raw(encoded)), what).toBe(false);
    }
  });
});

describe('RSA decryption', () => {
  const NONE = new Uint8Array(0);
  const load = (): Key<typeof rsaOaepSha256, 'decrypt'> =>
    rsaKeys.importPrivateKey(derOf(rsaPair.privateKey), { alg: rsaOaepSha256, use: 'decrypt' });
  const oaep = {
    key: rsaPair.publicKey,
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: 'sha256',
  };
  const code = (key: Key<typeof rsaOaepSha256, 'decrypt'>, ciphertext: Uint8Array): string => {
    try {
      decrypt(key, ciphertext, NONE);
      return 'decrypted';
    } catch (error) {
      return String(error);
    }
  };

  sin('CVE-2020-14967', 'jsrsasign decrypted ciphertexts with zeros before them', () => {
    if (engineName === 'noble') return expect(outcome(load)).toBe('ERR_UNSUPPORTED_ENGINE');
    const [key, n] = [load(), modulusOf(rsaPair.publicKey)];
    let good: Uint8Array;
    do good = Uint8Array.from(publicEncrypt(oaep, TOKEN));
    while (numberOf(good) + n >= 1n << 2048n);
    expect(decrypt(key, good, NONE)).toEqual(TOKEN);
    const bad = [Uint8Array.of(0, ...good), Uint8Array.of(0, 0, ...good)];
    for (const other of [...bad, octetsOfNumber(numberOf(good) + n, 256)]) {
      expect(outcome(() => decrypt(key, other, NONE))).toBe('ERR_DECRYPT_FAILED');
    }
    return undefined;
  });

  // Marvin and its like need a decryption whose padding can fail: here it is OAEP's alone.
  const expectNoPkcs1 = (): void => {
    expect(Object.keys(rsaEngine).toSorted()).toEqual([
      'generate',
      'oaepDecrypt',
      'oaepEncrypt',
      'privateKey',
      'publicKey',
      'sign',
      'verify',
    ]);
    const encryptions = Object.keys(CAPABILITIES).filter((name) => name.startsWith('RSAES'));
    expect(encryptions.filter((name) => !name.startsWith('RSAES-OAEP '))).toEqual([]);
    const jwk = rsaPair.publicKey.export({ format: 'jwk' });
    for (const alg of [rsaOaepSha256, ...RSA_ALGORITHMS]) {
      const use = alg.kind === 'encryption' ? 'encrypt' : 'verify';
      const found = outcome(() => importKey({ ...jwk, alg: 'RSA1_5' }, { alg, use } as never));
      expect(found).toBe('ERR_KEY_USE');
    }
    if (engineName === 'noble') return expect(outcome(load)).toBe('ERR_UNSUPPORTED_ENGINE');
    const key = load();
    const options = { key: rsaPair.publicKey, padding: constants.RSA_PKCS1_PADDING };
    const noise = octetsOf(`00${createHash('sha512').update('noise').digest('hex').repeat(4)}`);
    const answers = [
      Uint8Array.from(publicEncrypt(options, TOKEN)),
      noise.subarray(0, 256),
      new Uint8Array(256),
      new Uint8Array(255),
    ].map((ciphertext) => code(key, ciphertext));
    expect(answers[0]).toMatch(/decryption failed/);
    return expect(new Set(answers).size).toBe(1);
  };
  sin('CVE-2023-46809', 'Node told bad PKCS #1 padding from good by time', expectNoPkcs1);
  sin('CVE-2024-21484', 'jsrsasign told bad padding from good by time', expectNoPkcs1);
});

describe('the size of keys', () => {
  const AQAB = Uint8Array.of(1, 0, 1);
  /** An odd number of so many bits, the highest of which is set. */
  const odd = (bits: number): Uint8Array => {
    const octets = new Uint8Array(Math.ceil(bits / 8)).fill(0xa5);
    octets[0] = 1 << ((bits - 1) % 8);
    octets[octets.length - 1] = 0xff;
    return octets;
  };
  const base64url = (octets: Uint8Array): string => Buffer.from(octets).toString('base64url');

  /** A public key through every door must give `code`, at once. */
  function expectTooMuch(n: Uint8Array, e: Uint8Array, code: string): void {
    const integer = (octets: Uint8Array): string => {
      const digits = Buffer.from(octets).toString('hex');
      const content = Number.parseInt(digits.slice(0, 2), 16) >= 0x80 ? `00${digits}` : digits;
      return long('02', content);
    };
    const numbers = long('30', integer(n) + integer(e));
    const spki = long('30', `300d06092a864886f70d0101010500${long('03', `00${numbers}`)}`);
    const jwk = { kty: 'RSA', n: base64url(n), e: base64url(e) };
    const relax = [ALLOW_RSA_1024, ALLOW_RSA_E3] as const;
    // A JWK's numbers have a bound of their own: 16384 characters.
    const ofJwk = jwk.n.length > 16_384 ? 'ERR_KEY_SIZE' : code;
    for (const [input, expected] of [
      [octetsOf(spki), code],
      [octetsOf(numbers), code],
      [jwk, ofJwk],
    ] as const) {
      for (const alg of [rsa.rsaPkcs1Sha256, rsa.rsaPssSha512]) {
        const call = (): string =>
          outcome(() => rsaKeys.importPublicKey(input, { alg, use: 'verify', relax }));
        expect(promptly(call, `${8 * n.length} bits`)).toBe(expected);
      }
    }
    const direct = (): string => outcome(() => rsa.rsaPssSha256.publicKey({ n, e }, relax));
    expect(promptly(direct, `${8 * n.length} bits`)).toBe(code);
  }

  function long(tag: string, content: string): string {
    const size = content.length / 2;
    if (size < 0x1_0000) return ber(tag, content);
    return `${tag}83${hexOf(BigInt(size), 3)}${content}`;
  }

  sin('CVE-2023-6237', 'OpenSSL checked public keys of any length, for minutes', () => {
    for (const bits of [8193, 16_384, 16_385, 65_536, 500_000]) {
      expectTooMuch(odd(bits), AQAB, 'ERR_RSA_MODULUS');
    }
    expect(outcome(() => rsa.rsaPssSha256.publicKey({ n: odd(8192), e: AQAB }))).toMatch(/object/);
  });

  sin('CVE-2026-39829', 'Go verified with keys of SSH of any size, RSA and DSA', () => {
    for (const bits of [8193, 16_384, 131_072, 1_000_000]) {
      expectTooMuch(odd(bits), AQAB, 'ERR_RSA_MODULUS');
    }
    const [p, q, g, y] = [odd(1024), odd(160), odd(1023), odd(1022)];
    const huge = odd(1_000_000);
    for (const bad of [
      { p: huge, q, g, y },
      { p, q: huge, g, y },
      { p, q, g: huge, y },
      { p, q, g, y: huge },
      { p: odd(4096), q: odd(256), g, y },
      { p: odd(2048), q: odd(2048), g, y },
    ]) {
      const call = (): string => outcome(() => legacy.dsaSha256.publicKey(bad));
      expect(promptly(call, 'DSA')).toBe('ERR_KEY');
    }
  });

  sin('GHSA-9v8c-2mgr-qvx3', 'cose-lib computed with an exponent as long as the modulus', () => {
    for (const bits of [2048, 4096, 8192]) {
      const n = odd(bits);
      for (const e of [numberOf(n) - 2n, (1n << 32n) + 1n, (1n << 40n) + 1n, (1n << 2047n) + 1n]) {
        if (e < numberOf(n)) {
          expectTooMuch(
            n,
            octetsOfNumber(e, Math.ceil(e.toString(2).length / 8)),
            'ERR_RSA_EXPONENT',
          );
        }
      }
    }
    const n = odd(16_384);
    expectTooMuch(n, octetsOfNumber(numberOf(n) - 2n, 2048), 'ERR_RSA_MODULUS');
  });
});

describe('algorithm and key', () => {
  /** Everything that an HMAC may be computed under by who knows the public key. */
  function expectNoHmac(key: KeyObject, handle: Key, forms = formsOf(key)): void {
    for (const form of forms) {
      for (const hash of ['sha256', 'sha384', 'sha512']) {
        const forged = Uint8Array.from(createHmac(hash, form).update(TOKEN).digest());
        expect(accepts(handle, forged)).toBe(false);
      }
    }
    // Nor does the handle go where a secret is taken.
    for (const alg of [hmacSha256, hmacSha384, hmacSha512]) {
      expect(() => alg.tag(handle as never, TOKEN)).toThrow(TypeError);
      expect(() => alg.verify(handle as never, TOKEN, new Uint8Array(32))).toThrow(TypeError);
      expect(() => importSecret(handle as never, options(alg))).toThrow(TypeError);
    }
    expect(outcome(() => mac(handle as never, TOKEN))).toBe('ERR_KEY_USE');
  }
  const options = (
    alg: typeof hmacSha256,
  ): { alg: typeof hmacSha256; use: 'verify'; encoding: 'utf8' } => ({
    alg,
    use: 'verify',
    encoding: 'utf8',
  });

  sin('CVE-2023-48223', 'fast-jwt took “BEGIN RSA PUBLIC KEY” for the secret of HS256', () => {
    const pem = String(rsaPair.publicKey.export({ type: 'pkcs1', format: 'pem' }));
    expectNoHmac(rsaPair.publicKey, rsaHandle(pem), [pem, pem.trim(), pem.replaceAll('\n', '')]);
    expect(rsaHandle(pem).id).toBe(rsaHandle(derOf(rsaPair.publicKey)).id);
  });

  sin(
    'CVE-2026-34950 GHSA-mvf2-f6gm-w987',
    'fast-jwt took a public key after white space for a secret',
    () => {
      const pem = pemOf(rsaPair.publicKey);
      const texts = [' ', '\n', '\r\n\t ', '\u{feff}'].map((space) => `${space}${pem}`);
      const id = rsaHandle(pem).id;
      for (const text of texts) {
        expect(rsaHandle(text).id).toBe(id);
        expectNoHmac(rsaPair.publicKey, rsaHandle(text), texts);
      }
    },
  );

  sin(
    'CVE-2024-37568',
    'Authlib verified HS256 with any public key, where no one said else',
    () => {
      for (const { alg, publicKey } of CURVES) {
        for (const input of [pemOf(publicKey), derOf(publicKey)]) {
          expectNoHmac(publicKey, ec.importPublicKey(input, { alg, use: 'verify' }));
        }
      }
      expectNoHmac(edPair.publicKey, edHandle);
      expectNoHmac(rsaPair.publicKey, rsaHandle(pemOf(rsaPair.publicKey)));
    },
  );

  sin('CVE-2022-29217', 'PyJWT took public keys in OpenSSH’s format for secrets', () => {
    const raw = Buffer.from(edPair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    const blob = Buffer.concat([
      octetsOf('0000000b'),
      utf8('ssh-ed25519'),
      octetsOf('00000020'),
      raw,
    ]);
    const line = `ssh-ed25519 ${blob.toString('base64')} admin@example.com`;
    expectNoHmac(edPair.publicKey, edHandle, [line, `${line}\n`, blob]);
    for (const text of [line, 'ssh-rsa AAAA', 'ecdsa-sha2-nistp256 AAAA', ` ${line}`]) {
      for (const call of [
        () => ed.importPublicKey(text, { alg: ed25519, use: 'verify' }),
        () => ec.importPublicKey(text, { alg: ecdsaP256Sha256, use: 'verify' }),
        () => rsaHandle(text),
        () => importKey(text, { alg: ed25519, use: 'verify' }),
      ]) {
        expect(outcome(call)).toBe('ERR_KEY_SSH');
      }
    }
  });

  sin('CVE-2022-23541', 'jsonwebtoken took the public key that a look-up gave for a secret', () => {
    const publicKey = rsaKeys.importPublicKey(derOf(rsaPair.publicKey), {
      alg: rsa.rsaPkcs1Sha256,
      use: 'verify',
      id: 'shared',
    });
    const secret = importSecret(SECRET, { ...options(hmacSha256), id: 'shared' });
    const [asymmetric, both] = [
      createRing([{ key: publicKey }]),
      createRing([{ key: publicKey }, { key: secret }]),
    ];
    const name = { id: 'shared', alg: hmacSha256, use: 'verify' } as const;
    expect(outcome(() => asymmetric.find(name, NOW))).toBe('ERR_KEY_UNKNOWN');
    expect(outcome(() => asymmetric.candidates(name, NOW))).toBe('ERR_KEY_UNKNOWN');
    expect(both.find(name, NOW).key).toBe(secret);
    expect(both.find({ ...name, alg: rsa.rsaPkcs1Sha256 }, NOW).key).toBe(publicKey);
    expect(outcome(() => both.find({ ...name, alg: hmacSha384 }, NOW))).toBe('ERR_KEY_UNKNOWN');
    for (const form of formsOf(rsaPair.publicKey)) {
      const forged = Uint8Array.from(createHmac('sha256', form).update(TOKEN).digest());
      for (const { key } of both.keys) expect(accepts(key, forged)).toBe(false);
    }
  });

  /** Every algorithm of signatures, with a signature of OpenSSL's and the handle of its key. */
  const signers: { name: string; signature: Uint8Array; handle: Key }[] = [
    ...RSA_ALGORITHMS.map((alg) => {
      const hash = alg.hash.replace('-', '').toLowerCase();
      const scheme =
        alg.scheme === 'pss'
          ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: Number(hash.slice(3)) / 8 }
          : { padding: constants.RSA_PKCS1_PADDING };
      return {
        name: alg.name,
        signature: Uint8Array.from(
          opensslSign(hash, TOKEN, { key: rsaPair.privateKey, ...scheme }),
        ),
        handle: rsaKeys.importPublicKey(rsaPair.publicKey.export({ format: 'jwk' }), {
          alg,
          use: 'verify',
        }),
      };
    }),
    ...CURVES.map(({ name, handle, size, sign: make }) => ({
      name,
      signature: octetsOf(
        make(TOKEN)
          .map((part) => hexOf(part, size))
          .join(''),
      ),
      handle: handle as Key,
    })),
    {
      name: 'Ed25519',
      signature: Uint8Array.from(opensslSign(null, TOKEN, edPair.privateKey)),
      handle: edHandle,
    },
    ...[hmacSha256, hmacSha384, hmacSha512].map((alg) => ({
      name: alg.name,
      signature: Uint8Array.from(
        createHmac(`sha${alg.name.slice(-3)}`, SECRET)
          .update(TOKEN)
          .digest(),
      ),
      handle: importSecret(SECRET, options(alg)) as Key,
    })),
  ];

  sin(
    'CVE-2023-48238',
    'json-web-token let the token say by which algorithm it is verified',
    () => {
      for (const { name, handle } of signers) {
        for (const other of signers) {
          expect(accepts(handle, other.signature), `${other.name} for ${name}`).toBe(
            other.name === name,
          );
        }
      }
      // Nor is the parsed key of one algorithm taken by another of its family.
      const jwk = rsaPair.publicKey.export({ format: 'jwk' });
      const parts = {
        n: Uint8Array.from(Buffer.from(jwk.n ?? '', 'base64url')),
        e: Uint8Array.from(Buffer.from(jwk.e ?? '', 'base64url')),
      };
      for (const alg of RSA_ALGORITHMS) {
        const key = alg.publicKey(parts);
        for (const other of RSA_ALGORITHMS) {
          const call = (): unknown => other.verify(key, TOKEN, new Uint8Array(parts.n.length));
          if (other === alg) expect(call()).toBe(false);
          else expect(call).toThrow(TypeError);
        }
      }
    },
  );

  sin('CVE-2026-22818', 'Hono asked the token for the algorithm that a JWK does not name', () => {
    const jwk = rsaPair.publicKey.export({ format: 'jwk' });
    expect(jwk['alg' as never]).toBe(undefined);
    const rsaSigners = signers.filter(({ handle }) => 'scheme' in handle.alg);
    expect(rsaSigners.length).toBe(RSA_ALGORITHMS.length);
    for (const alg of RSA_ALGORITHMS) {
      const handle = importKey(jwk as KeyInput, { alg, use: 'verify' });
      const taken = rsaSigners.filter(
        ({ signature }) => accepts(handle as Key, signature) === true,
      );
      expect(taken.map(({ name }) => name)).toEqual([alg.name]);
    }
    // One that names another is refused, and none becomes a secret.
    for (const alg of ['HS256', 'RS384', 'PS256', 'none', '', 256, null]) {
      expect(outcome(() => rsaHandle({ ...jwk, alg }))).toBe('ERR_KEY_USE');
    }
    expect(() => importKey(jwk as never, options(hmacSha256))).toThrow(TypeError);
    expect(outcome(() => rsaHandle({ kty: 'oct', k: 'A'.repeat(43) }))).toBe('ERR_KEY_SECRET');
  });

  sin('CVE-2026-22817', 'Hono verified with HS256 where no one had said by what', () => {
    const [pem, jwk] = [pemOf(rsaPair.publicKey), rsaPair.publicKey.export({ format: 'jwk' })];
    for (const alg of [undefined, null, 'HS256', 'RS256', 'none', {}, { name: 'HMAC-SHA-256' }]) {
      for (const input of [pem, jwk, SECRET]) {
        const given = { alg, use: 'verify', encoding: 'utf8' } as never;
        for (const door of [
          () => importKey(input, given),
          () => importSecret(input as never, given),
          () => rsaKeys.importPublicKey(input, given),
          () => ec.importPublicKey(input, given),
          () => ed.importPublicKey(input, given),
        ]) {
          expect(door).toThrow(TypeError);
        }
      }
    }
  });

  sin('CVE-2022-23539', 'jsonwebtoken took keys of types that the algorithm does not have', () => {
    const others: Readonly<Record<string, Uint8Array>> = {
      // DSA by RFC 3279, section 2.3.2; openssl is slow at drawing its parameters.
      dsa: octetsOf(
        ber(
          '30',
          ber('30', `06072a8648ce380401${ber('30', '020117020111020102')}`) + '030400020109',
        ),
      ),
      ed448: derOf(generateKeyPairSync('ed448').publicKey),
      x448: derOf(generateKeyPairSync('x448').publicKey),
      x25519: derOf(generateKeyPairSync('x25519').publicKey),
      'P-224': derOf(generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).publicKey),
      brainpool: derOf(generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }).publicKey),
    };
    const keys: Readonly<Record<string, Uint8Array>> = {
      rsa: derOf(rsaPair.publicKey),
      ed25519: derOf(edPair.publicKey),
      ...Object.fromEntries(CURVES.map(({ name, publicKey }) => [name, derOf(publicKey)])),
      ...others,
    };
    const algorithms = [...RSA_ALGORITHMS, ...CURVES.map(({ alg }) => alg), ed25519];
    for (const alg of algorithms) {
      const own = 'curve' in alg ? alg.curve : alg.family;
      for (const [name, der] of Object.entries(keys)) {
        const found = outcome(() => importKey(der, { alg, use: 'verify' } as never).alg.name);
        if (name === own) expect(found).toBe(alg.name);
        else expect(['ERR_KEY_FAMILY', 'ERR_KEY_CURVE'], `${name}, ${alg.name}`).toContain(found);
      }
    }
    // A key for RSASSA-PSS alone is one for RSASSA-PSS alone.
    const pss = derOf(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey);
    expect(outcome(() => rsaHandle(pss))).toBe('ERR_KEY_USE');
  });

  sin(
    'CVE-2022-23540',
    'jsonwebtoken verified without key and algorithm what has no signature',
    () => {
      for (const { name, handle } of signers) {
        for (const empty of [new Uint8Array(0), utf8('none')]) {
          expectRefused(() => accepts(handle, empty), name);
        }
      }
      for (const none of [undefined, null, '', false, 0, {}, new Uint8Array(0)]) {
        expect(() => verify(none as never, TOKEN, new Uint8Array(0))).toThrow(TypeError);
      }
      for (const alg of ['none', 'None', { kind: 'none', name: 'none' }]) {
        expect(() => importKey('', { alg, use: 'verify', encoding: 'utf8' } as never)).toThrow(
          TypeError,
        );
      }
    },
  );

  sin('CVE-2022-23529', 'jsonwebtoken called what a key brought along to become a text', () => {
    let calls = 0;
    const told = (): string => {
      calls += 1;
      return SECRET;
    };
    const hostile = [
      { toString: told, valueOf: told, [Symbol.toPrimitive]: told, toJSON: told },
      Object.assign([1, 2, 3], { toString: told, [Symbol.toPrimitive]: told }),
      Object.assign(() => SECRET, { toString: told }),
      new Proxy(new Uint8Array(32), { get: told }),
    ];
    for (const key of hostile) {
      for (const encoding of ['raw', 'utf8', 'hex', 'base64', 'base64url'] as const) {
        const given = { alg: hmacSha256, use: 'verify', encoding } as const;
        expect(() => importSecret(key as never, given)).toThrow(TypeError);
      }
      expect(() => verify(key as never, TOKEN, TOKEN)).toThrow(TypeError);
      expect(() => verify(edHandle, key as never, TOKEN)).toThrow(TypeError);
      expect(() => verify(edHandle, TOKEN, key as never)).toThrow(TypeError);
    }
    const jwk = { kty: 'OKP', crv: hostile[0], x: hostile[0] };
    const found = outcome(() => ed.importPublicKey(jwk, { alg: ed25519, use: 'verify' }));
    expect(found).toBe('ERR_KEY_CURVE');
    expect(calls).toBe(0);
  });

  sin('GHSA-gmvf-9v4p-v8jc', 'fast-jwt verified under the empty secret of a failed look-up', () => {
    const empty = {
      raw: [new Uint8Array(0), Buffer.alloc(0)],
      utf8: [''],
      hex: [''],
      base64: [''],
      base64url: [''],
    } as const;
    for (const alg of [hmacSha256, hmacSha384, hmacSha512, legacy.hmacSha1, legacy.hmacMd5]) {
      for (const encoding of ['raw', 'utf8', 'hex', 'base64', 'base64url'] as const) {
        for (const secret of empty[encoding]) {
          for (const relax of [undefined, [ALLOW_WEAK_SECRET]]) {
            const given = { alg, use: 'verify', encoding, ...(relax && { relax }) } as never;
            expect(outcome(() => importSecret(secret, given))).toBe('ERR_KEY_EMPTY');
            expect(outcome(() => importKey(secret, given))).toBe('ERR_KEY_EMPTY');
          }
        }
        for (const none of [undefined, null, false, 0]) {
          const given = { alg, use: 'verify', encoding } as never;
          expect(() => importSecret(none as never, given)).toThrow(TypeError);
        }
      }
      expect(outcome(() => alg.key(new Uint8Array(0)))).toBe('ERR_KEY_EMPTY');
    }
    const prefixed = { ...options(hmacSha256), encoding: 'base64', prefix: 'whsec_' } as const;
    expect(outcome(() => importSecret('whsec_', prefixed))).toBe('ERR_KEY_EMPTY');
    // What a template leaves where the secret should be is none either.
    for (const text of ['undefined', 'null', ' ', '\n'.repeat(40)]) {
      expect(outcome(() => importSecret(text, options(hmacSha256)))).toBe('ERR_KEY_WEAK');
    }
  });

  sin(
    'CVE-2025-65945 GHSA-869p-cjfg-cm3x',
    'node-jws let the token’s header lead the look-up of its secret',
    () => {
      const secret = importSecret(SECRET, { ...options(hmacSha256), id: 'may' });
      const ring = createRing([{ key: secret }]);
      const ids = [
        '',
        'June',
        'MAY',
        'may ',
        '../may',
        '__proto__',
        'constructor',
        'toString',
        '0',
      ];
      for (const id of ids) {
        const found = outcome(() => ring.find({ id, alg: hmacSha256, use: 'verify' }, NOW));
        expect(found, id).toBe('ERR_KEY_UNKNOWN');
      }
      for (const id of [undefined, null, 0, ['may'], { toString: () => 'may' }]) {
        const name = { id, alg: hmacSha256, use: 'verify' } as never;
        expect(() => ring.find(name, NOW)).toThrow(TypeError);
      }
      expect(ring.find({ id: 'may', alg: hmacSha256, use: 'verify' }, NOW).key).toBe(secret);
    },
  );

  sin('GHSA-rp9m-7r4c-75qg', 'fast-jwt kept verdicts, and gave one token’s to another', () => {
    for (const { name, handle, signature } of signers) {
      const bad = Uint8Array.from(signature);
      bad[bad.length - 1] = (bad.at(-1) ?? 0) ^ 1;
      expect(accepts(handle, signature), name).toBe(true);
      expect(accepts(handle, bad), name).toBe(false);
      expect(accepts(handle, signature), name).toBe(true);
    }
    // What the engine says now is what counts, not what it said of the same before.
    const [{ handle, signature }] = signers as [(typeof signers)[0]];
    const own = rsaEngine.verify;
    try {
      Object.assign(rsaEngine, { verify: () => false });
      expect(accepts(handle, signature)).toBe(false);
      expect(withLaxEngines(() => accepts(handle, new Uint8Array(256)))).toBe(true);
    } finally {
      Object.assign(rsaEngine, { verify: own });
    }
    expect(accepts(handle, new Uint8Array(256))).toBe(false);
    expect(accepts(handle, signature)).toBe(true);
  });
});

describe('AES-GCM', () => {
  function expectWholeTags(): void {
    for (const alg of [aes128Gcm, aes192Gcm, aes256Gcm]) {
      const cases = ofKind('aes-gcm').find((file) => file.algorithm === alg.name)?.cases ?? [];
      // Not one of those under a key of zeros, which no door takes.
      const first = cases.find(
        ({ key, plaintext }) => !/^(..)\1*$/.test(String(key)) && plaintext !== '',
      );
      if (first === undefined) throw new Error(alg.name);
      const [iv, ciphertext] = [hex(first, 'iv'), hex(first, 'ciphertext')];
      const [tag, aad] = [hex(first, 'tag'), hex(first, 'aad')];
      const key = alg.key(hex(first, 'key'));
      const opened = alg.openForeign(key, { iv, ciphertext, tag, aad });
      expect(Buffer.from(opened).toString('hex')).toBe(first['plaintext']);
      const attempt = (given: Uint8Array): string =>
        outcome(() => alg.openForeign(key, { iv, ciphertext, tag: given, aad }));
      const tags = Array.from({ length: 16 }, (_, size) => tag.slice(0, size));
      for (const bad of [...tags, Uint8Array.of(...tag, 0), Uint8Array.of(...tag, ...tag)]) {
        const why = `${alg.name}, ${bad.length} octets`;
        expect(attempt(bad), why).toBe('ERR_DECRYPT_FAILED');
        expect(
          withLaxEngines(() => attempt(bad)),
          `${why}, by rule`,
        ).toBe('ERR_DECRYPT_FAILED');
        // The engine does not open it either, whoever asks.
        const state = aesGcm.key(hex(first, 'key'));
        let direct: unknown;
        try {
          direct = aesGcm.open(state, iv, aad, ciphertext, bad);
        } catch {
          direct = undefined;
        }
        expect(direct, `${why}, by the engine`).toBe(undefined);
      }
      // In the form of this package what is cut off is always missed.
      const handle = importSecret(hex(first, 'key'), { alg, use: 'open', encoding: 'raw' });
      const sealed = Uint8Array.of(...iv, ...ciphertext, ...tag);
      expect(open(handle, sealed, aad)).toEqual(opened);
      for (let cut = 1; cut <= sealed.length; cut++) {
        const bad = sealed.subarray(0, sealed.length - cut);
        expect(outcome(() => open(handle, bad, aad))).toBe('ERR_DECRYPT_FAILED');
      }
    }
  }
  sin('CVE-2018-1000539', 'json-jwt took tags of any length', expectWholeTags);
  sin('CVE-2023-37464', 'cjose believed the message how long its tag is', expectWholeTags);
  sin('CVE-2025-54887', 'Ruby’s jwe took tags of one octet', expectWholeTags);
});

describe('inputs', () => {
  /** SHA-256 of 'abc', FIPS 180-4's example. */
  const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

  function expectOctetsAlone(call: (data: never) => Uint8Array, expected: string): void {
    const good = (): void => {
      expect(Buffer.from(call(utf8('abc') as never)).toString('hex')).toBe(expected);
    };
    good();
    const liar = { [Symbol.toStringTag]: 'Uint8Array', buffer: new ArrayBuffer(3), byteLength: 3 };
    for (const bad of [
      { length: -64 },
      { length: 3, 0: 97, 1: 98, 2: 99 },
      { length: Infinity },
      { byteLength: -1, byteOffset: 0 },
      liar,
      Object.setPrototypeOf({ length: -1 }, Uint8Array.prototype),
      Object.create(Uint8Array.prototype, { length: { value: -64 } }),
      new Proxy(new Uint8Array(3), {}),
      [97, 98, 99],
      'abc',
      97,
      new Uint16Array([97, 98, 99]),
      new DataView(new ArrayBuffer(3)),
      new ArrayBuffer(3),
      new Float64Array(3),
      null,
      undefined,
      true,
    ]) {
      expect(() => call(bad as never)).toThrow(TypeError);
      good(); // and nothing of it is left behind
    }
    // A subclass with a length of its own mind is read by its true one.
    class Liar extends Uint8Array {
      override get length(): number {
        return -64;
      }
    }
    const lying = new Liar(Uint8Array.from([97, 98, 99]).buffer);
    expect(Buffer.from(call(lying as never)).toString('hex')).toBe(expected);
  }

  sin('CVE-2025-9288', 'sha.js hashed things with a length, and let them rewind it', () => {
    expectOctetsAlone((data) => sha256.digest(data), ABC);
  });

  sin('CVE-2025-9287', 'cipher-base passed things that are no octets to hashes', () => {
    const secret = importSecret(SECRET, { alg: hmacSha256, use: 'mac', encoding: 'utf8' });
    const expected = createHmac('sha256', SECRET).update('abc').digest('hex');
    expectOctetsAlone((data) => mac(secret, data), expected);
  });

  sin('CVE-2020-7720', 'node-forge wrote to the prototype of all objects by a path', () => {
    const jwk = JSON.stringify(P256.publicKey.export({ format: 'jwk' }));
    const hostile = JSON.parse(
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${jwk.slice(1)}`,
    ) as KeyInput;
    const load = (input: KeyInput): string | undefined =>
      ec.importPublicKey(input, { alg: ecdsaP256Sha256, use: 'verify' }).id;
    expect(load(hostile)).toBe(load(JSON.parse(jwk) as KeyInput));
    for (const crv of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      for (const kty of ['EC', 'OKP']) {
        const bad = { ...(JSON.parse(jwk) as object), kty, crv };
        expect(outcome(() => importKey(bad, { alg: ecdsaP256Sha256, use: 'verify' }))).toBe(
          'ERR_KEY_CURVE',
        );
      }
    }
    for (const id of ['__proto__', 'constructor', 'prototype']) {
      const key = importSecret(SECRET, { alg: hmacSha256, use: 'verify', encoding: 'utf8', id });
      expect(createRing([{ key }]).find({ id, alg: hmacSha256, use: 'verify' }, NOW).key).toBe(key);
    }
    expect('polluted' in {}).toBe(false);
    // And where somebody else has done so, a JWK is still what it has itself.
    const whole = JSON.parse(jwk) as Record<string, unknown>;
    for (const name of ['kty', 'crv', 'x', 'y'] as const) {
      const { [name]: value, ...rest } = whole;
      const heir = Object.assign(Object.create({ [name]: value }) as KeyInput, rest);
      expect(
        outcome(() => load(heir)),
        name,
      ).toMatch(/^ERR_KEY/);
    }
    const { d } = P256.privateKey.export({ format: 'jwk' });
    const heir = Object.assign(Object.create({ d }) as KeyInput, whole);
    expect(load(heir)).toBe(load(hostile));
  });
});

describe('work that a message asks for', () => {
  const source = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { exports: Record<string, { default?: string } | string> };
  const NAMES = /pbkdf|pbes|p2c|scrypt|argon|bcrypt|zip|deflate|inflate|brotli|compress/i;

  /** There is neither a password to stretch nor anything to unpack, under any entrance's name. */
  async function offered(): Promise<string[]> {
    const files = Object.values(source.exports).flatMap((entry) =>
      typeof entry === 'string' ? [] : [String(entry.default)],
    );
    const modules = await Promise.all(
      files.map((file) => {
        const path = file.replace('./dist/', '../../src/').replace(/\.js$/, '.ts');
        return import(/* @vite-ignore */ path) as Promise<Record<string, unknown>>;
      }),
    );
    return modules.flatMap((module) =>
      Object.entries(module).flatMap(([name, value]) =>
        typeof value === 'object' && value !== null
          ? [name, ...Object.keys(value), String((value as { name?: unknown }).name)]
          : [name],
      ),
    );
  }

  test('is not offered by any entrance', async () => {
    const names = await offered();
    expect(names.length).toBeGreaterThan(100);
    // A fault that explain names: a body that somebody else packed.
    const unpacks = (name: string) => NAMES.test(name) && name !== 'BODY_COMPRESSED';
    expect(names.filter(unpacks)).toEqual([]);
    expect(Object.keys(CAPABILITIES).filter((name) => NAMES.test(name))).toEqual([]);
  });

  /** A private key under a password that takes 2^31 - 1 rounds to try, and JWKs that name rounds. */
  function expectNoRounds(): void {
    const passphrase = { cipher: 'aes-256-cbc', passphrase: 'x' };
    for (const [key, load] of [
      [
        edPair.privateKey,
        (input: KeyInput) => ed.importPrivateKey(input, { alg: ed25519, use: 'sign' }),
      ],
      [
        rsaPair.privateKey,
        (input: KeyInput) =>
          rsaKeys.importPrivateKey(input, { alg: rsa.rsaPssSha256, use: 'sign' }),
      ],
    ] as const) {
      const der = key.export({ type: 'pkcs8', format: 'der', ...passphrase }).toString('hex');
      // PBKDF2-params of RFC 8018, appendix A.2: a salt of 8 octets or more, and then the count.
      const slow = der.replace(/(04(?:08|10)(?:[0-9a-f]{2}){8,16}?)02020800/, '$1020207ff');
      expect(slow).not.toBe(der);
      const call = (): string => outcome(() => load(octetsOf(slow)));
      expect(promptly(call, 'an encrypted key')).toBe('ERR_KEY_ENCRYPTED');
    }
    const jwk = edPair.publicKey.export({ format: 'jwk' });
    for (const alg of ['PBES2-HS256+A128KW', 'PBES2-HS384+A192KW', 'PBES2-HS512+A256KW']) {
      const call = (): string =>
        outcome(() =>
          ed.importPublicKey(Object.assign({}, jwk, { alg, p2c: 2 ** 31 - 1, p2s: 'AAAA' }), {
            alg: ed25519,
            use: 'verify',
          }),
        );
      expect(promptly(call, alg)).toBe('ERR_KEY_USE');
    }
  }

  sin('CVE-2022-36083', 'jose ran as many rounds of PBKDF2 as p2c said', expectNoRounds);
  sin('CVE-2023-50966', 'Erlang’s jose ran as many rounds as p2c said', expectNoRounds);
  sin('CVE-2023-50967', 'latchset’s jose ran as many rounds as p2c said', expectNoRounds);
  sin('CVE-2023-52428', 'Nimbus ran as many rounds as p2c said', expectNoRounds);
  sin('CVE-2023-6681', 'jwcrypto ran as many rounds as p2c said', expectNoRounds);

  sin('CVE-2024-28176', 'jose unpacked whatever a sender had packed', () => {
    // Neither a key nor a secret is unpacked; 64 MiB of zeros fit in as many KiB.
    const der = derOf(edPair.publicKey);
    const bomb = gzipSync(Buffer.alloc(64 << 20));
    for (const packed of [gzipSync(der), deflateSync(der), deflateRawSync(der), bomb]) {
      const octets = Uint8Array.from(packed);
      for (const input of [octets, packed.toString('base64')]) {
        const call = (): string =>
          outcome(() => ed.importPublicKey(input, { alg: ed25519, use: 'verify' }));
        expect(promptly(call, 'a packed key')).toMatch(/^ERR_(?:DER|KEY_FORM)$/);
      }
    }
    const secret = Uint8Array.from(gzipSync(Buffer.alloc(1 << 16, SECRET)));
    const key = importSecret(secret, { alg: hmacSha256, use: 'mac', encoding: 'raw' });
    const expected = createHmac('sha256', secret).update(TOKEN).digest('hex');
    expect(Buffer.from(mac(key, TOKEN)).toString('hex')).toBe(expected);
  });
});

test('every id of the list is tested or waits for its area, and none is lost', () => {
  expect([...TESTED, ...Object.keys(LATER)].toSorted()).toEqual(HISTORY.toSorted());
  for (const { area, reason } of Object.values(LATER)) {
    expect(area.length > 3 && reason.length > 20).toBe(true);
  }
});

/** k of a signature, by who knows the private key: s = (z + r d) / k, FIPS 186-5, section 6.4.1. */
function nonceOf(
  { privateKey, n, size, hash, name }: CurveKey,
  message: Uint8Array,
  signature: Uint8Array,
): bigint {
  const [r, s] = [numberOf(signature.subarray(0, size)), numberOf(signature.subarray(size))];
  const z = numberOf(createHash(hash).update(message).digest());
  const k = ((z + r * numberOf(scalarOf(privateKey))) * inverse(s, n)) % n;
  const point = createECDH(OPENSSL[name] ?? '');
  point.setPrivateKey(octetsOfNumber(k, size));
  expect(numberOf(point.getPublicKey().subarray(1, 1 + size)) % n).toBe(r);
  return k;
}

function inverse(value: bigint, n: bigint): bigint {
  let [a, b, x, y] = [value % n, n, 1n, 0n];
  while (b > 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % n) + n) % n;
}

/** The names of the curves in OpenSSL. */
const OPENSSL: Readonly<Record<string, string>> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
  secp256k1: 'secp256k1',
};

/** The uncompressed point, SEC 1, section 2.3.3. */
function exportPoint(key: KeyObject): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Uint8Array.of(4, ...Buffer.from(x, 'base64url'), ...Buffer.from(y, 'base64url'));
}

function scalarOf(key: KeyObject): Uint8Array {
  return Uint8Array.from(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
}

function modulusOf(key: KeyObject): bigint {
  return numberOf(Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url'));
}
