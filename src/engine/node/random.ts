/**
 * Random octets of node:crypto, drawn in blocks: a call into OpenSSL costs as much for 4 KiB as
 * for 12 octets, and a nonce is wanted for every field that is sealed.
 *
 * Octets are wiped from the block as they are handed out. The block lives per thread, is filled
 * within a call and never at import, and is never filled while a start-up snapshot is being built:
 * a block inside a snapshot would give every process restored from it the same nonces.
 *
 * @module
 */
import { randomFillSync } from 'node:crypto';
import { startupSnapshot } from 'node:v8';
import type { Bytes, RandomEngine } from '../contract.js';

const BLOCK = 4096;
/** Larger requests gain nothing from the block and would empty it. */
const LARGEST_FROM_BLOCK = 256;

let block: Bytes | undefined;
let used = BLOCK;

export const fillRandom: RandomEngine = (out) => {
  if (out.length > LARGEST_FROM_BLOCK || isBuildingSnapshot()) {
    randomFillSync(out);
    return;
  }
  if (block === undefined || used + out.length > BLOCK) {
    block ??= new Uint8Array(BLOCK);
    randomFillSync(block);
    used = 0;
  }
  const end = used + out.length;
  for (let i = 0; used < end; i++, used++) {
    out[i] = block[used] ?? 0;
    block[used] = 0;
  }
};

function isBuildingSnapshot(): boolean {
  // Bun and Deno have no start-up snapshots of user code, and not all of this object.
  const snapshot = startupSnapshot as Partial<typeof startupSnapshot> | undefined;
  // Node answers with the numbers 0 and 1, whatever its types say.
  return Boolean(snapshot?.isBuildingSnapshot?.());
}
