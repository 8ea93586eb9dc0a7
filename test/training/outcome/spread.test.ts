import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input } from '../../../src/graph/index.js';
import { ranges } from '../../../src/training/ranges.js';
import { Random } from '../../../src/support/random.js';
import { applySpread, fitSpread, spreadGraph } from '../../../src/training/outcome/spread.js';

/** Two CVs: one with 19 of 20 frames squeezed into [−0.9, −0.8], one uniform; both span [−1, 1]. */
function squeezed(frames = 4000): Float64Array {
  const random = new Random(6);
  const cv = new Float64Array(2 * frames);
  for (let frame = 0; frame < frames; frame++) {
    const rare = frame % 20 === 0;
    cv[2 * frame] = rare ? random.uniform(-1, 1) : random.uniform(-0.9, -0.8);
    cv[2 * frame + 1] = random.uniform(-1, 1);
  }
  cv.set([-1, -1, 1, 1]);
  return cv;
}

const share = 1 / 3;
const cv = squeezed();
const spread = fitSpread(cv, 2, share);
const at = (z: number, other = 0): [number, number] =>
  [...applySpread(spread, Float64Array.of(z, other))] as [number, number];

test('a squeezed state gets its share of the range, and the rest keeps its share by length', () => {
  // The definition over all frames instead of sixteen: (1 − share)·z + share·(2F − 1), F smoothed by the same width.
  const frames = cv.filter((_, i) => i % 2 === 0);
  const smoothed = (z: number): number =>
    frames.reduce((sum, f) => sum + 1 / (1 + Math.exp((f - z) / 0.025)), 0) / frames.length;
  const exact = (z: number): number => (1 - share) * z + share * (2 * smoothed(z) - 1);
  const part = (low: number, high: number): number => (exact(high) - exact(low)) / (exact(1) - exact(-1));
  const state = (at(-0.79)[0] - at(-0.91)[0]) / 2;
  assert.ok(Math.abs(state - part(-0.91, -0.79)) < 0.02, `${state} against ${part(-0.91, -0.79)}`);
  assert.ok(state > 4 * 0.06, 'by length alone it had 0.06 of the range');
  const rest = (at(1)[0] - at(0)[0]) / 2;
  assert.ok(Math.abs(rest - part(0, 1)) < 0.02, `${rest} against ${part(0, 1)}`);
});

test('it spans [-1, 1] over the frames and is monotone', () => {
  const { min, max } = ranges(applySpread(spread, cv), 2);
  for (const value of min) assert.ok(Math.abs(value + 1) < 1e-12);
  for (const value of max) assert.ok(Math.abs(value - 1) < 1e-12);
  for (let z = -1.2; z < 1.2; z += 0.003) {
    const [a, b] = [at(z, z), at(z + 0.003, z + 0.003)];
    assert.ok(b[0] > a[0] && b[1] > a[1]);
  }
});

test('what is spread evenly stays nearly as it is', () => {
  for (const z of [-0.9, -0.5, 0, 0.4, 0.9])
    assert.ok(Math.abs(at(0, z)[1] - z) < 0.03, `${z} → ${at(0, z)[1]}`);
});

test('the graph is the same function', () => {
  const values = cv.subarray(0, 200);
  const graph = { cv: spreadGraph(spread, input('z', ['n', 2])) };
  const result = evaluate(graph, { z: { shape: [100, 2], data: values } });
  applySpread(spread, values).forEach((value, i) => assert.ok(Math.abs(value - result.cv.data[i]) < 1e-13));
});
