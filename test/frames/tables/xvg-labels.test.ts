import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTables } from '../../../src/frames/index.js';
import { fileWith, fixtures } from '../helpers.js';
import { labelsOf } from '../tables-of-python.js';

test('plots of GROMACS: legends are names, sets without one are called as Grace calls them', async () => {
  const gyrate = await readTables(join(fixtures, 'gyrate.xvg'));
  assert.deepEqual(labelsOf(gyrate), ['Rg', 'Rg/sX/N', 'Rg/sY/N', 'Rg/sZ/N']);
  assert.deepEqual(
    [gyrate.frames, gyrate.time[19], ...gyrate.data.subarray(0, 2)],
    [20, 38, 0.223569, 0.168728],
  );
  assert.deepEqual(gyrate.warnings, []);
  const distance = await readTables(join(fixtures, 'distance.xvg'));
  assert.deepEqual([labelsOf(distance), ...distance.data.subarray(0, 2)], [['s0', 's1'], 0.156, 0.325]);
  const plot = readFileSync(join(fixtures, 'distance.xvg'), 'utf8');
  // known by its lines, whatever it is called; a second set has other frames
  assert.deepEqual((await readTables(await fileWith(`${plot}&\n`, 'plot'))).data, distance.data);
  await assert.rejects(readTables(await fileWith(`${plot}&\n0 1 2\n`, 'sets.xvg')), {
    code: 'file-format',
    message: /expected one set of rows but another begins at .*sets\.xvg:39/,
  });
});
