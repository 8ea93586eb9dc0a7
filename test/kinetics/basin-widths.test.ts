import assert from 'node:assert/strict';
import { test } from 'node:test';
import { narrowestBasins } from '../../src/kinetics/index.js';
import { Random } from '../../src/support/index.js';

/** Two wells, of which the right one is narrower; and one well with tails. */
function twoWells(frames: number): Float64Array {
  const random = new Random(7);
  const gaussian = (): number => random.normal();
  return Float64Array.from({ length: 2 * frames }, (_, i) => {
    if (i % 2 === 0) return i % 4 === 0 ? -1 + 0.2 * gaussian() : 1 + 0.1 * gaussian();
    return (i % 20 === 1 ? 4 : 0.5) * gaussian();
  });
}

test('the narrowest basin of each CV is what its Gaussian was made with; tails do not widen it', () => {
  const frames = 40_000;
  const time = Float64Array.from({ length: frames }, (_, i) => i);
  const [a, b] = narrowestBasins(twoWells(frames), 2, { time, segments: [{ start: 0, end: frames }] });
  // the density is smeared by a fiftieth of the range, which does not touch a standard deviation
  assert.ok(Math.abs(a - 0.1) < 0.005, String(a));
  // the standard deviation of all is 1.36; at half of its height the well is 0.5 wide, smeared by 1/50 of about 30
  assert.ok(b > 0.45 && b < 0.9, String(b));
});

test('a frame that weighs alone among many that weigh nothing is no basin', () => {
  const random = new Random(3);
  const wells = Array.from({ length: 20_000 }, (_, i) => (i % 10 === 0 ? 1 : -1) + 0.05 * random.normal());
  const between = Array.from({ length: 2000 }, (_, i) => -0.6 + 0.0006 * i);
  const cv = Float64Array.from([...wells, ...between]);
  const weights = Float64Array.from(cv, (_, frame) => (frame < 20_000 ? 1 : 1e-6));
  // frames of a hot run that cross between the wells
  for (const frame of [20_500, 21_000, 21_500]) weights[frame] = 1;
  const time = Float64Array.from(cv.keys());
  const [width] = narrowestBasins(cv, 1, { time, segments: [{ start: 0, end: cv.length }] }, weights);
  assert.ok(Math.abs(width - 0.05) < 0.005, String(width));
});
