// The measuring itself: whose turn it is, what the figures mean, and who is not timed.
import { describe, expect, test } from 'vitest';
import { defineCase, faultOf, oneAndSixteen, peer, runCase } from '../../bench/case.js';
import { inFlight, inTurn, measure, median, ratioOf } from '../../bench/measure.js';

const numbers = [1, 2, 3, 4];

describe('measure', () => {
  test('gives each contender its turn, round by round', async () => {
    const turns: string[] = [];
    const contender = (name: string) => ({
      name,
      batch: 1,
      rate: () => {
        turns.push(name);
        return 10;
      },
    });
    await measure([contender('a'), contender('b'), contender('c')], { rounds: 3 });
    expect(turns.join('')).toBe('abcabcabc');
  });

  test('takes the median and the spread of the rounds', async () => {
    const rates = [100, 400, 1, 300, 200, 5000, 500, 350];
    const [found] = await measure([{ name: 'a', batch: 1, rate: () => rates.shift() ?? 0 }], {
      rounds: 8,
    });
    expect(found?.opsPerSec).toBe(350);
    expect(found?.spread).toBeCloseTo((500 - 200) / 350); // of the middle half: two were disturbed
  });

  test('ends after seven rounds where they take long', async () => {
    const rate = async (): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return 1;
    };
    const options = { rounds: 50, budget: 1 };
    const [found] = await measure([{ name: 'slow', batch: 1, rate }], options);
    expect(found?.rates).toHaveLength(7);
  });

  test('compares rounds one by one, so that what slows both slows no ratio', () => {
    const ours = { name: 'a', opsPerSec: 0, spread: 0, rates: [10, 100, 30] };
    const other = { name: 'b', opsPerSec: 0, spread: 0, rates: [5, 50, 15] };
    expect(ratioOf(ours, other)).toBe(2);
    expect(ratioOf(ours, undefined)).toBeUndefined();
  });

  test('fills a round of the length asked for', async () => {
    const batches: number[] = [];
    const rate = (calls: number): number => {
      batches.push(calls);
      return 10_000;
    };
    await measure([{ name: 'a', rate }], { rounds: 1, milliseconds: 12 });
    expect(batches.at(-1)).toBe(120);
  });

  test('the median of nothing is no number', () => {
    expect(median([])).toBeNaN();
    expect(median([3, 1, 2])).toBe(2);
  });
});

describe('inputs', () => {
  test('take turns, and go on where the last round stopped', () => {
    const seen: number[] = [];
    const rate = inTurn((input) => seen.push(input), numbers);
    expect(rate(3)).toBeGreaterThan(0);
    rate(3);
    expect(seen).toEqual([1, 2, 3, 4, 1, 2]);
  });

  test.each([1, 16])('of %i calls in flight are never more', async (flights) => {
    const state = { now: 0, most: 0, calls: 0 };
    const run = async (): Promise<void> => {
      state.calls++;
      state.most = Math.max(state.most, ++state.now);
      await Promise.resolve();
      state.now--;
    };
    await inFlight(run, numbers, flights)(50);
    expect(state).toEqual({ now: 0, most: flights, calls: 50 });
  });
});

describe('a subject', () => {
  const work = {
    inputs: numbers,
    tampered: [-1, -2],
    isRight: (result: unknown, input: number) => result === 2 * input,
    subjects: [],
  };
  const subject = (run: (input: number) => unknown) => ({ name: 's', role: 'ours' as const, run });

  test('that gives the right answers is timed', async () => {
    expect(
      await faultOf(
        subject((input) => 2 * input),
        work,
      ),
    ).toBeUndefined();
    expect(
      await faultOf(
        subject(async (input) => 2 * input),
        work,
      ),
    ).toBeUndefined();
  });

  test('that refuses what was tampered with by throwing is timed', async () => {
    const run = (input: number): number => {
      if (input < 0) throw new Error('refused');
      return 2 * input;
    };
    expect(await faultOf(subject(run), work)).toBeUndefined();
  });

  test('that is wrong on a genuine input is not', async () => {
    const run = (input: number): number => (input === 3 ? 7 : 2 * input);
    expect(await faultOf(subject(run), work)).toBe('gives a wrong answer to input 2');
  });

  test('that fails on a genuine input is not', async () => {
    const run = (): never => {
      throw new Error('no');
    };
    expect(await faultOf(subject(run), work)).toBe('fails on input 0: Error: no');
  });

  test('that takes what was tampered with is not', async () => {
    const run = (input: number): number => 2 * Math.abs(input);
    expect(await faultOf(subject(run), work)).toBe('takes tampered input 0 for the genuine one');
  });

  test('that can not be checked is not', async () => {
    const run = (input: number): number => 2 * input;
    expect(await faultOf(subject(run), { ...work, tampered: [] })).toMatch(/nothing/);
  });
});

describe('a case', () => {
  const given = defineCase({
    name: 'doubles',
    build: () => ({
      inputs: numbers,
      tampered: [-1],
      isRight: (result: unknown, input: number) => result === 2 * input,
      subjects: [
        { name: 'ours', role: 'ours' as const, run: (input: number) => 2 * input },
        { name: 'floor', role: 'reference' as const, run: (input: number) => input + input },
        { name: 'lax', role: 'peer' as const, run: (input: number) => 2 * Math.abs(input) },
        peer<number, object>('absent', undefined, () => () => 0),
        ...oneAndSixteen({ name: 'slow', role: 'peer' as const, run: async (i: number) => 2 * i }),
      ],
    }),
  });

  test('times who is right, and names who is wrong or missing', async () => {
    const results = await runCase(given, { rounds: 3, milliseconds: 0.1, budget: 100 });
    expect(results.map(({ name }) => name)).toEqual([
      'ours',
      'floor',
      'lax',
      'absent',
      'slow, 1 in flight',
      'slow, 16 in flight',
    ]);
    const [ours, floor, lax, absent] = results;
    expect(ours).toMatchObject({ rounds: 3, ratios: { ours: 1 } });
    expect(Object.keys(floor?.ratios ?? {})).not.toContain('lax');
    expect(lax?.opsPerSec).toBeUndefined();
    expect(lax?.wrong).toMatch(/tampered/);
    expect(absent).toEqual({ name: 'absent', role: 'peer', missing: 'not installed' });
  });

  test('times those alone that are asked for', async () => {
    const options = { rounds: 1, milliseconds: 0.1, budget: 100, subjects: ['ours', 'floor'] };
    expect(await runCase(given, options)).toHaveLength(2);
  });
});
