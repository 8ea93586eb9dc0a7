import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset } from '../../../src/frames/index.js';
import { prepare } from '../../../src/training/data/index.js';
import { samplesOf } from '../../../src/training/data/split/index.js';
import { trainSettings } from '../../../src/training/index.js';
import { laggedCovariances, slowDirections } from '../../../src/models/index.js';
import { Random } from '../../../src/support/random.js';

const decay = 0.9;
const lag = 3;

/** Two runs of x' = 0.9 x + √(1 − 0.9²) ξ from equilibrium: mean 0, variance 1, autocorrelation 0.9³ at the lag. */
function twoRuns(seed: number, lengths: [number, number]): Dataset {
  const random = new Random(seed);
  const frames = lengths[0] + lengths[1];
  const data = new Float64Array(frames);
  for (let i = 0; i < frames; i++)
    data[i] =
      i === 0 || i === lengths[0]
        ? random.normal()
        : decay * data[i - 1] + Math.sqrt(1 - decay * decay) * random.normal();
  const time = Float64Array.from({ length: frames }, (_, i) => (i < lengths[0] ? i : i - lengths[0]));
  const segments = [
    { start: 0, end: lengths[0], source: 'a' },
    { start: lengths[0], end: frames, source: 'b' },
  ];
  return { columns: [{ label: 'x' }], frames, data, time, segments };
}

test('no pair of two runs crosses from one into the other, and none is lost or counted twice', () => {
  const dataset = twoRuns(1, [400, 700]);
  const { now, later } = samplesOf(dataset.segments, { lag });
  assert.equal(now.length, 400 - lag + (700 - lag));
  assert.equal(new Set(now).size, now.length);
  now.forEach((frame, i) => {
    assert.equal(later![i] - frame, lag);
    assert.equal(frame < 400, later![i] < 400);
  });
  const { split } = prepare(dataset, trainSettings({ method: 'tica', latent: 1, lag }));
  for (const { now: first, later: second } of [split.train, split.validation])
    first.forEach((frame, i) => assert.equal(frame < 400, second![i] < 400));
});

test('two runs pooled have the mean, the variance and the autocorrelation of the process, by coverage', () => {
  const repeats = 200;
  const found: number[][] = [[], [], []];
  for (let seed = 1; seed <= repeats; seed++) {
    const { data, segments } = twoRuns(seed, [1000, 3000]);
    const pooled = laggedCovariances(data, 1, samplesOf(segments, { lag }));
    found[0].push(pooled.mean[0]);
    found[1].push(pooled.instantaneous.get(0, 0));
    found[2].push(slowDirections(pooled).eigenvalues[0]);
  }
  // exact standard errors of 4000 frames in a row: the run's end costs a lag of them
  const sum = (rate: number): number => (1 + rate) / (1 - rate);
  const a = decay ** lag;
  const ratio = (1 / 4000) * bartlett(a);
  const exact = [0, 1, a];
  const errors = [Math.sqrt(sum(decay) / 4000), Math.sqrt((2 * sum(decay * decay)) / 4000), Math.sqrt(ratio)];
  found.forEach((values, i) => {
    const within = values.filter((value) => Math.abs(value - exact[i]) < errors[i]).length / repeats;
    assert.ok(within >= 0.61 && within <= 0.76, `${within} of number ${i} within one error`);
  });
});

/** Bartlett's variance of an autocorrelation (times frames) of this process, at the lag (Bartlett 1946). */
function bartlett(a: number): number {
  const at = (k: number): number => decay ** Math.abs(k);
  let sum = 0;
  for (let k = -400; k <= 400; k++)
    sum += at(k) ** 2 + at(k + lag) * at(k - lag) - 4 * a * at(k) * at(k - lag) + 2 * a * a * at(k) ** 2;
  return sum;
}
