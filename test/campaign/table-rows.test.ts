import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableRows } from '../../src/campaign/index.js';
import { fileWith } from '../frames/helpers.js';

const csv = 'formula,site,x,gap\nA,B,1,3\nC,D,2,4\n';

test('rows with properties and no times are independent of one another', async () => {
  const path = await fileWith(csv, 'rows.csv');
  const found = await tableRows([path], {}, { properties: ['gap'], group: 'site' });
  assert.deepEqual(found?.training, { rows: true, identifiers: ['formula', 'site'] });
  assert.deepEqual(found?.reading, { rows: true, text: ['formula', 'site'], gaps: ['gap'] });
  assert.match(found?.notes.join('\n') ?? '', /independent of one another.*\n.*text: formula/);
});

test('frames stay frames: with times, a time step, or without properties', async () => {
  const [rows, frames] = [await fileWith(csv, 'rows.csv'), await fileWith('time,x,gap\n0,1,2\n', 'f.csv')];
  assert.equal(await tableRows([frames], {}, { properties: ['gap'] }), undefined);
  assert.equal(await tableRows([rows], { timestep: 2 }, { properties: ['gap'] }), undefined);
  assert.equal(await tableRows([rows], {}, {}), undefined);
  assert.equal(await tableRows([rows], {}, { properties: ['gap'], rows: false }), undefined);
  assert.deepEqual((await tableRows([frames], {}, { rows: true }))?.training.rows, true);
});

test('text is not learned from, and names of rows are there', async () => {
  const path = await fileWith(csv, 'rows.csv');
  await assert.rejects(tableRows([path], { columns: ['formula', 'x'] }, { properties: ['gap'] }), {
    message: /expected numbers in the column formula but it is text/,
  });
  await assert.rejects(tableRows([path], {}, { properties: ['gap'], identifiers: ['name'] }), {
    message: /expected a column name in .*rows\.csv/,
  });
});
