import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const page = readFileSync(join(packageRoot(), 'docs', 'library.md'), 'utf8');

test('the example of docs/library.md runs, by the names that the package exports', () => {
  const folder = temporaryFolder('library');
  const rows = Array.from({ length: 400 }, (_, i) => {
    const angle = i / 30;
    return [i, 1 + Math.sin(angle), 1 + Math.cos(3 * angle), 1 + Math.sin(angle + 1)]
      .map((x) => x.toFixed(6))
      .join(' ');
  });
  writeFileSync(join(folder, 'COLVAR'), `#! FIELDS time d1 d2 d3\n${rows.join('\n')}\n`);
  const [, code] = /```ts\n([^]*?)```/.exec(page)!;
  const placed = code
    .replace("'COLVAR'", JSON.stringify(join(folder, 'COLVAR')))
    .replaceAll("'model.onnx'", JSON.stringify(join(folder, 'model.onnx')));
  const words = ['--input-type=module', '-e', placed];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: packageRoot(),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /\[ 'node-0'.* \] 400/);
});

test('every function that docs/library.md names is exported where it says', async () => {
  const entries: Record<string, string> = { latentcv: 'index', 'latentcv/graph': 'graph/index' };
  let entry = '';
  let named = 0;
  for (const [, from, functions] of page.matchAll(/^\| (`latentcv[^`]*`)? *\| ([^|]*) \|/gm)) {
    entry = from?.replaceAll('`', '') ?? entry;
    const file = entries[entry] ?? `public/${entry.replace('latentcv/', '')}`;
    const exported = (await import(`../../src/${file}.js`)) as Record<string, unknown>;
    for (const [, name] of functions.matchAll(/`(\w+)`/g)) {
      assert.equal(typeof exported[name], 'function', `${entry}: ${name}`);
      named++;
    }
  }
  assert.ok(named > 25);
});
