// @ts-check
// The runtimes are binary packages, 1.1 GB.
import { fileURLToPath } from 'node:url';
import { install } from '../installed.js';

const folder = fileURLToPath(new URL('./', import.meta.url));

/** Where the packages are. */
export const MODULES = `${folder}node_modules/`;

/** Installs them if they are not there. */
export function installRuntimes() {
  install(folder);
}
