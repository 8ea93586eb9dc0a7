import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unbiasedSample } from '../../src/sampling/index.js';
import { Random } from '../../src/support/random.js';
import { extentOf, kernelFactor, spreadOf, strideFor, thinned } from '../../src/states/kernel-widths.js';

test("Silverman's factor in one and two dimensions", () => {
  // (4/3)^(1/5) n^(-1/5) and n^(-1/6), Silverman 1986, 3.28 and 4.14
  assert.ok(Math.abs(kernelFactor(1000, 1) - 1.0592 * 1000 ** -0.2) < 1e-4);
  assert.ok(Math.abs(kernelFactor(1000, 2) - 1000 ** (-1 / 6)) < 1e-12);
});

test('the range of a column is without what lies far out, and that of a periodic one its period', () => {
  const random = new Random(4);
  const values = Float64Array.from(
    { length: 20_000 },
    (_, i) => (i < 5 ? 1000 : i % 2 === 0 ? -10 : 10) + random.normal(),
  );
  const sample = unbiasedSample(values.length, 300);
  const { all, range } = extentOf({ label: 'x', values }, sample);
  assert.ok(all[1] > 990);
  assert.ok(range > 24 && range < 28, String(range));
  const around = extentOf({ label: 'x', values: values.map(Math.sin), period: [-1, 1] }, sample);
  assert.equal(around.range, 2);
  assert.throws(
    () => extentOf({ label: 'x', values: values.map(() => 2) }, sample),
    /expected x to vary from frame to frame but it is 2 in all/,
  );
});

test('spreads by weight, and frames evenly thinned', () => {
  const weights = Float64Array.from([1, 3, 0]);
  const { mean, deviation } = spreadOf([0, 1, 2], (frame) => [0, 4, 100][frame], { weights });
  assert.ok(Math.abs(mean - 3) < 1e-12 && Math.abs(deviation - Math.sqrt(3)) < 1e-12);
  const ranges = [
    { start: 0, end: 5 },
    { start: 10, end: 13 },
  ];
  assert.deepEqual(thinned({ ranges }, 4), [0, 2, 4, 10, 12]);
  assert.equal(strideFor(ranges, 100), 1);
});
