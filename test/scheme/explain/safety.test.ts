// What an explanation may not do: show what it was made of, cost more than it says, or be reached from
// anywhere else.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { assert, constantFrom, property, stringMatching } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeBase64, encodeBase64Url } from '../../../src/bytes/base64.js';
import { encodeHex } from '../../../src/bytes/hex.js';
import { decodeUtf8, encodeUtf8 } from '../../../src/bytes/utf8.js';
import { contentsOf, type Key } from '../../../src/key/handle.js';
import { generateSecret, withUse } from '../../../src/key/secret.js';
import { verify as verifyWith } from '../../../src/key/use.js';
import { watched } from '../../../src/key/watch.js';
import { hmacSha256 } from '../../../src/primitive/hmac.js';
import { stripe } from '../../../src/provider/stripe.js';
import { composeScheme } from '../../../src/scheme/compile.js';
import { givenKeys } from '../../../src/scheme/explain/case.js';
import {
  explain,
  explanationText,
  FAULTS,
  SECRET_HOLDER,
} from '../../../src/scheme/explain/index.js';
import { ENGINE } from '../../../src/scheme/scheme.js';
import { verify } from '../../../src/scheme/verify.js';
import { samples } from '../../../src/testing/samples/index.js';
import { simulate } from '../../../src/testing/simulate.js';
import { type Given, injections, NOW, SECRET, send, type Sent } from './injections.js';

const holder = { secretHolder: SECRET_HOLDER } as const;

describe('an explanation holds', () => {
  const free = samples.filter(({ scheme }) => {
    const { description } = scheme[ENGINE];
    const parts = description?.message ?? [];
    return parts.some((part) => typeof part !== 'string' && part.text === '{body}');
  });

  test.each(free.map((sample) => [`${sample.scheme.id}, ${sample.note}`, sample] as const))(
    'no secret, no signature and nothing of a body: %s',
    (_, sample) => {
      // Text that stands in no sentence of ours.
      const word = stringMatching(/^[0-9A-F]{8,20}$/);
      assert(
        property(word, word, constantFrom(...injections), (name, value, injection) => {
          const body = encodeUtf8(JSON.stringify({ [name]: value, é: { [value]: [name] } }));
          const sent = send({ ...sample, message: { ...sample.message, body } });
          const given = injection.inject(sent);
          if (given !== undefined) expectNothingOf(given, sent);
        }),
        { numRuns: 60 },
      );
    },
    60_000,
  );
});

function expectNothingOf(given: Given, sent: Sent): void {
  const { scheme, message, keys, options } = given;
  const explanation = explain(scheme, message, keys, { ...options, ...holder });
  const text = `${JSON.stringify(explanation)}\n${explanationText(explanation)}${errorOf(given)}`;
  for (const hidden of hiddenOf(given, sent)) {
    expect(text.includes(hidden), `${hidden} in ${text}`).toBe(false);
  }
}

/** What `verify` says of it. */
function errorOf({ scheme, message, keys, options }: Given): string {
  const { otherKeys: _, otherUrls: __, otherSettings: ___, ...rest } = options;
  try {
    verify(scheme, message, keys as never, rest as never);
    return '';
  } catch (error) {
    return String(error);
  }
}

/** The secret, signatures of both messages, and every six octets of both bodies. */
function hiddenOf(given: Given, sent: Sent): readonly string[] {
  // The ids of keys are the caller's own names, and may be named.
  const mine = [given.keys ?? [], given.options.otherKeys?.map(({ key }) => key) ?? []].flat();
  const names = givenKeys(mine as never).map(({ id }) => id);
  const octets: Uint8Array[] = [];
  const { material } = contentsOf(sent.key as Key);
  if (material.kind === 'secret') octets.push(material.octets, encodeUtf8(SECRET));
  const bodies = [given.message.body, sent.message.body].filter(
    (body): body is Uint8Array => body instanceof Uint8Array,
  );
  const { signature } = sent.description ?? {};
  const texts: string[] = [];
  for (const body of bodies) {
    const { message } = sent.resigned({ body });
    for (const [, value] of message.headers as readonly (readonly [string, string])[]) {
      const parts = value.split(/[=, "]/).filter((part) => part.length > 25);
      const found = parts.filter((part) => !names.includes(part));
      texts.push(...found);
      for (const one of found) {
        try {
          if (signature !== undefined) octets.push(signature.encoding.decode(one));
        } catch {
          // Not the signature.
        }
      }
    }
    const text = decodeUtf8(encodeUtf8(new TextDecoder().decode(body)));
    for (let i = 0; i + 6 <= text.length; i++) texts.push(text.slice(i, i + 6));
  }
  const written = octets.flatMap((of) => [
    encodeHex(of, 'lower'),
    encodeHex(of, 'upper'),
    encodeBase64(of).replace(/=+$/, ''),
    encodeBase64Url(of),
    new TextDecoder().decode(of),
  ]);
  // Blanks alone are nothing of it.
  return [...texts, ...written].filter((hidden) => hidden.trim().length >= 4 && hidden.length >= 6);
}

describe('an explanation costs', () => {
  const VALUE = { order: 'o/1', note: 'café <&>', a: [1, { b: 2 }], z: 1, y: 2 };
  const body = encodeUtf8(JSON.stringify(VALUE));
  const draw = () => generateSecret({ alg: hmacSha256, use: 'verify' });

  test('200 computations at most, and says that more would have been made', () => {
    const { message } = simulate(stripe, { now: NOW, body });
    const keys = Array.from({ length: 8 }, draw);
    const { tried, capped, faults } = explain(stripe, message, keys, { now: NOW, ...holder });
    expect([tried, capped]).toEqual([200, true]);
    expect(faults.map(({ code }) => code)).toEqual(['NOT_EXPLAINED']);
    expect(faults[0]?.sentence).toContain('not all causes were tried');
  });

  test('what it says, of a composed scheme too, which may catch what it likes', () => {
    let made = 0;
    const facts = {
      id: 'composed',
      version: 1,
      title: 'Composed',
      direction: 'callback',
      covers: { body: 'whole' },
      algs: [hmacSha256],
      settings: [],
      freshness: 'none',
    } as const;
    const scheme = composeScheme(facts, {
      identify: () => ({ keyId: undefined, hints: {} }),
      verify(message, keys) {
        for (let i = 0; i < 250; i++) {
          try {
            verifyWith((keys as readonly Key[])[0] as never, body, new Uint8Array(32));
            made++;
          } catch {
            // As a scheme of several signatures goes on to the next one.
          }
        }
        throw new TypeError(`expected another message than ${typeof message}`);
      },
    });
    const { tried, capped } = explain(scheme, { body }, [draw()], { now: NOW, ...holder });
    // Those of verify itself come first, and are as many as it likes.
    expect([tried, made - 250, capped]).toEqual([200, 200, true]);
  });

  test('nothing for a body over the limit', () => {
    const { message, keys } = simulate(stripe, { now: NOW, body });
    const options = { now: NOW, maxBodyBytes: body.length - 1, ...holder };
    const { tried, faults } = explain(stripe, message, keys, options);
    expect([tried, faults.map(({ code }) => code)]).toEqual([0, ['BODY_TOO_LARGE']]);
  });

  test('no body larger than the limit, whatever would be tried', () => {
    const indented = encodeUtf8(JSON.stringify(VALUE, null, 2));
    const { message, keys } = simulate(stripe, { now: NOW, body: indented });
    const compact = { ...message, body };
    const codes = (maxBodyBytes: number) =>
      explain(stripe, compact, keys, { now: NOW, maxBodyBytes, ...holder }).faults.map(
        ({ code }) => code,
      );
    expect(codes(indented.length)).toContain('BODY_COMPACTED');
    expect(codes(indented.length - 1)).not.toContain('BODY_COMPACTED');
  });
});

describe('a watched key', () => {
  test('is the same key, and tells of each use', () => {
    const key = generateSecret({ alg: hmacSha256, use: 'verify', id: 'a' });
    let uses = 0;
    const copy = watched(key, () => uses++);
    expect([copy.alg, copy.use, copy.id, uses]).toEqual([hmacSha256, 'verify', 'a', 0]);
    const tag = hmacSha256.tag(contentsOf(key).prepared as never, encodeUtf8('m'));
    expect(verifyWith(copy, encodeUtf8('m'), tag)).toBe(true);
    expect(verifyWith(withUse(key, 'verify'), encodeUtf8('m'), tag)).toBe(true);
    expect(uses).toBe(1);
  });
});

describe('whoever asks', () => {
  const { message, keys } = simulate(stripe, { now: NOW });

  test.each([undefined, true, Symbol('countersign.SECRET_HOLDER'), 'SECRET_HOLDER'])(
    'says by name that he holds the secret, not %o',
    (secretHolder) => {
      expect(() => explain(stripe, message, keys, { now: NOW, secretHolder } as never)).toThrow(
        /^options.secretHolder: expected SECRET_HOLDER/,
      );
    },
  );

  test.each([null, undefined, 1, 'text', [], {}])('calls it with a message and not %o', (wrong) => {
    const explanation = explain(stripe, wrong as never, keys, { now: NOW, ...holder });
    expect(explanation.verdict).toBe('refused');
    expect(explanation.faults).not.toEqual([]);
  });

  test.each([null, 1, 'text', {}, [null], [1], { candidates: 1, keys: [] }])(
    'gives keys, and not %o',
    (wrong) => {
      const explanation = explain(stripe, message, wrong as never, { now: NOW, ...holder });
      expect(explanation.verdict).toBe('refused');
      expect(explanation.faults).not.toEqual([]);
    },
  );

  test.each([null, 1, 'text', [1], [['a', 1]]])('gives headers, and not %o', (headers) => {
    const wrong = { ...message, headers: headers as never };
    const { verdict, faults } = explain(stripe, wrong, keys, { now: NOW, ...holder });
    expect(verdict).toBe('refused');
    expect(faults).not.toEqual([]);
  });

  test('names no option that there is none of', () => {
    expect(() =>
      explain(stripe, message, keys, { now: NOW, ...holder, other: 1 } as never),
    ).toThrow(TypeError);
    expect(() => explain({} as never, message, keys, { now: NOW, ...holder })).toThrow(TypeError);
  });

  test('gets data that nobody changes', () => {
    const explanation = explain(stripe, message, [], { now: NOW, ...holder });
    const frozen = [explanation, explanation.steps, explanation.faults];
    for (const one of [...frozen, ...explanation.steps, ...explanation.faults]) {
      expect(Object.isFrozen(one)).toBe(true);
    }
  });
});

test.each([
  [6, 'SIGNATURE_LENGTH'],
  [8, 'SIGNATURE_TRUNCATED'],
  [62, 'SIGNATURE_TRUNCATED'],
])('the first %i characters of a signature are %s', (count, code) => {
  const { message, keys } = simulate(stripe, { now: NOW });
  const headers = message.headers.map(([name, value]) => [
    name,
    value.replace(/(v1=)(.*)/, (_, before: string, of: string) => before + of.slice(0, count)),
  ]);
  const cut = { ...message, headers: headers as never };
  const { faults } = explain(stripe, cut, keys, { now: NOW, ...holder });
  expect(faults.map((fault) => fault.code)).toEqual([code]);
});

test('every code has words, and a fault that it explains', () => {
  // BODY_OTHER is what a changed body is where a digest stands beside it.
  const tried = new Set(['BODY_OTHER', ...injections.map(({ code }) => code as string)]);
  expect(Object.keys(FAULTS).filter((code) => !tried.has(code))).toEqual([]);
  for (const { says, advice } of Object.values(FAULTS)) {
    expect(says).toMatch(/^[A-Z`].*\.$/);
    expect(advice).toMatch(/^[A-Z].*\.$/);
  }
});

test('nothing else reaches it', async () => {
  const root = new URL('../../../', import.meta.url);
  const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    exports: Readonly<Record<string, unknown>>;
  };
  const reached = async (names: readonly string[]) => {
    const contents = names
      .map((name, i) => `export * as a${i} from 'countersign${name.slice(1)}';`)
      .join('\n');
    const { metafile } = await build({
      stdin: { contents, resolveDir: root.pathname },
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
    });
    return Object.keys(metafile.inputs).filter((path) => path.includes('/explain/'));
  };
  const others = Object.keys(exports).filter((name) => !/explain|package\.json/.test(name));
  expect(await reached(others)).toEqual([]);
  expect(await reached(['./explain'])).not.toEqual([]);
});
