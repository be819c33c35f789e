// @ts-check
// The physical floor: the cheapest way known to have the same machine code do the same job. It
// checks what the reference checks, and gives up what a careful engineer would keep: keys lie in
// the heap, and random octets are drawn in blocks.
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash as digest,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto';

const BLOCK = 4096;
/** Longer messages cost more to copy behind the pad than a hash object costs. */
const LONGEST = 16_384;

/**
 * HMAC by two calls of `crypto.hash`, with text of one octet per character between them.
 * @param {'sha256' | 'sha512'} hash
 * @param {Uint8Array} secret of at most a block
 */
export function hmac(hash, secret) {
  const [block, size] = hash === 'sha256' ? [64, 32] : [128, 64];
  const first = Buffer.alloc(block + LONGEST);
  const second = Buffer.alloc(block + size);
  const pad = (/** @type {number} */ octet) => {
    const padded = new Uint8Array(block);
    padded.set(secret);
    return padded.map((value) => value ^ octet);
  };
  first.set(pad(0x36));
  second.set(pad(0x5c));
  /** @param {readonly (Uint8Array | string)[]} parts of at most 16 KiB together */
  const tagText = (...parts) => {
    let length = block;
    for (const part of parts) {
      if (typeof part === 'string') first.write(part, length, 'latin1');
      else first.set(part, length);
      length += part.length;
    }
    second.write(digest(hash, first.subarray(0, length), 'binary'), block, 'latin1');
    return digest(hash, second, 'binary');
  };
  /** @param {Uint8Array} message */
  const tag = (message) => Buffer.from(tagText(message), 'latin1');
  return {
    tag,
    tagText,
    /** @param {Uint8Array} message @param {Uint8Array} given */
    verify: (message, given) => given.length === size && timingSafeEqual(tag(message), given),
  };
}

/**
 * A callback whose header is `sha256=` and lower-case hexadecimal, over the body: the header is
 * compared as text is written, so that nothing is decoded.
 * @param {Uint8Array} secret
 */
export function githubCallback(secret) {
  const { tag } = hmac('sha256', secret);
  /** @param {Uint8Array} body @param {string} header */
  return (body, header) => isText(header, `sha256=${tag(body).toString('hex')}`);
}

/**
 * A callback whose header is `t=seconds,v1=lower-case hexadecimal`, likewise.
 * @param {Uint8Array} secret
 */
export function timestampedCallback(secret) {
  const { tagText } = hmac('sha256', secret);
  /** @param {Uint8Array} body @param {string} header @param {number} now */
  return (body, header, now) => {
    const end = header.indexOf(',');
    const seconds = header.slice(2, end);
    if (!(Math.abs(now - Number(seconds)) <= 300)) return false;
    const tag = Buffer.from(tagText(`${seconds}.`, body), 'latin1').toString('hex');
    return isText(header, `t=${seconds},v1=${tag}`);
  };
}

/**
 * AES-256-GCM with random octets drawn in blocks and one allocation for what is returned.
 * @param {Uint8Array} secret
 */
export function aes256Gcm(secret) {
  const key = createSecretKey(secret);
  const random = new Uint8Array(BLOCK);
  let used = BLOCK;
  return {
    /** @param {Uint8Array} plaintext @param {Uint8Array} aad */
    seal(plaintext, aad) {
      if (used + 12 > BLOCK) {
        randomFillSync(random);
        used = 0;
      }
      const nonce = random.subarray(used, (used += 12));
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(aad);
      const sealed = new Uint8Array(12 + plaintext.length + 16);
      sealed.set(nonce);
      sealed.set(cipher.update(plaintext), 12);
      cipher.final();
      sealed.set(cipher.getAuthTag(), 12 + plaintext.length);
      return sealed;
    },
    /** @param {Uint8Array} sealed @param {Uint8Array} aad */
    open(sealed, aad) {
      const options = { authTagLength: 16 };
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), options);
      decipher.setAAD(aad);
      decipher.setAuthTag(sealed.subarray(-16));
      const plaintext = decipher.update(sealed.subarray(12, -16));
      decipher.final();
      return plaintext;
    },
  };
}

/** In constant time but for the length. @param {string} a @param {string} b */
function isText(a, b) {
  return (
    a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'))
  );
}
