// The certificates and paths of test/portable/certificates.ts, read from their file.
import { readFileSync } from 'node:fs';
import { type Certificates, fixturesOf, type PathCase } from '../portable/certificates.js';
import { outcome } from '../vectors.js';

export type { PathCase, Printed } from '../portable/certificates.js';

const file = new URL('certificates/paths.json', import.meta.url);
const all = JSON.parse(readFileSync(file, 'utf8')) as Certificates;
export const { certificates, cases } = all;
const { derOf, read, optionsOf, verify } = fixturesOf(all);
export { derOf, optionsOf, read };

/** The case of that name. */
export function caseOf(name: string): PathCase {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

/** `ok`, or the code of what is thrown, by the reader or by the path. */
export function outcomeOf(test: PathCase): string {
  return codeOf(() => verify(test));
}

/** `ok`, or the code of what is thrown. */
export function codeOf(call: () => unknown): string {
  return outcome(() => {
    call();
    return 'ok';
  });
}
