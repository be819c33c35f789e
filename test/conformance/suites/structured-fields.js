// @ts-check
// Structured fields, https://github.com/httpwg/structured-field-tests: a file is an array of records
// that have a `header_type`. What is read is compared as the records write it, and written again.
import {
  readDictionary,
  readItem,
  readList,
  writeDictionary,
  writeItem,
  writeList,
} from 'countersign/canonical/structured-fields';
import { CountersignError } from 'countersign/errors';

export const name = 'structured fields';

/**
 * @typedef {{ name: string, header_type: string, raw?: string[], expected?: unknown, canonical?: string[], must_fail?: boolean, can_fail?: boolean }} Test
 * @typedef {import('countersign/canonical/structured-fields').BareItem} BareItem
 * @typedef {import('countersign/canonical/structured-fields').Member} Member
 * @typedef {import('countersign/canonical/structured-fields').Item} Item
 * @typedef {import('../judge.js').Outcome} Outcome
 * @typedef {[unknown, [string, unknown][]]} Pair
 */

/**
 * @param {import('../runner.js').File} file
 * @returns {Iterable<import('../runner.js').Case> | undefined}
 */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const content = file.json();
  if (!Array.isArray(content) || content.length === 0) return undefined;
  const records = /** @type {unknown[]} */ (content);
  const areTests = records.every(
    (record) => typeof record === 'object' && record !== null && 'header_type' in record,
  );
  if (!areTests) return undefined;
  const tests = /** @type {Test[]} */ (records);
  return tests.map((test, i) => {
    const { must_fail: mustFail = false, can_fail: canFail = false } = test;
    const label = mustFail ? 'invalid' : canFail ? 'acceptable' : 'valid';
    const algorithm = `structured ${test.header_type}`;
    return { id: `${i} ${test.name}`, algorithm, label, run: () => run(test) };
  });
}

/** @param {Test} test @returns {Outcome} */
function run(test) {
  const { header_type: type, raw, expected } = test;
  const { must_fail: mustFail = false, can_fail: canFail = false } = test;
  /** @type {unknown} */
  let value;
  try {
    value = raw === undefined ? valueOf(type, expected) : readOf(type, raw);
    if (raw === undefined) {
      const text = write(type, value);
      return mustFail ? failed('a refusal', text) : same(lines(test), text);
    }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    if (mustFail) return { verdict: 'passed' };
    return canFail ? { verdict: 'passed', choice: 'refused' } : failed('a value', error.code);
  }
  if (mustFail) return failed('a refusal', JSON.stringify(shown(type, value)));
  const outcome = same(JSON.stringify(expected), JSON.stringify(shown(type, value)));
  if (outcome.verdict === 'failed') return outcome;
  const choice = canFail ? { choice: 'taken' } : {};
  return { ...same(lines(test), write(type, value)), ...choice };
}

/** The one text that a value has; an empty one has none, and the field is left out. @param {Test} test */
function lines({ canonical, raw = [] }) {
  return (canonical ?? raw).join('\n');
}

/** @param {string} type @param {string[]} raw */
function readOf(type, raw) {
  if (type === 'item') return readItem(raw);
  return type === 'list' ? readList(raw) : readDictionary(raw);
}

/** @param {string} type @param {unknown} value */
function write(type, value) {
  if (type === 'item') return writeItem(/** @type {Item} */ (value));
  const isEmpty = Object.keys(/** @type {object} */ (value)).length === 0;
  if (isEmpty) return '';
  return type === 'list'
    ? writeList(/** @type {Member[]} */ (value))
    : writeDictionary(/** @type {Record<string, Member>} */ (value));
}

/** What was read, as the records have it. @param {string} type @param {unknown} value @returns {unknown} */
function shown(type, value) {
  if (type === 'item') return shownMember(/** @type {Item} */ (value));
  if (type === 'list') return /** @type {Member[]} */ (value).map(shownMember);
  const members = Object.entries(/** @type {Record<string, Member>} */ (value));
  return members.map(([key, member]) => [key, shownMember(member)]);
}

/** @param {Member} member @returns {Pair} */
function shownMember(member) {
  const params = Object.entries(member.params ?? {}).map(
    ([key, value]) => /** @type {[string, unknown]} */ ([key, shownBare(value)]),
  );
  return ['items' in member ? member.items.map(shownMember) : shownBare(member.value), params];
}

/** @param {BareItem} value @returns {unknown} */
function shownBare(value) {
  if (value instanceof Uint8Array) return { __type: 'binary', value: base32(value) };
  if (typeof value !== 'object') return value;
  if (value.type === 'decimal') return value.value;
  return { __type: value.type === 'display' ? 'displaystring' : value.type, value: value.value };
}

/** What a record has, as a value. @param {string} type @param {unknown} expected @returns {unknown} */
function valueOf(type, expected) {
  if (type === 'item') return memberOf(/** @type {Pair} */ (expected));
  if (type === 'list') return /** @type {Pair[]} */ (expected).map(memberOf);
  const pairs = /** @type {[string, Pair][]} */ (expected);
  return Object.fromEntries(pairs.map(([key, pair]) => [key, memberOf(pair)]));
}

/** @param {Pair} pair @returns {Member} */
function memberOf([value, pairs]) {
  const params = Object.fromEntries(pairs.map(([key, one]) => [key, bareOf(one)]));
  if (!Array.isArray(value)) return { value: bareOf(value), params };
  return {
    items: /** @type {Item[]} */ (value.map((one) => memberOf(/** @type {Pair} */ (one)))),
    params,
  };
}

/** A number with a fraction is a Decimal. @param {unknown} value @returns {BareItem} */
function bareOf(value) {
  if (typeof value === 'number' && !Number.isInteger(value)) return { type: 'decimal', value };
  if (typeof value !== 'object' || value === null) return /** @type {BareItem} */ (value);
  const { __type: type, value: inner } = /** @type {{ __type: string, value: never }} */ (value);
  if (type === 'binary') throw new Error('no octets are written from these records');
  return /** @type {BareItem} */ ({
    type: type === 'displaystring' ? 'display' : type,
    value: inner,
  });
}

/** RFC 4648, section 6. @param {Uint8Array} octets */
function base32(octets) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(octets, (octet) => octet.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  const text = groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
}

/** @param {string} expected @param {string} found @returns {Outcome} */
function same(expected, found) {
  return expected === found ? { verdict: 'passed' } : failed(expected, found);
}

/** @param {string} expected @param {string} found @returns {Outcome} */
function failed(expected, found) {
  return { verdict: 'failed', reason: `expected ${expected}, found ${found}` };
}
