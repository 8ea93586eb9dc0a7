import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gaussianRows, kernelMoments } from '../../src/free-energy/kernel-rows.js';

const fine = (periodic: boolean) =>
  ({
    values: new Float64Array(),
    lower: 0,
    spacing: 0.1,
    nodes: periodic ? 40 : 41,
    periodic,
    scheme: 'cubic',
  }) as const;
const axis = { lower: 0, upper: 4, points: 5, periodic: false };

test('one frame on a node: its kernel, and its distance in bandwidths', () => {
  const rows = gaussianRows(axis, fine(false), 0.5);
  const amounts = new Float64Array(41);
  amounts[12] = 2;
  const [zeroth, first] = kernelMoments(amounts, 41, [rows]);
  [0, 1, 2, 3, 4].forEach((point, i) => {
    const t = (1.2 - point) / 0.5;
    const value = Math.abs(t) > 6 ? 0 : 2 * Math.exp((-t * t) / 2);
    assert.ok(Math.abs(zeroth[i] - value) < 1e-14 && Math.abs(first[i] - t * value) < 1e-14, `${point}`);
  });
});

test('kernels reach across the ends of a period, all images counted', () => {
  const rows = gaussianRows({ ...axis, points: 4, periodic: true }, fine(true), 1);
  const amounts = new Float64Array(40);
  amounts[39] = 1;
  const [zeroth] = kernelMoments(amounts, 40, [rows]);
  const images = [-8.1, -4.1, -0.1, 3.9, 7.9].filter((t) => Math.abs(t) <= 6);
  assert.ok(Math.abs(zeroth[0] - images.reduce((sum, t) => sum + Math.exp((-t * t) / 2), 0)) < 1e-12);
});

test('in two dimensions kernels multiply', () => {
  const rows = gaussianRows(axis, fine(false), 0.5);
  const amounts = new Float64Array(41 * 41);
  amounts[20 * 41 + 12] = 1;
  const [zeroth, alongX, alongY] = kernelMoments(amounts, 41, [rows, rows]);
  // at x = 1, y = 2: the frame lies at (1.2, 2.0)
  const at = 2 * 5 + 1;
  assert.ok(Math.abs(zeroth[at] - Math.exp(-0.08)) < 1e-14);
  assert.ok(Math.abs(alongX[at] - 0.4 * Math.exp(-0.08)) < 1e-14);
  assert.equal(Math.abs(alongY[at]) < 1e-14, true);
});
