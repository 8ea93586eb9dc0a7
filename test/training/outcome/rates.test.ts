import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Matrix } from 'ml-matrix';
import { relaxingDirections } from '../../../src/models/index.js';
import type { Prepared } from '../../../src/training/prepared.js';
import { looseRate, ratesRecord, unbalancedRates } from '../../../src/training/outcome/rates.js';

const method = { generator: { dynamics: 'some dynamics', shift: 1 } };
const prepared = { method } as Prepared;

test('D v = μ C v is solved with the slowest first, by functions of variance 1', () => {
  const covariance = new Matrix([
    [2, 0.5],
    [0.5, 1],
  ]);
  const dissipation = new Matrix([
    [3, -1],
    [-1, 4],
  ]);
  const { eigenvalues, directions } = relaxingDirections({ mean: [0, 0], covariance, dissipation });
  // det(D − μ C) = 0: 1.75 μ² − 12 μ + 11 = 0
  [12 - Math.sqrt(67), 12 + Math.sqrt(67)].forEach((root, i) =>
    assert.ok(Math.abs(eigenvalues[i] - root / 3.5) < 1e-12),
  );
  const product = (matrix: Matrix): Matrix => directions.transpose().mmul(matrix).mmul(directions);
  const same = (found: Matrix, expected: Matrix): void =>
    assert.ok(Matrix.sub(found, expected).norm('frobenius') < 1e-12);
  same(product(covariance), Matrix.eye(2));
  same(product(dissipation), Matrix.diag(eigenvalues));
});

test('the record has rates with what they rest on, and the widest gap but for the outermost frames', () => {
  const cv = Float64Array.from({ length: 400 }, (_, i) => {
    const [frame, j] = [i >> 1, i % 2];
    if (j === 0) return frame / 199;
    // one frame far off, and none between 0.4 and 0.7
    return frame === 0 ? -1 : frame < 100 ? 0.004 * frame : 0.7 + 0.003 * (frame - 100);
  });
  const directions = Matrix.eye(2);
  const eigenfunctions = { mean: [0, 0], eigenvalues: [0.5, 3], directions, carriers: [321.4, 12] };
  const record = ratesRecord(prepared, { eigenfunctions }, cv);
  assert.deepEqual(
    [record.rates, record.ratesOf, record.rateCarriers],
    [[0.5, 3], 'some dynamics', [321, 12]],
  );
  assert.ok(Math.abs(record.rateGaps![0] - 1 / 199) < 1e-12);
  assert.ok(Math.abs(record.rateGaps![1] - (0.7 - 0.396) / (0.997 + 1)) < 1e-12);
  assert.deepEqual(ratesRecord({ method: {} } as Prepared, {}, cv), {});
});

test('rates that few frames hold, or none in the middle, are told', () => {
  assert.equal(looseRate({}), undefined);
  assert.equal(looseRate({ rateCarriers: [300, 250], rateGaps: [0.1, 0.02] }), undefined);
  assert.match(looseRate({ rateCarriers: [300, 12], rateGaps: [0.1, 0.02] })!, /node-1 .* about 12 frames/);
  assert.match(looseRate({ rateCarriers: [300], rateGaps: [0.31] })!, /node-0 .* no frame lies in 31 %/);
});

test('an η far from the rates of several CVs is told, with a better one', () => {
  assert.equal(unbalancedRates({ rates: [0.002], rateShift: 1 }), undefined);
  assert.equal(unbalancedRates({ rates: [0.2, 5], rateShift: 1 }), undefined);
  assert.match(unbalancedRates({ rates: [0.0014, 6.6], rateShift: 1 })!, /slowest .*with eta=0\.096/);
  assert.match(unbalancedRates({ rates: [100, 900], rateShift: 1 })!, /fastest CV .*with eta=300/);
});
