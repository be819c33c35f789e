// @ts-check
// Merges the modules that every program of keys and schemes loads into four files, since Node takes
// longer to find and open a file than to run what is in it: a first verification through a scheme
// opened 65, and now opens 9. Nothing else changes: the module of each name stays, and hands on what
// stands in its file. Works on dist, behind the compiler.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

/** Each imports of the others those above it. @type {Record<string, string[]>} */
const GROUPS = {
  base: inFolders({
    '': 'errors',
    'bytes/': 'octets ascii base64 hex utf8 latin1 concat equal integer calendar',
    'engine/': 'state',
    'canonical/': 'json-value json-read tuple',
  }),
  primitive: inFolders({
    'primitive/': 'prepared hmac parts digest random rsa-policy',
    'primitive/legacy/': 'weak',
  }),
  key: inFolders({ 'key/': 'handle options policy secret-octets secret parts use remote' }),
  scheme: inFolders({
    'scheme/':
      'build charset compile decodable describe draft encoding freshness identify keys lines message pairs ' +
      'part replay scheme secret secret-text sign source text-pairs time verified verify verify-json',
  }),
};

/** @typedef {{ into: string, names: Map<string, string> }} Merged where it stands, under which names */
/** @type {Map<string, Merged>} */
const merged = new Map();

for (const [group, modules] of Object.entries(GROUPS)) {
  const into = `${DIST}merged/${group}.js`;
  const files = modules.map((name) => `${DIST}${name}.js`);
  const own = await exportsOf(files);
  const lines = [];
  const used = new Set();
  for (const [file, names] of own) {
    /** @type {Map<string, string>} */
    const aliases = new Map();
    for (const name of names) {
      let alias = name;
      for (let i = 2; used.has(alias); i++) alias = `${name}$${i}`;
      used.add(alias);
      aliases.set(name, alias);
      lines.push(`export { ${name} as ${alias} } from ${JSON.stringify(file)};`);
    }
    merged.set(file, { into, names: aliases });
  }
  await build({
    stdin: { contents: lines.join('\n'), resolveDir: DIST },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    outfile: into,
    tsconfigRaw: '{}',
    plugins: [{ name: 'others', setup: (plugin) => plugOthers(plugin, files, into) }],
  });
}

for (const file of readdirSync(DIST, { recursive: true, encoding: 'utf8' })) {
  const path = DIST + file;
  if (!file.endsWith('.js') || file.startsWith('merged')) continue;
  const here = merged.get(path);
  writeFileSync(path, here === undefined ? redirected(path) : handedOn(path, here));
}

/** @param {Record<string, string>} names of modules, by folders */
function inFolders(names) {
  return Object.entries(names).flatMap(([folder, list]) =>
    list.split(' ').map((name) => folder + name),
  );
}

/** @param {string[]} files @returns {Promise<[file: string, names: string[]][]>} */
async function exportsOf(files) {
  const { metafile } = await build({
    entryPoints: files,
    outdir: DIST,
    outbase: DIST,
    absWorkingDir: DIST,
    write: false,
    metafile: true,
    tsconfigRaw: '{}',
  });
  return Object.entries(metafile.outputs).map(([file, output]) => [DIST + file, output.exports]);
}

/** @param {import('esbuild').PluginBuild} plugin @param {string[]} own @param {string} into */
function plugOthers(plugin, own, into) {
  plugin.onResolve({ filter: /^#/ }, ({ path }) => ({ path, external: true, sideEffects: false }));
  plugin.onResolve({ filter: /^[./]/ }, ({ path, resolveDir, namespace }) => {
    const file = resolve(resolveDir, path);
    if (namespace === 'other') {
      return { path: specifier(into, file), external: true, sideEffects: false };
    }
    if (own.includes(file)) return { path: file, sideEffects: false };
    // One of no group stays where it is.
    if (!merged.has(file)) {
      return { path: specifier(into, file), external: true, sideEffects: false };
    }
    return { path: relative(DIST, file), namespace: 'other', sideEffects: false };
  });
  plugin.onLoad({ filter: /./, namespace: 'other' }, ({ path }) => {
    const { into: other, names } = /** @type {Merged} */ (merged.get(DIST + path));
    const list = [...names].map(([name, alias]) => `${alias} as ${name}`);
    const contents = `export { ${list.join(', ')} } from ${JSON.stringify(other)};`;
    return { contents, resolveDir: DIST };
  });
}

/** A module whose content moved. @param {string} path @param {Merged} here */
function handedOn(path, { into, names }) {
  const list = [...names].map(([name, alias]) => (name === alias ? name : `${alias} as ${name}`));
  return `export { ${list.join(', ')} } from '${specifier(path, into)}';\n`;
}

/** A module that imports some that moved. @param {string} path */
function redirected(path) {
  const code = readFileSync(path, 'utf8');
  return code.replaceAll(
    /^(import|export) \{([^}]*)\} from '(\.[^']+)';$/gm,
    (line, /** @type {string} */ word, /** @type {string} */ list, /** @type {string} */ from) => {
      const moved = merged.get(resolve(dirname(path), from));
      if (moved === undefined) return line;
      const names = list.split(',').flatMap((item) => {
        const [name = '', as = name] = item.trim().split(' as ');
        const alias = moved.names.get(name);
        if (name === '') return [];
        if (alias === undefined) throw new Error(`${path}: ${from} has no ${name}`);
        return alias === as ? [alias] : [`${alias} as ${as}`];
      });
      return `${word} { ${names.join(', ')} } from '${specifier(path, moved.into)}';`;
    },
  );
}

/** @param {string} from @param {string} to */
function specifier(from, to) {
  const path = relative(dirname(from), to).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}
