// @ts-check
// What RSA signing does to everything else in the process: how late the event loop is while 64
// callers sign, each again as soon as it has its signature. Through the pool, and directly.
//   npm run bench:pool
import { setImmediate as turn } from 'node:timers/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { rsaPssSha256, sign, signAsync } from 'countersign';
import { exportPrivateKeyInTheClear } from 'countersign/key/export';
import { generateKeyPair } from 'countersign/key/rsa';
import { importRemoteSigner } from 'countersign/key/rsa-remote';

const CALLERS = 64;
const SECONDS = 5;
const message = new Uint8Array(1024).fill(7);

const { privateKey } = generateKeyPair({ alg: rsaPssSha256, bits: 2048 });
const pem = exportPrivateKeyInTheClear(privateKey, 'pem');
const remote = await importRemoteSigner(pem, { alg: rsaPssSha256, use: 'sign' });

const ways = {
  pool: () => signAsync(remote, message),
  direct: async () => {
    await turn(); // as a server does between two requests
    return sign(privateKey, message);
  },
};

console.log(`RSA-PSS-2048, ${CALLERS} callers, ${SECONDS} s each, Node ${process.version}`);
for (const [name, work] of Object.entries(ways)) {
  const { perSecond, p50, p99, most } = await measure(work);
  console.log(
    `${name.padEnd(7)} ${perSecond.toFixed(0).padStart(5)} signatures/s   event loop late by ` +
      `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, at most ${most.toFixed(1)} ms`,
  );
}

/**
 * How late a timer of 1 ms comes, less that millisecond, while everybody signs.
 * @param {() => Promise<unknown>} work
 */
async function measure(work) {
  const until = Date.now() + SECONDS * 1000;
  let signatures = 0;
  const caller = async () => {
    while (Date.now() < until) {
      await work();
      signatures++;
    }
  };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await Promise.all(Array.from({ length: CALLERS }, caller));
  delay.disable();
  const late = (/** @type {number} */ nanoseconds) => nanoseconds / 1e6 - 1;
  return {
    perSecond: signatures / SECONDS,
    p50: late(delay.percentile(50)),
    p99: late(delay.percentile(99)),
    most: late(delay.max),
  };
}
