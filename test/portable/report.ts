// Runs everything that is portable on the runtime that this was loaded by, and says what came out.
// The judgement is made elsewhere, by judge.js.
import { ENGINE } from '../../src/primitive/engine.js';
import { type Cell, settle, type VectorFile, type Wrong } from './cases.js';
import { type Certificates, certificateCells } from './certificates.js';
import { checksOf, type Exports } from './checks.js';
import { type Corpus, corpusCells } from './corpus.js';
import { freshCells } from './fresh.js';
import { vectorCells } from './vectors.js';

export interface Data {
  readonly files: readonly VectorFile[];
  readonly corpus: Corpus;
  readonly certificates: Certificates;
  readonly exports: Exports;
}

/** What came out for one operation of one algorithm. */
export interface Row {
  readonly name: string;
  readonly passed: number;
  readonly answered: number;
  readonly refused: number;
}

export interface Report {
  readonly engine: string;
  readonly rows: readonly Row[];
  readonly wrong: readonly (Wrong & { readonly title: string })[];
  readonly checks: readonly { readonly name: string; readonly fault?: string }[];
}

export async function report({ files, corpus, certificates, exports }: Data): Promise<Report> {
  const cells = [
    ...vectorCells(files),
    ...corpusCells(corpus),
    ...certificateCells(certificates),
    ...freshCells(),
  ];
  const checks = [];
  for (const { name, run } of checksOf(exports, corpus)) {
    try {
      await run();
      checks.push({ name });
    } catch (error) {
      checks.push({ name, fault: String(error) });
    }
  }
  return { engine: ENGINE, ...tally(cells), checks };
}

/** Settles the cells, and adds up those of one algorithm and operation. */
export function tally(cells: readonly Cell[]): Pick<Report, 'rows' | 'wrong'> {
  const rows = new Map<string, Row>();
  const wrong = cells.flatMap((cell) => {
    const { wrong: own, ...counts } = settle(cell);
    const name = nameOf(cell);
    const { passed, answered, refused } = rows.get(name) ?? { passed: 0, answered: 0, refused: 0 };
    rows.set(name, {
      name,
      passed: passed + counts.passed,
      answered: answered + counts.answered,
      refused: refused + counts.refused,
    });
    return own.map((one) => ({ ...one, title: `${cell.title}: ${cell.operation}` }));
  });
  return { rows: [...rows.values()], wrong };
}

/** As test/portable/expected.json has it. */
function nameOf({ algorithm, detail, operation }: Cell): string {
  return `${algorithm}${detail === undefined ? '' : `, ${detail}`}: ${operation}`;
}
