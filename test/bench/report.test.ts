// What becomes of a run: rows, verdicts, growth, the lines of a terminal, charts, the page.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defineCase } from '../../bench/case.js';
import { curveOf, curvesAmong, measuredCurve } from '../../bench/growth.js';
import { choiceOf } from '../../bench/options.js';
import { FLOORS, readRecord } from '../../bench/record.js';
import { chartsOf } from '../../bench/report/charts.js';
import { readmeOf } from '../../bench/report/readme.js';
import { barChart, lineChart } from '../../bench/report/svg.js';
import { caseLines } from '../../bench/report/table.js';
import { count, digits, sizeText } from '../../bench/report/text.js';
import { rowsOf, verdictsOf } from '../../bench/rows.js';

const BENCH = new URL('../../bench/', import.meta.url);

const given = { name: 'job', size: 1024, aims: [{ least: 1.3, against: 'reference' }] } as never;
const results = [
  timed('countersign', 'ours', 300, { floor: 1.5, fast: 0.5, slow: 6, quick: 3 }),
  timed('floor', 'reference', 200, { countersign: 0.67 }),
  timed('fast', 'physical', 600, { floor: 3 }),
  timed('slow', 'peer', 50, { floor: 0.25, quick: 0.5 }),
  timed('quick', 'peer', 100, { floor: 0.5, quick: 1 }),
  { name: 'absent', role: 'peer' as const, missing: 'not installed' },
  { name: 'lax', role: 'peer' as const, wrong: 'takes anything' },
];

function timed(
  name: string,
  role: 'ours' | 'reference' | 'physical' | 'peer',
  opsPerSec: number,
  ratios: Record<string, number>,
) {
  return { name, role, opsPerSec, spread: 0.1, rounds: 7, ratios };
}

describe('rows', () => {
  const rows = rowsOf('Suite', given, results);

  test('have every member that the page promises', () => {
    expect(rows[0]).toEqual({
      suite: 'Suite',
      case: 'job',
      subject: 'countersign',
      role: 'ours',
      size: 1024,
      unit: 'octets',
      opsPerSec: 300,
      rounds: 7,
      spread: 0.1,
      ratioToFloor: 1.5,
      ratioToPhysical: 0.5,
      ratioToBestPeer: 3, // of the fastest peer, not of the first
    });
    for (const row of rows)
      expect(Object.keys(row)).toEqual(expect.arrayContaining(Object.keys(rows[0] ?? {})));
  });

  test('say who was missing and who was wrong, without figures', () => {
    expect(rows[5]).toMatchObject({ opsPerSec: null, rounds: 0, missing: 'not installed' });
    expect(rows[6]).toMatchObject({ opsPerSec: null, ratioToFloor: null, wrong: 'takes anything' });
  });

  test('become lines that name all of it', () => {
    const text = caseLines(rows, []).join('\n');
    expect(text).toMatch(/^job, 1 KiB$/m);
    expect(text).toMatch(
      /countersign .* 300\/s .*█ +1\.50 × reference, 0\.50 × physical, 3\.00 × best peer/,
    );
    expect(text).toMatch(/absent +not installed/);
    expect(text).toMatch(/lax +WRONG: takes anything/);
  });
});

describe('an aim', () => {
  const missing = [timed('countersign', 'ours', 1, { floor: 1.1 }), results[1]] as typeof results;

  test('is met among all subjects', async () => {
    const [verdict] = await verdictsOf('Suite', given, results, undefined);
    expect(verdict).toMatchObject({
      against: 'reference',
      least: 1.3,
      ratio: 1.5,
      alone: null,
      met: true,
    });
  });

  test('is met as a pair alone, since neighbours disturb', async () => {
    const asked: (readonly string[])[] = [];
    const again = (subjects: readonly string[]) => {
      asked.push(subjects);
      return Promise.resolve([timed('countersign', 'ours', 1, { floor: 1.4 })]);
    };
    const [verdict] = await verdictsOf('Suite', given, missing, again);
    expect(asked).toEqual([['countersign', 'floor']]);
    expect(verdict).toMatchObject({ ratio: 1.1, alone: 1.4, met: true });
  });

  test('is missed if it is missed in both', async () => {
    const again = () => Promise.resolve([timed('countersign', 'ours', 1, { floor: 1.2 })]);
    expect((await verdictsOf('Suite', given, missing, again))[0]?.met).toBe(false);
    expect((await verdictsOf('Suite', given, missing, undefined))[0]?.met).toBe(false);
  });

  test('against a peer that is not there is no aim', async () => {
    const other = { name: 'job', aims: [{ least: 2, against: 'absent' }] } as never;
    expect(await verdictsOf('Suite', other, results, undefined)).toEqual([]);
  });

  test('against nobody is a mistake', async () => {
    const other = { name: 'job', aims: [{ least: 2, against: 'nobody' }] } as never;
    await expect(verdictsOf('Suite', other, results, undefined)).rejects.toThrow(/nobody/);
  });
});

describe('growth', () => {
  /** What was measured of a job that takes so many seconds at each size. */
  const measured = (points: readonly (readonly [number, number])[]) =>
    points.map(([size, seconds]) => {
      const rate = 1 / seconds;
      return { name: 'countersign', opsPerSec: rate, spread: 0, rates: [rate, rate], size };
    });

  test('in proportion to the octets is right, with what every call costs', () => {
    const points = [64, 1024, 65_536].map((size) => [size, 1 + size / 100] as const);
    const curve = curveOf('MAC', 'job', 'octets', measured(points));
    expect(curve).toMatchObject({ unit: 'octets', met: true });
    expect(curve.worst).toBeLessThanOrEqual(1);
  });

  test('by the square of the octets is wrong, and one steep step is', () => {
    const square = [64, 128, 256].map((size) => [size, size ** 2] as const);
    expect(curveOf('MAC', 'job', 'octets', measured(square)).met).toBe(false);
    const step = [[64, 1], [128, 2], [256, 8]] as const; // prettier-ignore
    expect(curveOf('MAC', 'job', 'octets', measured(step)).met).toBe(false);
  });

  test('of a search with the keys is wrong', () => {
    const flat = [1, 10, 1000].map((size) => [size, 1 + size / 1000] as const);
    expect(curveOf('Key rings', 'find', 'keys', measured(flat)).met).toBe(true);
    const linear = [1, 10, 1000].map((size) => [size, size] as const);
    expect(curveOf('Key rings', 'find', 'keys', measured(linear)).met).toBe(false);
  });

  test('is looked at where one job has several sizes', () => {
    const entry = (name: string, size?: number) =>
      ({ file: 'a.js', index: 0, suite: {}, given: { name, size } }) as never;
    const entries = [
      entry('a', 1),
      entry('b', 1),
      entry('a', 2),
      entry('a', 3),
      entry('c'),
      entry('b', 2),
    ];
    expect(curvesAmong(entries)).toEqual([[entries[0], entries[2], entries[3]]]);
  });

  test('is measured with the sizes taking turns', async () => {
    const turns: number[] = [];
    const sized = (size: number) =>
      defineCase({
        name: 'job',
        size,
        unit: 'keys',
        build: () => ({
          inputs: [size],
          tampered: [0],
          isRight: () => true,
          subjects: [{ name: 'ours', role: 'ours', run: () => turns.push(size), batch: 1 }],
        }),
      });
    const options = { rounds: 2, milliseconds: 1, budget: 100 };
    const curve = await measuredCurve('Key rings', [sized(1), sized(2)], options);
    expect(turns).toEqual([1, 2, 1, 2]);
    expect(curve).toMatchObject({ case: 'job', unit: 'keys', points: [{ size: 1 }, { size: 2 }] });
  });
});

describe('charts', () => {
  const bars = barChart('A & B < "C"', ['one', 'two'], [
    { label: 'x', bars: [{ series: 0, value: 0.2, text: '0.2 ×' }, { series: 1, value: 140, text: '140 ×' }] },
  ]); // prettier-ignore
  const curves = lineChart('Time', { x: String, y: String }, [
    { name: 'p', points: [{ x: 64, y: 1 }, { x: 1024, y: 9 }] },
  ]); // prettier-ignore

  test.each([bars, curves])('are well-formed, on light and on dark paper', (svg) => {
    expect(unclosed(svg)).toEqual([]);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('write what stands in a title as text', () => {
    expect(bars).toContain('A &amp; B &lt; &quot;C&quot;');
  });

  test('put what is slower to the left of 1, and what is faster to its right', () => {
    const one = Number(/class="one" x1="([\d.]+)"/.exec(bars)?.[1]);
    const rectangle = /<rect class="f\d" x="([\d.]+)" y="\d+" width="([\d.]+)"/g;
    const all = [...bars.matchAll(rectangle)].map(([, x, width]) => [Number(x), Number(width)]);
    const [slower, faster] = all.slice(2); // after those of the legend
    expect((slower?.[0] ?? 0) + (slower?.[1] ?? 0)).toBeCloseTo(one, 0);
    expect(faster?.[0]).toBeCloseTo(one, 0);
  });

  test('draw more work higher', () => {
    const [, first = '', last = ''] = /points="(\S+) (\S+)"/.exec(curves) ?? [];
    expect(Number(last.split(',')[1])).toBeLessThan(Number(first.split(',')[1]));
  });
});

describe('what stands in the repository', () => {
  const record = readRecord();
  const read = (name: string) => readFileSync(new URL(name, BENCH), 'utf8');

  test('is one run: the page is made of it', () => {
    const floors = FLOORS.map((name) => ({
      name,
      source: read(name),
    }));
    expect(read('README.md')).toBe(readmeOf(record, floors));
  });

  test('has its charts, and no other', () => {
    const charts = chartsOf(record);
    expect(readdirSync(new URL('charts/', BENCH)).toSorted()).toEqual(
      charts.map(({ name }) => name).toSorted(),
    );
    for (const { name, svg } of charts) {
      expect(read(`charts/${name}`), name).toBe(svg);
      expect(unclosed(svg), name).toEqual([]);
    }
  });

  test('was a whole run, in which nobody was wrong or missing', () => {
    expect(record.rows.length).toBeGreaterThan(200);
    expect(
      record.rows.filter(({ wrong, missing }) => wrong !== undefined || missing !== undefined),
    ).toEqual([]);
    for (const { rounds } of record.rows) expect(rounds).toBeGreaterThanOrEqual(7);
  });

  test('names no machine and no registry', () => {
    const text = read('README.md') + read('last.json');
    expect(text).not.toMatch(/(?<![\w.)])\/(?:etc|home|mnt|opt|root|srv|tmp|usr|var|work|Users)\//);
    expect(text).not.toMatch(/\bfile:\/\/|\bregistry\.|\blocalhost\b/);
  });
});

test('the command line takes what is meant', () => {
  expect(choiceOf(['--quick', '--only', 'mac'])).toMatchObject({
    quick: true,
    only: 'mac',
    gate: false,
  });
  expect(() => choiceOf(['--record', '--quick'])).toThrow(/whole run/);
  expect(() => choiceOf(['--fast'])).toThrow();
});

test('figures have three digits and a unit', () => {
  expect([1_234_567, 12_345, 123.4, 1.5].map(count)).toEqual(['1.23 M', '12.3 k', '123', '1.50']);
  expect([0.0123, 9.876, 98.76, 987.6].map(digits)).toEqual(['0.012', '9.88', '98.8', '988']);
  expect([16, 1024, 1_048_576, null].map(sizeText)).toEqual(['16 B', '1 KiB', '1 MiB', '']);
});

/** The tags that are not closed in the order in which they were opened. */
function unclosed(svg: string): string[] {
  const open: string[] = [];
  for (const [, closing, name = '', empty] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
    if (closing === '/') {
      if (open.pop() !== name) return [name];
    } else if (empty !== '/') open.push(name);
  }
  return open;
}
