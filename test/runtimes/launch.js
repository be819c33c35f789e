// @ts-check
// How each runtime is started, and how the portable runner's report comes back from it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { bundleRunner } from './app.js';
import { MODULES } from './installed.js';

/** @typedef {import('../portable/report.js').Report} Report */

/**
 * @typedef {object} Runtime
 * @property {() => Promise<string>} version
 * @property {(app: string, engine: string) => Promise<Report>} run
 * @property {() => string | undefined} missing Why it can't be run here.
 */

const workerd = join(MODULES, '@cloudflare/workerd-linux-64/bin/workerd');
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const LONGEST_MS = 600_000;
/** The line of a runtime's output that is the report. */
const MARK = 'countersign-report ';
const PRINT = `console.log('${MARK}' + JSON.stringify(await report()));`;

/** @type {Readonly<Record<string, Runtime>>} */
export const RUNTIMES = {
  'Node 20': processRuntime('node20/bin/node', []),
  'Node 22': processRuntime('node22/bin/node', []),
  'Node 24': processRuntime('node24/bin/node', []),
  'Node 26': processRuntime('node26/bin/node', []),
  Bun: processRuntime('@oven/bun-linux-x64/bin/bun', ['run']),
  Deno: processRuntime('@deno/linux-x64-glibc/deno', ['run', '--no-prompt']),
  workerd: {
    version: () => versionOf(workerd),
    missing: () => undefined,
    async run(app) {
      // Random octets are forbidden outside of a handler: whatever draws them at import fails here.
      const main = `export default { async test() { ${PRINT} } };`;
      await bundleRunner(app, 'worker.js', main, ['workerd', 'worker', 'browser']);
      writeFileSync(join(app, 'config.capnp'), WORKERD_CONFIG);
      return reportOf(await output(workerd, ['test', join(app, 'config.capnp')], app));
    },
  },
  Chromium: {
    version: () => versionOf(chromium),
    missing: () => (existsSync(chromium) ? undefined : 'no Chromium'),
    run: inPage,
  },
};

const WORKERD_CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = ( services = [ (name = "main", worker = .w) ] );
const w :Workerd.Worker = (
  modules = [ (name = "worker.js", esModule = embed "worker.js") ],
  compatibilityDate = "2026-11-01"
);
`;

/** @type {Promise<string> | undefined} The same for all that resolve the package themselves. */
let program;

/**
 * A runtime that runs a file, resolves the package by itself and takes a condition.
 * @param {string} binary
 * @param {string[]} args
 * @returns {Runtime}
 */
function processRuntime(binary, args) {
  const path = join(MODULES, binary);
  return {
    version: () => versionOf(path),
    missing: () => undefined,
    async run(app, engine) {
      const file = await (program ??= bundleRunner(app, 'main.js', PRINT));
      // Without a condition this is what the platform chooses by itself.
      const condition = engine === 'node' ? [] : [`--conditions=countersign-${engine}`];
      return reportOf(await output(path, [...args, ...condition, file], app));
    },
  };
}

/**
 * In a page of a headless browser, from a server of this machine.
 * @param {string} app
 * @returns {Promise<Report>}
 */
async function inPage(app) {
  const script = await bundleRunner(app, 'page.js', 'globalThis.report = report;', ['browser']);
  const server = createServer(({ url }, response) => {
    const isScript = url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? readFileSync(script) : '<!doctype html><title>countersign</title>');
  });
  await new Promise((done) => void server.listen(0, '127.0.0.1', () => done(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  // Computed, since the compiler need not find what is installed for this alone.
  const playwright = join(MODULES, 'playwright-core/index.mjs');
  const { chromium: browsers } = /** @type {Playwright} */ (await import(playwright));
  const browser = await browsers.launch({ executablePath: chromium, chromiumSandbox: false });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(LONGEST_MS);
    await page.goto(`http://127.0.0.1:${address.port}/`);
    await page.addScriptTag({ url: '/page.js', type: 'module' });
    return /** @type {Report} */ (await page.evaluate('globalThis.report()'));
  } finally {
    await browser.close();
    server.close();
  }
}

/**
 * @typedef {object} Page
 * @property {(ms: number) => void} setDefaultTimeout
 * @property {(url: string) => Promise<unknown>} goto
 * @property {(tag: { url: string, type: string }) => Promise<unknown>} addScriptTag
 * @property {(expression: string) => Promise<unknown>} evaluate
 */

/** @typedef {{ newPage: () => Promise<Page>, close: () => Promise<void> }} Browser */
/** @typedef {{ executablePath: string, chromiumSandbox: boolean }} LaunchOptions */
/** @typedef {{ chromium: { launch: (options: LaunchOptions) => Promise<Browser> } }} Playwright */

/** @param {string} text */
function reportOf(text) {
  const line = text.split('\n').find((one) => one.includes(MARK));
  if (line === undefined) throw new Error('it printed no report');
  return /** @type {Report} */ (JSON.parse(line.slice(line.indexOf(MARK) + MARK.length)));
}

/** @param {string} binary */
async function versionOf(binary) {
  const [version] = /\d[\d.-]+\d/.exec(await output(binary, ['--version'])) ?? [];
  if (version === undefined) throw new Error(`${binary} says no version`);
  return version;
}

/**
 * What a program prints; its errors are ours if it fails.
 * @param {string} binary
 * @param {string[]} args
 * @param {string} [cwd]
 * @returns {Promise<string>}
 */
function output(binary, args, cwd = dirname(binary)) {
  return new Promise((done, reject) => {
    const env = { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' };
    const child = spawn(binary, args, { cwd, env, timeout: LONGEST_MS, killSignal: 'SIGKILL' });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (err += text));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      if (status === 0) done(out);
      else reject(new Error(`ended with ${status ?? signal}: ${err}`));
    });
  });
}
