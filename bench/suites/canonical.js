// @ts-check
// Canonical JSON: written as text and as octets, and read. Orders grow by their items.
import { randomBytes, randomInt } from 'node:crypto';
import { encodeUtf8 } from 'countersign/bytes';
import { readJson, writeJson, writeJsonText } from 'countersign/canonical/json';
import { defineCase, peer } from '../case.js';
import { MESSAGES, TAMPERED } from '../inputs.js';
import { canonicalize, jsonCanonicalize } from '../peers/json.js';

/** @typedef {Record<string, unknown>} Value */
/** @typedef {{ value: Value, octets: Uint8Array, text: string }} Input */
/** @typedef {{ name: string, size: number, make: (size: number) => Value }} Shape */
/** @typedef {{ plain: unknown }} Plain what the platform made, in the order that it found */

const KIB = 1024;
const SMALL = [400, KIB, 4 * KIB, 16 * KIB];
/** No curve: the time is the garbage collector's, in the reference as in ours. */
const LARGE = [256 * KIB, KIB * KIB];
/** Inputs that take turns; fewer where 64 of them would fill the memory. */
const FEW = 4;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @type {readonly Shape[]} */
const ORDERS = [
  ...SMALL.map((size) => ({ name: 'order', size, make: order })),
  ...LARGE.map((size) => ({ name: 'order of many items', size, make: order })),
];
/** @type {readonly Shape[]} */
const SHAPES = [
  { name: 'claims of a token', size: 250, make: claims },
  { name: 'one level, 40 names', size: KIB, make: flat },
  { name: 'text with escapes', size: KIB, make: escaped },
  { name: 'numbers', size: KIB, make: numbers },
];

export const suite = {
  title: 'Canonical JSON',
  about:
    'Reference: `JSON.stringify`, which keeps the order that it finds and looks at nothing, and ' +
    '`JSON.parse` of text that a fatal decoder gave. Ours sorts, and refuses what has no JSON; ' +
    'reading, it refuses names twice, rounded integers and halves of surrogate pairs.',
  cases: [
    ...[...ORDERS, ...SHAPES].map(textCase),
    ...ORDERS.map(octetsCase),
    ...[...ORDERS, ...SHAPES].map(readCase),
  ],
};

/** @param {Shape} shape */
function textCase(shape) {
  const isTypical = shape.make === order && shape.size === SMALL[0];
  return defineCase({
    name: `write text, ${shape.name}`,
    size: shape.size,
    quick: isTypical,
    aims: isTypical
      ? [
          { least: 0.75, against: 'reference' },
          { least: 2.5, against: 'json-canonicalize' },
          { least: 3, against: 'canonicalize' },
        ]
      : [],
    async build() {
      const inputs = inputsOf(shape);
      return {
        inputs,
        tampered: tamperedOf(inputs),
        isRight: (result, { text, value }) =>
          isPlain(result) ? result.plain === JSON.stringify(value) : result === text,
        subjects: [
          { name: 'countersign', role: 'ours', run: ({ value }) => writeJsonText(value) },
          {
            name: 'reference',
            role: 'reference',
            run: ({ value }) => ({ plain: JSON.stringify(value) }),
          },
          peer(
            'json-canonicalize',
            await jsonCanonicalize(),
            (write) =>
              ({ value }) =>
                write(value),
          ),
          peer(
            'canonicalize',
            await canonicalize(),
            (write) =>
              ({ value }) =>
                write(value),
          ),
        ],
      };
    },
  });
}

/** @param {Shape} shape */
function octetsCase(shape) {
  return defineCase({
    name: `write octets, ${shape.name}`,
    size: shape.size,
    async build() {
      const inputs = inputsOf(shape);
      const encoded =
        (/** @type {import('../peers/json.js').Canonicalize} */ write) =>
        (/** @type {Input} */ { value }) =>
          encoder.encode(write(value));
      return {
        inputs,
        tampered: tamperedOf(inputs),
        isRight: (result, { text, value }) =>
          isPlain(result) ? isText(result.plain, JSON.stringify(value)) : isText(result, text),
        subjects: [
          { name: 'countersign', role: 'ours', run: ({ value }) => writeJson(value) },
          {
            name: 'reference',
            role: 'reference',
            run: ({ value }) => ({ plain: encoder.encode(JSON.stringify(value)) }),
          },
          peer('json-canonicalize', await jsonCanonicalize(), encoded),
          peer('canonicalize', await canonicalize(), encoded),
        ],
      };
    },
  });
}

/** @param {Shape} shape */
function readCase(shape) {
  const isTypical = shape.make === order && shape.size === SMALL[0];
  return defineCase({
    name: `read, ${shape.name}`,
    size: shape.size,
    quick: isTypical,
    aims: readAims(shape),
    build() {
      const inputs = inputsOf(shape);
      return {
        inputs,
        tampered: tamperedOf(inputs),
        isRight: (result, { value }) => JSON.stringify(result) === JSON.stringify(value),
        subjects: [
          { name: 'countersign', role: 'ours', run: ({ octets }) => readJson(octets) },
          {
            name: 'reference',
            role: 'reference',
            run: ({ octets }) => /** @type {unknown} */ (JSON.parse(decoder.decode(octets))),
          },
        ],
      };
    },
  });
}

/** What arrives mostly: callbacks and tokens. And what is large must not take ages. @param {Shape} shape */
function readAims({ size, make }) {
  if (size === KIB * KIB) return [{ least: 0.25, against: 'reference' }];
  const isTypical = size <= KIB && (make === order || make === claims);
  return isTypical ? [{ least: 0.5, against: 'reference' }] : [];
}

/**
 * Values of a shape in the order that an application makes them, their text as it arrives, and their
 * canonical text by the naive way.
 * @param {Shape} shape
 * @returns {Input[]}
 */
function inputsOf({ size, make }) {
  return Array.from({ length: size > 16 * KIB ? FEW : MESSAGES }, () => inputOf(make(size)));
}

/** @param {Value} value @returns {Input} */
function inputOf(value) {
  return { value, octets: encodeUtf8(JSON.stringify(value)), text: naive(value) };
}

/** The first inputs again with another member. @param {readonly Input[]} inputs */
function tamperedOf(inputs) {
  return inputs.slice(0, TAMPERED).map(({ value }) => inputOf({ ...value, tampered: true }));
}

/** @param {unknown} value @returns {string} */
function naive(value) {
  if (Array.isArray(value)) return `[${value.map(naive).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${naive(one)}`).join(',')}}`;
}

/** @param {unknown} result @returns {result is Plain} */
function isPlain(result) {
  return typeof result === 'object' && result !== null && 'plain' in result;
}

/** @param {unknown} octets @param {string} text */
function isText(octets, text) {
  return octets instanceof Uint8Array && decoder.decode(octets) === text;
}

/** A payment with as many items as fit, filled up. @param {number} size @returns {Value} */
function order(size) {
  /** @type {Value[]} */
  const items = [];
  const value = {
    id: `ord_${randomBytes(6).toString('hex')}`,
    method: 'card',
    created: 1_800_000_000 + randomInt(1_000_000),
    amount: { value: `${randomInt(100_000)}.90`, currency: 'EUR' },
    customer: { name: 'Anna Muster', id: `cus_${randomInt(10_000)}`, email: 'anna@example.com' },
    items,
    capture: true,
    metadata: { session: randomBytes(4).toString('hex'), channel: 'web' },
    note: '',
  };
  const start = JSON.stringify(value).length;
  for (let room = size - start; room > 80;) {
    const item = { sku: `S-${items.length}`, name: 'Coffee beans', quantity: 2, price: 2450 };
    items.push(item);
    room -= JSON.stringify(item).length + 1;
  }
  value.note = 'n'.repeat(Math.max(0, size - JSON.stringify(value).length));
  return value;
}

/** @returns {Value} */
function claims() {
  const now = 1_800_000_000 + randomInt(1_000_000);
  return {
    iss: 'https://issuer.example',
    sub: `user-${randomInt(1_000_000)}`,
    aud: ['https://api.example/payments'],
    exp: now + 300,
    nbf: now,
    iat: now,
    jti: randomBytes(16).toString('hex'),
    scope: 'payments:write payments:read',
  };
}

/** @returns {Value} */
function flat() {
  const names = Array.from({ length: 40 }, (_, i) => `field_${(i * 17) % 40}`);
  return Object.fromEntries(names.map((name) => [name, randomBytes(6).toString('hex')]));
}

/** @returns {Value} */
function escaped() {
  const lines = Array.from(
    { length: 8 },
    (_, i) => `line ${i}: "Z\u00fcrich"\n\u20ac ${randomInt(999)}\t\u{1f600}`,
  );
  return { text: lines.join('\r\n'), lines, path: 'C:\\orders\\1' };
}

/** @returns {Value} */
function numbers() {
  return {
    numbers: Array.from({ length: 90 }, (_, i) => randomInt(1_000_000) / (i % 3 === 0 ? 1 : 128)),
  };
}
