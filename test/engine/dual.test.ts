// The dual engine sees every difference: one function of one engine is altered at a time, and the
// call must stop with ERR_ENGINE_DISAGREEMENT. The rows below name every function of the contract;
// the compiler refuses a row that leaves one out.
import { describe, expect, test } from 'vitest';
import type {
  AeadEngine,
  BlockModeEngine,
  CmacEngine,
  DigestEngine,
  EcdsaEngine,
  EngineKey,
  KeyWrapEngine,
  RemoteEngine,
  TagParts,
} from '../../src/engine/contract.js';
import * as dualAgree from '../../src/engine/dual/agree.js';
import * as dualCipher from '../../src/engine/dual/cipher.js';
import * as dualDigest from '../../src/engine/dual/digest.js';
import * as dualEcdsa from '../../src/engine/dual/ecdsa.js';
import * as dualEddsa from '../../src/engine/dual/eddsa.js';
import * as dualMac from '../../src/engine/dual/mac.js';
import * as dualRemote from '../../src/engine/dual/remote.js';
import * as dualRsa from '../../src/engine/dual/rsa.js';
import * as nobleAgree from '../../src/engine/noble/agree.js';
import * as nobleCipher from '../../src/engine/noble/cipher.js';
import * as nobleDigest from '../../src/engine/noble/digest.js';
import * as nobleEcdsa from '../../src/engine/noble/ecdsa.js';
import * as nobleEddsa from '../../src/engine/noble/eddsa.js';
import * as nobleMac from '../../src/engine/noble/mac.js';
import * as nobleRemote from '../../src/engine/noble/remote.js';
import * as nobleRsa from '../../src/engine/noble/rsa.js';
import * as nodeAgree from '../../src/engine/node/agree.js';
import * as nodeCipher from '../../src/engine/node/cipher.js';
import * as nodeDigest from '../../src/engine/node/digest.js';
import * as nodeEcdsa from '../../src/engine/node/ecdsa.js';
import * as nodeEddsa from '../../src/engine/node/eddsa.js';
import * as nodeMac from '../../src/engine/node/mac.js';
import * as nodeRemote from '../../src/engine/node/remote.js';
import * as nodeRsa from '../../src/engine/node/rsa.js';
import { CountersignError } from '../../src/errors.js';
import { privateParts, publicParts } from '../primitive/rsa-keys.js';
import { outcome } from '../vectors.js';

type Octets = Uint8Array<ArrayBuffer>;

/** One function of a capability, and a way for one engine to answer otherwise. */
interface Row<E> {
  /** Uses the function. The hash functions are those of the engine that is called. */
  readonly call: (engine: E, hash: DigestEngine) => unknown;
  /** The altered function. */
  readonly alter: (engine: E) => Partial<E>;
  /** Where one engine alone answers: there the other is never asked. */
  readonly only?: Side;
  /** Where the one engine's answer can't be checked by anything. */
  readonly unchecked?: true;
}

/** A row for every function of the engine; what is no function describes it. */
type Rows<E> = {
  readonly [F in keyof E as E[F] extends string | number ? never : F]-?: Row<E>;
};

const octets = (length: number, seed: number): Octets =>
  Uint8Array.from({ length }, (_, i) => (i * 37 + seed * 101) & 0xff);
const flipped = (value: Uint8Array): Octets => {
  const out = new Uint8Array(value);
  out[out.length - 1] = (out.at(-1) ?? 0) ^ 1;
  return out;
};
const flippedIfAny = (value: Octets | undefined): Octets | undefined =>
  value === undefined ? undefined : flipped(value);

const MESSAGE = octets(100, 1);
const SECRET = octets(32, 2);
const IV = octets(16, 3);
const AAD = octets(20, 4);

type Side = 'node' | 'noble';
type Both<E> = Readonly<Record<Side, E>>;

const SIDES = ['node', 'noble'] as const;

/** The same two engines, one of them altered. */
function altered<E extends object>(engines: Both<E>, side: Side, change: Partial<E>): Both<E> {
  return { ...engines, [side]: { ...engines[side], ...change } };
}

const opposite = { node: 'noble', noble: 'node' } as const;

function capability<E extends object>(
  name: string,
  agree: (a: E, b: E) => E,
  engines: Both<E>,
  rows: Rows<E>,
): void {
  const { sha256 } = dualDigest;

  describe(name, () => {
    for (const [f, { call, alter, only, unchecked }] of Object.entries<Row<E>>(rows)) {
      const callAltered = (side: Side): unknown => {
        const { node, noble } = altered(engines, side, alter(engines[side]));
        return call(agree(node, noble), sha256);
      };
      test(`${f}: engines that agree give their answer through`, () => {
        const found = call(agree(engines.node, engines.noble), sha256);
        expect(found).toEqual(call(engines.node, nodeDigest.sha256));
      });
      for (const side of SIDES) {
        if (only === opposite[side]) {
          test(`${f}: the ${only} engine alone is asked`, () => {
            expect(() => callAltered(side)).not.toThrow();
          });
        } else if (unchecked !== true) {
          test(`${f}: a difference of the ${side} engine is a disagreement`, () => {
            expect(outcome(() => callAltered(side))).toBe('ERR_ENGINE_DISAGREEMENT');
          });
        }
      }
    }
  });
}

capability<DigestEngine>(
  'digest',
  dualDigest.agree,
  { node: nodeDigest.sha256, noble: nobleDigest.sha256 },
  {
    digest: {
      call: (engine) => engine.digest(MESSAGE),
      alter: ({ digest }) => ({ digest: (data) => flipped(digest(data)) }),
    },
  },
);

{
  const call = (engine: typeof nodeMac.hmacSha256): Octets =>
    engine.tag(engine.key(SECRET), MESSAGE);
  capability(
    'mac',
    dualMac.agree,
    { node: nodeMac.hmacSha256, noble: nobleMac.hmacSha256 },
    {
      key: { call, alter: ({ key }) => ({ key: (secret) => key(flipped(secret)) }) },
      tag: { call, alter: ({ tag }) => ({ tag: (key, message) => flipped(tag(key, message)) }) },
    },
  );
}

capability<{ readonly tagParts: TagParts }>(
  'mac in parts',
  (a, b) => ({ tagParts: dualMac.agreeOnParts(a.tagParts, b.tagParts) }),
  { node: nodeMac, noble: nobleMac },
  {
    tagParts: {
      call: ({ tagParts }) => {
        // The key is that of both engines, or node's where node alone is asked.
        const pair = dualMac.hmacSha256.key(SECRET);
        const key = tagParts === nodeMac.tagParts ? nodeMac.hmacSha256.key(SECRET) : pair;
        return tagParts(key, ['text', MESSAGE]);
      },
      alter: ({ tagParts }) => ({ tagParts: (key, parts) => flipped(tagParts(key, parts)) }),
    },
  },
);

const ecdsaEngines = { node: nodeEcdsa.p256, noble: nobleEcdsa.p256 };
const POINT = nodeEcdsa.p256.pointOf(nodeEcdsa.p256.privateKey(SECRET));
const SIGNATURE = nobleEcdsa.p256.sign(
  nobleEcdsa.p256.privateKey(SECRET),
  nobleDigest.sha256,
  MESSAGE,
);

function ecPublic(engine: EcdsaEngine): EngineKey<'ec-public'> {
  const key = engine.publicKey(POINT);
  if (key === undefined) throw new Error('the point is refused');
  return key;
}

capability<EcdsaEngine>('ecdsa', dualEcdsa.agree, ecdsaEngines, {
  publicKey: {
    call: (engine) => engine.publicKey(POINT) !== undefined,
    alter: () => ({ publicKey: () => undefined }),
  },
  privateKey: {
    call: (engine) => engine.pointOf(engine.privateKey(SECRET)),
    alter: ({ privateKey }) => ({ privateKey: (scalar) => privateKey(flipped(scalar)) }),
  },
  pointOf: {
    call: (engine) => engine.pointOf(engine.privateKey(SECRET)),
    alter: ({ pointOf }) => ({ pointOf: (key) => flipped(pointOf(key)) }),
  },
  sign: {
    call: (engine, hash) => engine.sign(engine.privateKey(SECRET), hash, MESSAGE).length,
    alter: ({ sign }) => ({ sign: (...given) => flipped(sign(...given)) }),
    only: 'node',
  },
  verify: {
    call: (engine, hash) => engine.verify(ecPublic(engine), hash, MESSAGE, SIGNATURE),
    alter: ({ verify }) => ({ verify: (...given) => !verify(...given) }),
  },
  signDeterministic: {
    call: ({ privateKey, sign, signDeterministic = sign }, hash) =>
      signDeterministic(privateKey(SECRET), hash, MESSAGE).length,
    alter: ({ sign, signDeterministic }) => ({
      signDeterministic: (...given) => flipped((signDeterministic ?? sign)(...given)),
    }),
    only: 'noble',
  },
});

describe('ecdsa', () => {
  const { node, noble } = ecdsaEngines;

  test('a point that neither engine takes is refused, and no disagreement', () => {
    expect(dualEcdsa.agree(node, noble).publicKey(flipped(POINT))).toBeUndefined();
  });

  test('what node signs and noble refuses is a disagreement', () => {
    const dual = dualEcdsa.agree(node, { ...noble, verify: () => false });
    const sign = (): unknown => dual.sign(dual.privateKey(SECRET), dualDigest.sha256, MESSAGE);
    expect(outcome(sign)).toBe('ERR_ENGINE_DISAGREEMENT');
  });

  test('what noble signs by RFC 6979 and node refuses is a disagreement', () => {
    const dual = dualEcdsa.agree({ ...node, verify: () => false }, noble);
    const sign = (): unknown =>
      dual.signDeterministic?.(dual.privateKey(SECRET), dualDigest.sha256, MESSAGE);
    expect(outcome(sign)).toBe('ERR_ENGINE_DISAGREEMENT');
  });

  test('the two engines may not hash differently', () => {
    const hash = {
      ...dualDigest.sha256,
      both: { node: nodeDigest.sha256, noble: nobleDigest.sha224 },
    };
    const dual = dualEcdsa.agree(node, noble);
    const verify = (): unknown => dual.verify(ecPublic(dual), hash, MESSAGE, SIGNATURE);
    expect(outcome(verify)).toBe('ERR_ENGINE_DISAGREEMENT');
  });
});

{
  const { ed25519 } = nodeEddsa;
  const encoded = ed25519.publicOf(ed25519.privateKey(SECRET));
  const signature = ed25519.sign(ed25519.privateKey(SECRET), MESSAGE);
  const verify = (engine: typeof ed25519): boolean =>
    engine.verify(engine.publicKey(encoded), MESSAGE, signature);
  const sign = (engine: typeof ed25519): Octets => engine.sign(engine.privateKey(SECRET), MESSAGE);
  capability(
    'eddsa',
    dualEddsa.agree,
    { node: ed25519, noble: nobleEddsa.ed25519 },
    {
      publicKey: {
        call: verify,
        alter: ({ publicKey }) => ({ publicKey: (point) => publicKey(flipped(point)) }),
      },
      privateKey: {
        call: sign,
        alter: ({ privateKey }) => ({ privateKey: (seed) => privateKey(flipped(seed)) }),
      },
      publicOf: {
        call: (engine) => engine.publicOf(engine.privateKey(SECRET)),
        alter: ({ publicOf }) => ({ publicOf: (key) => flipped(publicOf(key)) }),
      },
      sign: {
        call: sign,
        alter: (engine) => ({ sign: (...given) => flipped(engine.sign(...given)) }),
      },
      verify: {
        call: verify,
        alter: (engine) => ({ verify: (...given) => !engine.verify(...given) }),
      },
    },
  );
}

{
  const parts = publicParts('rsa-2048-a');
  const other = privateParts('rsa-2048-b');
  const key = nodeRsa.rsa.privateKey(privateParts('rsa-2048-a'));
  if (key === undefined) throw new Error('the key is refused');
  const signature = nodeRsa.rsa.sign(key, 'pkcs1', nodeDigest.sha256, MESSAGE);
  const label = AAD;
  const neverAsked = (): never => {
    throw new Error('was asked');
  };

  const privateKey = (engine: typeof nodeRsa.rsa): EngineKey<'rsa-private'> => {
    const parsed = engine.privateKey(privateParts('rsa-2048-a'));
    if (parsed === undefined) throw new Error('the key is refused');
    return parsed;
  };
  const verify = (engine: typeof nodeRsa.rsa, hash: DigestEngine): boolean =>
    engine.verify(engine.publicKey(parts), 'pkcs1', hash, MESSAGE, signature);
  const sign = (engine: typeof nodeRsa.rsa, hash: DigestEngine): Octets =>
    engine.sign(privateKey(engine), 'pkcs1', hash, MESSAGE);
  const encryptAndDecrypt = (engine: typeof nodeRsa.rsa, hash: DigestEngine): unknown => {
    const parameters = { hash, mgfHash: hash, label };
    const ciphertext = engine.oaepEncrypt(engine.publicKey(parts), parameters, SECRET);
    return engine.oaepDecrypt(privateKey(engine), parameters, ciphertext);
  };

  capability(
    'rsa',
    dualRsa.agree,
    { node: nodeRsa.rsa, noble: nobleRsa.rsa },
    {
      publicKey: {
        call: verify,
        alter: (engine) => ({ publicKey: () => engine.publicKey(other) }),
      },
      privateKey: {
        // A key whose parts don't belong together is refused, which is no disagreement; see below.
        call: sign,
        alter: () => ({}),
        only: 'node',
        unchecked: true,
      },
      generate: {
        // New each time, so only the size is compared.
        call: (engine) => engine.generate(2048).n.length,
        alter: () => ({ generate: neverAsked }),
        only: 'node',
        unchecked: true,
      },
      sign: {
        call: sign,
        // Only of a real message: the key must pass its trial at import.
        alter: (engine) => ({
          sign: (...given) =>
            given[3].length === 0 ? engine.sign(...given) : flipped(engine.sign(...given)),
        }),
        only: 'node',
      },
      verify: {
        call: verify,
        alter: (engine) => ({ verify: (...given) => !engine.verify(...given) }),
      },
      oaepEncrypt: {
        call: encryptAndDecrypt,
        alter: () => ({ oaepEncrypt: neverAsked }),
        only: 'node',
        unchecked: true,
      },
      oaepDecrypt: {
        call: encryptAndDecrypt,
        alter: () => ({ oaepDecrypt: neverAsked }),
        only: 'node',
        unchecked: true,
      },
    },
  );

  test('rsa privateKey: parts that don’t belong together are refused', () => {
    const node = { ...nodeRsa.rsa, privateKey: () => nodeRsa.rsa.privateKey(other) };
    expect(dualRsa.agree(node, nobleRsa.rsa).privateKey(privateParts('rsa-2048-a'))).toBe(
      undefined,
    );
  });

  describe('rsa', () => {
    for (const scheme of ['pkcs1', 'pss'] as const) {
      test(`what node signs and noble refuses is a disagreement: ${scheme}`, () => {
        const dual = dualRsa.agree(nodeRsa.rsa, { ...nobleRsa.rsa, verify: () => false });
        const made = (): unknown => dual.sign(privateKey(dual), scheme, dualDigest.sha256, MESSAGE);
        expect(outcome(made)).toBe('ERR_ENGINE_DISAGREEMENT');
      });
    }

    test('a private key that node refuses is refused', () => {
      const dual = dualRsa.agree({ ...nodeRsa.rsa, privateKey: () => undefined }, nobleRsa.rsa);
      expect(dual.privateKey(privateParts('rsa-2048-a'))).toBeUndefined();
    });
  });
}

{
  const { p256 } = nodeAgree;
  const call = (engine: typeof p256): Octets | undefined =>
    engine.agree(engine.privateKey(SECRET), POINT);
  capability(
    'agree',
    dualAgree.agree,
    { node: p256, noble: nobleAgree.p256 },
    {
      privateKey: {
        call,
        alter: (engine) => ({ privateKey: (secret) => engine.privateKey(flipped(secret)) }),
      },
      publicOf: {
        call: (engine) => engine.publicOf(engine.privateKey(SECRET)),
        alter: (engine) => ({ publicOf: (key) => flipped(engine.publicOf(key)) }),
      },
      agree: {
        call,
        alter: (engine) => ({ agree: (...given) => flippedIfAny(engine.agree(...given)) }),
      },
    },
  );

  test('agree: a peer that one engine alone refuses is a disagreement', () => {
    const dual = dualAgree.agree(p256, { ...nobleAgree.p256, agree: () => undefined });
    expect(outcome(() => call(dual))).toBe('ERR_ENGINE_DISAGREEMENT');
  });

  test('agree: a peer that both engines refuse is refused', () => {
    const dual = dualAgree.agree(p256, nobleAgree.p256);
    expect(dual.agree(dual.privateKey(SECRET), flipped(POINT))).toBeUndefined();
  });
}

{
  const nonce = IV.subarray(0, 12);
  const seal = (engine: AeadEngine): Octets => {
    const out = new Uint8Array(5 + MESSAGE.length + 16);
    engine.seal(engine.key(SECRET), nonce, AAD, MESSAGE, out, 5);
    return out;
  };
  const sealed = seal(nodeCipher.aesGcm).subarray(5);
  const [ciphertext, tag] = [sealed.subarray(0, -16), sealed.subarray(-16)];
  const open = (engine: AeadEngine): Octets | undefined =>
    engine.open(engine.key(SECRET), nonce, AAD, ciphertext, tag);
  const engines = { node: nodeCipher.aesGcm, noble: nobleCipher.aesGcm };

  capability<AeadEngine>('aead', dualCipher.agreeAead, engines, {
    key: { call: seal, alter: ({ key }) => ({ key: (secret) => key(flipped(secret)) }) },
    seal: {
      call: seal,
      alter: (engine) => ({
        seal(key, iv, aad, plaintext, out, at) {
          engine.seal(key, iv, aad, flipped(plaintext), out, at);
        },
      }),
    },
    open: {
      call: open,
      alter: (engine) => ({ open: (...given) => flippedIfAny(engine.open(...given)) }),
    },
  });

  describe('aead', () => {
    for (const side of SIDES) {
      test(`a message that the ${side} engine alone refuses is a disagreement`, () => {
        const { node, noble } = altered<AeadEngine>(engines, side, { open: () => undefined });
        const call = (): unknown => open(dualCipher.agreeAead(node, noble));
        expect(outcome(call)).toBe('ERR_ENGINE_DISAGREEMENT');
      });
    }

    test('a message that both engines refuse is refused', () => {
      const dual = dualCipher.agreeAead(engines.node, engines.noble);
      expect(dual.open(dual.key(SECRET), nonce, AAD, ciphertext, flipped(tag))).toBeUndefined();
    });

    test('nothing is written where the engines disagree', () => {
      const { node, noble } = engines;
      const dual = dualCipher.agreeAead(node, { ...noble, seal: () => undefined });
      const out = new Uint8Array(MESSAGE.length + 16);
      const call = (): void => dual.seal(dual.key(SECRET), nonce, AAD, MESSAGE, out, 0);
      expect(outcome(call)).toBe('ERR_ENGINE_DISAGREEMENT');
      expect(out).toEqual(new Uint8Array(out.length));
    });
  });
}

{
  const wrap = (engine: KeyWrapEngine): Octets => engine.wrap(engine.key(SECRET), SECRET);
  const wrapped = wrap(nodeCipher.aesKw);
  const unwrap = (engine: KeyWrapEngine): Octets | undefined =>
    engine.unwrap(engine.key(SECRET), wrapped);
  const engines = { node: nodeCipher.aesKw, noble: nobleCipher.aesKw };

  capability<KeyWrapEngine>('wrap', dualCipher.agreeWrap, engines, {
    key: { call: wrap, alter: ({ key }) => ({ key: (secret) => key(flipped(secret)) }) },
    wrap: {
      call: wrap,
      alter: (engine) => ({ wrap: (...given) => flipped(engine.wrap(...given)) }),
    },
    unwrap: {
      call: unwrap,
      alter: (engine) => ({ unwrap: (...given) => flippedIfAny(engine.unwrap(...given)) }),
    },
  });

  test('wrap: a wrapped key that one engine alone refuses is a disagreement', () => {
    const dual = dualCipher.agreeWrap({ ...engines.node, unwrap: () => undefined }, engines.noble);
    expect(outcome(() => unwrap(dual))).toBe('ERR_ENGINE_DISAGREEMENT');
  });
}

for (const [mode, node, noble] of [
  ['cbc', nodeCipher.aesCbc, nobleCipher.aesCbc],
  ['ctr', nodeCipher.aesCtr, nobleCipher.aesCtr],
  ['ecb', nodeCipher.aesEcb, nobleCipher.aesEcb],
] as const) {
  const data = MESSAGE.subarray(0, 96);
  const encrypt = (engine: BlockModeEngine): Octets => engine.encrypt(engine.key(SECRET), IV, data);
  const decrypt = (engine: BlockModeEngine): Octets => engine.decrypt(engine.key(SECRET), IV, data);
  capability<BlockModeEngine>(
    mode,
    dualCipher.agreeBlockMode,
    { node, noble },
    {
      key: { call: encrypt, alter: ({ key }) => ({ key: (secret) => key(flipped(secret)) }) },
      encrypt: {
        call: encrypt,
        alter: (engine) => ({ encrypt: (...given) => flipped(engine.encrypt(...given)) }),
      },
      decrypt: {
        call: decrypt,
        alter: (engine) => ({ decrypt: (...given) => flipped(engine.decrypt(...given)) }),
      },
    },
  );
}

{
  const call = (engine: CmacEngine): Octets => engine.tag(engine.key(SECRET), MESSAGE);
  const engines = { node: nodeCipher.aesCmac, noble: nobleCipher.aesCmac };
  capability<CmacEngine>('cmac', dualCipher.agreeCmac, engines, {
    key: { call, alter: ({ key }) => ({ key: (secret) => key(flipped(secret)) }) },
    tag: { call, alter: ({ tag }) => ({ tag: (key, message) => flipped(tag(key, message)) }) },
  });
}

describe('remote', () => {
  const parts = privateParts('rsa-2048-a');
  const { rsa: verifying } = nobleRsa;
  // Only of a real message: the key must pass its trial at import.
  const alter = ({ rsaSign }: RemoteEngine): RemoteEngine['rsaSign'] => {
    return async (key, message) => {
      const signature = await rsaSign(key, message);
      return message.length === 0 ? signature : flipped(signature);
    };
  };
  const engines = { node: nodeRemote.remote, noble: nobleRemote.remote };
  const sign = async (dual: RemoteEngine, scheme: 'pkcs1' | 'pss'): Promise<Octets> =>
    dual.rsaSign(await dual.rsaPrivateKey(parts, scheme, dualDigest.sha256), MESSAGE);

  test('pkcs1: engines that agree give their answer through', async () => {
    const dual = dualRemote.agree(engines.node, engines.noble, verifying);
    const key = await engines.node.rsaPrivateKey(parts, 'pkcs1', nodeDigest.sha256);
    expect(await sign(dual, 'pkcs1')).toEqual(await engines.node.rsaSign(key, MESSAGE));
  });

  test('pss: a signature of node that noble verifies comes through', async () => {
    const dual = dualRemote.agree(engines.node, engines.noble, verifying);
    const signature = await sign(dual, 'pss');
    const { rsa } = nodeRsa;
    const key = rsa.publicKey(parts);
    expect(rsa.verify(key, 'pss', nodeDigest.sha256, MESSAGE, signature)).toBe(true);
  });

  for (const side of SIDES) {
    test(`pkcs1: a differing signature of the ${side} engine is a disagreement`, async () => {
      const { node, noble } = altered(engines, side, { rsaSign: alter(engines[side]) });
      await expect(sign(dualRemote.agree(node, noble, verifying), 'pkcs1')).rejects.toMatchObject({
        code: 'ERR_ENGINE_DISAGREEMENT',
      });
    });
  }

  test('pss: a signature that does not verify is a disagreement', async () => {
    const node = { ...engines.node, rsaSign: alter(engines.node) };
    await expect(
      sign(dualRemote.agree(node, engines.noble, verifying), 'pss'),
    ).rejects.toMatchObject({ code: 'ERR_ENGINE_DISAGREEMENT' });
  });

  const ciphertext = nodeRsa.rsa.oaepEncrypt(
    nodeRsa.rsa.publicKey(parts),
    { hash: nodeDigest.sha256, mgfHash: nodeDigest.sha256, label: AAD },
    SECRET,
  );
  const decrypt = async (dual: RemoteEngine): Promise<Octets | undefined> =>
    dual.oaepDecrypt(await dual.oaepPrivateKey(parts, dualDigest.sha256), AAD, ciphertext);

  test('oaep: engines that agree give their answer through', async () => {
    expect(await decrypt(dualRemote.agree(engines.node, engines.noble, verifying))).toEqual(SECRET);
  });

  for (const side of SIDES) {
    test(`oaep: a differing plaintext of the ${side} engine is a disagreement`, async () => {
      const { node, noble } = altered(engines, side, {
        oaepDecrypt: async (...given) => flippedIfAny(await engines[side].oaepDecrypt(...given)),
      });
      const dual = dualRemote.agree(node, noble, verifying);
      await expect(decrypt(dual)).rejects.toMatchObject({ code: 'ERR_ENGINE_DISAGREEMENT' });
    });
  }

  const refusing = (engine: RemoteEngine): RemoteEngine => ({
    ...engine,
    rsaPrivateKey: () => Promise.reject(new CountersignError('ERR_KEY', 'no key')),
  });

  test('a private key that both engines refuse is refused', async () => {
    const dual = dualRemote.agree(refusing(engines.node), refusing(engines.noble), verifying);
    await expect(sign(dual, 'pkcs1')).rejects.toMatchObject({ code: 'ERR_KEY' });
  });

  // The rule of docs and of pairKeys(); the module lets the one engine's ERR_KEY through instead.
  for (const side of SIDES) {
    test(`a private key that the ${side} engine alone refuses is a disagreement`, async () => {
      const { node, noble } = altered(engines, side, refusing(engines[side]));
      await expect(sign(dualRemote.agree(node, noble, verifying), 'pkcs1')).rejects.toMatchObject({
        code: 'ERR_ENGINE_DISAGREEMENT',
      });
    });
  }
});

// What the dual engine hands out must be made by these functions, of these two engines.
describe('every value of the dual engine is of both engines', () => {
  const modules = [
    ['digest', dualDigest, nodeDigest, nobleDigest],
    ['mac', dualMac, nodeMac, nobleMac],
    ['ecdsa', dualEcdsa, nodeEcdsa, nobleEcdsa],
    ['eddsa', dualEddsa, nodeEddsa, nobleEddsa],
    ['rsa', dualRsa, nodeRsa, nobleRsa],
    ['agree', dualAgree, nodeAgree, nobleAgree],
    ['cipher', dualCipher, nodeCipher, nobleCipher],
    ['remote', dualRemote, nodeRemote, nobleRemote],
  ] as const;
  const values = (module: object): string[] =>
    Object.entries(module)
      .filter(([, value]) => typeof value === 'object')
      .map(([name]) => name)
      .toSorted();

  test.each(modules)('%s', (_, dual, node, noble) => {
    expect(values(dual).length).toBeGreaterThan(0);
    expect(values(node)).toEqual(values(dual));
    expect(values(noble)).toEqual(values(dual));
    for (const name of values(dual)) {
      const [own, theirs] = [Reflect.get(dual, name), Reflect.get(node, name)] as [object, object];
      expect(own).not.toBe(theirs);
    }
  });
});
