import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTables, tableKind, writeTable } from '../../../../src/frames/index.js';
import { Words } from '../../../../src/frames/tables/cells/words.js';
import { otherCells } from '../../../../src/frames/tables/cells/other-cells.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../temporary-folder.js';
import { fileWith, filesWith } from '../../helpers.js';

const csv = 'formula,t,gap\nBaTiO3,1.06,3.2\n"Sr,TiO3",1.00,\nBaTiO3,0.98,nan\n';

test('columns of text are told from those of numbers', async () => {
  assert.deepEqual(await tableKind(await fileWith(csv, 'rows.csv')), { timed: false, text: ['formula'] });
  const timed = await fileWith('time,d\n0,1\n1,2\n', 'frames.csv');
  assert.deepEqual(await tableKind(timed), { timed: true, text: [] });
  assert.deepEqual(await tableKind(await fileWith('#! FIELDS time d\n 0 1\n')), { timed: true, text: [] });
});

test('text becomes places in a list of words, missing numbers NaN, and rows are counted', async () => {
  const path = await fileWith(csv, 'rows.csv');
  const rows = await readTables(path, { rows: true, text: ['formula'], gaps: ['g*'] });
  assert.deepEqual(rows.columns[0], { label: 'formula', aside: true, words: ['BaTiO3', 'Sr,TiO3'] });
  assert.deepEqual([...rows.data], [0, 1.06, 3.2, 1, 1, NaN, 0, 0.98, NaN]);
  assert.deepEqual([rows.rows, [...rows.time], rows.warnings], [true, [0, 1, 2], []]);
});

test('files of one reading share their words', async () => {
  const paths = await filesWith({ 'a.csv': 'id,x\nA,1\nB,2\n', 'b.csv': 'id,x\nB,3\nC,4\n' });
  const { columns, data } = await readTables(paths, { rows: true, text: ['id'] });
  assert.deepEqual(columns[0].words, ['A', 'B', 'C']);
  assert.deepEqual([...data], [0, 1, 1, 2, 1, 3, 2, 4]);
});

test('what may not be missing, and what is infinite, is refused all the same', async () => {
  await assert.rejects(readTables(await fileWith('x,y\n1,\n', 'x.csv'), { rows: true, gaps: ['x'] }), {
    message: /a finite number at .*:2, column 2 \(y\), but received nothing/,
  });
  await assert.rejects(readTables(await fileWith('x,y\n1,inf\n', 'x.csv'), { rows: true, gaps: ['y'] }), {
    message: /a finite number .*received inf/,
  });
});

test('numbers of a COLVAR may be missing too', async () => {
  const path = await fileWith('#! FIELDS time d p\n 0 1 nan\n 1 2 3\n');
  assert.deepEqual([...(await readTables(path, { gaps: ['p'] })).data], [1, NaN, 2, 3]);
});

test('rows are written without times, text as it was; a table of numbers has no room for text', async () => {
  const rows = await readTables(await fileWith(csv, 'rows.csv'), {
    rows: true,
    text: ['formula'],
    gaps: ['gap'],
  });
  const path = join(temporaryFolder('rows'), 'out.csv');
  await writeTable(path, rows);
  assert.equal(
    await readFile(path, 'utf8'),
    'formula,t,gap\nBaTiO3,1.06,3.2\n"Sr,TiO3",1,NaN\nBaTiO3,0.98,NaN\n',
  );
  await assert.rejects(writeTable(`${path}.colvar`, rows), {
    code: 'bad-argument',
    message: /expected a CSV or TSV for the column of text formula/,
  });
});

test('a word has one place', () => {
  const words = new Words();
  assert.deepEqual(
    ['a', 'b', 'a'].map((word) => words.place(word)),
    [0, 1, 0],
  );
  assert.equal(otherCells(['a'], {}), undefined);
});
