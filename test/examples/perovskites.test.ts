import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTables } from '../../src/frames/index.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runExample } from './run-example.js';

const read = (...path: string[]): string => readFileSync(join(packageRoot(), ...path), 'utf8');

test('the page tells to type what the example runs', () => {
  const script = read('examples', 'perovskites', 'run.sh').replaceAll(/\\\n\s*/g, '');
  const run = [...script.matchAll(/^(?:once \S+|typed) (latentcv .*)$/gm)].map(([, command]) =>
    command
      .replace(' "${short[@]}"', '')
      .replace(/ --json > \S+$/, '')
      .replace('"$data/dft_calc_train.csv"', 'data/dft_calc_train.csv'),
  );
  const page = [...read('docs', 'tutorials', 'oxides.md').matchAll(/^ {4}(latentcv .*)$/gm)].map(
    ([, command]) => command,
  );
  assert.equal(page.length, 6);
  assert.deepEqual(page, run);
});

test('from compositions of oxides to their energies above the hull, and designs', async () => {
  const folder = join(temporaryFolder('perovskites'), 'run');
  // where set-up has fetched the table
  process.env.PEROVSKITES = join(cacheFolder(), 'perovskites');
  const { code, output } = await runExample('perovskites', folder);
  assert.equal(code, 0, output);
  assert.match(output, /1926 rows with 192 new columns/);
  assert.match(output, /356 oxides that were held back: R² 0\.[4-9]\d\d, MAE \d\d\.\d meV\/atom/);
  assert.match(output, /of the first \d+ oxides nearest to the designs \d+ lie at most 40 meV\/atom above/);
  const designs = await readTables(join(folder, 'designs.csv'), {
    ...{ rows: true, text: ['nearest'], columns: ['candidate', 'ENERGY_ABOVE_HULL', 'nearest'] },
  });
  assert.ok(designs.frames > 50, `${designs.frames} candidates`);
});
