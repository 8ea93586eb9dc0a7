import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseBlocks, influenceVariance } from '../../src/free-energy/blocks.js';
import { wholeRun } from '../../src/sampling/segments.js';
import { autoregressive } from './random.js';

/** The logarithm of the mean of 10 + x: its variance is the mean's over 100, to first order. */
function logMean(frames: number, a: number, seed: number) {
  const numerator = autoregressive(frames, a, seed).map((x) => 10 + x);
  const ones = new Float64Array(frames).fill(1);
  return { numerator, denominator: ones, weights: ones, ranges: wholeRun(frames) };
}

for (const a of [0, 0.8, 0.95]) {
  test(`block error of AR(1) with a = ${a} is that of its statistical inefficiency (1+a)/(1−a)`, () => {
    const frames = 20_000;
    const exact = Math.sqrt((1 + a) / (1 - a) / frames) / 10;
    const repeats = Array.from({ length: 40 }, (_, seed) => analyseBlocks(logMean(frames, a, seed)));
    const mean = repeats.reduce((sum, { chosen }) => sum + chosen.error, 0) / repeats.length;
    assert.ok(repeats.every(({ plateau }) => plateau));
    assert.ok(Math.abs(mean / exact - 1) < 0.1, `${mean} against ${exact}`);
    for (const { chosen } of repeats) {
      assert.ok(Math.abs(chosen.error - exact) < 4 * chosen.uncertainty, `${chosen.error} against ${exact}`);
    }
  });
}

test('blocks shorter than the correlation underestimate the error, as the scan shows', () => {
  const { points, chosen, inefficiency } = analyseBlocks(logMean(20_000, 0.95, 1));
  assert.ok(points.at(-1)!.error < 0.4 * chosen.error);
  assert.ok(inefficiency > 20 && inefficiency < 70, `${inefficiency} against 39`);
});

test('a run shorter than its own correlation has no plateau', () => {
  assert.equal(analyseBlocks(logMean(2000, 0.9995, 3)).plateau, false);
});

test('influence of blocks by hand: equal weights give the standard error of the mean', () => {
  // ln(mean of 1, 2, 3): mean 2, standard error of the mean 1/√3, relative 1/(2√3).
  assert.ok(Math.abs(influenceVariance([1, 2, 3], [1, 1, 1], 3) - 1 / 12) < 1e-15);
  // A block without weight changes nothing but is not counted by Kish's number either.
  assert.ok(Math.abs(influenceVariance([1, 2, 3, 0], [1, 1, 1, 0], 3) - 1 / 12) < 1e-15);
  assert.equal(influenceVariance([1], [1], 1), Infinity);
});
