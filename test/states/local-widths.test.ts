import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../src/support/random.js';
import { levelsByVisits, visitsOfCells } from '../../src/states/local-widths.js';
import { modeAxis } from '../../src/states/mode-axes.js';

test('a visit is new only where the run has been farther away than the cells beside', () => {
  // cells of one, from 0; 2 is beside 1 and 3, and 4 is not
  const values = Float64Array.from([0, 0, 1, 0, 1, 2, 0, 3, 2, 1, 0, 5, 0]);
  const axis = modeAxis({ label: 'x', values }, 1, [0, 5], 3);
  const { of, visits } = visitsOfCells([axis], [{ start: 0, end: values.length }], 1);
  const at = (value: number): number => visits[of[values.indexOf(value)]];
  assert.deepEqual([0, 1, 2, 3, 5].map(at), [4, 2, 2, 1, 1]);
  // a new range is a new visit; of one frame in two the others are not looked at
  const ranges = [
    { start: 0, end: 2 },
    { start: 2, end: 4 },
  ];
  assert.deepEqual([...visitsOfCells([axis], ranges, 1).visits], [2, 1]);
  assert.deepEqual([...visitsOfCells([axis], [{ start: 0, end: 5 }], 2).visits], [1, 1]);
});

test('around a period the first cell is beside the last', () => {
  const values = Float64Array.from([0.5, 7.5, 0.5, 4.5, 0.5]);
  const axis = modeAxis({ label: 'phi', values, period: [0, 8] }, 1, [0, 8], 3);
  const { visits } = visitsOfCells([axis], [{ start: 0, end: 5 }], 1);
  assert.deepEqual([...visits], [2, 1, 1]);
});

test('what comes seldom to a mode but moves often within it has narrow kernels there', () => {
  const random = new Random(1);
  const frames = 4000;
  const values = Float64Array.from({ length: frames }, (_, i) => (i < 2000 ? 0 : 10) + random.uniform());
  const grids = [8, 4, 2, 0.1].map((width) => [modeAxis({ label: 'x', values }, width, [0, 11], 3)]);
  const ranges = [{ start: 0, end: frames }];
  const levels = levelsByVisits(grids, { ranges, every: 1, least: 50 });
  assert.ok(levels.every((level) => level === 3));
  assert.ok(levelsByVisits(grids, { ranges, every: 1, least: 1e6 }).every((level) => level === 0));
});
