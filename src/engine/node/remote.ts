/**
 * RSA signing in libuv's pool: the calling thread goes on serving meanwhile.
 *
 * At most as many signatures are under way as the pool has threads. More would queue inside the
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
import { withPadding } from './rsa.js';

interface State {
  readonly options: ReturnType<typeof withPadding>;
  readonly hash: string;
}

/** libuv's own default, {@link https://docs.libuv.org/en/v1.x/threadpool.html}. */
const DEFAULT_THREADS = 4;
const THREADS = threadsOf(process.env['UV_THREADPOOL_SIZE']);

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
  async rsaSign(key, message) {
    const { options, hash } = look<State>(key);
    const copy = new Uint8Array(message); // the caller may go on to write into it
    if (underWay >= THREADS) await new Promise<void>((resolve) => waiting.push(resolve));
    else underWay++;
    try {
      return await new Promise<Bytes>((resolve, reject) => {
        sign(hash, copy, options, (error, signature) => {
          if (error === null) resolve(plain(signature));
          else reject(new CountersignError('ERR_KEY', 'the RSA private key did not sign'));
        });
      });
    } finally {
      // The place goes to the next in line; it is counted down only when nobody waits.
      const next = waiting.shift();
      if (next === undefined) underWay--;
      else next();
    }
  },
};

function threadsOf(setting: string | undefined): number {
  const threads = Number.parseInt(setting ?? '', 10);
  return threads >= 1 && threads <= 1024 ? threads : DEFAULT_THREADS;
}
