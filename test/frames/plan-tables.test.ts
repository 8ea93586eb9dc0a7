import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planTables } from '../../src/frames/plan-tables.js';
import { filesWith } from './helpers.js';

test('columns in our units, periods from whichever file tells them', async () => {
  const paths = await filesWith({
    'a.csv': 'time,phi,d1\n0,1,2\n1,1,2\n',
    COLVAR: '#! FIELDS time phi d1\n#! SET min_phi -180\n#! SET max_phi 180\n 0 1 2\n 1 1 2\n',
  });
  const { columns, parts, warnings } = await planTables(paths, {}, { factors: { phi: 0.5, d1: 10 } });
  assert.deepEqual(columns, [{ label: 'phi', period: [-90, 90] }, { label: 'd1' }]);
  assert.deepEqual([parts.length, warnings], [2, []]);
});

test('columns that one file lacks are refused with both files, unless it need not have them', async () => {
  const paths = await filesWith({ 'a.csv': 'time,d1,m.bias\n0,1,2\n', 'b.csv': 'time,d1\n0,1\n' });
  await assert.rejects(planTables(paths, {}, {}), {
    code: 'bad-data',
    message: /a\.csv has m\.bias and .*b\.csv has not/,
    hint: /‘unbiased’/,
  });
  const absent = { files: [paths[1]], columns: ['m.bias'] };
  const { columns } = await planTables(paths, {}, { absent });
  assert.deepEqual(
    columns.map(({ label }) => label),
    ['d1', 'm.bias'],
  );
});

test('no table at all', async () => {
  await assert.rejects(planTables([], {}, {}), { code: 'bad-argument' });
});
