// What the documentation says is what is there: examples run, tables match, links lead somewhere.
// Reads dist: `npm test` builds it first.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const under = (folder: string): string[] =>
  readdirSync(new URL(folder, ROOT), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.replaceAll('\\', '/')}/${entry.name}`)
    .map((path) => path.slice(fileURLToPath(ROOT).length));

const examples = under('examples');
const pages = ['README.md', ...under('docs').filter((path) => path.endsWith('.md'))];
const written = [...new Set([...pages, ...under('docs'), ...examples])];
const readme = read('README.md');
const { exports: exported } = JSON.parse(read('package.json')) as {
  exports: Record<string, unknown>;
};

/** The blocks of code in a language, as they stand between the fences. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, name, code = '']) =>
    name === language ? [code] : [],
  );
}

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: fileURLToPath(ROOT), encoding: 'utf8' });
}

describe('the examples', () => {
  test('are quoted on a page, and nothing else is', () => {
    expect(examples.length).toBeGreaterThan(0);
    const quoted = pages.flatMap((page) => blocks(read(page), 'js'));
    expect(quoted.toSorted()).toEqual(examples.map(read).toSorted());
  });

  describe.each(['node', 'noble', 'dual'])('on the %s engine', (engine) => {
    test.each(examples)('%s runs and finds what it expects', (path) => {
      const { status, stdout, stderr } = run(`--conditions=countersign-${engine}`, path);
      expect(stderr).toBe('');
      expect(status).toBe(0);
      expect(stdout).not.toBe('');
    });
  });
});

describe('the README', () => {
  test('has the command of the tests once, as a line of its own', () => {
    const lines = blocks(readme, 'sh').flatMap((code) => code.split('\n'));
    expect(lines.filter((line) => line === 'npm ci && npm test')).toHaveLength(1);
    expect(readme.split('npm ci && npm test')).toHaveLength(2);
  });

  test.each([
    ['capabilities', 'capability-table'],
    ['errors', 'error-table'],
    ['runtimes', 'runtime-table'],
    ['sizes', 'size-table'],
    ['speed', 'speed-table'],
  ])('has the table of %s as it is', (name, script) => {
    const markers = new RegExp(`<!-- ${name}:begin -->([^]*)<!-- ${name}:end -->`);
    const [, table] = markers.exec(readme) ?? [];
    const { status, stdout } = run(`scripts/${script}.js`);
    expect(status).toBe(0);
    expect(table?.trim()).toBe(stdout.trim());
  });

  test('has a row for every export, and for nothing else', () => {
    const names = Object.keys(exported).filter((name) => name !== '.');
    const rows = [...readme.matchAll(/^\| `countersign\/(\S+)`/gm)].map(([, name]) => `./${name}`);
    expect(rows.toSorted()).toEqual(names.toSorted());
  });

  // A blank line in a table ends it, and what follows is printed as pipes.
  test('has its tables in one piece', () => {
    expect(readme).not.toMatch(/^\|.*\|\n\n\|/m);
  });

  test('has a row for every error code, and no page names another', () => {
    const [, union = ''] =
      /export type CountersignErrorCode =([^;]*);/.exec(
        read('src/errors.ts').replaceAll(/\/\*[^]*?\*\//g, ''),
      ) ?? [];
    const codes = [...union.matchAll(/'(ERR_\w+)'/g)].map(([, code = '']) => code);
    expect(codes.length).toBeGreaterThan(10);
    const rows = [...readme.matchAll(/^\| `(ERR_\w+)`/gm)].map(([, code = '']) => code);
    expect(rows.toSorted()).toEqual(codes.toSorted());
    for (const page of pages) {
      const named = read(page).match(/\bERR_[A-Z0-9_]+/g) ?? [];
      expect(
        named.filter((code) => !codes.includes(code)),
        page,
      ).toEqual([]);
    }
  });
});

describe('the page of what is signed', () => {
  const page = 'docs/what-is-signed.md';

  test('is what the code signs', () => {
    const { status, stdout } = run('scripts/signed-bytes.js');
    expect(status).toBe(0);
    expect(read(page)).toBe(stdout);
  });
});

describe('the page of faults', () => {
  test('has the table as it is', () => {
    const [, table] =
      /<!-- faults:begin -->([^]*)<!-- faults:end -->/.exec(read('docs/explain.md')) ?? [];
    const { status, stdout } = run('scripts/fault-table.js');
    expect(status).toBe(0);
    expect(table?.trim()).toBe(stdout.trim());
  });
});

describe('the page of schemes', () => {
  test('tells everything that schemes are described with', async () => {
    const module = (await import('countersign/scheme/define')) as object;
    const page = read('docs/schemes.md').replaceAll(/^```[^]*?^```$/gm, '');
    const missing = Object.keys(module).filter(
      (value) => !new RegExp(`\`[^\`]*\\b${value}\\b`).test(page),
    );
    expect(missing).toEqual([]);
  });
});

describe('the pages of providers', () => {
  test('are what the schemes say of themselves', () => {
    const { status, stdout } = run('scripts/provider-pages.js');
    expect(status).toBe(0);
    expect(stdout.trim()).toBe('');
  });

  const providers = Object.keys(exported).filter((name) => name.startsWith('./provider/'));
  test.each(providers)('%s is told export by export', async (name) => {
    const module = (await import(`countersign/${name.slice(2)}`)) as object;
    const page = read(`docs/${name.replace('provider/', 'providers/').slice(2)}.md`);
    const missing = Object.keys(module).filter((value) => !page.includes(`\`${value}\``));
    expect(missing).toEqual([]);
  });

  test('explain the words of their tables, and count what is not sure', () => {
    const table = read('docs/providers.md');
    for (const word of ['vector', 'source', 'docs', 'third-party', 'unsure']) {
      expect(table).toMatch(new RegExp(`^\\| ${word} \\| \\w+`, 'm'));
    }
    expect(table).toMatch(/\| Unsure \|$/m);
  });
});

describe.each(pages)('%s', (page) => {
  const text = read(page);
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '');

  test('has links that lead somewhere', () => {
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    for (const link of links.filter((found) => !/^[a-z]+:/.test(found))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? new URL(page, ROOT) : new URL(path, new URL(page, ROOT));
      expect(existsSync(target), link).toBe(true);
      if (anchor !== undefined)
        expect(anchors(readFileSync(target, 'utf8')), link).toContain(anchor);
    }
  });

  test('names files of this repository that exist', () => {
    const named = prose.match(/(?<=`)(?:bench|examples|scripts|src|test|vectors)\/[^`\s*]+(?=`)/g);
    for (const path of named ?? []) expect(existsSync(new URL(path, ROOT)), path).toBe(true);
  });
});

// The project speaks of itself alone: not of the machine or the registry that it was made with.
test.each(written)('%s names no machine and no registry', (path) => {
  const text = read(path);
  expect(text).not.toMatch(/(?<![\w.)])\/(?:etc|home|mnt|opt|root|srv|tmp|usr|var|work|Users)\//);
  expect(text).not.toMatch(/\bfile:\/\/|\b[A-Z]:\\|\bregistry\.|\blocalhost\b/);
});

/** The anchors that headings get: lower case, no punctuation, hyphens for spaces. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
