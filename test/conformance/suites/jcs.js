// @ts-check
// The test data of RFC 8785's authors, https://github.com/cyberphone/json-canonicalization: texts in a
// folder `input`, what they must become in `output` and, in hexadecimal, in `outhex`; and a file of
// doubles with the text of each.
import { decodeHex, encodeHex } from 'countersign/bytes';
import { readJson, writeJson, writeJsonText } from 'countersign/canonical/json';
import { CountersignError } from 'countersign/errors';

export const name = 'JCS';

const NUMBER_LINE = /^[0-9a-f]{1,16},-?\d[-+.e\d]*$/;

/**
 * @typedef {import('../judge.js').Outcome} Outcome
 * @typedef {import('../runner.js').Case} Case
 */

/**
 * @param {import('../runner.js').File} file
 * @returns {Iterable<Case> | undefined}
 */
export function read(file) {
  if (isNumbers(file)) return numbers(file.text());
  const [, folder, title] =
    /(?:^|[/\\])(input|output|outhex)[/\\]([^/\\]+)\.\w+$/.exec(file.path) ?? [];
  const input = file.beside(`../input/${title}.json`);
  const output = file.beside(`../output/${title}.json`);
  const hex = file.beside(`../outhex/${title}.txt`);
  if (!(input && output && hex)) return undefined;
  const run = {
    input: () => same(output.octets(), writeJson(readJson(input.octets()))),
    output: () => same(output.octets(), writeJson(readJson(output.octets()))),
    outhex: () => same(decodeHex(hex.text().replaceAll(/\s/g, ''), 'lower'), output.octets()),
  }[/** @type {'input' | 'output' | 'outhex'} */ (folder)];
  return [{ id: `${folder} ${title}`, algorithm: 'canonical JSON', label: 'valid', run }];
}

/** @param {import('../runner.js').File} file */
function isNumbers(file) {
  if (!file.name.endsWith('.txt')) return false;
  const [first = ''] = file.text().split('\n', 1);
  return NUMBER_LINE.test(first);
}

/**
 * @param {string} text
 * @returns {Generator<Case>}
 */
function* numbers(text) {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [i, line] of lines.entries()) {
    yield {
      id: String(i + 1),
      algorithm: 'canonical numbers',
      label: 'valid',
      run: () => number(line),
    };
  }
}

/**
 * A double is written as the line says, and read back from it: an integer that a double can't tell
 * from its neighbours is refused there.
 * @param {string} line
 * @returns {Outcome}
 */
function number(line) {
  if (!NUMBER_LINE.test(line)) throw new Error('no double and its text');
  const [ieee754 = '', text = ''] = line.split(',');
  const value = new DataView(new BigUint64Array([BigInt(`0x${ieee754}`)]).buffer).getFloat64(
    0,
    IS_LITTLE,
  );
  const written = writeJsonText(value);
  if (written !== text) return failed(text, written);
  const isRounded = Number.isInteger(value) && !Number.isSafeInteger(value) && !text.includes('e');
  const found = readBack(text);
  const expected = isRounded ? 'ERR_JSON_NUMBER' : String(value);
  return found === expected ? { verdict: 'passed' } : failed(expected, found);
}

const IS_LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** @param {string} text */
function readBack(text) {
  try {
    const value = readJson(new TextEncoder().encode(text));
    return typeof value === 'number' ? String(value) : 'no number';
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}

/**
 * @param {Uint8Array} expected
 * @param {Uint8Array} found
 * @returns {Outcome}
 */
function same(expected, found) {
  const [a, b] = [expected, found].map((octets) => encodeHex(octets, 'lower'));
  return a === b ? { verdict: 'passed' } : failed(String(a), String(b));
}

/**
 * @param {string} expected
 * @param {string} found
 * @returns {Outcome}
 */
function failed(expected, found) {
  return { verdict: 'failed', reason: `expected ${expected}, found ${found}` };
}
