// @ts-check
// RSA in libuv's pool on Node, through WebCrypto elsewhere: the thread goes on serving meanwhile.
import { rsaPssSha256 } from 'countersign/alg/rsa';
import { encodeUtf8 } from 'countersign/bytes';
import { signAsync } from 'countersign/key/remote';
import { importRemoteSigner } from 'countersign/key/rsa-remote';
import { verify } from 'countersign/key/use';
import { generateKeyPairSync } from 'node:crypto';

// Stands in for the file of your key.
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const signer = await importRemoteSigner(pem, { alg: rsaPssSha256, use: 'sign' });
const orders = Array.from({ length: 64 }, (_, i) => encodeUtf8(`{"order":${i}}`));
const signatures = await Promise.all(orders.map((order) => signAsync(signer, order)));

const empty = new Uint8Array(0);
const genuine = signatures.filter((one, i) => verify(signer.publicKey, orders[i] ?? empty, one));
console.log(`${genuine.length} of ${orders.length} genuine, by the key ${signer.keyId}`);
if (genuine.length !== orders.length) process.exitCode = 1;
