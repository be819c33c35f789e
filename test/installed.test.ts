// What a command installs for itself when it is first run.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { install } from './installed.js';

let folder: string;
const write = (name: string, content: object): void =>
  writeFileSync(join(folder, name), JSON.stringify(content));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-install-'));
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

test('packages are installed if they are not there, all of them', () => {
  mkdirSync(join(folder, 'it'));
  write('it/package.json', { name: 'it', version: '1.0.0' });
  const root = { dependencies: { it: 'file:it' } };
  write('package.json', root);
  const linked = { 'node_modules/it': { resolved: 'it', link: true }, it: { version: '1.0.0' } };
  write('package-lock.json', { lockfileVersion: 3, packages: { '': root, ...linked } });
  mkdirSync(join(folder, 'node_modules')); // an installation that was cut short
  install(folder);
  const installed = join(folder, 'node_modules/it/package.json');
  expect(existsSync(installed)).toBe(true);
  // Once is enough.
  rmSync(join(folder, 'package-lock.json'));
  install(folder);
  expect(console.log).toHaveBeenCalledTimes(1);
});
