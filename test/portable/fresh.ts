// Fresh keys: a pair is drawn, its private half goes out as PEM and comes in again, and the halves
// fit each other through their handles.
import type { Operation } from '../../src/engine/capabilities.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import { exportPrivateKeyInTheClear } from '../../src/key/export.js';
import * as rsaKeys from '../../src/key/rsa.js';
import { agree, decrypt, encrypt, sign, verify } from '../../src/key/use.js';
import * as x from '../../src/key/x25519.js';
import { ecdhP256, ecdhP384, ecdhP521, x25519 } from '../../src/primitive/agreement.js';
import * as ecdsa from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { rsaOaepSha256 } from '../../src/primitive/rsa-oaep.js';
import { rsaPkcs1Sha256, rsaPssSha256 } from '../../src/primitive/rsa.js';
import type { Cell } from './cases.js';

const MESSAGE = Uint8Array.from({ length: 70 }, (_, i) => i);
const OTHER = MESSAGE.map((octet) => octet ^ 1);
const FORM = { encoding: 'der', s: 'any' } as const;
const BITS = 2048;

/** Each gives `true,false`: the message that was signed, and another. */
export function freshCells(): Cell[] {
  const curves = [
    ecdsa.ecdsaP256Sha256,
    ecdsa.ecdsaP384Sha384,
    ecdsa.ecdsaP521Sha512,
    ecdsa.ecdsaSecp256k1Sha256,
  ];
  return [
    ...curves.map((alg) =>
      fresh(alg, 'sign', 'true,false', () => {
        const { privateKey, publicKey } = ec.generateKeyPair({ alg });
        const pem = exportPrivateKeyInTheClear(privateKey, 'pem');
        const signer = ec.importPrivateKey(pem, { alg, use: 'sign' });
        const signature = sign(signer, MESSAGE, FORM);
        return [MESSAGE, OTHER].map((text) => verify(publicKey, text, signature, FORM)).join();
      }),
    ),
    fresh(ed25519, 'sign', 'true,false', () => {
      const { privateKey, publicKey } = ed.generateKeyPair({ alg: ed25519 });
      const pem = exportPrivateKeyInTheClear(privateKey, 'pem');
      const signature = sign(ed.importPrivateKey(pem, { alg: ed25519, use: 'sign' }), MESSAGE);
      return [MESSAGE, OTHER].map((text) => verify(publicKey, text, signature)).join();
    }),
    ...[rsaPkcs1Sha256, rsaPssSha256].map((alg) =>
      fresh(alg, 'sign', 'true,false', () => {
        const { privateKey, publicKey } = rsaKeys.generateKeyPair({ alg, bits: BITS });
        const pem = exportPrivateKeyInTheClear(privateKey, 'pem');
        const signature = sign(rsaKeys.importPrivateKey(pem, { alg, use: 'sign' }), MESSAGE);
        return [MESSAGE, OTHER].map((text) => verify(publicKey, text, signature)).join();
      }),
    ),
    fresh(rsaOaepSha256, 'decrypt', MESSAGE.join(), () => {
      const alg = rsaOaepSha256;
      const { privateKey, publicKey } = rsaKeys.generateKeyPair({ alg, bits: BITS });
      return decrypt(privateKey, encrypt(publicKey, MESSAGE, OTHER), OTHER).join();
    }),
    ...[ecdhP256, ecdhP384, ecdhP521].map((alg) =>
      fresh(alg, 'agree', 'true', () => {
        const [ours, theirs] = [ec.generateKeyPair({ alg }), ec.generateKeyPair({ alg })];
        const shared = agree(ours.privateKey, theirs.publicKey).join();
        return agree(theirs.privateKey, ours.publicKey).join() === shared;
      }),
    ),
    fresh(x25519, 'agree', 'true', () => {
      const [ours, theirs] = [
        x.generateKeyPair({ alg: x25519 }),
        x.generateKeyPair({ alg: x25519 }),
      ];
      const shared = agree(ours.privateKey, theirs.publicKey).join();
      return agree(theirs.privateKey, ours.publicKey).join() === shared;
    }),
  ];
}

function fresh(
  alg: { readonly name: string },
  operation: Operation,
  expected: string,
  call: () => unknown,
): Cell {
  const title = `fresh keys of ${alg.name}`;
  const ask: Cell['ask'] = () => [[expected, call]];
  return { title, algorithm: alg.name, operation, cases: [{ id: 'drawn' }], ask };
}
