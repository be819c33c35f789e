// The judge of the runtime matrix judges: whatever goes wrong on a runtime turns it red, and so does
// what goes right against the list. Reads dist.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/errors.js';
import { files } from '../vectors.js';
import { type Cell, settle, UNSUPPORTED } from './cases.js';
import { digestCells } from './hash.js';
import { judge } from './judge.js';
import { type Report, type Row, tally } from './report.js';
import { vectorCells } from './vectors.js';

const digests = files.filter(({ file }) => file === 'digest/sha-256.json');

const refuse = (): never => {
  throw new CountersignError(UNSUPPORTED, 'not here');
};

/** A cell that asks each of its cases the questions given. */
function cell(...questions: (readonly [expected: string, call: () => unknown])[]): Cell {
  return {
    title: 'planted',
    algorithm: 'HMAC-SHA-256',
    operation: 'verify',
    cases: questions.map((_, i) => ({ id: String(i) })),
    ask: (item) => questions.slice(Number(item.id), Number(item.id) + 1),
  };
}

/** A report of the node engine that is as it should be, with what the cells come to. */
function reportOf(...cells: Cell[]): Report {
  const deterministic = ['P-256 SHA-256', 'P-384 SHA-384', 'P-521 SHA-512', 'secp256k1 SHA-256'];
  const rows = deterministic.map((name): Row => {
    return { name: `ECDSA ${name}: signDeterministic`, passed: 0, answered: 0, refused: 3 };
  });
  const { rows: own, wrong } = tally([...digestCells(digests), ...cells]);
  return { engine: 'node', rows: [...rows, ...own], wrong, checks: [{ name: 'it loads' }] };
}

const NAME = 'HMAC-SHA-256: verify';
const faults = (report: Report, lacks: string[] = []): string[] =>
  judge(report, 'node', lacks).faults;

describe('the judge', () => {
  test('finds nothing wrong where nothing is', () => {
    const { passed, everywhere, here, faults: none } = judge(reportOf(), 'node', []);
    expect(none).toEqual([]);
    expect(passed).toBe((digests[0]?.cases.length ?? 0) + 1);
    expect(everywhere).toContain('ECDSA P-256 SHA-256: signDeterministic (3)');
    expect(everywhere).toHaveLength(4);
    expect(here).toEqual([]);
  });

  test('sees one wrong answer', () => {
    const [first] = digests;
    if (first === undefined) throw new Error('no digests');
    const changed = first.cases.map((item, i) => ({
      ...item,
      digest: String(item['digest']).replace(/^./, (digit) => (i > 0 ? digit : '_')),
    }));
    const { wrong } = tally(digestCells([{ ...first, cases: changed }]));
    expect(wrong).toHaveLength(1);
    expect(faults({ ...reportOf(), wrong })).toEqual([
      expect.stringContaining(`${first.file}: digest, ${first.cases[0]?.id ?? ''}: expected _`),
    ]);
  });

  test('sees an error that is none of the library', () => {
    const broken = (): never => {
      throw new RangeError('from below');
    };
    expect(faults(reportOf(cell(['true', broken])))).toEqual([
      'planted: verify, 0: expected true, found RangeError: from below',
    ]);
    expect(faults(reportOf(cell(['true', broken])), [NAME])).toHaveLength(2);
  });

  test('sees a refusal that is not on the list', () => {
    const report = reportOf(cell(['true', () => true], ['true', refuse]));
    expect(faults(report)).toEqual([`${NAME} is refused`]);
  });

  test('takes one that is, where nothing but a refusal is given', () => {
    const malformed = ['ERR_KEY', () => refuseAs('ERR_KEY')] as const;
    const report = reportOf(cell(['true', refuse], malformed));
    expect(judge(report, 'node', [NAME])).toMatchObject({ here: [`${NAME} (1)`], faults: [] });
    expect(faults(reportOf(cell(['true', refuse], ['false', () => false])), [NAME])).toEqual([]);
  });

  test('sees a refusal on the list that is made no longer, for all cases or for one', () => {
    const gained = [`${NAME} is on the list, and is not refused`];
    expect(faults(reportOf(cell(['true', () => true])), [NAME])).toEqual(gained);
    expect(faults(reportOf(cell(['true', () => true], ['true', refuse])), [NAME])).toEqual(gained);
    expect(faults(reportOf(cell(['ERR_KEY', () => refuseAs('ERR_KEY')])), [NAME])).toEqual(gained);
  });

  test('sees a wrong answer beside a refusal in one case', () => {
    const questions = [
      ['true', refuse],
      ['true', () => false],
    ] as const;
    const both: Cell = { ...cell(), cases: [{ id: '0' }], ask: () => questions };
    expect(settle(both)).toMatchObject({ passed: 0, refused: 0, wrong: [{ found: 'false' }] });
  });

  test('sees what is on the list twice, and what nothing asks for', () => {
    const refused = reportOf(cell(['true', refuse]));
    expect(faults(refused, [NAME, NAME])).toEqual([`${NAME} is on the list twice`]);
    const own = 'ECDSA P-256 SHA-256: signDeterministic';
    expect(faults(reportOf(), [own])).toEqual([`${own} is on the list twice`]);
    expect(faults(reportOf(), ['HMAC: x'])).toEqual([
      'HMAC: x is on the list, and nothing asks for it',
    ]);
  });

  test('sees another engine, a check that failed, and that nothing passed', () => {
    expect(judge(reportOf(), 'dual', []).faults).toContain('ran on the node engine');
    const checks = [{ name: 'it loads', fault: 'Error: no' }];
    expect(faults({ ...reportOf(), checks })).toEqual(['it loads: Error: no']);
    const rows = reportOf().rows.filter(({ refused }) => refused > 0);
    expect(faults({ ...reportOf(), rows })).toEqual(['nothing passed']);
  });
});

describe('the cells', () => {
  test('leave out no case', () => {
    const [first, ...rest] = files;
    if (first === undefined) throw new Error('no files');
    const unknown = { ...first, kind: 'new', cases: [{ id: 'one' }] };
    expect(() => vectorCells([...files, unknown])).toThrow('nothing asks about one');
    const [gcm] = files.filter(({ file }) => file === 'aes/aes-128-gcm.json');
    const empty = { ...first, ...gcm, cases: [] };
    expect(() => vectorCells([empty, ...rest])).toThrow('no case to open');
  });
});

describe('expected.json', () => {
  test('lists each runtime on the engines that it can run', () => {
    const text = readFileSync(new URL('expected.json', import.meta.url), 'utf8');
    const expected = JSON.parse(text) as Record<string, Record<string, string[]>>;
    const all = ['node', 'noble', 'dual'];
    const nodes = ['Node 20', 'Node 22', 'Node 24', 'Node 26'];
    for (const name of [...nodes, 'Bun', 'Deno']) {
      expect(Object.keys(expected[name] ?? {}), name).toEqual(all);
      // The noble engine is the same everywhere.
      expect(expected[name]?.['noble'], name).toEqual([]);
    }
    for (const name of nodes)
      expect(expected[name], name).toEqual({ node: [], noble: [], dual: [] });
    expect(expected['workerd']).toEqual({ noble: [] });
    expect(expected['Chromium']).toEqual({ noble: [] });
  });
});

function refuseAs(code: 'ERR_KEY'): never {
  throw new CountersignError(code, 'planted');
}
