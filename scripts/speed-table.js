// @ts-check
// The README's table of speed, from the last whole run of the bench: ours, and how many times as
// fast as the floor and as the best peer. With --write it goes between the README's markers.
import { readRecord } from '../bench/record.js';
import { count, digits, title } from '../bench/report/text.js';
import { printOrWrite } from './readme-table.js';

/** @typedef {import('../bench/rows.js').Row} Row */

/** What a reader asks about first: suite, case, size. */
const SHOWN = /** @type {const} */ ([
  ['MAC', 'HMAC-SHA-256 verify', 64],
  ['MAC', 'HMAC-SHA-256 verify', 1024],
  ['Callbacks by hand', 'sha256=hex, verify only', 1024],
  ['Callbacks by hand', 't=seconds,v1=hex, verify only', 1024],
  ['Signatures', 'RSA 2048 PKCS#1 SHA-256 sign', null],
  ['Signatures', 'RSA 2048 PKCS#1 SHA-256 verify', null],
  ['Signatures', 'ECDSA P-256 sign', null],
  ['Signatures', 'ECDSA P-256 verify', null],
  ['Signatures', 'Ed25519 sign', null],
  ['Signatures', 'Ed25519 verify', null],
  ['AES-256-GCM', 'AES-256-GCM seal', 16],
  ['AES-256-GCM', 'AES-256-GCM open', 16],
]);

const { rows } = readRecord();
const lines = SHOWN.map(([suite, name, size]) => {
  const all = rows.filter((row) => row.suite === suite && row.case === name && row.size === size);
  const ours = all.find(({ role }) => role === 'ours');
  if (ours === undefined || ours.opsPerSec === null) {
    throw new Error(`bench/last.json has no ${name}: run the bench with --record`);
  }
  const cells = [
    title(ours),
    `${count(ours.opsPerSec)}/s`,
    ratio(ours.ratioToFloor),
    best(ours, all),
  ];
  return `| ${cells.join(' | ')} |`;
});

printOrWrite(
  'speed',
  [
    '<!-- prettier-ignore -->',
    '| Job | Calls | × `node:crypto` by hand | × best peer |',
    '| --- | ---: | ---: | --- |',
    ...lines,
  ].join('\n'),
);

/** @param {Row} ours @param {readonly Row[]} all */
function best(ours, all) {
  const peers = all.filter(({ role, opsPerSec }) => role === 'peer' && opsPerSec !== null);
  const [fastest] = peers.toSorted((a, b) => (b.opsPerSec ?? 0) - (a.opsPerSec ?? 0));
  return fastest === undefined ? '–' : `${ratio(ours.ratioToBestPeer)} (${fastest.subject})`;
}

/** @param {number | null} value */
function ratio(value) {
  return value === null ? '–' : digits(value);
}
