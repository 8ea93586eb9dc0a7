import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../src/support/random.js';
import { Cells } from '../../src/states/cells.js';
import { difference, modeAxis } from '../../src/states/mode-axes.js';

const frames = 3000;
const random = new Random(2);
const weights = Float64Array.from({ length: frames }, () => random.uniform(0, 2 / frames));
const x = Float64Array.from({ length: frames }, () => random.normal());
const phi = Float64Array.from({ length: frames }, () => random.uniform(-1, 1));
const periodic = [-1, 1] as const;
const z = Float64Array.from({ length: frames }, () => random.uniform(0, 1));

const axes = [
  modeAxis({ label: 'phi', values: phi, period: periodic }, 0.1, [-1, 1], 3),
  modeAxis({ label: 'x', values: x }, 0.3, [Math.min(...x), Math.max(...x)], 3),
  modeAxis({ label: 'z', values: z }, 0.2, [0, 1], 3),
];
const every = weights.keys();
const cells = new Cells(axes, weights, every);

test('cells hold all frames and their weight', () => {
  const sum = (list: Float64Array): number => list.reduce((a, b) => a + b, 0);
  assert.equal(sum(cells.frames), frames);
  assert.ok(Math.abs(sum(cells.weights) - sum(weights)) < 1e-12);
  const counted = new Float64Array(cells.size);
  const weighed = new Float64Array(cells.size);
  for (let frame = 0; frame < frames; frame++) {
    const cell = cells.ofFrame(frame);
    counted[cell]++;
    weighed[cell] += weights[frame];
    const middle = cells.middle(cell);
    axes.forEach(({ values, cell: size }, k) =>
      assert.ok(Math.abs(values[frame] - middle[k]) <= size / 2 + 1e-12),
    );
  }
  assert.deepEqual(counted, cells.frames);
  assert.deepEqual(weighed, cells.weights);
});

test('frames that were not taken lie in a cell only where one that was lies too', () => {
  const some = new Cells(axes, weights, [0, 1, 2, 3]);
  assert.ok(some.size <= 4 && some.ofFrame(2) >= 0);
  const outside = [...weights.keys()].filter((frame) => some.ofFrame(frame) < 0);
  assert.ok(outside.length > 0.9 * frames);
  for (const frame of outside.slice(0, 50)) {
    const away = [0, 1, 2, 3].map((taken) =>
      Math.max(
        ...axes.map(
          ({ values, cell, period }, k) =>
            Math.abs(difference(period, values[frame], some.middle(some.ofFrame(taken))[k])) / cell,
        ),
      ),
    );
    assert.ok(Math.min(...away) >= 0.5 - 1e-9);
  }
});

test('cells near a place are all within reach, around a period too, each once', () => {
  const near = (place: readonly number[], reach: number): void => {
    const found = new Map<number, number>();
    cells.eachNear(place, reach, (cell, squared) => {
      assert.ok(!found.has(cell), `${cell} twice`);
      found.set(cell, squared);
    });
    for (let cell = 0; cell < cells.size; cell++) {
      const middle = cells.middle(cell);
      const squared = axes.reduce(
        (sum, { period, width }, k) => sum + (difference(period, place[k], middle[k]) / width) ** 2,
        0,
      );
      assert.ok(Math.abs(squared - cells.squaredFrom(place, cell)) < 1e-9);
      assert.equal(found.has(cell), squared <= reach * reach + 1e-9, `${cell} at ${Math.sqrt(squared)}`);
      if (found.has(cell)) assert.ok(Math.abs(found.get(cell)! - squared) < 1e-9);
    }
  };
  for (const place of [
    [0.98, 0.1, 0.5],
    [-0.97, -2, 0.02],
    [0, 0, 1],
  ])
    for (const reach of [0.5, 2, 3, 30]) near(place, reach);
});
