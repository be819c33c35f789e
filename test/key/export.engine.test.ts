// What is written out is read by Node and by us as the same key, and shows what its name says.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { derInteger, derSequence } from '../../src/bytes/der.js';
import { encodeHex } from '../../src/bytes/hex.js';
import { CountersignError } from '../../src/errors.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import {
  exportPrivateKeyInTheClear,
  exportPublicKey,
  exportSecretInTheClear,
} from '../../src/key/export.js';
import type { Key } from '../../src/key/handle.js';
import { importKey, type KeyAlgorithm, type KeyInput, type KeyUse } from '../../src/key/index.js';
import * as rsa from '../../src/key/rsa.js';
import { ALLOW_WEAK_SECRET, generateSecret, importSecret, withUse } from '../../src/key/secret.js';
import {
  agree,
  decrypt,
  encrypt,
  mac,
  open,
  openForeign,
  seal,
  sign,
  unwrap,
  verify,
  wrap,
} from '../../src/key/use.js';
import { exportForWorker, importFromWorker, type WorkerKey } from '../../src/key/worker.js';
import * as x from '../../src/key/x25519.js';
import { ecdhP256, ecdhP384, ecdhP521, x25519 } from '../../src/primitive/agreement.js';
import { aes128Kw } from '../../src/primitive/aes-kw.js';
import { aes256Gcm } from '../../src/primitive/aes-gcm.js';
import { aesCmac } from '../../src/primitive/aes-modes.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import { hmacSha1 } from '../../src/primitive/legacy/hmac.js';
import { rsaOaepSha256 } from '../../src/primitive/rsa-oaep.js';
import { rsaPssSha256 } from '../../src/primitive/rsa.js';
import { publicParts } from '../primitive/rsa-keys.js';
import { engineName, outcome } from '../vectors.js';

const message = Uint8Array.from({ length: 50 }, (_, i) => i);
const form = { encoding: 'fixed', s: 'any' } as const;

interface Pair {
  readonly publicKey: Key<KeyAlgorithm>;
  readonly privateKey: Key<KeyAlgorithm>;
}
type Door = [name: string, make: () => Pair];
const doors: Door[] = [
  ...[ecdsaP256Sha256, ecdsaP384Sha384, ecdsaP521Sha512, ecdsaSecp256k1Sha256].map((alg): Door => {
    return [alg.name, () => ec.generateKeyPair({ alg })];
  }),
  ...[ecdhP256, ecdhP384, ecdhP521].map((alg): Door => [
    alg.name,
    () => ec.generateKeyPair({ alg }),
  ]),
  ['Ed25519', () => ed.generateKeyPair({ alg: ed25519 })],
  ['X25519', () => x.generateKeyPair({ alg: x25519 })],
  ...(engineName === 'noble'
    ? []
    : [rsaPssSha256, rsaOaepSha256].map((alg): Door => {
        return [alg.name, () => rsa.generateKeyPair({ alg, bits: 2048 })];
      })),
];

describe.each(doors)('%s', (_, make) => {
  const { publicKey, privateKey } = make();
  const again = (input: KeyInput, key: Key<KeyAlgorithm>): Key<KeyAlgorithm> =>
    importKey(input, { alg: key.alg, use: key.use });

  test('a pair shares its id', () => {
    expect(publicKey.id).toMatch(/^[\w-]{43}$/);
    expect(privateKey.id).toBe(publicKey.id);
  });

  test.each(['pem', 'der', 'jwk'] as const)('the public half comes back from %s', (format) => {
    const written = exportPublicKey(publicKey, format);
    expect(exportPublicKey(privateKey, format)).toEqual(written);
    expect(again(written, publicKey).id).toBe(publicKey.id);
    expect(JSON.stringify(written)).not.toContain('"d"');
  });

  test('the public half comes back raw, or is RSA', () => {
    const raw = (): Uint8Array => exportPublicKey(privateKey, 'raw');
    if (publicKey.alg.name.startsWith('RSA')) expect(raw).toThrow(CountersignError);
    else expect(again(raw(), publicKey).id).toBe(publicKey.id);
  });

  test.each(['pem', 'der', 'jwk'] as const)('the private half comes back from %s', (format) => {
    const written = exportPrivateKeyInTheClear(privateKey, format);
    expect(again(written, privateKey).id).toBe(privateKey.id);
    expect(() => exportPrivateKeyInTheClear(publicKey, format)).toThrow(CountersignError);
  });

  test('Node reads the same and writes the same', () => {
    const pem = exportPublicKey(publicKey, 'pem');
    const key = createPublicKey(pem);
    expect(key.export({ type: 'spki', format: 'pem' })).toBe(pem);
    expect(key.export({ format: 'jwk' })).toEqual(exportPublicKey(publicKey, 'jwk'));
    const secret = createPrivateKey(exportPrivateKeyInTheClear(privateKey, 'pem'));
    expect(createPublicKey(secret).export({ type: 'spki', format: 'pem' })).toBe(pem);
    expect(new Uint8Array(secret.export({ type: 'pkcs8', format: 'der' }))).toEqual(
      exportPrivateKeyInTheClear(privateKey, 'der'),
    );
  });

  test('goes to a worker and comes back', () => {
    for (const key of [publicKey, privateKey]) {
      const posted = structuredClone(exportForWorker(key));
      const { alg, use } = key;
      const there = importFromWorker(posted, { alg, use });
      expect([there.id, there.use, there.alg]).toEqual([key.id, use, alg]);
      expect(exportPublicKey(there, 'der')).toEqual(exportPublicKey(key, 'der'));
      const other = use === 'verify' ? 'sign' : 'verify';
      expect(() => importFromWorker(posted, { alg, use: other })).toThrow(CountersignError);
      expect(() => importFromWorker(posted, { alg: hmacSha256, use })).toThrow(CountersignError);
    }
    // A public handle posts no private part.
    expect(Object.keys(exportForWorker(publicKey).material)).not.toContain('scalar');
    const parts = (exportForWorker(publicKey).material as { parts?: object }).parts;
    expect(Object.keys(parts ?? { n: 0, e: 0 })).toEqual(['n', 'e']);
  });

  test('does its work', () => {
    const uses: Partial<Record<KeyUse<KeyAlgorithm>, () => void>> = {
      sign: () => {
        const extra = 'curve' in privateKey.alg ? [form] : [];
        const signature = sign(privateKey as never, message, ...(extra as []));
        expect(verify(publicKey as never, message, signature, ...(extra as []))).toBe(true);
      },
      decrypt: () => {
        const ciphertext = encrypt(publicKey as never, message, message);
        expect(decrypt(privateKey as never, ciphertext, message)).toEqual(message);
      },
      agree: () => {
        const other = make();
        const shared = agree(privateKey as never, other.publicKey as never);
        expect(agree(other.privateKey as never, publicKey as never)).toEqual(shared);
        expect(shared.length).toBeGreaterThanOrEqual(32);
      },
    };
    const work = uses[privateKey.use as 'sign'];
    expect(work).toBeTypeOf('function');
    work?.();
  });
});

describe('a drawn key', () => {
  test('has the name that it is given, and its family', () => {
    const id = 'may';
    const made = [
      ec.generateKeyPair({ alg: ecdsaP256Sha256, id }),
      ed.generateKeyPair({ alg: ed25519, id }),
      x.generateKeyPair({ alg: x25519, id }),
    ];
    for (const { publicKey, privateKey } of made) {
      expect([publicKey.id, privateKey.id]).toEqual([id, id]);
    }
    const [, , agreeing] = made;
    expect(exportPrivateKeyInTheClear(agreeing?.privateKey as Key, 'jwk')).toMatchObject({
      kty: 'OKP',
      crv: 'X25519',
    });
    for (const bits of [0, 1024, 2047, 2049, '2048', undefined]) {
      const options = { alg: rsaPssSha256, bits } as never;
      expect(() => rsa.generateKeyPair(options)).toThrow(/^options\.bits: expected/);
    }
  });
});

describe('secrets', () => {
  test.each([
    [hmacSha256, 'mac', 32],
    [hmacSha512, 'mac', 64],
    [hmacSha1, 'mac', 32],
    [aesCmac, 'mac', 32],
    [aes256Gcm, 'seal', 32],
    [aes128Kw, 'wrap', 16],
  ] as const)('$name are drawn at their size', (alg, use, size) => {
    const make = (): Key => generateSecret({ alg: alg as typeof hmacSha256, use: use as 'mac' });
    const [one, other] = [make(), make()];
    expect(exportSecretInTheClear(one)).toHaveLength(size);
    expect(exportSecretInTheClear(one)).not.toEqual(exportSecretInTheClear(other));
    expect(one.id).toBe(undefined);
  });

  test('do the other thing that their algorithm does', () => {
    const sealing = generateSecret({ alg: aes256Gcm, use: 'seal', id: 'may' });
    const opening = withUse(sealing, 'open');
    expect(open(opening, seal(sealing, message, message), message)).toEqual(message);
    expect(opening.id).toBe('may');
    const key = importSecret('hush', {
      alg: hmacSha256,
      use: 'verify',
      encoding: 'utf8',
      relax: [ALLOW_WEAK_SECRET],
    });
    expect(verify(key, message, mac(withUse(key, 'mac'), message))).toBe(true);
    expect(withUse(key, 'mac').relaxed).toEqual([ALLOW_WEAK_SECRET]);
    expect(() => withUse(sealing, 'mac' as never)).toThrow(TypeError);
    expect(() => withUse(ed.generateKeyPair({ alg: ed25519 }).privateKey as never, 'mac')).toThrow(
      /^key: expected a secret/,
    );
  });

  test('come back from a worker with what was relaxed', () => {
    const key = importSecret('hush', {
      alg: hmacSha256,
      use: 'mac',
      encoding: 'utf8',
      id: 'old',
      relax: [ALLOW_WEAK_SECRET],
    });
    const posted = structuredClone(exportForWorker(key));
    expect(posted.relaxed).toEqual(['ALLOW_WEAK_SECRET']);
    const there = importFromWorker(posted, { alg: hmacSha256, use: 'mac' });
    expect(there.relaxed).toEqual([ALLOW_WEAK_SECRET]);
    expect(there.id).toBe('old');
    expect(encodeHex(mac(there, message), 'lower')).toBe(encodeHex(mac(key, message), 'lower'));
  });

  test('are no halves of pairs, and the other way round', () => {
    const key = generateSecret({ alg: hmacSha256, use: 'mac' });
    const { publicKey } = ed.generateKeyPair({ alg: ed25519 });
    const code = (call: () => unknown): string => outcome(() => String(call()));
    expect(code(() => exportPublicKey(key, 'pem'))).toBe('ERR_KEY_SECRET');
    expect(code(() => exportPrivateKeyInTheClear(key, 'pem'))).toBe('ERR_KEY_SECRET');
    expect(code(() => exportSecretInTheClear(publicKey))).toBe('ERR_KEY_FORM');
    expect(code(() => exportPrivateKeyInTheClear(publicKey, 'pem'))).toBe('ERR_KEY_PUBLIC');
    const { n, e } = publicParts('rsa-2048-a');
    const der = derSequence(derInteger(n), derInteger(e));
    const rsaKey = rsa.importPublicKey(der, { alg: rsaPssSha256, use: 'verify' });
    expect(code(() => exportPublicKey(rsaKey, 'raw'))).toBe('ERR_KEY_FAMILY');
  });

  test('wrap, unwrap and open what others sealed', () => {
    const wrapping = generateSecret({ alg: aes128Kw, use: 'wrap' });
    const secret = message.subarray(0, 24);
    const wrapped = wrap(wrapping, secret);
    expect(unwrap(withUse(wrapping, 'unwrap'), wrapped)).toEqual(secret);
    const sealing = generateSecret({ alg: aes256Gcm, use: 'seal' });
    const sealed = seal(sealing, message, secret);
    const parts = {
      iv: sealed.slice(0, 12),
      ciphertext: sealed.slice(12, -16),
      tag: sealed.slice(-16),
      aad: secret,
    };
    expect(openForeign(withUse(sealing, 'open'), parts)).toEqual(message);
    const code = (call: () => unknown): string => outcome(() => String(call()));
    expect(code(() => openForeign(sealing as never, parts))).toBe('ERR_KEY_USE');
    expect(code(() => unwrap(wrapping as never, wrapped))).toBe('ERR_KEY_USE');
    expect(code(() => wrap(withUse(wrapping, 'unwrap') as never, secret))).toBe('ERR_KEY_USE');
    const options = { alg: hmacSha256, use: 'mac', encoding: 'utf8' } as const;
    expect(importKey('sixteen octets!!', options).use).toBe('mac');
  });
});

test('what comes from another thread goes through the doors', () => {
  const strong = exportForWorker(generateSecret({ alg: hmacSha256, use: 'mac' }));
  const weak = { ...strong, material: { kind: 'secret', octets: Uint8Array.of(1, 2, 3) } } as const;
  const mac256 = { alg: hmacSha256, use: 'mac' } as const;
  const code = (exported: WorkerKey, options: object = mac256): string =>
    outcome(() => importFromWorker(exported, options as never).use);
  expect(code(weak)).toBe('ERR_KEY_WEAK');
  expect(code({ ...weak, relaxed: [['ALLOW_WEAK_SECRET']] as never })).toBe('ERR_KEY_WEAK');
  expect(code(strong)).toBe('mac');
  expect(code(strong, { ...mac256, alg: hmacSha512 })).toBe('ERR_KEY_USE');
  expect(code(strong, { ...mac256, use: 'verify' })).toBe('ERR_KEY_USE');
  expect(code({ ...strong, use: 'verify' })).toBe('ERR_KEY_USE');
  const relaxed = importFromWorker({ ...weak, relaxed: ['ALLOW_WEAK_SECRET'] }, mac256);
  expect(relaxed.relaxed).toEqual([ALLOW_WEAK_SECRET]);
  const odd = importFromWorker({ ...strong, relaxed: ['constructor', 'toString'] }, mac256);
  expect(odd.relaxed).toEqual([]);
  expect(() => importFromWorker({ ...strong, relaxed: undefined as never }, mac256)).toThrow(
    /exported\.relaxed/,
  );
  const other = { ...mac256, use: 'frobnicate' } as never;
  expect(() => importFromWorker({ ...strong, use: 'frobnicate' as never }, other)).toThrow(
    TypeError,
  );
  const torn = { ...strong, algorithm: rsaPssSha256.name, use: 'verify' } as const;
  const material = { kind: 'public', family: 'rsa' } as never;
  const verifying = { alg: rsaPssSha256, use: 'verify' } as const;
  expect(() => importFromWorker({ ...torn, material }, verifying)).toThrow(/exported\.material/);
  // Nothing is followed further than material goes.
  const knot: Record<string, unknown> = { kind: 'public', family: 'rsa' };
  knot['parts'] = knot;
  const tied = { ...torn, material: knot as never };
  expect(() => importFromWorker(tied, verifying)).toThrow(/^material: expected a Uint8Array/);
  // A JWK leaves a word on how it was read.
  const { publicKey } = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
  const checking = { alg: ecdsaP256Sha256, use: 'verify' } as const;
  const read = ec.importPublicKey(exportPublicKey(publicKey, 'jwk'), checking);
  expect(importFromWorker(exportForWorker(read), checking).id).toBe(publicKey.id);
  // The public half of another key, and the private half for the public one's use.
  const [one, two] = [0, 1].map(() =>
    exportForWorker(ec.generateKeyPair({ alg: ecdsaP256Sha256 }).privateKey),
  ) as [WorkerKey, WorkerKey];
  const signing = { alg: ecdsaP256Sha256, use: 'sign' } as const;
  const point = (two.material as unknown as { point: Uint8Array }).point;
  const mixed = { ...one, material: { ...one.material, point } } as WorkerKey;
  expect(() => importFromWorker(mixed, signing)).toThrow(CountersignError);
  const turned = { ...one, use: 'verify' } as WorkerKey;
  expect(() => importFromWorker(turned, { ...signing, use: 'verify' })).toThrow(TypeError);
});

test('what is exported is a copy', () => {
  const key = generateSecret({ alg: hmacSha256, use: 'mac' });
  const tag = mac(key, message);
  exportSecretInTheClear(key).fill(0);
  const posted = exportForWorker(key);
  (posted.material as { octets: Uint8Array }).octets.fill(0);
  expect(exportSecretInTheClear(key).some((octet) => octet !== 0)).toBe(true);
  expect(mac(key, message)).toEqual(tag);
});
