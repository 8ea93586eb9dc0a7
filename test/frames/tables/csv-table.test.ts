import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTables, tableKind } from '../../../src/frames/index.js';
import { fileWith } from '../helpers.js';
import { labelsOf, readsAsPython, refuses, text } from '../tables-of-python.js';

readsAsPython([
  ['savetxt.csv'],
  ['savetxt-comment.txt'],
  ['savetxt-no-names.txt', { names: ['time', 'phi', 'd1', 'd2'] }],
  ['excel.csv'],
  ['semicolons.csv'],
  ['tabs.tsv'],
  ['quoted.csv'],
  ['packed.csv.gz'],
  ['words.csv', { columns: ['phi', 'd1', 'd2'] }],
]);

test("numbers that are missing, as pandas and R write them, are NaN; Fortran's exponents are numbers", async () => {
  const rows = 'time,d1,d2\n0,1,2\n1,,3\n2,NA,4\n3,4,\n4,5D0,6.5d-1\n5,n/a,1\n6,<NA>,1\n7,null,1\n';
  const path = await fileWith(rows, 'missing.csv');
  const set = await readTables(path, { nonFinite: 'drop' });
  assert.deepEqual([...set.time, ...set.data], [0, 4, 1, 2, 5, 0.65]);
  assert.match(set.warnings.join(), /6 frames with NaN or infinite values left out/);
  await assert.rejects(readTables(path), {
    message: /expected a finite number at .*:3, column 2 \(d1\), but received nothing/,
    hint: /‘nonFinite’/,
  });
  const fortran = await fileWith('#! FIELDS time d1\n 0.0D+00 -1.25D-02\n 1.0D+00 1.0d+01\n');
  assert.deepEqual([...(await readTables(fortran)).data], [-0.0125, 10]);
});

test('a byte order mark does no harm', async () => {
  const colvar = await readTables(await fileWith('\uFEFF#! FIELDS time d1\n 0 1\n 1 2\n'));
  assert.deepEqual([[...colvar.data], colvar.warnings], [[1, 2], []]);
  const numbers = await readTables(await fileWith('\uFEFF0,1\n1,2\n', 'n.csv'), { names: ['time', 'd1'] });
  assert.deepEqual([...numbers.time, ...numbers.data], [0, 1, 1, 2]);
});

test('OpenMM: names in a comment, with quotes; Excel: a byte order mark', async () => {
  const rows = '#"Step","Time (ps)","Potential Energy (kJ/mole)"\n1000,2.0,-5.5\n2000,4.0,-6.5';
  const set = await readTables(await fileWith(rows, 'state.csv'), { columns: ['Potential*'] });
  assert.deepEqual([...set.time, ...set.data], [2, 4, -5.5, -6.5]);
  const marked = await readTables(await fileWith('\uFEFFtime;d1\r\n0;1\r\n1;2\r\n', 'e.csv'));
  assert.deepEqual([labelsOf(marked), [...marked.data]], [['d1'], [1, 2]]);
});

test('pandas without names: row numbers are left out, columns counted', async () => {
  const rows = await text(',0,1\n0,1.5,2.5\n1,3.5,4.5\n', 'counted.csv');
  const set = await readTables(rows, { timestep: 1 });
  assert.deepEqual(
    [labelsOf(set), [...set.data]],
    [
      ['0', '1'],
      [1.5, 2.5, 3.5, 4.5],
    ],
  );
});

refuses([
  [
    'a word',
    () => text('time,d1\n0,1\n1,two\n'),
    /expected a number at .*:3, column 2 \(d1\), but received two/,
    'bad-data',
  ],
  [
    'an empty cell',
    () => text('time,d1\n0,1\n1,\n'),
    /a finite number at .*:3, column 2 \(d1\), but received nothing/,
    'bad-data',
  ],
  [
    'NaN',
    () => text('time,d1\n0,1\n1,nan\n'),
    /expected a finite number at .*:3, column 2 \(d1\)/,
    'bad-data',
  ],
  [
    'a decimal comma',
    () => text('time;d1\n0;1\n1;2,5\n'),
    /expected a number at .*:3, .* received 2,5/,
    'bad-data',
  ],
  [
    'too few cells',
    () => text('time,d1\n0\n1,2\n'),
    /expected 2 columns at .*:2 but received 1/,
    'file-format',
  ],
  ['a quote without end', () => text('time,d1\n0,"1\n1,2\n'), /expected 2 columns at .*:2/, 'file-format'],
  ['an empty file', () => text(''), /expected a table in .* but it has no rows/, 'file-format'],
  [
    'lines that end in returns',
    () => text('time,d1\r0,1\r1,2\r'),
    /line 1 has carriage returns within it/,
    'file-format',
  ],
  [
    'a return in place of one line feed',
    () => text('time,d1\r\n0,1\r\n1,2\r2,3\r\n3,4\r\n'),
    /line 3 has carriage returns within it/,
    'file-format',
  ],
  ['names alone', () => text('time,d1\n'), /expected rows below the names/, 'file-format'],
]);

test('NaN can be left out, and a last line that is cut off is', async () => {
  const set = await readTables(await text('time,d1,d2\n0,1,5\n1,nan,5\n2,3,5\n3,4'), { nonFinite: 'drop' });
  assert.deepEqual([...set.time], [0, 2]);
  assert.match(set.warnings.join('\n'), /:5: the line is cut off[^]*1 frames with NaN/);
});

test('formulas that begin as numbers that are missing do are text', async () => {
  const path = await text('formula,gap\nNaNbO3,1\nInFeO3,nan\nNa,inf\nNaN3,-inf\nNA,NaN\n');
  assert.deepEqual((await tableKind(path)).text, []);
  const others = await text('formula,gap\nNaNbO3,1\nInFeO3,nan\nNa,inf\nNaN3,-inf\n');
  assert.deepEqual((await tableKind(others)).text, ['formula']);
});
