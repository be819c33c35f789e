/**
 * Hash functions: messages, large ones, and chains.
 *
 * @module
 */
import { type Fixture, hash, HASHES, random, setOf, upper } from './shape.js';

const digests = HASHES.flatMap(([called, name]): Fixture[] => {
  const [msg, content] = [random(77), random(5)];
  const large = Buffer.alloc(100_003, content);
  return [
    {
      set: setOf(called),
      group: { testType: 'AFT' },
      good: { msg: upper(msg), len: msg.length * 8, md: upper(hash(name, msg)) },
      answer: 'md',
    },
    {
      set: setOf(called),
      group: { testType: 'LDT' },
      good: {
        md: upper(hash(name, large)),
        largeMsg: {
          content: upper(content),
          contentLength: 40,
          fullLength: large.length * 8,
          expansionTechnique: 'repeating',
        },
      },
      answer: 'md',
    },
  ];
});

const emptyMessage: Fixture = {
  set: setOf('SHA2-256'),
  group: { testType: 'AFT' },
  good: { msg: '00', len: 0, md: upper(hash('sha256')) },
  answer: 'md',
};

/** The chain of SHA-2 and of SHA-3; `size` is the length that the alternate version keeps. */
function hashChain(called: string, name: string, mctVersion: 'standard' | 'alternate'): Fixture {
  const msg = random(mctVersion === 'alternate' ? 131 : hash(name).length);
  const fit = (data: Buffer): Buffer =>
    mctVersion === 'standard' ? data : Buffer.concat([data, Buffer.alloc(131)], 131);
  let seed = msg;
  const resultsArray = Array.from({ length: 100 }, () => {
    const last = [seed, seed, seed];
    for (let i = 0; i < 1000; i++) {
      const kept = called.startsWith('SHA3') ? last.slice(-1) : last.slice(-3);
      last.push(hash(name, fit(Buffer.concat(kept))));
    }
    seed = last.at(-1) ?? seed;
    return { md: upper(seed) };
  });
  return {
    set: setOf(called),
    group: { testType: 'MCT', mctVersion },
    good: { msg: upper(msg), len: msg.length * 8, resultsArray },
    answer: 'resultsArray',
  };
}

export const DIGESTS: readonly Fixture[] = [
  ...digests,
  emptyMessage,
  hashChain('SHA-1', 'sha1', 'standard'),
  hashChain('SHA2-384', 'sha384', 'alternate'),
  hashChain('SHA3-256', 'sha3-256', 'standard'),
  hashChain('SHA3-512', 'sha3-512', 'alternate'),
];
