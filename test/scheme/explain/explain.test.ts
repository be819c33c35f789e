import { describe, expect, test } from 'vitest';
import { explain, explanationText, SECRET_HOLDER } from '../../../src/scheme/explain/index.js';
import { samples } from '../../../src/testing/samples/index.js';
import { type Given, injections, send } from './injections.js';

function explained({ scheme, message, keys, options }: Given) {
  return explain(scheme, message, keys, { ...options, secretHolder: SECRET_HOLDER });
}

describe.each(samples.map((sample) => [`${sample.scheme.id}, ${sample.note}`, sample] as const))(
  '%s',
  (_, sample) => {
    const sent = send(sample);

    test('a genuine message is verified, and has no fault', () => {
      const { verdict, code, faults, steps, capped } = explained(sent);
      expect([verdict, code, faults, capped]).toEqual(['verified', undefined, [], false]);
      expect(steps.filter(({ status }) => status !== 'ok')).toEqual([]);
    });

    test.each(injections.map((one) => [one.what, one] as const))('%s', (_what, injection) => {
      const given = injection.inject(sent);
      if (given === undefined) return;
      const explanation = explained(given);
      const codes = explanation.faults.map(({ code }) => code);
      expect(explanation.verdict).toBe('refused');
      expect(codes, explanationText(explanation)).toContain(injection.code);
      expect(codes.includes('NOT_EXPLAINED')).toBe(injection.code === 'NOT_EXPLAINED');
      // A composed scheme may have codes of its own.
      if (injection.error !== undefined && sent.description !== undefined) {
        expect(explanation.code).toBe(injection.error);
      }
      expect(explanation.tried).toBeLessThanOrEqual(200);
    });
  },
);
