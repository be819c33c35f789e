// Certificates changed at random by a generator with a seed, and calls measured.
import { certificates, derOf } from './x509-fixtures.js';

/** Mulberry32: integers below `bound`, the same in every run. */
export function generator(seed: number): (bound: number) => number {
  return (bound) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const pool = Object.keys(certificates).map(derOf);

/** One of the fixtures. */
export function anyOf(random: (bound: number) => number): Uint8Array {
  return pool[random(pool.length)] ?? new Uint8Array();
}

/** One of the ways in which octets go wrong. */
export function mutate(der: Uint8Array, random: (bound: number) => number): Uint8Array {
  const out = der.slice();
  const place = random(out.length);
  switch (random(8)) {
    case 0:
    case 1:
      out[place] = (out[place] ?? 0) ^ (1 << random(8));
      return out;
    case 2:
      out[place] = random(256);
      return out;
    case 3: // a length, or whatever is there
      out[place] = [0, 1, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff][random(8)] ?? 0;
      return out;
    case 4:
      return out.subarray(0, place);
    case 5:
      return Uint8Array.from([...out.subarray(0, place), ...out.subarray(place + 1 + random(9))]);
    case 6: {
      const other = anyOf(random);
      const from = random(other.length);
      const part = other.subarray(from, from + random(64));
      return Uint8Array.from([
        ...out.subarray(0, place),
        ...part,
        ...out.subarray(place + part.length),
      ]);
    }
    default:
      out.set(out.subarray(random(out.length)).subarray(0, out.length - place), place);
      return out;
  }
}

/**
 * Milliseconds of a call; one that took longer than `most` is repeated, since the machine does other
 * things too.
 */
export function timed(call: () => unknown, most: number): number {
  let least = Infinity;
  for (let i = 0; i < 5 && least > most; i++) {
    const start = performance.now();
    call();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
