import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from './tables-of-python.js';

test('periods come from the file, else as they are given', async () => {
  const pi: readonly [number, number] = [-Math.PI, Math.PI];
  assert.deepEqual((await read('with-time.npy')).columns[0], { label: 'phi', period: pi });
  const given = await read('excel.csv', { periodic: [{ columns: ['p*'], period: [-180, 180] }] });
  assert.deepEqual(given.columns[0], { label: 'phi', period: [-180, 180] });
  const both = await read('with-time.npy', { periodic: [{ columns: ['phi'], period: [0, 360] }] });
  assert.deepEqual(both.columns[0].period, pi);
  await assert.rejects(read('excel.csv', { periodic: [{ columns: ['psi'], period: pi }] }), {
    code: 'bad-argument',
    message: /expected a column psi in .*excel\.csv but it has phi, d1, d2/,
  });
});
