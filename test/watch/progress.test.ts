import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressOf } from '../../src/watch/progress.js';

const hour = 3_600_000;
const written = { first: 0, last: 5000, modified: 20 * hour, natural: false };

test('how far, how fast since the last start, and when it ends', () => {
  // 3 ns in two hours, after 2 ns that an earlier start made
  const state = {
    state: 'running',
    length: { steps: 5_000_000, timestep: 0.002 },
    start: { began: 18 * hour, step: 1_000_000 },
  } as const;
  const progress = progressOf(state, written, 20 * hour);
  assert.deepEqual(
    { ...progress, nanosecondsPerDay: Number(progress.nanosecondsPerDay!.toFixed(9)) },
    {
      ...{ time: 5000, step: 2_500_000, steps: 5_000_000, fraction: 0.5, nanosecondsPerDay: 36 },
      ends: 20 * hour + (5 / 3) * 2 * hour,
    },
  );
  // one that stood still since it wrote is not told to have ended
  assert.equal(progressOf(state, written, 30 * hour).ends, 30 * hour);
});

test('what is not known is null', () => {
  const none = { time: null, step: null, steps: null, fraction: null, nanosecondsPerDay: null, ends: null };
  assert.deepEqual(progressOf({ state: 'running' }, undefined, 0), none);
  assert.deepEqual(progressOf({ state: null }, written, 20 * hour), { ...none, time: 5000 });
  const length = { steps: 5_000_000, timestep: 0.002 };
  assert.deepEqual(progressOf({ state: 'running', length }, written, 20 * hour), {
    ...none,
    ...{ time: 5000, step: 2_500_000, steps: 5_000_000, fraction: 0.5 },
  });
});

test('without a word of the start, the time in which the table was written tells the speed', () => {
  const progress = progressOf({ state: null }, { ...written, born: 18 * hour }, 20 * hour);
  assert.equal(progress.nanosecondsPerDay?.toFixed(9), (60).toFixed(9));
  assert.equal(progress.ends, null);
});

test('natural units have no ns, but an end', () => {
  const state = {
    state: 'running',
    length: { steps: 2_000_000, timestep: 0.005 },
    start: { began: 18 * hour, step: 0 },
  } as const;
  const { nanosecondsPerDay, ends } = progressOf(state, { ...written, natural: true }, 20 * hour);
  assert.deepEqual([nanosecondsPerDay, ends], [null, 22 * hour]);
});

test('a run that has ended has the step that it told, and no end to come', () => {
  const state = {
    state: 'stopped',
    length: { steps: 5_000_000, timestep: 0.002 },
    start: { began: 18 * hour, step: 0 },
    ended: { at: 20 * hour, step: 2_400_000 },
  } as const;
  const { step, fraction, ends } = progressOf(state, written, 30 * hour);
  assert.deepEqual([step, fraction, ends], [2_400_000, 0.48, null]);
});
