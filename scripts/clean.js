// @ts-check
// Empties dist/, so that no module of an earlier build is packed or imported.
import { rmSync } from 'node:fs';

rmSync(new URL('../dist/', import.meta.url), { recursive: true, force: true });
