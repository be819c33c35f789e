// @ts-check
// docs/providers.md and a page for each provider, made from what the schemes and their modules say of
// themselves. Prints the names of the pages that are out of date; with --write writes them all.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describeScheme } from 'countersign/scheme';

const ROOT = new URL('../', import.meta.url);
const FOLDER = new URL('docs/providers/', ROOT);

/**
 * @typedef {import('countersign/scheme').About} About
 * @typedef {import('countersign/scheme').Scheme} Scheme
 */

/** How sure a fact is, as the pages say it. */
const SURE = {
  vector: 'recomputed from a published key, message and signature',
  source: "read in the provider's own code",
  docs: "the provider's documentation",
  'third-party': 'code or text of others',
  unsure: 'not confirmed',
};
const STRENGTH = {
  'public-key': 'a public key: it convinces anybody',
  'shared-secret': 'a shared secret: it convinces its holders',
  weak: 'an outdated algorithm',
};
const DIRECTION = {
  callback: 'callback, from the provider',
  request: 'request, to the provider',
  response: 'response, from the provider',
  client: "for the payer's device",
};

/**
 * The modules of providers, by the name of their export.
 * @returns {Promise<{ name: string, about: About }[]>}
 */
export async function providers() {
  const text = readFileSync(new URL('package.json', ROOT), 'utf8');
  const { exports } = /** @type {{ exports: Record<string, unknown> }} */ (JSON.parse(text));
  const names = Object.keys(exports)
    .filter((name) => name.startsWith('./provider/'))
    .map((name) => name.slice('./provider/'.length));
  return Promise.all(
    names.map(async (name) => {
      const module = /** @type {unknown} */ (await import(`countersign/provider/${name}`));
      return { name, about: /** @type {{ about: About }} */ (module).about };
    }),
  );
}

/** The pages by their names in docs/. @returns {Promise<Map<string, string>>} */
export async function pages() {
  const all = await providers();
  const each = all.map(
    ({ name, about }) =>
      /** @type {[string, string]} */ ([`providers/${name}.md`, page(name, about)]),
  );
  return new Map([['providers.md', table(all)], ...each]);
}

/** @param {readonly { name: string, about: About }[]} all */
function table(all) {
  const rows = all.flatMap(({ name, about }) =>
    Object.entries(about.schemes).map(([value, scheme]) => {
      const { time } = describeScheme(scheme);
      return [
        `[${about.name}](providers/${name}.md)`,
        `\`${value}\``,
        scheme.direction,
        covered(scheme),
        time ?? 'no signed time',
        scheme.strength,
        best(about),
      ];
    }),
  );
  return lines([
    '<!-- Made by `node scripts/provider-pages.js --write`; change src/provider instead. -->',
    '',
    '# Providers',
    '',
    'What each scheme binds, whether it tells how old a message is, whom its signature convinces, and',
    'the best evidence that there is. A scheme that does not bind the body gives none: see',
    '[what verify returns](schemes.md#what-verify-returns).',
    '',
    '<!-- prettier-ignore -->',
    '| Provider | Scheme | Way | Binds | Time | Strength | Evidence |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ]);
}

/** @param {string} name @param {About} about */
function page(name, about) {
  return lines([
    '<!-- Made by `node scripts/provider-pages.js --write`; change src/provider instead. -->',
    '',
    `# ${about.name}`,
    '',
    wrapped(`\`countersign/provider/${name}\` exports ${list(Object.keys(about.schemes))}.`),
    '',
    ...Object.entries(about.schemes).flatMap(([value, scheme]) => section(value, scheme)),
    ...example(name),
    '## Keys and their rotation',
    '',
    wrapped(about.rotation),
    '',
    '## Replay',
    '',
    wrapped(about.replay),
    '',
    '## Traps',
    '',
    ...about.traps.map((trap) => `- ${wrapped(trap, 98).replaceAll('\n', '\n  ')}`),
    '',
    '## How sure this is',
    '',
    '<!-- prettier-ignore -->',
    '| Fact | Source | |',
    '| --- | --- | --- |',
    ...about.facts.map(
      ({ says, source, sure }) => `| ${cell(says)} | ${cell(source)} | ${SURE[sure]} |`,
    ),
    '',
  ]);
}

/** The example of this name, if there is one. @param {string} name */
function example(name) {
  const file = new URL(`examples/${name}.js`, ROOT);
  if (!existsSync(file)) return [];
  return ['## An example', '', '```js', readFileSync(file, 'utf8').trimEnd(), '```', ''];
}

/** @param {string} value @param {Scheme} scheme */
function section(value, scheme) {
  const text = describeScheme(scheme);
  const alternatives = Object.entries(text.alternatives);
  return [
    `## \`${value}\`: ${scheme.title}`,
    '',
    '```text',
    shown(text.message),
    '```',
    '',
    ...(alternatives.length === 0
      ? []
      : [
          'The provider also signs, and results say which it was:',
          '',
          '```text',
          ...alternatives.map(([name, message]) => `${name}: ${shown(message)}`),
          '```',
          '',
        ]),
    '<!-- prettier-ignore -->',
    '| | |',
    '| --- | --- |',
    `| Way | ${DIRECTION[scheme.direction]} |`,
    `| Binds | ${covered(scheme)} |`,
    `| Signature | ${cell(text.signature)} |`,
    `| Algorithms | ${scheme.algs.map((alg) => alg.name).join(', ')} |`,
    `| Key | ${cell(text.key)} |`,
    ...(text.secret === undefined ? [] : [`| Secret | ${cell(text.secret)} |`]),
    `| Time | ${text.time ?? 'none that is signed'} |`,
    ...(text.delivery === undefined ? [] : [`| Same for each delivery | \`${text.delivery}\` |`]),
    ...(scheme.settings.length === 0 ? [] : [`| To be configured | ${list(scheme.settings)} |`]),
    `| Strength | ${STRENGTH[scheme.strength]} |`,
    ...(text.ambiguous === undefined ? [] : [`| Two readings | ${cell(text.ambiguous)} |`]),
    '',
    ...(text.slots.length === 0
      ? []
      : [
          '<!-- prettier-ignore -->',
          '| Input | From | Holds | |',
          '| --- | --- | --- | --- |',
          ...text.slots.map(
            (slot) =>
              `| \`${slot.name}\` | ${cell(slot.from)} | ${cell(slot.holds)} | ${[slot.isSigned ? 'signed' : 'not signed', ...(slot.isOptional ? ['may be missing'] : [])].join(', ')} |`,
          ),
          '',
        ]),
  ];
}

/** @param {Scheme} scheme */
function covered({ covers }) {
  /** @type {Record<string, (name: string) => string>} */
  const says = {
    whole: (name) => name,
    optional: (name) => `${name} if it is there`,
    pairs: (name) => `the names and values of ${name}`,
    checksum: (name) => `a checksum of ${name}`,
  };
  return Object.entries(covers)
    .map(([name, how]) => says[how]?.(name))
    .join(', ');
}

/** @param {About} about */
function best({ facts }) {
  const order = /** @type {const} */ (['vector', 'source', 'docs', 'third-party', 'unsure']);
  return order.find((sure) => facts.some((fact) => fact.sure === sure)) ?? 'unsure';
}

/** @param {readonly string[]} names */
function list(names) {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** A message with its line ends to be seen. @param {string} text */
function shown(text) {
  return text.replaceAll('\n', '\\n\n').replace(/\n$/, '');
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** @param {string} text */
function wrapped(text, width = 100) {
  /** @type {string[]} */
  const done = [];
  for (const word of text.split(/\s+/)) {
    const line = `${done.at(-1) ?? ''} ${word}`.trimStart();
    if (done.length > 0 && line.length <= width) done[done.length - 1] = line;
    else done.push(word);
  }
  return done.join('\n');
}

/** @param {readonly string[]} all */
function lines(all) {
  return all.join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const made = await pages();
  const found = new Map(
    ['providers.md', ...readdirSync(FOLDER).map((name) => `providers/${name}`)].map((name) => [
      name,
      readFileSync(new URL(`docs/${name}`, ROOT), 'utf8'),
    ]),
  );
  const names = [...new Set([...made.keys(), ...found.keys()])];
  console.log(names.filter((name) => made.get(name) !== found.get(name)).join('\n'));
  if (process.argv.includes('--write')) {
    rmSync(FOLDER, { recursive: true });
    mkdirSync(FOLDER);
    for (const [name, text] of made) writeFileSync(new URL(`docs/${name}`, ROOT), text);
  }
}
