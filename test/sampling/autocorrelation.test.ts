import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autocorrelation } from '../../src/sampling/autocorrelation.js';
import { autoregressive } from '../free-energy/random.js';

// Closed form of AR(1): τ = ½ (1+a)/(1−a); Sokal: its relative error is √(2 (2W+1)/N), W the window.
for (const [a, exact] of [
  [0, 0.5],
  [0.5, 1.5],
  [0.9, 9.5],
  [0.98, 49.5],
] as const) {
  test(`integrated autocorrelation time of AR(1) with a = ${a} is ${exact} frames`, () => {
    const frames = 100_000;
    const { time, window, inefficiency } = autocorrelation(autoregressive(frames, a, 5));
    const deviation = exact * Math.sqrt((2 * (2 * window + 1)) / frames);
    assert.ok(Math.abs(time - exact) < 3 * deviation + 0.02 * exact, `${time} ± ${deviation}`);
    assert.equal(inefficiency, 2 * time);
  });
}

test('pairs do not cross replicas', () => {
  // Two halves that differ by their mean only: the step between them must not enter.
  const values = autoregressive(20_000, 0.9, 6);
  const apart = [
    { start: 0, end: 10_000 },
    { start: 10_000, end: 20_000 },
  ];
  const joined = autocorrelation(values).time;
  assert.ok(Math.abs(autocorrelation(values, apart).time - joined) / joined < 0.02);
  const short = autocorrelation(Float64Array.of(1, 2, 1, 2), [
    { start: 0, end: 2 },
    { start: 2, end: 4 },
  ]);
  // Closed form: ρ(1) = −1 within each pair, and no pair is further apart.
  assert.equal(short.time, -0.5);
});

test('a constant series has no autocorrelation time', () => {
  assert.throws(() => autocorrelation(new Float64Array(10).fill(3)), { code: 'bad-data' });
});
