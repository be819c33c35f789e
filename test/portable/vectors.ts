// All of vectors/, as cells: what each case asks of the library stands once, for the suite and for
// the runner on other runtimes.
import { aesCells } from './aes.js';
import type { Cell, VectorFile } from './cases.js';
import { agreementCells, ecdsaCells, ed25519Cells } from './curve.js';
import { digestCells, hmacCells, kdfCells } from './hash.js';
import { jweCells } from './jwe.js';
import { legacyCells } from './legacy.js';
import { rsaCells } from './rsa.js';

export function vectorCells(files: readonly VectorFile[]): Cell[] {
  const cells = [
    digestCells,
    hmacCells,
    kdfCells,
    ecdsaCells,
    ed25519Cells,
    agreementCells,
    rsaCells,
    aesCells,
    jweCells,
    legacyCells,
  ].flatMap((make) => make(files));
  mustHoldAll(files, cells);
  return cells;
}

/** A file or a case that nothing asks about is a mistake, and so is a cell without cases. */
function mustHoldAll(files: readonly VectorFile[], cells: readonly Cell[]): void {
  const asked = new Set(cells.flatMap(({ cases }) => cases));
  for (const { file, kind, cases } of files) {
    // The keys are what the cases of the other files of that folder are asked with.
    const left = kind === 'rsa-keys' ? [] : cases.filter((item) => !asked.has(item));
    if (left.length > 0) throw new Error(`${file}: nothing asks about ${String(left[0]?.id)}`);
  }
  const empty = cells.find(({ cases }) => cases.length === 0);
  if (empty !== undefined) throw new Error(`${empty.title}: no case to ${empty.operation}`);
}
