import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timesBySteps } from '../../../src/trajectories/reading/step-times.js';

const frames = 2000;
/** What an XTC file keeps of frames 1 ps apart, from this step of 2 fs on. */
function kept(from: number): { exact: Float64Array; times: Float64Array; steps: Float64Array } {
  const steps = Float64Array.from({ length: frames }, (_, i) => from + 500 * i);
  const exact = steps.map((step) => step / 500);
  return { exact, times: exact.map(Math.fround), steps: steps.map((step) => step % 2 ** 32) };
}

test('times in single precision come out of the steps, also where 32 bits do not hold those', () => {
  for (const from of [2.5e10, 2.5e10 + 7, 0]) {
    const { exact, times, steps } = kept(from);
    const found = timesBySteps(times, steps)!;
    exact.forEach((time, i) =>
      assert.ok(Math.abs(found[i] - time) < 1e-6, `${from}, ${i}: ${found[i]} ${time}`),
    );
  }
});

test('times that do not go with the steps are left as they are', () => {
  const { times, steps } = kept(2.5e10);
  assert.equal(
    timesBySteps(
      times.map((time, i) => (i === 1000 ? Math.fround(time + 40) : time)),
      steps,
    ),
    undefined,
  );
  // numbers of double precision are no rounded ones
  assert.equal(timesBySteps(Float64Array.of(0.1, 0.2), Float64Array.of(0, 1)), undefined);
  assert.equal(timesBySteps(Float64Array.of(1), Float64Array.of(0)), undefined);
  assert.equal(timesBySteps(Float64Array.of(1, 1, 1), Float64Array.of(0, 0, 0)), undefined);
});
