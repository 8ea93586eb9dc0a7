import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../src/support/random.js';
import { Layers } from '../../src/states/layers.js';
import { difference, middleOf, cellOf, modeAxis } from '../../src/states/mode-axes.js';

const frames = 900;
const random = new Random(3);
const period = [-1, 1] as const;
const phi = Float64Array.from({ length: frames }, () => random.uniform(-1, 1));
const x = Float64Array.from({ length: frames }, () => random.normal());
const weights = Float64Array.from({ length: frames }, () => random.uniform());
const grid = (width: number) => [
  modeAxis({ label: 'phi', values: phi, period }, width, [-1, 1], 2),
  modeAxis({ label: 'x', values: x }, 2 * width, [Math.min(...x), Math.max(...x)], 2),
];
const grids = [grid(0.4), grid(0.2), grid(0.1)];
const some = Int32Array.from(weights.keys()).filter((frame) => frame % 3 > 0);
const levels = Uint8Array.from(some, (frame) => (frame % 7) % 3);
const layers = new Layers(grids, weights, { frames: some, levels });

const apart = (a: ArrayLike<number>, b: ArrayLike<number>, level: number): number =>
  grids[level].reduce(
    (sum, { period: around, width }, k) => sum + (difference(around, a[k], b[k]) / width) ** 2,
    0,
  );
const levelAt = (cell: number): number => grids.findIndex(([{ width }]) => width === layers.widths(cell)[0]);

test('the density is the sum of kernels of all layers, each with its own widths and a weight of one', () => {
  const density = layers.density();
  for (let cell = 0; cell < layers.size; cell += 23) {
    let sum = 0;
    some.forEach((frame, i) => {
      const axes = grids[levels[i]];
      const place = axes.map((axis) => middleOf(axis, cellOf(axis, axis.values[frame])));
      const squared = apart(place, layers.middle(cell), levels[i]);
      const peak = 1 / (axes[0].width * axes[1].width);
      if (squared <= 9 + 1e-9) sum += peak * weights[frame] * Math.exp(-squared / 2);
    });
    assert.ok(Math.abs(density[cell] / sum - 1) < 1e-9, `${cell}: ${density[cell]} is not ${sum}`);
  }
});

test('neighbours are within reach of the wider kernels of both', () => {
  const lists = layers.neighbours(2).map((list) => new Set(list));
  for (let a = 0; a < layers.size; a++)
    for (let b = 0; b < layers.size; b++) {
      const wider = Math.min(levelAt(a), levelAt(b));
      const near = a !== b && apart(layers.middle(a), layers.middle(b), wider) <= 4 + 1e-9;
      assert.equal(lists[a].has(b), near, `${a} ${b}`);
    }
});

test('a frame that was not taken gets the smallest cell around it, or the nearest', () => {
  const taken = new Set(some);
  for (let frame = 0; frame < frames; frame++) {
    if (taken.has(frame)) continue;
    const holding = [2, 1, 0].map((level) => layers.ofFrame(frame, level)).find((cell) => cell >= 0);
    const cell = layers.around(frame);
    if (holding !== undefined) assert.equal(cell, holding);
    else {
      const place = [phi[frame], x[frame]];
      const away = (other: number): number => apart(place, layers.middle(other), levelAt(other));
      for (let other = 0; other < layers.size; other++) assert.ok(away(cell) <= away(other) + 1e-9);
    }
  }
});
