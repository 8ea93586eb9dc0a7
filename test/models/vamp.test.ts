import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input } from '../../src/graph/index.js';
import { vamp2Score } from '../../src/models/vamp.js';
import { laggedCovariances, slowDirections } from '../../src/models/slow-directions.js';
import { Random } from '../../src/training/random.js';

/** Two independent AR(1) processes x' = a·x + √(1−a²)·ξ, mixed by a fixed matrix. */
function linearSystem(frames: number, factors: [number, number]): Float64Array {
  const random = new Random(5);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const state = [normal(), normal()];
  const out = new Float64Array(2 * frames);
  for (let frame = 0; frame < frames; frame++) {
    factors.forEach((a, i) => (state[i] = a * state[i] + Math.sqrt(1 - a * a) * normal()));
    out.set([state[0] + 0.5 * state[1], 0.3 * state[0] - state[1]], 2 * frame);
  }
  return out;
}

test('the VAMP-2 score is the sum of the squared eigenvalues of the lagged problem', () => {
  const frames = 400;
  const data = linearSystem(frames + 1, [0.9, 0.5]);
  const now = input('now', [frames, 2]);
  const later = input('later', [frames, 2]);
  const { score } = evaluate(
    { score: vamp2Score(now, later) },
    {
      now: { shape: [frames, 2], data: data.subarray(0, 2 * frames) },
      later: { shape: [frames, 2], data: data.subarray(2) },
    },
  );
  // The same covariances solved by ml-matrix's eigenvalue decomposition; the ridge of 1e-6 is the difference.
  const starts = Int32Array.from({ length: frames }, (_, i) => i);
  const pairs = { now: starts, later: starts.map((frame) => frame + 1) };
  const { eigenvalues } = slowDirections(laggedCovariances(data, 2, pairs));
  const expected = eigenvalues.reduce((sum, value) => sum + value * value, 0);
  assert.ok(Math.abs(score.data[0] - expected) < 1e-5 * expected, `${score.data[0]} against ${expected}`);
});

test('the lagged eigenvalues of a linear system are its factors', () => {
  const data = linearSystem(40_000, [0.9, 0.5]);
  const starts = Int32Array.from({ length: 39_999 }, (_, i) => i);
  const pairs = { now: starts, later: starts.map((frame) => frame + 1) };
  const { eigenvalues } = slowDirections(laggedCovariances(data, 2, pairs));
  // Closed form: autocorrelation a at lag 1; the standard error is at most √((1−a²)/N) ≈ 0.005.
  assert.ok(Math.abs(eigenvalues[0] - 0.9) < 0.015);
  assert.ok(Math.abs(eigenvalues[1] - 0.5) < 0.015);
});
