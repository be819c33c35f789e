import { describe, expect, test } from 'vitest';
import { explain, explanationText, SECRET_HOLDER } from '../../../src/scheme/explain/index.js';
import { samples } from '../../../src/testing/samples/index.js';
import { custom } from './custom.js';
import { type Given, injections, send } from './injections.js';

function explained({ scheme, message, keys, options }: Given) {
  return explain(scheme, message, keys, { ...options, secretHolder: SECRET_HOLDER });
}

describe.each(
  [...samples, custom].map((sample) => [`${sample.scheme.id}, ${sample.note}`, sample] as const),
)('%s', (_, sample) => {
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
    // A digest beside the body says of itself that the body is another one.
    const isDigest = explanation.code?.endsWith('_DIGEST') === true;
    const code = injection.code === 'NOT_EXPLAINED' && isDigest ? 'BODY_OTHER' : injection.code;
    expect(codes, explanationText(explanation)).toContain(code);
    expect(codes.includes('NOT_EXPLAINED')).toBe(code === 'NOT_EXPLAINED');
    // A composed scheme may have codes of its own.
    if (injection.error !== undefined && sent.description !== undefined) {
      expect([injection.error, isDigest && explanation.code]).toContain(explanation.code);
    }
    expect(explanation.tried).toBeLessThanOrEqual(200);
  });
});
