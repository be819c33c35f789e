// jose reads what is encrypted here, and the other way round, for every alg and enc that both have. It
// is one of bench/peers, which has its own packages; without them there is nobody to talk to.
import { describe, expect, test } from 'vitest';
import { jose as load } from '../../bench/peers/jose.js';
import { encodeUtf8 } from '../../src/bytes/index.js';
import { decryptJwe, DIRECT_AGREEMENT, encryptJwe } from '../../src/jose/jwe.js';
import { importJwk, jwkThumbprint, jwkThumbprintUri } from '../../src/jose/jwk.js';
import { exportPrivateKeyInTheClear, exportPublicKey } from '../../src/key/export.js';
import { exportSecretInTheClear } from '../../src/key/export.js';
import { sha256, sha384, sha512 } from '../../src/primitive/digest.js';
import { direct, ENCS, type Recipient, recipients, rsaRecipients } from './jwe-support.js';

interface CompactEncrypt {
  setProtectedHeader(header: object): CompactEncrypt;
  setKeyManagementParameters(parameters: object): CompactEncrypt;
  encrypt(key: unknown): Promise<string>;
}

/** As much of jose as is talked to. */
interface Peer {
  readonly CompactEncrypt: new (plaintext: Uint8Array) => CompactEncrypt;
  compactDecrypt(token: string, key: unknown): Promise<{ plaintext: Uint8Array }>;
  importJWK(jwk: object, alg: string): Promise<unknown>;
  calculateJwkThumbprint(jwk: object, hash: string): Promise<string>;
  calculateJwkThumbprintUri(jwk: object, hash: string): Promise<string>;
}

const TEXT = encodeUtf8('{"amount":"9.99"}');
const NAMES: Readonly<Record<string, string>> = {
  'AES-128-GCM': 'A128GCM',
  'AES-192-GCM': 'A192GCM',
  'AES-256-GCM': 'A256GCM',
  'AES-128-CBC-HMAC-SHA-256': 'A128CBC-HS256',
  'AES-192-CBC-HMAC-SHA-384': 'A192CBC-HS384',
  'AES-256-CBC-HMAC-SHA-512': 'A256CBC-HS512',
};
const peer = (await load()) as Peer | undefined;

if (peer === undefined) {
  test.skip('jose is not installed in bench/peers: npm ci there', () => undefined);
} else {
  describe('jose', () => {
    const everybody = [...recipients(), ...ENCS.map(direct)];

    test.each(everybody.map((to) => [`${to.name} ${to.alg.name}`, to] as const))(
      'speaks %s',
      async (_, to) => {
        for (const enc of ENCS.filter((one) => to.alg.kind !== 'aead' || one === to.alg)) {
          const name = NAMES[enc.name] ?? '';
          const [theirs, own] = await keysFor(peer, to, name);
          const token = encryptJwe(TEXT, to.encryptionKey, { enc, wrap: to.wrap });
          const { plaintext } = await peer.compactDecrypt(token, own);
          expect(new Uint8Array(plaintext), name).toEqual(TEXT);
          const back = await new peer.CompactEncrypt(TEXT)
            .setProtectedHeader({ alg: to.name, enc: name })
            .encrypt(theirs);
          const opened = decryptJwe(back, to.decryptionKey, { enc: [enc], wrap: to.wrap });
          expect(opened.plaintext, name).toEqual(TEXT);
        }
      },
    );

    test('names the parties of an agreement as we do', async () => {
      const to = everybody.find(({ wrap }) => wrap === DIRECT_AGREEMENT);
      const [enc] = ENCS;
      if (to === undefined || enc === undefined) throw new Error('nobody agrees');
      const [theirs, own] = await keysFor(peer, to, 'A128GCM');
      const parties = { apu: encodeUtf8('Alice'), apv: encodeUtf8('Bob') };
      const token = encryptJwe(TEXT, to.encryptionKey, { enc, wrap: to.wrap, ...parties });
      expect(new Uint8Array((await peer.compactDecrypt(token, own)).plaintext)).toEqual(TEXT);
      const back = await new peer.CompactEncrypt(TEXT)
        .setProtectedHeader({ alg: to.name, enc: 'A128GCM' })
        .setKeyManagementParameters(parties)
        .encrypt(theirs);
      const { plaintext, header } = decryptJwe(back, to.decryptionKey, {
        enc: [enc],
        wrap: to.wrap,
      });
      expect([plaintext, header['apu']]).toEqual([TEXT, 'QWxpY2U']);
    });

    test('has the same thumbprints', async () => {
      for (const { encryptionKey } of everybody.filter(({ wrap }) => wrap !== undefined)) {
        const jwk = exportPublicKey(encryptionKey, 'jwk');
        for (const [hash, name] of [
          [sha256, 'sha256'],
          [sha384, 'sha384'],
          [sha512, 'sha512'],
        ] as const) {
          expect(jwkThumbprint(jwk, hash)).toBe(await peer.calculateJwkThumbprint(jwk, name));
          expect(jwkThumbprintUri(jwk, hash)).toBe(await peer.calculateJwkThumbprintUri(jwk, name));
        }
      }
      expect(rsaRecipients().length).toBeGreaterThan(0);
    });
  });
}

/** The two halves of a recipient's key as jose has them; of a secret both are one. */
async function keysFor(
  { importJWK }: Peer,
  { name, alg, encryptionKey, decryptionKey }: Recipient,
  enc: string,
): Promise<readonly [unknown, unknown]> {
  if (alg.kind === 'wrap' || alg.kind === 'aead') {
    const secret = exportSecretInTheClear(decryptionKey);
    const k = Buffer.from(secret).toString('base64url');
    const key = await importJWK({ kty: 'oct', k }, alg.kind === 'wrap' ? name : enc);
    return [key, key];
  }
  const [open, own] = [
    exportPublicKey(encryptionKey, 'jwk'),
    exportPrivateKeyInTheClear(decryptionKey, 'jwk'),
  ];
  // What jose takes, ours takes back.
  const use = alg.kind === 'agreement' ? 'agree' : 'decrypt';
  importJwk(own, { alg, use: use as never });
  return [await importJWK(open, name), await importJWK(own, name)];
}
