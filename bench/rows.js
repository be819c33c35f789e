// @ts-check
// What a run found, as rows: one for each subject of each case. Aims are judged here.

/** @typedef {import('./case.js').Result} Result */
/** @typedef {import('./case.js').Role} Role */
/** @typedef {import('./case.js').Case} Case */

/**
 * @typedef {object} Row
 * @property {string} suite
 * @property {string} case
 * @property {string} subject
 * @property {Role} role
 * @property {number | null} size
 * @property {'octets' | 'keys'} unit of the size
 * @property {number | null} opsPerSec null where it was not timed
 * @property {number} rounds
 * @property {number | null} spread
 * @property {number | null} ratioToFloor to the reference floor
 * @property {number | null} ratioToPhysical
 * @property {number | null} ratioToBestPeer
 * @property {string} [missing] why a peer is not there
 * @property {string} [wrong] what is wrong with its answers
 */

/**
 * An aim as it came out. `alone` is the ratio of the pair in a process of its own, with which a
 * miss among all subjects is measured again: it decides, since neighbours disturb.
 * @typedef {object} Verdict
 * @property {string} suite
 * @property {string} case
 * @property {number | null} size
 * @property {string} against
 * @property {number} least
 * @property {number} ratio
 * @property {number | null} alone
 * @property {boolean} met
 */

/**
 * @param {string} suite
 * @param {Case} given
 * @param {readonly Result[]} results
 * @returns {Row[]}
 */
export function rowsOf(suite, given, results) {
  const timed = results.filter(({ opsPerSec }) => opsPerSec !== undefined);
  const reference = timed.find(({ role }) => role === 'reference');
  const physical = timed.find(({ role }) => role === 'physical');
  const peers = timed.filter(({ role }) => role === 'peer');
  const best = peers.toSorted((a, b) => (b.opsPerSec ?? 0) - (a.opsPerSec ?? 0))[0];
  return results.map((result) => ({
    suite,
    case: given.name,
    subject: result.name,
    role: result.role,
    size: given.size ?? null,
    unit: given.unit ?? 'octets',
    opsPerSec: result.opsPerSec ?? null,
    rounds: result.rounds ?? 0,
    spread: result.spread ?? null,
    ratioToFloor: ratio(result, reference),
    ratioToPhysical: ratio(result, physical),
    ratioToBestPeer: ratio(result, best),
    ...(result.missing === undefined ? {} : { missing: result.missing }),
    ...(result.wrong === undefined ? {} : { wrong: result.wrong }),
  }));
}

/**
 * @param {string} suite
 * @param {Case} given
 * @param {readonly Result[]} results
 * @param {((subjects: readonly string[]) => Promise<Result[]>) | undefined} again
 * @returns {Promise<Verdict[]>}
 */
export async function verdictsOf(suite, given, results, again) {
  const verdicts = [];
  for (const { against, least } of given.aims ?? []) {
    const [ours, other] = pairOf(results, against);
    const among = ours?.ratios?.[other?.name ?? ''];
    if (other === undefined) throw new Error(`${given.name}: an aim against nobody: ${against}`);
    if (ours === undefined || among === undefined) continue; // one of them was not timed
    let alone = null;
    if (again !== undefined) {
      const pair = await again([ours.name, other.name]);
      alone = pair.find(({ name }) => name === ours.name)?.ratios?.[other.name] ?? null;
    }
    const met = among >= least || (alone ?? 0) >= least;
    const size = given.size ?? null;
    verdicts.push({ suite, case: given.name, size, against, least, ratio: among, alone, met });
  }
  return verdicts;
}

/** Ours and what it is compared with. @param {readonly Result[]} results @param {string} against */
function pairOf(results, against) {
  const ours = results.find(({ role }) => role === 'ours');
  return [ours, results.find(({ name, role }) => name === against || role === against)];
}

/** @param {Result} result @param {Result | undefined} other */
function ratio(result, other) {
  return result.ratios?.[other?.name ?? ''] ?? null;
}
