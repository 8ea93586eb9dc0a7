import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CholeskyDecomposition, Matrix, SingularValueDecomposition, inverse } from 'ml-matrix';
import { evaluate, input, mapValues } from '../../src/graph/index.js';
import { vamp2Score, vampScores } from '../../src/models/vamp.js';
import { laggedCovariances, slowDirections } from '../../src/models/slow-directions.js';
import { Random } from '../../src/support/random.js';
import { linearSystem } from './linear-system.js';

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

test('the mean is that of both ends of the pairs, where a trajectory drifts', () => {
  const [frames, lag] = [60, 20];
  const data = linearSystem(frames + lag, [0.9, 0.5]).map((value, i) => value + 0.1 * Math.floor(i / 2));
  const [now, later] = ['now', 'later'].map((name) => input(name, [frames, 2]));
  const feed = (from: number) => ({ shape: [frames, 2], data: data.slice(2 * from, 2 * (from + frames)) });
  const { score } = evaluate({ score: vamp2Score(now, later) }, { now: feed(0), later: feed(lag) });
  const starts = Int32Array.from({ length: frames }, (_, i) => i);
  const pairs = { now: starts, later: starts.map((frame) => frame + lag) };
  const { eigenvalues } = slowDirections(laggedCovariances(data, 2, pairs));
  const expected = eigenvalues.reduce((sum, value) => sum + value * value, 0);
  assert.ok(Math.abs(score.data[0] - expected) < 1e-5 * expected, `${score.data[0]} against ${expected}`);
});

/** x' = 0.9·(x turned by 30°) + noise that keeps unit variance: as far from reversible as can be. */
function turningSystem(frames: number): Float64Array {
  const random = new Random(9);
  const [cosine, sine] = [0.9 * Math.cos(Math.PI / 6), 0.9 * Math.sin(Math.PI / 6)];
  const noise = Math.sqrt(1 - 0.81);
  let [x, y] = [random.normal(), random.normal()];
  const out = new Float64Array(2 * frames);
  for (let frame = 0; frame < frames; frame++) {
    out.set([x + 0.5 * y, 0.3 * x - y], 2 * frame);
    [x, y] = [
      cosine * x - sine * y + noise * random.normal(),
      sine * x + cosine * y + noise * random.normal(),
    ];
  }
  return out;
}

test('VAMP-1, -2 and -E of a linear system are sums of its singular values and their squares', () => {
  const frames = 40_000;
  const data = turningSystem(frames + 1);
  const [now, later] = [input('now', [frames, 2]), input('later', [frames, 2])];
  const outputs = {
    ...mapValues(vampScores, (score) => score(now, later)),
    reversible: vamp2Score(now, later),
  };
  const scores = evaluate(outputs, {
    now: { shape: [frames, 2], data: data.subarray(0, 2 * frames) },
    later: { shape: [frames, 2], data: data.subarray(2) },
  });
  const singular = singularValues(data.subarray(0, 2 * frames), data.subarray(2));
  const [sum, squares] = [singular[0] + singular[1], singular[0] ** 2 + singular[1] ** 2];
  // ml-matrix's singular values of the whitened covariances; the ridge of 1e-6 is the difference.
  assert.ok(Math.abs(scores['vamp-1'].data[0] - sum) < 1e-5, `${scores['vamp-1'].data[0]} and ${sum}`);
  for (const name of ['vamp-2', 'vamp-e'] as const)
    assert.ok(
      Math.abs(scores[name].data[0] - squares) < 1e-5,
      `${name}: ${scores[name].data[0]} and ${squares}`,
    );
  // Closed form: both singular values are 0.9; the standard error of each is about 0.002.
  assert.ok(Math.abs(sum - 1.8) < 0.015, `${sum}`);
  // What is symmetric in time sees only the real part, 0.9 cos 30°, of each eigenvalue.
  const real = 2 * (0.81 * 0.75);
  assert.ok(Math.abs(scores.reversible.data[0] - real) < 0.02, `${scores.reversible.data[0]} and ${real}`);
});

function singularValues(now: Float64Array, later: Float64Array): number[] {
  const [a, b] = [now, later].map((data) => Matrix.from1DArray(data.length / 2, 2, data).center('column'));
  const covariance = (x: Matrix, y: Matrix): Matrix => x.transpose().mmul(y).div(x.rows);
  const left = new CholeskyDecomposition(covariance(a, a)).lowerTriangularMatrix;
  const right = new CholeskyDecomposition(covariance(b, b)).lowerTriangularMatrix;
  const whitened = inverse(left).mmul(covariance(a, b)).mmul(inverse(right).transpose());
  return new SingularValueDecomposition(whitened).diagonal;
}
