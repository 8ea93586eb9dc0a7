import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableLabels } from '../../../src/frames/tables/table-labels.js';
import { fileWith } from '../helpers.js';

test('a COLVAR tells its columns by its first lines, though its numbers are none', async () => {
  const path = await fileWith('#! SET min_phi -pi\n#! FIELDS time phi d1\n 0 not numbers\n');
  assert.deepEqual(await tableLabels(path), ['phi', 'd1']);
});

test('any other table is opened', async () => {
  assert.deepEqual(await tableLabels(await fileWith('time,a,b\n0,1,2\n', 't.csv')), ['a', 'b']);
});

test('kernels of a bias are refused', async () => {
  const path = await fileWith('#! FIELDS time d sigma_d height biasf\n');
  await assert.rejects(tableLabels(path), { code: 'other-kind', message: /hills of METAD/ });
});
