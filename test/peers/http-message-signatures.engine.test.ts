// http-message-signatures talks to us: it verifies what we sign, and we what it signs. The peers are
// installed by `npm ci` in bench/peers; without them these tests are skipped, in CI they are not.
import {
  constants,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  sign as signByNode,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { httpMessageSignatures } from '../../bench/peers/http-message-signatures.js';
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/index.js';
import { createDigest } from '../../src/http/digest.js';
import { prepareRequest, readRequest, readResponse } from '../../src/http/message.js';
import { signMessage, verifyMessage } from '../../src/http/signature.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ed25519,
  exportPrivateKeyInTheClear,
  exportPublicKey,
  exportSecretInTheClear,
  generateSecret,
  hmacSha256,
  type Key,
  rsaPkcs1Sha256,
  rsaPssSha512,
  withUse,
} from '../../src/index.js';
import * as ecKeys from '../../src/key/ec.js';
import * as edKeys from '../../src/key/ed25519.js';
import * as rsaKeys from '../../src/key/rsa.js';
import { engineName } from '../vectors.js';

const peer = await httpMessageSignatures();
if (peer === undefined && process.env['CI'] === 'true') {
  throw new Error('http-message-signatures is missing: npm ci in bench/peers');
}

/** Our keys, and theirs. */
interface Parties {
  readonly signing: Key<typeof ed25519, 'sign'>;
  readonly verifying: Key<typeof ed25519, 'verify'>;
  readonly theirSecret: KeyObject;
  readonly theirPublic: KeyObject;
}

function pairOf({ publicKey, privateKey }: { publicKey: unknown; privateKey: unknown }): Parties {
  const [signing, verifying] = [privateKey, publicKey] as [
    Parties['signing'],
    Parties['verifying'],
  ];
  return {
    signing,
    verifying,
    theirSecret: createPrivateKey(exportPrivateKeyInTheClear(signing, 'pem')),
    theirPublic: createPublicKey(exportPublicKey(verifying, 'pem')),
  };
}

function secretOf(): Parties {
  const secret = generateSecret({ alg: hmacSha256, use: 'mac' });
  const theirs = createSecretKey(exportSecretInTheClear(secret));
  return {
    signing: secret as never,
    verifying: withUse(secret, 'verify') as never,
    theirSecret: theirs,
    theirPublic: theirs,
  };
}

const rsa = (alg: typeof rsaPssSha512): Parties =>
  pairOf(rsaKeys.generateKeyPair({ alg, bits: 2048 }));
const PARTIES = (
  [
    ['ed25519', () => pairOf(edKeys.generateKeyPair({ alg: ed25519 }))],
    ['ecdsa-p256-sha256', () => pairOf(ecKeys.generateKeyPair({ alg: ecdsaP256Sha256 }))],
    ['ecdsa-p384-sha384', () => pairOf(ecKeys.generateKeyPair({ alg: ecdsaP384Sha384 }))],
    ['hmac-sha256', secretOf],
    ['rsa-pss-sha512', () => rsa(rsaPssSha512)],
    ['rsa-v1_5-sha256', () => rsa(rsaPkcs1Sha256)],
  ] as const
).filter(([alg]) => engineName !== 'noble' || !alg.startsWith('rsa'));

// The peer has a clock of its own.
const NOW = Math.floor(Date.now() / 1000);
const URL_TEXT = 'https://api.example.com/pay?a=1&b=two%20words';
const BODY = encodeUtf8('{"amount":100}');
const HEADERS: Record<string, string> = {
  'Content-Type': 'application/json',
  'Content-Digest': createDigest(BODY, ['sha-512']),
  Date: 'Tue, 20 Apr 2021 02:07:55 GMT',
};
const COMPONENTS = [
  '@method',
  '@target-uri',
  '@authority',
  '@scheme',
  '@request-target',
  '@path',
  '@query',
  '"@query-param";name="b"',
  'content-type',
  'content-digest',
  '"content-digest";key="sha-512"',
  '"content-digest";sf',
  '"date";bs',
];
/** As the peer writes them. */
const FIELDS = COMPONENTS.map((one) => one.replace(/^"([^"]+)"/, '$1'));
const VERIFY = {
  required: COMPONENTS,
  select: { label: 'sig' },
  now: NOW,
  tolerance: 60,
  maxAge: 300,
} as const;

describe.skipIf(peer === undefined)(
  peer === undefined ? 'the peer (skipped: run npm ci in bench/peers)' : 'the peer',
  () => {
    // The body of a suite that is skipped is run all the same, to know its tests.
    const { createSigner, createVerifier, httpbis } = (peer ?? {}) as NonNullable<typeof peer>;

    test.each(PARTIES)('verifies what we sign with %s', async (alg, make) => {
      const { signing, theirPublic } = make();
      const request = prepareRequest({
        method: 'POST',
        url: URL_TEXT,
        headers: HEADERS,
        body: BODY,
      });
      const fields = signMessage(request, signing, {
        label: 'sig',
        components: COMPONENTS,
        parameters: { created: NOW, keyid: 'k', alg, nonce: 'n', tag: 't', expires: NOW + 300 },
      });
      const config = {
        keyLookup: () => Promise.resolve({ algs: [alg], verify: createVerifier(theirPublic, alg) }),
        requiredFields: ['@method', 'content-digest'],
        requiredParams: ['created', 'tag'],
      };
      const sent = { method: 'POST', url: URL_TEXT, headers: { ...HEADERS, ...fields } };
      expect(await httpbis.verifyMessage(config, sent)).toBe(true);
      expect(await httpbis.verifyMessage(config, { ...sent, method: 'PUT' })).toBe(false);
    });

    /** The peer's signer; of its PSS the salt is as long as it can be, and RFC 9421 has 64 octets. */
    const signerOf = (secret: KeyObject, alg: string) =>
      alg === 'rsa-pss-sha512'
        ? {
            id: 'k',
            alg,
            sign: (data: Buffer) =>
              Promise.resolve(
                signByNode('sha512', data, {
                  key: secret,
                  padding: constants.RSA_PKCS1_PSS_PADDING,
                  saltLength: 64,
                }),
              ),
          }
        : createSigner(secret, alg, 'k');

    const saltTest = async (): Promise<void> => {
      const { verifying, theirSecret } = rsa(rsaPssSha512);
      const { headers } = await httpbis.signMessage(
        {
          key: createSigner(theirSecret, 'rsa-pss-sha512', 'k'),
          name: 'sig',
          fields: ['@method'],
        },
        { method: 'POST', url: URL_TEXT, headers: HEADERS },
      );
      const message = readRequest(
        { method: 'POST', url: URL_TEXT, headers },
        { origin: 'https://api.example.com' },
      );
      expect(() => verifyMessage(message, verifying, { ...VERIFY, required: ['@method'] })).toThrow(
        expect.objectContaining({ code: 'ERR_VERIFY_FAILED' }) as Error,
      );
    };
    // No private key of RSA is on noble.
    if (engineName !== 'noble') test('signs PSS with another salt, which is refused', saltTest);

    test.each(PARTIES)('signs what we verify with %s', async (alg, make) => {
      const { verifying, theirSecret } = make();
      const { headers } = await httpbis.signMessage(
        {
          key: signerOf(theirSecret, alg),
          name: 'sig',
          params: ['created', 'keyid', 'alg', 'expires', 'tag'],
          paramValues: { created: new Date(NOW * 1000), tag: 't' },
          fields: FIELDS,
        },
        { method: 'POST', url: URL_TEXT, headers: HEADERS },
      );
      const message = readRequest(
        { method: 'POST', url: URL_TEXT, headers },
        { origin: 'https://api.example.com', body: BODY },
      );
      const { values, parameters, body } = verifyMessage(message, verifying, VERIFY);
      expect(Object.keys(values)).toHaveLength(COMPONENTS.length);
      expect(values['"@query-param";name="b"']).toBe('two%20words');
      expect(parameters).toMatchObject({ keyid: 'k', alg, tag: 't', created: NOW });
      expect(decodeUtf8(body ?? new Uint8Array(0))).toBe('{"amount":100}');
      const changed = { ...message, method: 'PUT' };
      expect(() => verifyMessage(changed, verifying, VERIFY)).toThrow(
        expect.objectContaining({ code: 'ERR_VERIFY_FAILED' }) as Error,
      );
    });

    test('binds a response to its request as we do, both ways', async () => {
      const { signing, verifying, theirSecret, theirPublic } = pairOf(
        edKeys.generateKeyPair({ alg: ed25519 }),
      );
      const theirRequest = { method: 'POST', url: URL_TEXT, headers: HEADERS };
      const request = prepareRequest({ method: 'POST', url: URL_TEXT, headers: HEADERS });
      const components = ['@status', '"@method";req', '"content-digest";req', '"@path";req'];
      const fields = components.map((one) => one.replace(/^"([^"]+)"/, '$1'));

      const ours = signMessage(readResponse({ status: 200, headers: {} }), signing, {
        label: 'sig',
        components,
        parameters: { created: NOW, keyid: 'k' },
        request,
      });
      const config = {
        keyLookup: () => Promise.resolve({ verify: createVerifier(theirPublic, 'ed25519') }),
      };
      const response = { status: 200, headers: { ...ours } };
      expect(await httpbis.verifyMessage(config, response, theirRequest)).toBe(true);

      const theirs = await httpbis.signMessage(
        { key: createSigner(theirSecret, 'ed25519', 'k'), name: 'sig', fields },
        { status: 200, headers: {} },
        theirRequest,
      );
      const message = readResponse(theirs);
      const { values } = verifyMessage(message, verifying, {
        ...VERIFY,
        required: components,
        request,
      });
      expect(values['@status']).toBe('200');
    });

    test('takes a signature beside ours, and we beside its', async () => {
      const first = pairOf(edKeys.generateKeyPair({ alg: ed25519 }));
      const second = pairOf(ecKeys.generateKeyPair({ alg: ecdsaP256Sha256 }));
      const theirs = await httpbis.signMessage(
        {
          key: createSigner(second.theirSecret, 'ecdsa-p256-sha256', 'second'),
          name: 'theirs',
          fields: ['@method'],
        },
        { method: 'POST', url: URL_TEXT, headers: HEADERS },
      );
      const of = (headers: Record<string, string | string[]>) =>
        readRequest(
          { method: 'POST', url: URL_TEXT, headers },
          { origin: 'https://api.example.com' },
        );
      const fields = signMessage(of(theirs.headers), first.signing, {
        label: 'ours',
        components: ['@method'],
        parameters: { created: NOW },
      });
      const both = of({ ...HEADERS, ...fields });
      const required = ['@method'];
      const options = { ...VERIFY, required };
      expect(
        verifyMessage(both, first.verifying, { ...options, select: { label: 'ours' } }).label,
      ).toBe('ours');
      expect(
        verifyMessage(both, second.verifying, { ...options, select: { label: 'theirs' } })
          .parameters.keyid,
      ).toBe('second');
    });
  },
);
