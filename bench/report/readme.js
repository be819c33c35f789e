// @ts-check
// bench/README.md, all of it made from a run.
import { chartsOf } from './charts.js';
import { count, digits, title } from './text.js';

/** @typedef {import('../rows.js').Row} Row */
/** @typedef {import('../record.js').Record} Record */

/**
 * @param {Record} record
 * @param {readonly { name: string, source: string }[]} floors the files of the floors
 */
export function readmeOf(record, floors) {
  const { about, rows } = record;
  const suites = [...new Set(rows.map(({ suite }) => suite))];
  const charts = chartsOf(record);
  const growth = charts.filter(({ name }) => name.startsWith('growth-'));
  return [
    HEAD,
    `## The last whole run\n\n${aboutText(record)}`,
    `### Aims\n\n${aimsTable(record)}`,
    ...suites.map((suite) => {
      const chart = charts.find(({ alt }) => alt.startsWith(`${suite}:`));
      const own = rows.filter((one) => one.suite === suite);
      return [
        `### ${suite}`,
        record.suites[suite] ?? '',
        ...(chart === undefined ? [] : [image(chart)]),
        suiteTable(own),
      ].join('\n\n');
    }),
    `### Growth\n\n${GROWTH}\n\n${growth.map(image).join('\n\n')}\n\n${growthTable(record)}`,
    `### Memory\n\n${MEMORY}\n\n${memoryTable(record)}`,
    `## The floors\n\n${floors.map(quoted).join('\n\n')}`,
    `Peers: ${Object.entries(about.versions)
      .filter(([name]) => name !== 'countersign')
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
    '',
  ].join('\n\n');
}

const HEAD = `<!-- Made by \`npm run bench -- --peers --record\`; change bench/report/readme.js instead. -->

# Speed

\`\`\`sh
npm run bench -- --peers
\`\`\`

builds, installs the peers into \`bench/peers\`, and measures. \`--quick\` takes less than 30 seconds,
\`--only NAME\` some of it, \`--json FILE\` writes the rows, \`--gate\` fails on a missed aim, \`--record\`
writes this page, \`last.json\` and the charts. A peer that is not installed is named as missing.

How it is measured:

- Subjects of a case take turns of a millisecond, up to 151 rounds, at least seven, in one process,
  and their rounds are compared one by one: a ratio is the median of the rounds' ratios. What else
  the machine does is then shared. Ratios can be compared between machines, rates per second hardly.
- Garbage is collected in few of the rounds, so that medians leave most of that cost out, for
  everybody.
- Each case has a process of its own. An aim is measured a second time with nothing but its pair in
  another process, since neighbours disturb; it is missed if it is missed in both.
- Before anything is timed, every subject has to give the right answer on genuine inputs and not to
  give it on tampered ones. One that fails is an error and is not timed.
- Messages rotate, 64 of them, and so do two keys. Asynchronous peers run one call at a time and
  with 16 in flight.
- The _reference_ floor is what a careful engineer writes on \`node:crypto\`, the _physical_ one the
  cheapest way known to have the same machine code do the job. Both are quoted below. They read what
  the subject reads: a header that it decodes they decode.
- ± is half of what the middle half of the rounds spans.

A suite is a file in \`bench/suites\`; adding one is adding a file.`;

const GROWTH = `Work on a message may grow as its octets do, the search in a ring not at all. A curve is judged by
its worst step: how many times more than proportional the time grew from one size to a larger one,
and for rings the slowest size by the fastest. One out of its bound is measured again, twice at most.`;

const MEMORY = `The heap and the process after many calls, and after as many again, with nothing left to collect
(\`bench/memory.js\`).`;

/** @param {Record} record */
function aboutText({ about, seconds, rows }) {
  const { date, cpu, cores, memory, system, node, openssl, engine, versions } = about;
  return [
    `${date}, countersign ${versions['countersign']} on its ${engine} engine, Node ${node} with`,
    `OpenSSL ${openssl}, ${system}, ${cpu}, ${cores} cores, ${memory} GiB. ${rows.length} subjects in`,
    `${Math.round(seconds / 60)} minutes.`,
  ].join(' ');
}

/** @param {Record} record */
function aimsTable({ verdicts }) {
  const head = '| Case | Aim | Among all | As a pair alone | |\n| --- | --- | ---: | ---: | --- |';
  const lines = verdicts.map((verdict) =>
    row(
      title(verdict),
      `${verdict.least} × ${verdict.against}`,
      digits(verdict.ratio),
      verdict.alone === null ? '' : digits(verdict.alone),
      verdict.met ? 'met' : '**MISSED**',
    ),
  );
  return table(head, lines);
}

/** @param {readonly Row[]} rows */
function suiteTable(rows) {
  const head =
    '| Case | Subject | Rate | ± | × reference | × physical | × best peer |\n' +
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |';
  let last = '';
  const lines = rows.map((one) => {
    const name = title(one);
    const shown = name === last ? '' : name;
    last = name;
    if (one.opsPerSec === null) {
      return row(shown, one.subject, one.missing ?? `WRONG: ${one.wrong}`, '', '', '', '');
    }
    const ratios = [one.ratioToFloor, one.ratioToPhysical, one.ratioToBestPeer];
    const spread = `${(50 * (one.spread ?? 0)).toFixed(0)} %`;
    const figures = ratios.map((ratio) => (ratio === null ? '' : digits(ratio)));
    return row(shown, one.subject, `${count(one.opsPerSec)}/s`, spread, ...figures);
  });
  return table(head, lines);
}

/** @param {Record} record */
function growthTable({ growth }) {
  const head = '| Path | Sizes | Rule | Worst | Bound | |\n| --- | --- | --- | ---: | ---: | --- |';
  const lines = growth.map(({ case: name, unit, points, rule, worst, most, met }) => {
    const sizes = `${points[0]?.size} to ${points.at(-1)?.size} ${unit}`;
    return row(name, sizes, rule, digits(worst), `${most}`, met ? 'met' : '**MISSED**');
  });
  return table(head, lines);
}

/** @param {Record} record */
function memoryTable({ memory }) {
  const head = '| Path | Calls | Heap | Process | |\n| --- | ---: | ---: | ---: | --- |';
  const kibibytes = (/** @type {number} */ octets) => `${Math.round(octets / 1024)} KiB`;
  const lines = memory.map(({ path, calls, heapGrowth, rssGrowth, met }) =>
    row(path, `${calls}`, kibibytes(heapGrowth), kibibytes(rssGrowth), met ? 'flat' : '**GROWS**'),
  );
  return table(head, lines);
}

/** @param {{ name: string, source: string }} floor */
function quoted({ name, source }) {
  return `<details><summary>${name}</summary>\n\n\`\`\`js\n${source.trimEnd()}\n\`\`\`\n\n</details>`;
}

/** @param {{ name: string, alt: string }} chart */
function image({ name, alt }) {
  return `![${alt}](charts/${name})`;
}

/** @param {string} head @param {readonly string[]} lines */
function table(head, lines) {
  return ['<!-- prettier-ignore -->', head, ...lines].join('\n');
}

/** @param {readonly string[]} cells */
function row(...cells) {
  return `| ${cells.join(' | ')} |`;
}
