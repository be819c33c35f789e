// The list of survivors is of the source as it stands; whether they survive, `npm run test:mutation`
// finds out.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Survivor {
  readonly file: string;
  readonly line: string;
  readonly text: string;
  readonly replacement: string;
  readonly why: string;
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const survivors = JSON.parse(read('survivors.json')) as readonly Survivor[];

test('each survivor stands in the source, once in the list, with a reason', () => {
  const wrong = survivors.filter(({ file, line, text, why }) => {
    const source = read(`../../${file}`);
    const lines = source.split('\n').map((one) => one.trim());
    return !(lines.includes(line) && source.includes(text) && why.length > 10);
  });
  expect(wrong).toEqual([]);
  const names = survivors.map((one) => JSON.stringify({ ...one, why: '' }));
  expect(new Set(names).size).toBe(survivors.length);
});
