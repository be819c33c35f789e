// RFC 8017, section 7.1.2, step 3, on encoded messages that are wrong in one place each. OpenSSL
// does this where it can; here is the form that runs where it can't.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sha1, sha256 } from '../../src/engine/node/digest.js';
import { oaepDecode } from '../../src/engine/rsa-encoding.js';

const K = 128;
const SEED = Buffer.alloc(32, 0x5a);
const LABEL = Buffer.from('label');
const MESSAGE = Buffer.from('message');
const parameters = { hash: sha256, mgfHash: sha1, label: LABEL };

/** MGF1 with SHA-1, appendix B.2.1, by createHash. */
function mask(seed: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let i = 0; 20 * i < length; i++) {
    blocks.push(
      createHash('sha1')
        .update(seed)
        .update(Buffer.of(0, 0, 0, i))
        .digest(),
    );
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((octet, i) => octet ^ (b[i] ?? 0)));
}

/** Y ‖ maskedSeed ‖ maskedDB, figure 1 of section 7.1. */
function encoded(first: number, db: Uint8Array): Uint8Array {
  const maskedDb = xor(db, mask(SEED, db.length));
  const maskedSeed = xor(SEED, mask(maskedDb, SEED.length));
  return Uint8Array.from([first, ...maskedSeed, ...maskedDb]);
}

/** lHash ‖ PS ‖ 01 ‖ M. */
function dataBlock(message: Uint8Array): Buffer {
  const db = Buffer.alloc(K - 33);
  createHash('sha256').update(LABEL).digest().copy(db);
  db[db.length - message.length - 1] = 1;
  db.set(message, db.length - message.length);
  return db;
}

function changed(at: number, value: number): Buffer {
  const db = dataBlock(MESSAGE);
  db[at] = value;
  return db;
}

describe('oaepDecode', () => {
  test('finds the message, empty and of every length', () => {
    for (let length = 0; length <= K - 66; length++) {
      const message = Buffer.alloc(length, length);
      const found = oaepDecode(parameters, encoded(0, dataBlock(message)));
      expect(Buffer.compare(found ?? Buffer.from('none'), message)).toBe(0);
    }
  });

  test('refuses a first octet that is not zero', () => {
    for (const first of [1, 2, 0x80, 0xff]) {
      expect(oaepDecode(parameters, encoded(first, dataBlock(MESSAGE)))).toBe(undefined);
    }
  });

  test('refuses another label, in any octet of its digest', () => {
    for (let at = 0; at < 32; at++) {
      const db = dataBlock(MESSAGE);
      expect(oaepDecode(parameters, encoded(0, changed(at, (db[at] ?? 0) ^ 1)))).toBe(undefined);
    }
    const other = { ...parameters, label: Buffer.from('Label') };
    expect(oaepDecode(other, encoded(0, dataBlock(MESSAGE)))).toBe(undefined);
  });

  test('refuses padding that is not zero', () => {
    const separator = K - 33 - MESSAGE.length - 1;
    for (const at of [32, 40, separator - 1]) {
      for (const value of [2, 0x80, 0xff]) {
        expect(oaepDecode(parameters, encoded(0, changed(at, value)))).toBe(undefined);
      }
    }
  });

  test('refuses a data block without the 01 octet', () => {
    const separator = K - 33 - MESSAGE.length - 1;
    const db = changed(separator, 0).fill(0, separator);
    expect(oaepDecode(parameters, encoded(0, db))).toBe(undefined);
  });
});
