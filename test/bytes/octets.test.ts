import { runInNewContext, runInThisContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choice, fields, integer, octets, text, typeName } from '../../src/bytes/octets.js';
import { refusal } from './support.js';

const RESIZABLE = 'new ArrayBuffer(8, { maxByteLength: 16 })';
const SHARED = 'new SharedArrayBuffer(8)';
const GROWABLE = 'new SharedArrayBuffer(8, { maxByteLength: 16 })';

/** Evaluated in this realm and in another. */
function inBothRealms(expression: string): unknown[] {
  return [runInThisContext(expression), runInNewContext(expression)];
}

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  return 'accepted';
}

describe('octets', () => {
  test('gives back a Uint8Array of this realm as it is', () => {
    for (const value of [new Uint8Array(0), Uint8Array.of(1, 2).subarray(1)]) {
      expect(octets(value, 'key')).toBe(value);
    }
  });

  test('gives back a plain view on the memory of a Buffer or of any subclass', () => {
    class Lying extends Uint8Array {
      override get length(): number {
        return 1;
      }
    }
    const lying = new Lying(3);
    const own = Object.defineProperty(Uint8Array.of(1, 2, 3), 'length', { value: 1 });
    const orphan = Object.setPrototypeOf(Uint8Array.of(1, 2, 3), null) as Uint8Array;
    for (const value of [Buffer.from('abc'), lying, own, orphan]) {
      const plain = octets(value, 'key');
      expect(Object.getPrototypeOf(plain)).toBe(Uint8Array.prototype);
      expect(plain.length).toBe(3);
    }
    const buffer = Buffer.from('abc');
    expect(octets(buffer, 'key').buffer).toBe(buffer.buffer);
  });

  test('puts the octets of another realm under the prototype of this one', () => {
    const foreign = runInNewContext('Uint8Array.of(9, 1, 2, 9).subarray(1, 3)') as Uint8Array;
    const ours = octets(foreign, 'key');
    expect(foreign).not.toBeInstanceOf(Uint8Array);
    expect(Object.getPrototypeOf(ours)).toBe(Uint8Array.prototype);
    expect(ours).toEqual(Uint8Array.of(1, 2));
    expect(ours.buffer).toBe(foreign.buffer);
  });

  test.each([
    ['no object', ['undefined', 'null', 'true', '1', '1n', "'ab'", "Symbol('ab')", 'Uint8Array']],
    ['no typed array', ['{}', '[1, 2]', 'Object("ab")', '{ 0: 1, length: 1 }']],
    ['memory without a view', ['new ArrayBuffer(2)', SHARED]],
    ['a view of signed octets', ['new Int8Array(2)']],
    ['a view that clamps', ['new Uint8ClampedArray(2)']],
    ['a view of no one type', ['new DataView(new ArrayBuffer(2))']],
    [
      'a view of larger numbers',
      ['new Uint16Array(2)', 'new Float64Array(2)', 'new BigInt64Array(2)'],
    ],
  ])('refuses %s, of this realm and another', (_kind, expressions) => {
    for (const value of expressions.flatMap((expression) => inBothRealms(`(${expression})`))) {
      expect(refusal(() => octets(value, 'key'))).toBe('TypeError: key');
    }
  });

  test.each([SHARED, GROWABLE, RESIZABLE])(
    'refuses a view on %s, of this realm and another',
    (memory) => {
      for (const view of [`new Uint8Array(${memory})`, `new Uint8Array(${memory}, 2, 4)`]) {
        for (const value of inBothRealms(view)) {
          expect(refusal(() => octets(value, 'key'))).toBe('TypeError: key');
        }
      }
    },
  );

  test('refuses a Buffer on shared memory', () => {
    const buffer = Buffer.from(new SharedArrayBuffer(8));
    expect(refusal(() => octets(buffer, 'key'))).toBe('TypeError: key');
  });

  test('is not taken in by Symbol.toStringTag', () => {
    const tag = { value: 'Uint8Array' };
    for (const value of [{}, [1], new Int8Array(2), new DataView(new ArrayBuffer(2))]) {
      Object.defineProperty(value, Symbol.toStringTag, tag);
      expect(refusal(() => octets(value, 'key'))).toBe('TypeError: key');
    }
  });

  // These two rules of the module's text do not hold yet; drop `.fails` when they do.
  test('is not taken in by a prototype or a Proxy', () => {
    const own = { buffer: { value: new ArrayBuffer(2) }, length: { value: 2 } };
    const get = (target: object, key: PropertyKey): unknown => Reflect.get(target, key);
    for (const value of [
      Object.create(Uint8Array.prototype),
      Object.create(Uint8Array.prototype, own),
      Object.setPrototypeOf(new Uint8ClampedArray(2), Uint8Array.prototype),
      Object.setPrototypeOf(new Int8Array(2), Uint8Array.prototype),
      new Proxy(new Uint8Array(2), { get }),
    ] as unknown[]) {
      expect(refusal(() => octets(value, 'key'))).toBe('TypeError: key');
    }
  });

  test('is not taken in by properties that hide shared or resizable memory', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(8));
    Object.defineProperty(shared, 'buffer', { value: new ArrayBuffer(8) });
    const views = (inBothRealms(RESIZABLE) as ArrayBuffer[]).map((memory) => {
      Object.defineProperty(memory, 'resizable', { value: false });
      return new Uint8Array(memory);
    });
    for (const value of [shared, ...views]) {
      expect(refusal(() => octets(value, 'key'))).toBe('TypeError: key');
    }
  });

  test('names the argument and the type found, and nothing of the value', () => {
    const found = (value: unknown): string => messageOf(() => octets(value, 'key'));
    expect(found('sk_live_1')).toBe('TypeError: key: expected a Uint8Array, found string');
    expect(found(['sk_live_1'])).toBe('TypeError: key: expected a Uint8Array, found an array');
    expect(found(Symbol('sk_live_1'))).toBe('TypeError: key: expected a Uint8Array, found symbol');
    expect(found(Int8Array.of(42))).toBe('TypeError: key: expected a Uint8Array, found Int8Array');
    const secret = { toString: () => 'sk_live_1', [Symbol.toStringTag]: 'sk_live_1' };
    expect(found(secret)).toBe('TypeError: key: expected a Uint8Array, found an object');
    const shared = new Uint8Array(new SharedArrayBuffer(1)).fill(42);
    expect(found(shared)).toMatch(/^TypeError: key: .* found shared or resizable memory$/);
  });
});

describe('text', () => {
  test('gives back a string as it is', () => {
    expect(text('', 'key')).toBe('');
    expect(text('\ud800', 'key')).toBe('\ud800');
  });

  test('refuses everything else', () => {
    const others = [
      undefined,
      null,
      1,
      1n,
      true,
      Symbol('a'),
      Object('a'),
      ['a'],
      { toString: text },
    ];
    for (const value of others) expect(refusal(() => text(value, 'key'))).toBe('TypeError: key');
  });
});

describe('integer', () => {
  test('takes both bounds and what lies between', () => {
    for (const value of [-2, 0, 3]) expect(integer(value, 'size', -2, 3)).toBe(value);
    expect(integer(2 ** 53 - 1, 'size', 0, 2 ** 53)).toBe(2 ** 53 - 1);
  });

  test('refuses what is outside, no integer or no number', () => {
    const others = [-3, 4, 0.5, NaN, Infinity, -Infinity, 1n, '1', [1], Object(1), null, undefined];
    for (const value of others) {
      expect(refusal(() => integer(value, 'size', -2, 3))).toBe('TypeError: size');
    }
  });

  test('refuses what no longer is one exact integer', () => {
    expect(refusal(() => integer(2 ** 53, 'size', 0, 2 ** 60))).toBe('TypeError: size');
  });

  test('does not print the number', () => {
    expect(messageOf(() => integer(4242, 'size', 0, 3))).not.toContain('4242');
  });
});

describe('choice', () => {
  test('takes each of the choices', () => {
    expect(choice('a', 'case', ['a', 'b'])).toBe('a');
    expect(choice('b', 'case', ['a', 'b'])).toBe('b');
  });

  test('refuses everything else', () => {
    for (const value of ['c', 'A', '', 'length', Object('a'), ['a'], 0, null, undefined]) {
      expect(refusal(() => choice(value, 'case', ['a', 'b']))).toBe('TypeError: case');
    }
  });

  test('lists the choices and does not print the text', () => {
    expect(messageOf(() => choice('sk_live_1', 'case', ['a', 'b']))).toBe(
      "TypeError: case: expected 'a' or 'b', found another string",
    );
  });
});

describe('fields', () => {
  test('gives back an object as it is', () => {
    const options = { size: 1 };
    expect(fields(options, 'options', 'a size')).toBe(options);
  });

  test('refuses what has no fields, and says what they should be', () => {
    for (const value of [undefined, null, 1, 'ab', 1n, true, () => 1]) {
      expect(refusal(() => fields(value as never, 'options', 'a size'))).toBe('TypeError: options');
    }
    expect(messageOf(() => fields('sk_live_1' as never, 'options', 'a size'))).toBe(
      'TypeError: options: expected a size, found string',
    );
  });
});

describe('typeName', () => {
  test('is one of a closed list, whatever the value', () => {
    const names =
      /^(null|undefined|boolean|number|string|bigint|symbol|function|an array|an object)$/;
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
        expect(typeName(value)).toMatch(names);
      }),
    );
  });

  test('tells null and arrays from objects', () => {
    expect([null, [], {}].map(typeName)).toEqual(['null', 'an array', 'an object']);
  });

  test('names typed arrays of every realm', () => {
    for (const value of inBothRealms('new Float32Array(1)')) {
      expect(typeName(value)).toBe('Float32Array');
    }
  });
});
