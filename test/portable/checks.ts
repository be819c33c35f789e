// What a user does on a runtime beyond known answers: loads the package, draws random octets,
// signs and decrypts off the thread.
import type { KeyInput } from '../../src/key/content.js';
import { importKey } from '../../src/key/index.js';
import { decryptAsync, signAsync } from '../../src/key/remote.js';
import { importRemoteDecrypter, importRemoteSigner } from '../../src/key/rsa-remote.js';
import { importPublicKey } from '../../src/key/rsa.js';
import { encrypt, mac, verify } from '../../src/key/use.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { randomOctets } from '../../src/primitive/random.js';
import { rsaOaepSha256 } from '../../src/primitive/rsa-oaep.js';
import { rsaPkcs1Sha256, rsaPssSha256, type RsaAlgorithm } from '../../src/primitive/rsa.js';
import { jsonFaults } from './json.js';
import { type Corpus, entriesOf, inputOf, type What } from './corpus.js';

export interface Check {
  readonly name: string;
  /** Throws unless it holds. */
  readonly run: () => unknown;
}

/** The modules of the package by the names that they are exported under. */
export type Exports = Readonly<Record<string, object>>;

const MESSAGE = Uint8Array.from({ length: 70 }, (_, i) => i);
const OTHER = MESSAGE.map((octet) => octet ^ 1);
/** More than one call of `crypto.getRandomValues` may ask for. */
const MANY = 100_000;

export function checksOf(exported: Exports, corpus: Corpus): Check[] {
  const key = (name: string, what: What): KeyInput => {
    const found = entriesOf(corpus).find(
      (entry) => entry.key === name && entry.what === what && entry.expect === 'ok',
    );
    if (found === undefined) throw new Error(`the corpus has no ${what} half of ${name}`);
    return inputOf(found);
  };
  const rsa = { public: key('rsa-2048', 'public'), private: key('rsa-2048', 'private') };

  const signsRemotely = async (alg: RsaAlgorithm): Promise<void> => {
    const signer = await importRemoteSigner(rsa.private, { alg, use: 'sign' });
    const publicKey = importPublicKey(rsa.public, { alg, use: 'verify' });
    // More at once than any pool has threads.
    const all = await Promise.all(Array.from({ length: 9 }, () => signAsync(signer, MESSAGE)));
    for (const signature of all) {
      must(verify(publicKey, MESSAGE, signature), 'the signature verifies');
      must(!verify(publicKey, OTHER, signature), 'no other message verifies');
    }
  };

  return [
    {
      name: 'every export loads',
      run() {
        must(Object.keys(exported).length > 20, 'there are exports');
        for (const [name, module] of Object.entries(exported)) {
          const values: unknown[] = Object.values(module);
          must(values.length > 0 && !values.includes(undefined), name);
        }
      },
    },
    {
      name: 'random octets fill what is asked for, and differ',
      run() {
        const octets = randomOctets(MANY);
        must(octets.length === MANY && new Set(octets.subarray(-1000)).size > 100, 'filled');
        must(randomOctets(16).join() !== randomOctets(16).join(), 'differ');
      },
    },
    {
      name: 'JSON is read strictly and written as RFC 8785 has it',
      run() {
        const wrong = jsonFaults();
        must(wrong.length === 0, wrong.join(' '));
      },
    },
    {
      name: 'a secret makes tags that it verifies',
      run() {
        const secret = randomOctets(32);
        const from = { alg: hmacSha256, encoding: 'raw' } as const;
        const tag = mac(importKey(secret, { ...from, use: 'mac' }), MESSAGE);
        const verifier = importKey(secret, { ...from, use: 'verify' });
        must(verify(verifier, MESSAGE, tag), 'the tag verifies');
        must(!verify(verifier, OTHER, tag), 'no other message verifies');
      },
    },
    { name: 'a remote key signs PKCS #1', run: () => signsRemotely(rsaPkcs1Sha256) },
    { name: 'a remote key signs PSS', run: () => signsRemotely(rsaPssSha256) },
    {
      name: 'a remote key decrypts OAEP, and refuses what was changed',
      async run() {
        const alg = rsaOaepSha256;
        const decrypter = await importRemoteDecrypter(rsa.private, { alg, use: 'decrypt' });
        const publicKey = importPublicKey(rsa.public, { alg, use: 'encrypt' });
        const ciphertext = encrypt(publicKey, MESSAGE, OTHER);
        const plaintext = await decryptAsync(decrypter, ciphertext, OTHER);
        must(plaintext.join() === MESSAGE.join(), 'the message comes out');
        const refused = await decryptAsync(decrypter, ciphertext, MESSAGE).then(
          () => 'nothing',
          (error: unknown) => (error as { code?: string }).code,
        );
        must(refused === 'ERR_DECRYPT_FAILED', 'another label is refused');
      },
    },
  ];
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
}
