import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableCompositions, withCompositions } from '../../../src/campaign/index.js';
import type { Dataset } from '../../../src/frames/index.js';

const table = {
  path: 'a.csv',
  labels: ['formula', 'A1', 'A2', 'B'],
  rows: [
    ['LaMnO3', 'La', '', 'Mn'],
    ['Ba0.5Sr0.5TiO3', 'Ba', 'Sr', 'Ti'],
  ],
};

test('formulas and sites become statistics of their elements', () => {
  const whole = tableCompositions(table, { formula: 'formula' });
  assert.equal(whole.labels[0], 'Number mean');
  assert.ok(Math.abs(whole.data[0] - (57 + 25 + 3 * 8) / 5) < 1e-12);
  const sites = tableCompositions(table, { formula: 'formula', sites: 'A=A*; B=B' });
  assert.equal(sites.labels[0], 'A Number mean');
  assert.equal(sites.data[sites.labels.length], (56 + 38) / 2);
});

test('they stand behind the columns of a table, which has none of that name', () => {
  const dataset: Dataset = {
    columns: [{ label: 'formula', aside: true, words: ['Fe', 'O'] }, { label: 'x' }],
    frames: 3,
    data: Float64Array.of(1, 5, 0, 6, 1, 7),
    time: Float64Array.of(0, 1, 2),
    segments: [{ start: 0, end: 3, source: 'a.csv' }],
    rows: true,
  };
  const { dataset: all } = withCompositions(dataset, { formula: 'formula' }, 'a.csv');
  const width = all.columns.length;
  assert.deepEqual(
    [0, 1, 2].map((row) => [all.data[row * width + 1], all.data[row * width + 2]]),
    [
      [5, 8],
      [6, 26],
      [7, 8],
    ],
  );
  assert.throws(() => withCompositions(all, { formula: 'formula' }, 'a.csv'), {
    code: 'bad-argument',
    message: /has a column Number mean/,
  });
});

test('what is not there, or no formula, is refused', () => {
  assert.throws(() => tableCompositions(table, { formula: 'formulas' }), {
    message: /expected a column formulas in a.csv/,
    hint: 'did you mean formula?',
  });
  assert.throws(() => tableCompositions(table, { formula: 'formula', sites: 'A' }), {
    message: /expected a site and its columns/,
  });
  assert.throws(() => tableCompositions({ ...table, rows: [['Qq', '', '', '']] }, { formula: 'formula' }), {
    message: /^a.csv, row 1: expected a formula/,
  });
});
