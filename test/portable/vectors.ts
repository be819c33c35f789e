// All of vectors/, as cells: what each case asks of the library stands once, for the suite and for
// the runner on other runtimes.
import { aesCells } from './aes.js';
import type { Cell, VectorFile } from './cases.js';
import { agreementCells, ecdsaCells, ed25519Cells } from './curve.js';
import { digestCells, hmacCells, kdfCells } from './hash.js';
import { cavageCells, oauth1Cells } from './http-legacy.js';
import { jweCells } from './jwe.js';
import { jwsCells } from './jws.js';
import { httpSignatureCells } from './http-signature.js';
import { legacyCells } from './legacy.js';
import { rsaCells } from './rsa.js';
import { sigV4aCells, sigV4Cells } from './sigv4.js';

/**
 * Kinds that no capability stands behind. The keys are what the cases of the other files of that
 * folder are asked with; the rest has tests of its own in test/canonical.
 */
const WITHOUT_CELLS = ['rsa-keys', 'jcs', 'jcs-number', 'tuple'];

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
    jwsCells,
    legacyCells,
    sigV4Cells,
    sigV4aCells,
    cavageCells,
    oauth1Cells,
    httpSignatureCells,
  ].flatMap((make) => make(files));
  mustHoldAll(files, cells);
  return cells;
}

/** A file or a case that nothing asks about is a mistake, and so is a cell without cases. */
function mustHoldAll(files: readonly VectorFile[], cells: readonly Cell[]): void {
  const asked = new Set(cells.flatMap(({ cases }) => cases));
  for (const { file, kind, cases } of files) {
    const left = WITHOUT_CELLS.includes(kind) ? [] : cases.filter((item) => !asked.has(item));
    if (left.length > 0) throw new Error(`${file}: nothing asks about ${String(left[0]?.id)}`);
  }
  const empty = cells.find(({ cases }) => cases.length === 0);
  if (empty !== undefined) throw new Error(`${empty.title}: no case to ${empty.operation}`);
}
