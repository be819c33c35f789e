// @ts-check
// A gateway on the loopback interface, for peers that sign and verify nowhere but inside a client
// of HTTP: what they send is what goes over the wire.
import { createServer } from 'node:http';

/** @typedef {{ method: string, url: string, headers: [string, string][], body: Buffer }} Sent as it arrived, names as they were written */
/** @typedef {{ headers?: Record<string, string>, body: string | Uint8Array }} Answer with status 200 */

/**
 * @template T
 * @param {(sent: Sent) => Answer} answer
 * @param {(origin: string) => Promise<T>} call
 * @returns {Promise<T>} what the call gave
 */
export async function overLoopback(answer, call) {
  /** @type {unknown[]} */
  const faults = [];
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', rawHeaders: raw } = request;
      /** @type {[string, string][]} */
      const headers = [];
      for (let at = 0; at < raw.length; at += 2) headers.push([raw[at] ?? '', raw[at + 1] ?? '']);
      try {
        const answered = answer({ method, url, headers, body: Buffer.concat(chunks) });
        response.writeHead(200, answered.headers).end(answered.body);
      } catch (error) {
        faults.push(error);
        response.destroy();
      }
    });
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(undefined);
    });
  });
  try {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return await call(`http://127.0.0.1:${address.port}`).catch((/** @type {unknown} */ error) => {
      throw faults[0] ?? error;
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
