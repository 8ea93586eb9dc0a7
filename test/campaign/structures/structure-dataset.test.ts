import assert from 'node:assert/strict';
import { test } from 'node:test';
import { structureDataset } from '../../../src/campaign/index.js';
import { cubic } from '../../structures/fixtures.js';

const rows = {
  measured: {
    structures: [cubic(0.3, [['Fe', 0, 0, 0]]), { ...cubic(0.3, [['O', 0, 0, 0]]), name: 'other' }],
    properties: [{ name: 'gap', values: Float64Array.of(1, NaN) }],
    group: ['x', 'x'],
    notes: [],
  },
  features: {
    labels: ['a', 'b'],
    data: Float64Array.of(1, 2, 3, 4),
    notes: [],
    leftOut: [{ property: 'Electronegativity', element: 'He' }],
  },
  group: 'kind',
};

test('a row has names, the group, what was computed and what was measured', () => {
  const { columns, data, frames } = structureDataset(rows);
  assert.deepEqual(
    columns.map(({ label }) => label),
    ['structure', 'formula', 'kind', 'a', 'b', 'gap'],
  );
  assert.deepEqual(columns[0].words, ['cubic', 'other']);
  assert.deepEqual([frames, ...data.subarray(6)], [2, 1, 1, 0, 3, 4, NaN]);
});

test('a model’s inputs are 0 where no structure has such atoms, and refused where an element has no value', () => {
  const { columns, data } = structureDataset({ ...rows, inputs: ['rdf_Ti.1', 'b'] });
  assert.deepEqual(
    columns.slice(3).map(({ label }) => label),
    ['rdf_Ti.1', 'b', 'gap'],
  );
  assert.deepEqual([data[3], data[4]], [0, 2]);
  assert.throws(() => structureDataset({ ...rows, inputs: ['Electronegativity mean'] }), {
    code: 'bad-data',
    message: /expected the Electronegativity of He, from which the model predicts \(Electronegativity mean\)/,
  });
});
