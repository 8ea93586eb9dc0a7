import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { determinant, EigenvalueDecomposition, inverse, Matrix, SingularValueDecomposition } from 'ml-matrix';
import {
  add,
  angleOf,
  cholesky,
  constant,
  evaluate,
  gradient,
  identity,
  input,
  inverseSpd,
  logSumExp,
  logDeterminantSpd,
  matmul,
  meanSquaredError,
  mul,
  reduceMean,
  reduceSum,
  simplify,
  softmax,
  sub,
  trace,
  transpose,
  type Feeds,
  type Tensor,
} from '../../src/graph/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { centralDifferences, difference, generator, randomFeed } from './numbers.js';

/** A symmetric positive definite matrix: R·Rᵀ + I for random R. */
function spd(k: number): Matrix {
  const random = generator(k);
  const r = new Matrix(k, k).apply(function (this: Matrix, i, j) {
    this.set(i, j, random() - 0.5);
  });
  return r.mmul(r.transpose()).add(Matrix.eye(k));
}

const feed = (m: Matrix) => ({ shape: [m.rows, m.columns], data: m.to1DArray() });

describe('small matrices, against ml-matrix', () => {
  for (const k of [1, 2, 3, 8]) {
    it(`inverse, Cholesky factor, trace and log determinant for k = ${k}`, () => {
      const a = input('a', [k, k]);
      const m = spd(k);
      const outputs = simplify({
        inverse: inverseSpd(a),
        factor: cholesky(a),
        logDet: logDeterminantSpd(a),
        trace: trace(a),
      });
      const values = evaluate(outputs, { a: feed(m) });
      assert.ok(difference(inverse(m).to1DArray(), values.inverse.data) < 1e-13);
      const factor = Matrix.from1DArray(k, k, [...values.factor.data]);
      assert.ok(difference(m.to1DArray(), factor.mmul(factor.transpose()).to1DArray()) < 1e-14);
      for (let i = 0; i < k; i++) for (let j = i + 1; j < k; j++) assert.ok(factor.get(i, j) === 0);
      assert.ok(Math.abs(values.logDet.data[0] - Math.log(determinant(m))) < 1e-13);
      assert.ok(Math.abs(values.trace.data[0] - m.trace()) < 1e-14);
    });
  }

  it('gradients of the inverse and the determinant equal their closed forms', () => {
    const a = input('a', [3, 3]);
    const m = spd(3);
    const weights = new Matrix([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    const weighed = reduceSum(mul(inverseSpd(a), constant(weights.to1DArray(), [3, 3])));
    const outputs = { inverse: gradient(weighed, [a])[0], det: gradient(logDeterminantSpd(a), [a])[0] };
    const values = evaluate(simplify(outputs), { a: feed(m) });
    // d tr(WᵀA⁻¹)/dA = −A⁻ᵀ W A⁻ᵀ
    const m1 = inverse(m);
    assert.ok(
      difference(m1.transpose().mmul(weights).mmul(m1.transpose()).mul(-1).to1DArray(), values.inverse.data) <
        1e-13,
    );
    // d log det A/dA = A⁻ᵀ; Cholesky reads the lower triangle only, so off-diagonal terms come doubled there.
    const sum = Matrix.from1DArray(3, 3, [...values.det.data]);
    assert.ok(
      difference(m1.clone().mul(2).to1DArray(), sum.clone().add(sum.transpose()).to1DArray()) < 1e-13,
    );
  });

  it('refuses matrices that are not square or too large', () => {
    for (const shape of [[2, 3], [17, 17], [2], ['n', 'n']]) {
      assert.throws(
        () => inverseSpd(input('a', shape)),
        (error) => error instanceof LatentcvError && error.code === 'bad-graph',
      );
    }
  });
});

describe('angleOf', () => {
  it('is atan2 all around, and has its derivatives', () => {
    const angles = Float64Array.from({ length: 720 }, (_, i) => -Math.PI + (Math.PI * (i + 1)) / 360);
    const [s, c] = [input('s', ['n']), input('c', ['n'])];
    const of = (f: (angle: number) => number) => ({
      shape: [720],
      data: angles.map((a, i) => (1 + i) * f(a)),
    });
    const feeds: Feeds = { s: of(Math.sin), c: of(Math.cos) };
    const expected = angles.map((_, i) => Math.atan2(feeds.s.data[i], feeds.c.data[i]));
    const angle = angleOf(s, c);
    assert.ok(difference(evaluate({ angle }, feeds).angle.data, expected) < 1e-14);
    const few = {
      s: { shape: [4], data: [0.3, -0.2, 1, -1] },
      c: { shape: [4], data: [-0.5, -1e-3, 1e-3, 2] },
    };
    for (const name of ['s', 'c'] as const) {
      const total = reduceSum(angle);
      const [exact] = gradient(total, [name === 's' ? s : c]);
      const differences = centralDifferences((given) => evaluate({ total }, given).total.data[0], few, name);
      assert.ok(difference(evaluate({ exact }, few).exact.data, differences) < 1e-6);
    }
    const nothing = { s: { shape: [1], data: [0] }, c: { shape: [1], data: [0] } };
    assert.equal(evaluate({ angle }, nothing).angle.data[0], 0);
  });
});

describe('meanSquaredError', () => {
  it('is the mean of the squared differences', () => {
    const [a, b] = [input('a', ['n', 2]), input('b', ['n', 2])];
    const feeds = { a: { shape: [2, 2], data: [1, 2, 3, 4] }, b: { shape: [2, 2], data: [1, 0, 0, 0] } };
    assert.equal(evaluate({ e: meanSquaredError(a, b) }, feeds).e.data[0], (4 + 9 + 16) / 4);
  });
});

/** VAMP-2 score ‖C00^(−1/2) C01 C11^(−1/2)‖² = tr(C00⁻¹ C01 C11⁻¹ C01ᵀ) (Wu & Noé 2020, doi:10.1007/s00332-019-09567-y). */
function vamp2(a: Tensor, b: Tensor, frames: number, k: number): Tensor {
  const centred = [a, b].map((x) => sub(x, reduceMean(x, [0], true)));
  const covariance = (i: number, j: number) =>
    mul(matmul(centred[i], centred[j], { transposeA: true }), 1 / frames);
  const ridge = mul(identity(k), 0);
  const left = matmul(inverseSpd(add(covariance(0, 0), ridge)), covariance(0, 1));
  return trace(matmul(left, matmul(inverseSpd(covariance(1, 1)), transpose(covariance(0, 1)))));
}

describe('VAMP-2 score written with these ops', () => {
  const [frames, k] = [60, 3];
  const random = generator(17);
  const now = randomFeed(random, [frames, k]);
  // A noisy linear system: what comes later is partly told by what is now.
  const propagator = [0.9, 0.1, 0, 0, 0.5, 0.2, 0.1, 0, 0.2];
  const noise = randomFeed(random, [frames, k], [-0.3, 0.3]);
  const later = Matrix.from1DArray(frames, k, [...(now.data as Float64Array)])
    .mmul(Matrix.from1DArray(k, k, propagator))
    .add(Matrix.from1DArray(frames, k, [...(noise.data as Float64Array)]));
  const feeds: Feeds = { now, later: feed(later) };
  const [a, b] = [input('now', [frames, k]), input('later', [frames, k])];
  const score = vamp2(a, b, frames, k);

  it('equals the squared singular values of the whitened covariance, by ml-matrix', () => {
    const centre = (m: Matrix) => m.clone().subRowVector(m.mean('column'));
    const [x, y] = [centre(Matrix.from1DArray(frames, k, [...(now.data as Float64Array)])), centre(later)];
    const whiten = (m: Matrix) => {
      const e = new EigenvalueDecomposition(m.transpose().mmul(m).div(frames), { assumeSymmetric: true });
      const v = e.eigenvectorMatrix;
      return v.mmul(Matrix.diag(e.realEigenvalues.map((value) => value ** -0.5))).mmul(v.transpose());
    };
    const white = whiten(x).mmul(x.transpose().mmul(y).div(frames)).mmul(whiten(y));
    const expected = new SingularValueDecomposition(white).diagonal.reduce((sum, s) => sum + s * s, 0);
    const actual = evaluate(simplify({ score }), feeds).score.data[0];
    assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} but ${expected}`);
  });

  it('has the gradient that differences give', () => {
    const value = (f: Feeds) => evaluate({ score }, f).score.data[0];
    const outputs = simplify({ g: gradient(score, [b])[0] });
    assert.ok(difference(centralDifferences(value, feeds, 'later'), evaluate(outputs, feeds).g.data) < 1e-9);
  });
});

describe('logSumExp', () => {
  const x = input('x', [3, 4]);
  const feeds: Feeds = {
    x: { shape: [3, 4], data: [1, 2, 3, 4, 1000, 999, -1000, 0, -1e4, -1e4, -1e4, -1e4] },
  };

  it('does not overflow', () => {
    const { y } = evaluate({ y: logSumExp(x) }, feeds);
    // log(e + e² + e³ + e⁴), 1000 + log(1 + 1/e), −10⁴ + log 4
    const expected = [4.440189698561196, 1000 + Math.log1p(Math.exp(-1)), -1e4 + Math.log(4)];
    assert.deepEqual(y.shape, [3, 1]);
    assert.ok(difference(expected, y.data) < 1e-15);
  });

  it('has the softmax as its gradient', () => {
    const [g] = gradient(reduceSum(logSumExp(x)), [x]);
    const values = evaluate({ g, expected: softmax(x) }, feeds);
    assert.ok(difference(values.expected.data, values.g.data) < 1e-15);
  });

  it('refuses what is no matrix of known width', () => {
    const refused = { code: 'bad-graph', message: /matrix of known width/ };
    assert.throws(() => logSumExp(input('v', [3])), refused);
    assert.throws(() => logSumExp(input('m', [3, 'm'])), refused);
  });
});
