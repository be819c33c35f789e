// jose talks to us: JWS and JWT of every algorithm that both have, both ways, and what is refused.
import { describe, expect, test } from 'vitest';
import { load } from '../../bench/peers/load.js';
import {
  signFlattenedJws,
  signGeneralJws,
  signJws,
  verifyFlattenedJws,
  verifyGeneralJws,
  verifyJws,
} from '../../src/jose/jws.js';
import { signJwt, verifyJwt } from '../../src/jose/jwt.js';
import {
  createDpopProof,
  NO_ACCESS_TOKEN,
  NO_NONCE,
  verifyUnboundDpop,
} from '../../src/jose/dpop.js';
import {
  exportPrivateKeyInTheClear,
  exportPublicKey,
  exportSecretInTheClear,
} from '../../src/key/export.js';
import * as ec from '../../src/key/ec.js';
import * as rsaKeys from '../../src/key/rsa.js';
import { generateSecret, withUse } from '../../src/key/secret.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { codeOf, NOW, PAIRS, utf8 } from '../jose/support.js';

/** What of jose is used here. */
interface Jose {
  readonly importJWK: (jwk: object, alg: string) => Promise<unknown>;
  readonly CompactSign: new (payload: Uint8Array) => Signing;
  readonly FlattenedSign: new (payload: Uint8Array) => Signing;
  readonly GeneralSign: new (payload: Uint8Array) => { addSignature(key: unknown): Signing };
  readonly SignJWT: new (claims: object) => Signing;
  readonly compactVerify: (token: string, key: unknown, options?: object) => Promise<Verified>;
  readonly flattenedVerify: (message: unknown, key: unknown, options?: object) => Promise<Verified>;
  readonly generalVerify: (message: unknown, key: unknown, options?: object) => Promise<Verified>;
  readonly jwtVerify: (
    token: string,
    key: unknown,
    options: object,
  ) => Promise<{ payload: object }>;
  readonly EmbeddedJWK: unknown;
}
interface Signing {
  setProtectedHeader(header: object): Signing;
  setUnprotectedHeader(header: object): Signing;
  sign(key: unknown): Promise<never>;
  done(): Signing;
}
interface Verified {
  readonly payload: Uint8Array;
  readonly protectedHeader: object;
}

const jose = (await load('jose')) as Jose | undefined;
if (jose === undefined && process.env['CI'] === 'true') throw new Error('jose is missing');
const payload = utf8('{"amount":"9,99 €"}');
// jose has left secp256k1.
const pairs = PAIRS.filter(({ name }) => name !== 'ES256K');

describe.skipIf(jose === undefined)('jose (skipped: run npm ci in bench/peers)', () => {
  const peer = jose as Jose;

  describe.each(pairs)('$name', (pair) => {
    const { name: alg, verifying } = pair;
    const signing = pair.signing as NonNullable<typeof pair.signing>;
    const ours = async (half: 'private' | 'public'): Promise<unknown> => {
      if (alg.startsWith('HS')) return exportSecretInTheClear(verifying);
      const jwk =
        half === 'public'
          ? exportPublicKey(verifying, 'jwk')
          : exportPrivateKeyInTheClear(signing, 'jwk');
      return peer.importJWK(jwk, alg);
    };

    test('what we sign, jose verifies, in each serialization', async () => {
      const key = await ours('public');
      const compact = await peer.compactVerify(
        signJws(payload, signing, { header: { kid: 'x' } }),
        key,
      );
      expect(new Uint8Array(compact.payload)).toEqual(payload);
      expect(compact.protectedHeader).toEqual({ alg, kid: 'x' });
      const flat = JSON.parse(
        signFlattenedJws(payload, signing, { unprotected: { kid: 'x' } }),
      ) as object;
      expect(new Uint8Array((await peer.flattenedVerify(flat, key)).payload)).toEqual(payload);
      const general = JSON.parse(signGeneralJws(payload, [{ key: signing }])) as object;
      expect(new Uint8Array((await peer.generalVerify(general, key)).payload)).toEqual(payload);
      const plain = JSON.parse(signFlattenedJws(payload, signing, { b64: false })) as object;
      const found = await peer.flattenedVerify(plain, key);
      expect(new Uint8Array(found.payload)).toEqual(payload);
    });

    test('what jose signs, we verify, in each serialization', async () => {
      const key = await ours('private');
      const compact: string = await new peer.CompactSign(payload)
        .setProtectedHeader({ alg })
        .sign(key);
      expect(verifyJws(compact, verifying).payload).toEqual(payload);
      const flat = await new peer.FlattenedSign(payload)
        .setProtectedHeader({ alg })
        .setUnprotectedHeader({ kid: 'x' })
        .sign(key);
      expect(verifyFlattenedJws(utf8(JSON.stringify(flat)), verifying).payload).toEqual(payload);
      const general = new peer.GeneralSign(payload);
      general.addSignature(key).setProtectedHeader({ alg });
      const several = await (general as unknown as Signing).sign(undefined);
      const message = utf8(JSON.stringify(several));
      expect(verifyGeneralJws(message, verifying).payload).toEqual(payload);
      const own = { alg, b64: false, crit: ['b64'] };
      const plain = await new peer.FlattenedSign(payload).setProtectedHeader(own).sign(key);
      const options = { understood: ['b64'], payload };
      const { payload: _, ...detached } = plain as object as { payload?: unknown };
      const found = verifyFlattenedJws(utf8(JSON.stringify(detached)), verifying, options);
      expect(found.payload).toEqual(payload);
    });

    test('tokens go both ways', async () => {
      const claims = { iss: 'a', aud: 'b', exp: NOW + 60, iat: NOW };
      const rules = { issuer: 'a', audience: 'b', typ: 'JWT' };
      const token = signJwt(claims, signing, { typ: 'JWT' });
      const theirs = { ...rules, currentDate: new Date(NOW * 1000) };
      const found = await peer.jwtVerify(token, await ours('public'), theirs);
      expect(found.payload).toEqual(claims);
      const made: string = await new peer.SignJWT(claims)
        .setProtectedHeader({ alg, typ: 'JWT' })
        .sign(await ours('private'));
      const options = { ...rules, now: NOW, clockTolerance: 0 };
      expect({ ...verifyJwt(made, verifying, options).claims }).toEqual(claims);
      const late = { ...options, now: NOW + 60 };
      expect(codeOf(() => verifyJwt(made, verifying, late))).toBe('ERR_EXPIRED');
      await expect(
        peer.jwtVerify(token, await ours('public'), {
          ...rules,
          currentDate: new Date((NOW + 60) * 1000),
        }),
      ).rejects.toThrow('exp');
    });
  });

  test('a proof of possession goes both ways', async () => {
    const { privateKey, publicKey } = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
    const request = {
      method: 'GET',
      url: 'https://a.example/x',
      now: NOW,
      nonce: NO_NONCE,
    } as const;
    const proof = createDpopProof(privateKey, { ...request, accessToken: NO_ACCESS_TOKEN });
    const rules = { typ: 'dpop+jwt', currentDate: new Date(NOW * 1000), maxTokenAge: 60 };
    const { payload: claims } = await peer.jwtVerify(proof, peer.EmbeddedJWK, rules);
    expect(claims).toMatchObject({ htm: 'GET', htu: 'https://a.example/x' });
    const jwk = exportPublicKey(publicKey, 'jwk');
    const key = await peer.importJWK(exportPrivateKeyInTheClear(privateKey, 'jwk'), 'ES256');
    const theirs: string = await new peer.SignJWT({
      jti: 'x',
      htm: 'GET',
      htu: 'https://a.example/x',
      iat: NOW,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
      .sign(key);
    const options = { ...request, algs: [ecdsaP256Sha256], clockTolerance: 0, maxAge: 60 };
    expect(verifyUnboundDpop(theirs, options).thumbprint).toBe(publicKey.id);
  });

  test('what one changes the other refuses', async () => {
    const signing = generateSecret({ alg: hmacSha256, use: 'mac' });
    const verifying = withUse(signing, 'verify');
    const secret = exportSecretInTheClear(verifying);
    const token = signJws(payload, signing);
    const changed = `${token.slice(0, -3)}${token.endsWith('AAA') ? 'BBE' : 'AAA'}`;
    await expect(peer.compactVerify(changed, secret)).rejects.toThrow('verification failed');
    expect(codeOf(() => verifyJws(changed, verifying))).toMatch(
      /^ERR_(?:VERIFY_FAILED|BASE64URL)$/,
    );
    // jose reads what stands around base64url; here a token has one spelling.
    const spaced = token.replace(/\.(?=[^.]*$)/, '. ');
    await expect(peer.compactVerify(spaced, secret)).resolves.toBeDefined();
    expect(codeOf(() => verifyJws(spaced, verifying))).toBe('ERR_BASE64URL');
  });

  test('a key of RSA that we draw signs there too', async () => {
    const alg = PAIRS.find(({ name }) => name === 'PS256')?.alg as never;
    const { privateKey, publicKey } = rsaKeys.generateKeyPair({ alg, bits: 2048 });
    const key = await peer.importJWK(exportPrivateKeyInTheClear(privateKey, 'jwk'), 'PS256');
    const token: string = await new peer.CompactSign(payload)
      .setProtectedHeader({ alg: 'PS256' })
      .sign(key);
    expect(verifyJws(token, publicKey as never).payload).toEqual(payload);
  });
});
