import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../src/support/random.js';
import { Cells, cellDensity } from '../../src/states/cells.js';
import { difference, middleOf, modeAxis } from '../../src/states/mode-axes.js';

const frames = 3000;
const random = new Random(2);
const whole = [{ start: 0, end: frames }];
const weights = Float64Array.from({ length: frames }, () => random.uniform(0, 2 / frames));
const x = Float64Array.from({ length: frames }, () => random.normal());
const phi = Float64Array.from({ length: frames }, () => random.uniform(-1, 1));
const periodic = [-1, 1] as const;

const axes = [
  modeAxis({ label: 'x', values: x }, 0.3, [Math.min(...x), Math.max(...x)], 2),
  modeAxis({ label: 'phi', values: phi, period: periodic }, 0.1, [-1, 1], 2),
];
const cells = new Cells(axes, weights, whole);

test('cells hold all frames and their weight', () => {
  const sum = (list: Float64Array): number => list.reduce((a, b) => a + b, 0);
  assert.equal(sum(cells.frames), frames);
  assert.ok(Math.abs(sum(cells.weights) - sum(weights)) < 1e-12);
  const of = cells.ofFrames(frames, whole);
  const counted = new Float64Array(cells.size);
  of.forEach((cell) => counted[cell]++);
  assert.deepEqual(counted, cells.frames);
});

test('the density is the sum of kernels over all cells, around a period too', () => {
  const density = cellDensity(cells);
  const place = (cell: number, k: number): number => middleOf(axes[k], cells.places[2 * cell + k]);
  for (let cell = 0; cell < cells.size; cell += 17) {
    let sum = 0;
    for (let other = 0; other < cells.size; other++) {
      const squared = axes.reduce(
        (total, { period, width }, k) =>
          total + (difference(period, place(cell, k), place(other, k)) / width) ** 2,
        0,
      );
      assert.ok(Math.abs(squared - cells.squaredBetween(cell, other)) < 1e-6);
      if (squared <= 9 + 1e-9) sum += cells.weights[other] * Math.exp(-squared / 2);
    }
    assert.ok(Math.abs(density[cell] / sum - 1) < 1e-9, `${cell}: ${density[cell]} is not ${sum}`);
  }
});

test('frames that were passed over get the nearest cell, those that are left out none', () => {
  const some = new Cells(axes, weights, [{ start: 0, end: 1000 }], 10);
  const of = some.ofFrames(frames, [{ start: 0, end: 2000 }]);
  assert.ok(of.subarray(0, 2000).every((cell) => cell >= 0));
  assert.ok(of.subarray(2000).every((cell) => cell === -1));
  for (let frame = 0; frame < 2000; frame += 97) {
    const away = (cell: number): number =>
      axes.reduce((sum, axis, k) => {
        const own = middleOf(axis, Math.floor((axis.values[frame] - axis.lower) / axis.cell));
        return (
          sum + (difference(axis.period, own, middleOf(axis, some.places[2 * cell + k])) / axis.width) ** 2
        );
      }, 0);
    const least = Math.min(...Array.from({ length: some.size }, (_, cell) => away(cell)));
    assert.ok(Math.abs(away(of[frame]) - least) < 1e-9);
  }
});
