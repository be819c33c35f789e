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
  source: "read in the provider's own code, or found by running it",
  docs: "the provider's documentation",
  'third-party': 'code or text of others',
  unsure: 'not confirmed by any of them',
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
 * @typedef {object} Provider
 * @property {string} name of its export
 * @property {About} about
 * @property {string[]} others what it exports beside its schemes
 */

/** The modules of providers. @returns {Promise<Provider[]>} */
export async function providers() {
  const text = readFileSync(new URL('package.json', ROOT), 'utf8');
  const { exports } = /** @type {{ exports: Record<string, unknown> }} */ (JSON.parse(text));
  const names = Object.keys(exports)
    .filter((name) => name.startsWith('./provider/'))
    .map((name) => name.slice('./provider/'.length));
  return Promise.all(
    names.map(async (name) => {
      const loaded = /** @type {unknown} */ (await import(`countersign/provider/${name}`));
      const { about, ...values } = /** @type {{ about: About }} */ (loaded);
      const others = Object.keys(values).filter((value) => !Object.hasOwn(about.schemes, value));
      return { name, about, others };
    }),
  );
}

/** The pages by their names in docs/. @returns {Promise<Map<string, string>>} */
export async function pages() {
  const all = await providers();
  const each = all.map(
    (provider) =>
      /** @type {[string, string]} */ ([`providers/${provider.name}.md`, page(provider)]),
  );
  return new Map([['providers.md', table(all)], ...each]);
}

/** @param {readonly Provider[]} all */
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
        String(about.facts.filter(({ sure }) => sure === 'unsure').length),
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
    '[what verify returns](schemes.md#what-verify-returns). The last column counts the facts of the',
    "provider that nothing confirms; the provider's page names them, beside those that are sure.",
    '',
    '<!-- prettier-ignore -->',
    '| Provider | Scheme | Way | Binds | Time | Strength | Evidence | Unsure |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    ...legend('Evidence', SURE),
    ...legend('Strength', STRENGTH),
    ...legend('Way', DIRECTION),
  ]);
}

/** What the words of a column mean. @param {string} of @param {Record<string, string>} words */
function legend(of, words) {
  return [
    '<!-- prettier-ignore -->',
    `| ${of} | |`,
    '| --- | --- |',
    ...Object.entries(words).map(([word, means]) => `| ${word} | ${means} |`),
    '',
  ];
}

/** @param {Provider} provider */
function page({ name, about, others }) {
  return lines([
    '<!-- Made by `node scripts/provider-pages.js --write`; change src/provider instead. -->',
    '',
    `# ${about.name}`,
    '',
    wrapped(
      `\`countersign/provider/${name}\` exports ${counted(about)} for [verify and sign](../schemes.md): ${list(Object.keys(about.schemes))}; and \`about\`, of which this page is made${others.length === 0 ? '.' : ', and what stands in the table below.'}`,
    ),
    '',
    ...example(name),
    ...functions(name, others),
    ...sections(about),
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

/** @param {About} about */
function counted({ schemes }) {
  return Object.keys(schemes).length === 1 ? 'a scheme' : 'schemes';
}

/** What else is exported, as its source says it. @param {string} name @param {string[]} others */
function functions(name, others) {
  if (others.length === 0) return [];
  return [
    '## Beside the schemes',
    '',
    '<!-- prettier-ignore -->',
    '| Export | |',
    '| --- | --- |',
    ...others.map((value) => `| \`${value}\` | ${cell(saysOf(name, value))} |`),
    '',
  ];
}

/** The first sentence of the comment above an export. @param {string} name @param {string} value */
function saysOf(name, value) {
  const declared = new RegExp(
    `/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport (?:async )?(?:const|function) ${value}\\b`,
  );
  // What a provider hands on, such as the symbol of a key's door, is described where it is declared.
  const files = sources('src/provider').filter((path) =>
    new RegExp(`provider/${name}[./]`).test(path),
  );
  for (const path of [...files, ...sources('src/key')]) {
    const found = declared.exec(readFileSync(new URL(path, ROOT), 'utf8'))?.[1];
    if (found === undefined) continue;
    const text = found.replaceAll(/\n \* ?/g, ' ').replaceAll(/\{@link (\S+)\}/g, '`$1`');
    return text
      .trim()
      .replace(/([.:;])\s[^]*$/, '$1')
      .replace(/[:;]$/, '.');
  }
  throw new Error(`${name}: expected a comment above ${value}`);
}

/** The files of a folder. @param {string} folder */
function sources(folder) {
  return readdirSync(new URL(folder, ROOT), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.replaceAll('\\', '/')}/${entry.name}`)
    .map((path) => path.slice(path.lastIndexOf(`${folder}/`)));
}

/** Each scheme; one that differs from another in its algorithm alone is told by that. @param {About} about */
function sections({ schemes }) {
  /** @type {Map<string, string>} */
  const told = new Map();
  return Object.entries(schemes).flatMap(([value, scheme]) => {
    const [heading, ...rest] = section(value, scheme);
    const differs = rest.filter((line) => /^\| (?:Algorithms|Strength) \|/.test(line));
    const same = lines(rest.filter((line) => !differs.includes(line)));
    const other = told.get(same);
    if (other === undefined) {
      told.set(same, value);
      return [heading ?? '', ...rest];
    }
    const rows = ['<!-- prettier-ignore -->', '| | |', '| --- | --- |', ...differs, ''];
    return [heading ?? '', '', `As \`${other}\`, but for:`, '', ...rows];
  });
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
