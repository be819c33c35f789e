// Paths of certificates: one rule broken at a time, each with its own code, on every engine.
import { describe, expect, test } from 'vitest';
import { readCertificate } from '../../src/key/x509.js';
import { verifyPath } from '../../src/key/x509-path.js';
import { caseOf, cases, codeOf, optionsOf, outcomeOf, read } from './x509-fixtures.js';

describe('the fixtures', () => {
  test('come out as the rules have it', () => {
    expect(cases.length).toBeGreaterThan(200);
    const wrong = cases.flatMap((one) => {
      const found = outcomeOf(one);
      return found === one.expect ? [] : [{ name: one.name, expected: one.expect, found }];
    });
    expect(wrong).toEqual([]);
  });
});
