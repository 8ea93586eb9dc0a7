import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cvBasins, cvSlowness, isCrossed, timescaleOf } from '../../src/kinetics/index.js';
import { applySpread, fitSpread } from '../../src/training/outcome/spread.js';
import { dataset, normals, twoStates } from '../diagnostics/synthetic.js';
import { autoregressive } from '../free-energy/random.js';
import { doubleWell, overdamped, relaxationTimes } from './systems.js';

type Segments = { start: number; end: number; source: string }[];

function slownessOf(cv: Float64Array, lag: number, segments?: Segments, weights?: Float64Array) {
  const { time, segments: whole } = dataset(['cv'], [cv], segments);
  const question = { cv, time, segments: whole, lag, spacing: 1, ...(weights && { weights }) };
  return cvSlowness(question)!;
}

describe('how slow a CV is', () => {
  it('is the same for every monotone function of it', () => {
    const state = twoStates(20_000, 0.004, 0.03, 2);
    const noise = normals(20_000, 3);
    const cv = state.map((s, i) => 2 * s - 1 + 0.35 * noise[i]);
    const [low, high] = [Math.min(...cv), Math.max(...cv)];
    const even = cv.map((value) => (2 * (value - low)) / (high - low) - 1);
    const of = (values: Float64Array): number => slownessOf(values, 10).autocorrelation.value;
    const expected = of(cv);
    const functions: Record<string, Float64Array> = {
      'x³': cv.map((value) => value ** 3),
      'a sigmoid': cv.map((value) => 1 / (1 + Math.exp(-6 * (value - 0.8)))),
      'a spread x': applySpread(fitSpread(even, 1, 1 / 3), even),
      'a harder spread x': applySpread(fitSpread(even, 1, 0.9), even),
    };
    for (const [name, values] of Object.entries(functions)) assert.equal(of(values), expected, name);
    // −x has the same bins but for a frame at each edge
    assert.ok(Math.abs(of(cv.map((value) => -value)) - expected) < 1e-3);
  });

  it('of AR(1) is a at the lag', () => {
    for (const a of [0.9, 0.98]) {
      const { autocorrelation, timescale } = slownessOf(autoregressive(100_000, a, 3), 5);
      const { value, error } = autocorrelation;
      assert.ok(Math.abs(value - a ** 5) < 2.5 * error && error < 0.01, `${value} ± ${error} for ${a ** 5}`);
      const { lower, upper } = timescale!;
      const exact = -1 / Math.log(a);
      assert.ok(lower / 1.05 < exact && exact < upper * 1.05, `${lower} to ${upper} for ${exact}`);
    }
  });

  // A state of 4 % lies within the last two of fifty even bins; noise that leaves the states apart hides nothing.
  it('of two states, one of them rare, is 1 − p − q to the power of the lag', () => {
    const [p, q] = [0.002, 0.048];
    const state = twoStates(100_000, p, q, 5);
    const noise = normals(100_000, 6);
    const { autocorrelation } = slownessOf(
      state.map((s, i) => s + 0.1 * noise[i]),
      8,
    );
    const exact = (1 - p - q) ** 8;
    const { value, error } = autocorrelation;
    assert.ok(Math.abs(value - exact) < 2.5 * error && error < 0.02, `${value} ± ${error} for ${exact}`);
  });

  it('in a double well has the time scale of the Smoluchowski equation', () => {
    const h = 3;
    const [exact] = relaxationTimes((x) => h * (x * x - 1) ** 2, [-2.2, 2.2], 300);
    const stride = 10;
    const step = 0.002;
    const [x] = overdamped(([at]) => [doubleWell(h)(at)], [-1], { frames: 60_000, stride, step, seed: 8 });
    const { timescale } = slownessOf(x, 20);
    const [found, lower, upper] = [timescale!.value, timescale!.lower, timescale!.upper].map(
      (t) => t * stride * step,
    );
    const error = (upper - lower) / 2;
    assert.ok(Math.abs(found - exact) < 2.5 * error, `${found} ± ${error} for ${exact}`);
    assert.ok(error < 0.12 * exact, `${error} of ${exact}`);
  });

  it('counts frames by their weight', () => {
    // Two chains in one table, each in half of the trajectories: weights choose whose slowness is told.
    const half = 50_000;
    const [fast, slow] = [twoStates(half, 0.1, 0.1, 9), twoStates(half, 0.005, 0.005, 10)];
    const cv = Float64Array.from([...fast, ...slow]);
    const segments = [0, 1].map((i) => ({ start: i * half, end: (i + 1) * half, source: `${i}` }));
    const weigh = (of: number) => Float64Array.from(cv, (_, i) => (Math.floor(i / half) === of ? 2 : 0));
    [0.8 ** 3, 0.99 ** 3].forEach((exact, of) => {
      const { value, error } = slownessOf(cv, 3, segments, weigh(of)).autocorrelation;
      assert.ok(Math.abs(value - exact) < 4 * error && error < 0.01, `${value} ± ${error} for ${exact}`);
    });
  });
});

describe('a time scale', () => {
  const noise = normals(4000, 11).map((value) => 0.1 * value);
  const halves = [
    { start: 0, end: 2000, source: 'A' },
    { start: 2000, end: 4000, source: 'B' },
  ];

  it('is absent where no trajectory crosses', () => {
    const apart = noise.map((value, i) => value + (i < 2000 ? -1 : 1));
    const { noTimescale, timescale, autocorrelation } = slownessOf(apart, 10, halves);
    assert.deepEqual([noTimescale, timescale], ['not crossed', undefined]);
    assert.ok(autocorrelation.value > 0.9);
  });

  it('is absent where trajectories share no value of the CV, without a gap between them', () => {
    // One basin by its density: even over [0, 2), the first trajectory below 1, the second above.
    const random = autoregressive(4000, 0.5, 12);
    const order = [...random.keys()].sort((a, b) => random[a] - random[b]);
    const uniform = new Float64Array(4000);
    order.forEach((frame, rank) => (uniform[frame] = rank / 4000));
    const cv = uniform.map((value, i) => value + (i < 2000 ? 0 : 1) + (i < 2000 ? -1e-9 : 1e-9));
    const { time, segments } = dataset(['cv'], [cv], halves);
    const basins = cvBasins(cv, time, segments);
    assert.equal(basins.basins.length, 1);
    assert.equal(isCrossed(cv, basins, segments), false);
    assert.equal(slownessOf(cv, 10, halves).noTimescale, 'not crossed');
    assert.equal(isCrossed(uniform, cvBasins(uniform, time, segments), segments), true);
  });

  it('is absent where nothing decays, and where all has', () => {
    assert.equal(timescaleOf({ value: 1 + 1e-12, error: 0 }, 10), undefined);
    assert.equal(timescaleOf({ value: 1, error: 0 }, 10), undefined);
    assert.equal(timescaleOf({ value: -0.01, error: 0.02 }, 10), undefined);
    assert.equal(slownessOf(noise, 10).noTimescale, 'faster than the lag');
    const { value, lower, upper } = timescaleOf({ value: Math.exp(-0.1), error: 0 }, 1)!;
    for (const t of [value, lower, upper]) assert.ok(Math.abs(t - 10) < 1e-12);
  });
});
