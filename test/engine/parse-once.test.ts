// Keys are parsed at import and never again: the functions of node:crypto that parse are counted
// while 100,000 signatures are made and verified. Reads dist: `npm test` builds it first.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const PROGRAM = `
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
const parsed = {};
for (const name of ['createPrivateKey', 'createPublicKey', 'createSecretKey', 'createECDH', 'createHmac', 'generateKeyPairSync']) {
  const original = crypto[name];
  crypto[name] = (...given) => {
    parsed[name] = (parsed[name] ?? 0) + 1;
    return original(...given);
  };
}
syncBuiltinESMExports();
const { ecdsaP256Sha256, ed25519, generateSecret, hmacSha256, mac, rsaPssSha256, sign, verify,
  exportSecretInTheClear, importSecret } = await import('countersign');
const ec = await import('countersign/key/ec');
const ed = await import('countersign/key/ed25519');
const rsa = await import('countersign/key/rsa');
const message = new Uint8Array(100).fill(7);
const form = { encoding: 'der', s: 'low' };
const macKey = generateSecret({ alg: hmacSha256, use: 'mac' });
const checkKey = importSecret(exportSecretInTheClear(macKey), { alg: hmacSha256, use: 'verify', encoding: 'raw' });
const pairs = [
  [ec.generateKeyPair({ alg: ecdsaP256Sha256 }), 20_000, [form]],
  [ed.generateKeyPair({ alg: ed25519 }), 19_000, []],
  [rsa.generateKeyPair({ alg: rsaPssSha256, bits: 2048 }), 1_000, []],
];
const atImport = { ...parsed };
let signatures = 0;
for (; signatures < 60_000; signatures++) {
  const tag = mac(macKey, message);
  if (signatures % 8 === 0 && !verify(checkKey, message, tag)) throw new Error('HMAC');
}
for (const [{ privateKey, publicKey }, times, extra] of pairs) {
  for (let i = 0; i < times; i++, signatures++) {
    const signature = sign(privateKey, message, ...extra);
    if (i % 8 === 0 && !verify(publicKey, message, signature, ...extra)) throw new Error(privateKey.alg.name);
  }
}
console.log(JSON.stringify({ signatures, atImport, after: parsed }));
`;

test('no key is parsed after it was imported, over 100,000 signatures', () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--conditions=countersign-node', '--input-type=module', '--eval', PROGRAM],
    { cwd: fileURLToPath(new URL('../../', import.meta.url)), encoding: 'utf8' },
  );
  expect([stderr, status]).toEqual(['', 0]);
  const { signatures, atImport, after } = JSON.parse(stdout) as {
    signatures: number;
    atImport: Record<string, number>;
    after: Record<string, number>;
  };
  expect(signatures).toBe(100_000);
  // The counters count: import parses both halves of three pairs, at the least.
  expect((atImport['createPrivateKey'] ?? 0) + (atImport['createPublicKey'] ?? 0)).toBeGreaterThan(
    5,
  );
  expect(after).toEqual(atImport);
});
