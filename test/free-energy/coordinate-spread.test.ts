import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WeightedSample } from '../../src/sampling/index.js';
import {
  binMiddle,
  coordinateSpread,
  meanOf,
  quantile,
  spreadBins,
  unwrappedAbout,
} from '../../src/free-energy/axes/coordinate-spread.js';

const sampleOf = (weights: number[], ranges = [{ start: 0, end: weights.length }]) =>
  ({ ranges, weights: Float64Array.from(weights) }) as unknown as WeightedSample;
const near = (found: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${found} and ${expected}`);

test('extremes, quantiles and means are those of the frames, to a bin', () => {
  const values = Float64Array.from({ length: 1001 }, (_, i) => i / 100);
  const spread = coordinateSpread(values, sampleOf(Array.from(values, () => 2)));
  assert.deepEqual([spread.lower, spread.upper], [0, 10]);
  const bin = 10 / spreadBins;
  near(quantile(spread, spread.frames, 0.5), 5, 0.01 + bin);
  near(quantile(spread, spread.weights, 0.9), 9, 0.01 + bin);
  near(meanOf(spread), 5, bin);
});

test('only kept frames count, by their weight', () => {
  const weights = [9, 1, 3, 9];
  const spread = coordinateSpread(Float64Array.of(100, 0, 4, 50), sampleOf(weights, [{ start: 1, end: 3 }]));
  near(meanOf(spread), 3, 1e-3);
  assert.equal(
    spread.frames.reduce((a, b) => a + b),
    2,
  );
});

test('the mean of a periodic coordinate crosses its ends, and frames unwrap about it', () => {
  const degrees = Float64Array.of(170, -170, 175, -175);
  const spread = coordinateSpread(degrees, sampleOf([1, 1, 1, 1]));
  near(Math.abs(meanOf(spread, 360)), 180, 0.1);
  const about = unwrappedAbout(180, 360, spread);
  assert.deepEqual([about.lower, about.upper], [-180, 180]);
  const places = [...about.frames.keys()]
    .filter((bin) => about.frames[bin] > 0)
    .map((bin) => binMiddle(about, bin));
  [-10, -5, 5, 10].forEach((deviation, i) => near(places[i], deviation, 0.02));
});

test('frames in one place, and a value that is not finite', () => {
  const spread = coordinateSpread(Float64Array.of(2, 2), sampleOf([1, 1]));
  assert.deepEqual([spread.lower, spread.upper, meanOf(spread)], [2, 2, 2]);
  assert.throws(() => coordinateSpread(Float64Array.of(0, NaN), sampleOf([1, 1])), {
    code: 'bad-data',
    message: /frame 1/,
  });
});
