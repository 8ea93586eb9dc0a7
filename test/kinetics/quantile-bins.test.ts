import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jointClusters, quantileBins } from '../../src/kinetics/quantile-bins.js';
import { Random } from '../../src/support/random.js';

const frames = 5000;
const random = new Random(4);
const cv = Float64Array.from({ length: frames }, () => random.normal());
const whole = [{ start: 0, end: frames }];

test('bins hold about as many frames each, whatever increasing function of the CV they are of', () => {
  const { label, count } = quantileBins(cv, whole, 1);
  assert.ok(count >= 50 && count <= 54, `${count}`);
  const held = new Int32Array(count);
  label.forEach((bin) => held[bin]++);
  assert.ok(Math.max(...held) <= frames / 50 && Math.min(...held) > 0);
  assert.deepEqual(quantileBins(cv.map((x) => x ** 3 + Math.exp(x)), whole, 1).label, label); // prettier-ignore
});

test('no bin holds frames of both sides of a barrier, however few lie beyond it', () => {
  // 25 frames in a row beyond a barrier: a quarter of a bin
  const rare = cv.map((x, i) => (i >= 2000 && i < 2025 ? 10 + x : x));
  const { label } = quantileBins(rare, whole, 1);
  const beyond = new Set(label.subarray(2000, 2025));
  assert.ok(![...label.keys()].some((i) => (i < 2000 || i >= 2025) && beyond.has(label[i])));
});

test('clusters of several CVs are those of their ranks', () => {
  const other = Float64Array.from({ length: frames }, () => random.uniform());
  const { label, count } = jointClusters([cv, other]);
  assert.ok(label.every((cluster) => cluster >= 0 && cluster < count));
  assert.deepEqual(jointClusters([cv.map(Math.exp), other.map((x) => 5 * x)]).label, label);
});
