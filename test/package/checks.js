// @ts-check
// What the parts of the package test share: checks that are counted, and programs that are run.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const AT_ONCE = 2;
/** Of what a failed check says; a compiler that has lost its way says thousands. */
const MOST_LINES = 30;

export const counts = { passed: 0, failed: 0 };

/**
 * A body that throws has failed; what it returns is printed beside the title.
 * @param {string} title
 * @param {() => unknown} body
 */
export async function check(title, body) {
  try {
    const remark = await body();
    counts.passed += 1;
    console.log(`ok      ${title}${typeof remark === 'string' ? `: ${remark}` : ''}`);
  } catch (error) {
    counts.failed += 1;
    const text = error instanceof Error ? error.message : String(error);
    console.log(`FAILED  ${title}\n${text.split('\n').slice(0, MOST_LINES).join('\n')}`);
  }
}

/**
 * Two at a time, in order.
 * @template T
 * @param {readonly T[]} list
 * @param {(one: T) => Promise<void>} body
 */
export async function each(list, body) {
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < list.length) await body(/** @type {T} */ (list[next++]));
    }),
  );
}

/**
 * Runs a program and gives what it printed; anything but exit status 0 throws, with all of it. The
 * conditions of whoever runs the test don't reach it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<string>}
 */
export function run(program, args, cwd) {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...env, NO_COLOR: '1' }, maxBuffer: 2 ** 26 };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`));
    });
  });
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export function node(args, cwd) {
  return run(process.execPath, args, cwd);
}

/**
 * Every file, with slashes, from the folder on.
 * @param {string} folder
 */
export function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();
}
