/**
 * RSA in libuv's pool: the calling thread goes on serving meanwhile. node:crypto decrypts on the
 * calling thread alone, so that goes through WebCrypto, whose work is done in the same pool.
 *
 * At most as many operations of this thread are under way as the pool has threads. More would queue inside the
 * pool in front of the process's file and DNS work, and their callbacks would come back in bursts
 * that hold up the event loop.
 *
 * @module
 */
import { sign } from 'node:crypto';
import { CountersignError } from '../../errors.js';
import type { Bytes, RemoteEngine } from '../contract.js';
import { rsaPrivateDer } from '../rsa-der.js';
import { hide, look, plain } from '../state.js';
import { nativeName } from './digest.js';
import { privateKeyObject } from './key-object.js';
import { webCrypto } from '../web-crypto.js';
import { withPadding } from './rsa.js';

interface State {
  readonly options: ReturnType<typeof withPadding>;
  readonly hash: string;
}

/** libuv's own default, {@link https://docs.libuv.org/en/v1.x/threadpool.html}. */
const DEFAULT_THREADS = 4;
const MOST_THREADS = 1024;

let threads: number | undefined;
let underWay = 0;
const waiting: (() => void)[] = [];

export const remote: RemoteEngine = {
  async rsaPrivateKey(parts, scheme, hash) {
    await Promise.resolve();
    try {
      const key = privateKeyObject(rsaPrivateDer(parts), 'pkcs1');
      const state: State = { options: withPadding(key, scheme, hash), hash: nativeName(hash) };
      return hide(state);
    } catch {
      throw new CountersignError('ERR_KEY', 'expected the parts of an RSA private key');
    }
  },
  rsaSign(key, message) {
    const { options, hash } = look<State>(key);
    const copy = new Uint8Array(message); // the caller may go on to write into it
    return inTurn(
      () =>
        new Promise<Bytes>((resolve, reject) => {
          sign(hash, copy, options, (error, signature) => {
            if (error === null) resolve(plain(signature));
            else reject(new CountersignError('ERR_KEY', 'the RSA private key did not sign'));
          });
        }),
    );
  },
  oaepPrivateKey: (parts, hash) => webCrypto.oaepPrivateKey(parts, hash),
  oaepDecrypt(key, label, ciphertext) {
    const [labelCopy, copy] = [new Uint8Array(label), new Uint8Array(ciphertext)];
    return inTurn(() => webCrypto.oaepDecrypt(key, labelCopy, copy));
  },
};

/** Runs the work when fewer operations than threads are under way. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  threads ??= threadsOf(poolSetting());
  if (underWay >= threads) await new Promise<void>((resolve) => waiting.push(resolve));
  else underWay++;
  try {
    return await work();
  } finally {
    // The place goes to the next in line; it is counted down only when nobody waits.
    const next = waiting.shift();
    if (next === undefined) underWay--;
    else next();
  }
}

/** Read at the first use: Deno asks for a permission to, and throws where it is denied. */
function poolSetting(): string | undefined {
  try {
    return process.env['UV_THREADPOOL_SIZE'];
  } catch {
    return undefined;
  }
}

function threadsOf(setting: string | undefined): number {
  if (setting === undefined) return DEFAULT_THREADS;
  // As libuv reads it: what is no number is 0, 0 is 1, and the rest is bounded, unsigned.
  const size = Number.parseInt(setting, 10) || 1;
  return size > 0 ? Math.min(size, MOST_THREADS) : MOST_THREADS;
}
