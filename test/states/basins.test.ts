import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basinsOf, highest, join } from '../../src/states/basins.js';
import { Layers } from '../../src/states/layers.js';
import { modeAxis, type ModeAxis } from '../../src/states/mode-axes.js';

const oneLayer = (axis: ModeAxis): Layers =>
  new Layers(
    [[axis]],
    axis.values.map(() => 1 / axis.values.length),
    { frames: Int32Array.from(axis.values.keys()), levels: new Uint8Array(axis.values.length) },
  );

/** Cells in a row, a frame in each; neighbours are up to four away (two widths of kernels). */
function row(density: readonly number[]): { cells: Layers; density: Float64Array } {
  const values = Float64Array.from(density, (_, i) => i);
  const axis = modeAxis({ label: 'x', values }, 2, [0, density.length - 1], 1);
  return { cells: oneLayer(axis), density: Float64Array.from(density) };
}

const e = Math.E;
// three hills; the saddles are ln(20 / 2) = 2.3 below the second and ln(5 / 4) below the third
const hills = [
  1, 5, 40, 30, 20, 9, 6, 5, 2, 1.9, 1.8, 1.7, 2, 5, 7, 12, 20, 11, 8, 6, 4.6, 4.5, 4.4, 4.3, 4, 4.4, 5, 4.7,
  3,
];

test('a basin joins the other where the barrier out of it is too low', () => {
  const { cells, density } = row(hills);
  const fine = basinsOf(cells, density, 0.1);
  assert.deepEqual(
    fine.peaks.map((cell) => cell),
    [2, 16, 26],
  );
  const coarse = basinsOf(cells, density, 0.5);
  assert.deepEqual(coarse.peaks, [2, 16]);
  assert.equal(coarse.of[26], 1);
  const [saddle] = coarse.saddles;
  assert.deepEqual(saddle.between, [0, 1]);
  // cells two widths of kernels apart are neighbours, over what lies between
  assert.equal(density[saddle.cell], 2);
  assert.equal(basinsOf(cells, density, Math.log(20 / 2) + 1e-9).peaks.length, 1);
  assert.equal(basinsOf(cells, density, Math.log(20 / 2) - 1e-9).peaks.length, 2);
});

test('what no neighbour leads to is a basin of its own', () => {
  const values = Float64Array.from([0, 1, 2, 50, 51]);
  const axis = modeAxis({ label: 'x', values }, 2, [0, 51], 1);
  const cells = oneLayer(axis);
  const { peaks, saddles } = basinsOf(cells, Float64Array.from([1, e, 1, 1, e]), 100);
  assert.deepEqual([peaks, saddles], [[1, 4], []]);
});

test('joined basins have the highest of their saddles', () => {
  const density = Float64Array.from([1, 2, 3]);
  const saddles = [
    { between: [0, 1] as const, cell: 0 },
    { between: [0, 2] as const, cell: 1 },
    { between: [1, 2] as const, cell: 2 },
  ];
  const joined = join({ of: Int32Array.from([0, 1, 2]), peaks: [0, 1, 2], saddles }, 2, 1, density);
  assert.deepEqual([...joined.of], [0, 1, 1]);
  assert.deepEqual(joined.saddles, [{ between: [0, 1], cell: 1 }]);
  assert.deepEqual(highest(saddles, density), saddles);
});
