/**
 * The curves of NIST: signatures and agreement.
 *
 * @module
 */
import * as node from 'node:crypto';
import { changed, type Fixture, fromJwk, hash, random, setOf, upper } from './shape.js';

function curve(called: string): Fixture[] {
  const { privateKey } = node.generateKeyPairSync('ec', { namedCurve: called });
  const { x, y, d } = privateKey.export({ format: 'jwk' });
  const [key, message] = [{ qx: fromJwk(x), qy: fromJwk(y) }, random(60)];
  const hashAlg = { 'P-256': 'SHA2-256', 'P-384': 'SHA2-384' }[called] ?? 'SHA2-512';
  const signature = node.sign(hashAlg.replace('SHA2-', 'sha'), message, {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  const half = signature.length / 2;
  const [r, s] = [upper(signature.subarray(0, half)), upper(signature.subarray(half))];
  const signed = { message: upper(message), r, s };
  const peer = node.generateKeyPairSync('ec', { namedCurve: called });
  const server = peer.publicKey.export({ format: 'jwk' });
  const z = node.diffieHellman({ privateKey, publicKey: peer.publicKey });
  const secret = { testPassed: true, z: upper(z) };
  const agreed = {
    publicServerX: fromJwk(server.x),
    publicServerY: fromJwk(server.y),
    privateIut: fromJwk(d),
    ...secret,
  };
  const ephemeral = {
    ephemeralPublicServerX: agreed.publicServerX,
    ephemeralPublicServerY: agreed.publicServerY,
    ephemeralPrivateIut: agreed.privateIut,
  };
  const scheme = { scheme: 'ephemeralUnified', kasRole: 'initiator' };
  const hashed = upper(hash('sha512', z));
  const wrong = { testPassed: false };
  return [
    {
      set: setOf('ECDSA', 'keyVer'),
      group: { testType: 'AFT', curve: called },
      good: { ...key, testPassed: true },
      bad: { ...key, qy: changed(key.qy), ...wrong },
    },
    {
      set: setOf('ECDSA', 'SigVer'),
      group: { testType: 'AFT', curve: called, hashAlg, component: false },
      good: { ...key, ...signed, testPassed: true },
      bad: { ...key, ...signed, message: changed(signed.message), ...wrong },
    },
    {
      set: setOf('ECDSA', 'sigGen', 'FIPS186-5'),
      group: { testType: 'AFT', curve: called, hashAlg, component: false, d: fromJwk(d), ...key },
      good: signed,
      answer: 's',
    },
    {
      set: setOf('KAS-ECC', 'CDH-Component'),
      group: { testType: 'AFT', curve: called },
      good: agreed,
      bad: { ...agreed, z: changed(secret.z), ...wrong },
      answer: 'z',
    },
    {
      set: setOf('KAS-ECC-SSC', undefined, 'Sp800-56Ar3'),
      group: {
        testType: 'VAL',
        domainParameterGenerationMode: called,
        ...scheme,
        hashFunctionZ: 'none',
      },
      good: { ...ephemeral, ...secret },
      bad: { ...ephemeral, z: changed(secret.z), ...wrong },
      answer: 'z',
    },
    {
      set: setOf('KAS-ECC-SSC', undefined, 'Sp800-56Ar3'),
      group: {
        testType: 'AFT',
        domainParameterGenerationMode: called,
        ...scheme,
        hashFunctionZ: 'SHA2-512',
      },
      good: { ...ephemeral, hashZ: hashed, testPassed: true },
      bad: { ...ephemeral, hashZ: changed(hashed), ...wrong },
      answer: 'hashZ',
    },
  ];
}

/** Both keys of both parties, with Z of the two agreements one after the other. */
function twoKeys(scheme: string, kasRole: 'initiator' | 'responder'): Fixture {
  const isInitiator = kasRole === 'initiator';
  const kinds =
    {
      onePassDh: [['ephemeral', 'static']],
      staticUnified: [['static', 'static']],
      fullUnified: [
        ['ephemeral', 'ephemeral'],
        ['static', 'static'],
      ],
      onePassUnified: [
        ['ephemeral', 'static'],
        ['static', 'static'],
      ],
    }[scheme] ?? [];
  const pair = () => node.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [iut, server] = [0, 1].map(() => ({ static: pair(), ephemeral: pair() }));
  if (iut === undefined || server === undefined) throw new Error('no keys');
  const keys: Record<string, string> = {};
  const z = kinds.map(([initiator, responder]) => {
    const own = (isInitiator ? initiator : responder) as 'static' | 'ephemeral';
    const theirs = (isInitiator ? responder : initiator) as 'static' | 'ephemeral';
    const { privateKey } = iut[own];
    const { publicKey } = server[theirs];
    const jwk = publicKey.export({ format: 'jwk' });
    keys[`${own}PrivateIut`] = fromJwk(privateKey.export({ format: 'jwk' }).d);
    keys[`${theirs}PublicServerX`] = fromJwk(jwk.x);
    keys[`${theirs}PublicServerY`] = fromJwk(jwk.y);
    return node.diffieHellman({ privateKey, publicKey });
  });
  return {
    set: setOf('KAS-ECC-SSC', undefined, 'Sp800-56Ar3'),
    group: {
      testType: 'AFT',
      domainParameterGenerationMode: 'P-256',
      scheme,
      kasRole,
      hashFunctionZ: 'none',
    },
    good: { ...keys, z: upper(Buffer.concat(z)), testPassed: true },
    answer: 'z',
  };
}

/** RFC 6979, A.2.5, with SHA-256 and the message "sample". */
export const DETERMINISTIC: Fixture = {
  set: setOf('DetECDSA', 'sigGen', 'FIPS186-5'),
  group: {
    testType: 'AFT',
    curve: 'P-256',
    hashAlg: 'SHA2-256',
    d: 'C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721',
  },
  good: {
    message: '73616D706C65',
    r: 'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716',
    s: 'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8',
  },
  skipped: 'not on this engine',
};

export const CURVES: readonly Fixture[] = [
  ...['P-256', 'P-384', 'P-521'].flatMap(curve),
  ...(['initiator', 'responder'] as const).flatMap((role) =>
    ['onePassDh', 'staticUnified', 'fullUnified', 'onePassUnified'].map((scheme) =>
      twoKeys(scheme, role),
    ),
  ),
  DETERMINISTIC,
];
