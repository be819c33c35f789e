// @ts-check
// What is in the tarball, and what publint and are-the-types-wrong say of it.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { check, filesUnder, node, ROOT } from './checks.js';

// In octets, an eighth more than when they were set. Look at what came in before raising them.
const MOST_PACKED = 612_000;
const MOST_UNPACKED = 2_120_000;

const WANTED = [
  /^(?:LICENSE|README\.md|package\.json)$/,
  /^docs\/(?:decisions\/\d{4}-|providers\/)?[\w-]+\.md$/,
  /^examples\/[a-z0-9-]+\.js$/,
];

/** @param {import('./run.js').Packed} packed */
export async function checkTarball({ tarball, installed, manifest }) {
  const files = filesUnder(installed);

  await check('holds two files for each source, the pages and the examples', () => {
    const built = filesUnder(join(ROOT, 'src')).flatMap((path) => {
      const module = `dist/${path.replace(/\.ts$/, '')}`;
      return [`${module}.js`, `${module}.d.ts`];
    });
    const [modules, others] = [files.filter(isBuilt), files.filter((path) => !isBuilt(path))];
    assert.deepEqual(modules.toSorted(), built.toSorted());
    assert.deepEqual(
      others.filter((path) => !WANTED.some((pattern) => pattern.test(path))),
      [],
    );
    for (const path of ['README.md', 'LICENSE', 'docs/SECURITY.md', 'docs/CHANGELOG.md']) {
      assert(others.includes(path), path);
    }
    return `${files.length} files`;
  });

  // The sources don't ship, so that a map would lead nowhere; dist reads well as it is.
  await check('has no source maps, and no file that names one', () => {
    const naming = files.filter((path) =>
      /\/[/*][#@] sourceMappingURL=/.test(readFileSync(join(installed, path), 'utf8')),
    );
    assert.deepEqual(naming, []);
  });

  await check('has no script that runs when it is installed', () => {
    const scripts = Object.keys(manifest.scripts);
    assert.deepEqual(
      scripts.filter((name) => /^(?:(?:pre|post)?install|(?:pre|post)?prepare)$/.test(name)),
      [],
    );
  });

  await check('is as small as it was', () => {
    const packed = statSync(tarball).size;
    const unpacked = files.reduce((sum, path) => sum + statSync(join(installed, path)).size, 0);
    const sizes = `${packed} octets packed, ${unpacked} unpacked`;
    assert(packed <= MOST_PACKED && unpacked <= MOST_UNPACKED, sizes);
    return sizes;
  });

  await check('publint has nothing to say', async () => {
    const { messages, pkg } = await publint({
      pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer },
      strict: true,
      level: 'suggestion',
    });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg, { color: false })),
      [],
    );
  });

  await check('the types are not wrong', () =>
    node(
      [
        join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js'),
        tarball,
        '--profile=esm-only',
        '--no-definitely-typed',
        '--format=ascii',
        '--no-color',
        '--no-emoji',
      ],
      ROOT,
    ).then(() => undefined),
  );
}

/** @param {string} path */
function isBuilt(path) {
  return path.startsWith('dist/');
}
