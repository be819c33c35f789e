// Every vector on every engine that can, by the table of capabilities; and where an engine can't,
// that it says so. What is asked of a case stands in test/portable.
import { expect, test } from 'vitest';
import { settle } from '../portable/cases.js';
import { vectorCells } from '../portable/vectors.js';
import { can, files } from '../vectors.js';

for (const cell of vectorCells(files)) {
  const { title, algorithm, operation, cases } = cell;
  if (can(algorithm, operation)) {
    test(`${title}: ${operation}`, () => {
      const { wrong, passed, refused } = settle(cell);
      expect(wrong).toEqual([]);
      expect({ passed, refused }).toEqual({ passed: cases.length, refused: 0 });
    });
  } else {
    test(`${title}: ${operation} is not on this engine`, () => {
      const { wrong, answered, refused } = settle(cell);
      expect(wrong).toEqual([]);
      expect(answered).toBe(0);
      expect(refused).toBeGreaterThan(0);
    });
  }
}
