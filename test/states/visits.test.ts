import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Layers } from '../../src/states/layers.js';
import { modeAxis } from '../../src/states/mode-axes.js';
import { visitError } from '../../src/states/visits.js';

// a row of cells: the peak at 0, the saddle at 20, the peak beyond at 40; the path of a run
const path = [0, 0, 1, 20, 21, 20, 40, 40, 20, 0, 5, 10, 0, 20, 0];
const values = Float64Array.from(path);
const axis = modeAxis({ label: 'x', values }, 2, [0, 40], 1);
const whole = [{ start: 0, end: path.length }];
const cells = new Layers(
  [[axis]],
  values.map(() => 1),
  { frames: Int32Array.from(path.keys()), levels: new Uint8Array(path.length) },
);
const ofFrames = Int32Array.from(path, (_, frame) => cells.ofFrame(frame, 0));
const [peak, saddle, beyond] = [0, 20, 40].map((at) => ofFrames[path.indexOf(at)]);

test('visits count once, however long; those that weigh more count for more', () => {
  const even = visitError(cells, [peak, saddle, beyond], {
    weights: values.map(() => 1),
    ranges: whole,
    ofFrames,
  });
  // at the peak three frames, then two (5 and 10 are nowhere), then one; at the saddle three, one, one
  const kish = (list: readonly number[]): number =>
    list.reduce((a, b) => a + b, 0) ** 2 / list.reduce((a, b) => a + b * b, 0);
  assert.ok(Math.abs(even - Math.sqrt(1 / kish([3, 2, 1]) + 1 / kish([3, 1, 1]))) < 1e-12, String(even));
  const one = values.map((_, frame) => (frame < 3 || frame === 3 ? 1 : 1e-9));
  const error = visitError(cells, [peak, saddle, beyond], { weights: one, ranges: whole, ofFrames });
  assert.ok(Math.abs(error - Math.SQRT2) < 1e-6, String(error));
});

test('a new range is a new visit, and what was never visited is not known', () => {
  const halves = [
    { start: 0, end: 2 },
    { start: 2, end: 6 },
  ];
  const weights = values.map(() => 1);
  const error = visitError(cells, [peak, saddle, beyond], { weights, ranges: halves, ofFrames });
  assert.ok(Math.abs(error - Math.sqrt(1 / (9 / 5) + 1)) < 1e-12, String(error));
  const never = visitError(cells, [peak, beyond, saddle], { weights, ranges: [halves[1]], ofFrames });
  assert.equal(never, Infinity);
});
