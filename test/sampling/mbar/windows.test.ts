import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  hardlyOverlapping,
  mbarWindows,
  shortWindows,
  solveMbar,
  statisticalInefficiency,
} from '../../../src/sampling/mbar/index.js';
import { autoregressive } from '../../free-energy/random.js';
import { harmonicWindows } from './harmonic.js';

test('the inefficiency of AR(1) is (1 + a)/(1 − a), by lags and where frames are averaged first', () => {
  for (const [a, exact, spread] of [
    [0, 1, 0.05],
    [0.9, 19, 2],
    [0.99, 199, 30],
    [0.999, 1999, 700],
  ] as const) {
    // prettier-ignore
    const found = statisticalInefficiency(autoregressive(400_000, a, 3), [{ start: 0, end: 400_000 }]);
    assert.ok(Math.abs(found - exact) < spread, `${found}, expected ${exact}`);
  }
  assert.equal(statisticalInefficiency(new Float64Array(50).fill(3), [{ start: 0, end: 50 }]), 1);
});

test('each window has the inefficiency of its CV and its ranges', () => {
  const windows = harmonicWindows({
    kappa: 10,
    centres: [0, 0.5, 1],
    counts: [20_000, 20_000, 20_000],
    correlation: 0.8,
    seed: 1,
  });
  const found = mbarWindows(windows, solveMbar(windows), [{ start: 0, end: 25_000 }, { start: 25_000, end: 60_000 }]); // prettier-ignore
  found.forEach(({ inefficiency, frames, effectiveFrames }) => {
    assert.ok(Math.abs(inefficiency - 9) < 2, `${inefficiency}`);
    assert.equal(effectiveFrames, frames / inefficiency);
  });
  assert.deepEqual(found[1].ranges, [{ start: 20_000, end: 25_000 }, { start: 25_000, end: 40_000 }]); // prettier-ignore
  assert.deepEqual(shortWindows(found), []);
  assert.deepEqual(shortWindows([{ ...found[0], name: '7', frames: 30, effectiveFrames: 2.5 }]), [
    'the 30 frames of window 7 are worth 2.5 independent ones: too few for its part of the error',
  ]);
});

test('windows that hardly overlap are told with where one is missing', () => {
  const windows = harmonicWindows({
    kappa: 20,
    centres: [0, 0.3, 1.4, 1.7],
    counts: [2000, 2000, 2000, 2000],
    seed: 2,
  });
  const solution = solveMbar({ ...windows, states: ['6', '7', '8', '9'] });
  const [told, ...others] = hardlyOverlapping(solution, { places: [0, 0.3, 1.4, 1.7] });
  assert.match(told, /^windows 7 and 8 hardly overlap \(0\.0[12]\): add one between 0\.3 and 1\.4$/);
  assert.deepEqual(others, []);
  const { shared, beyond } = solution.neighbours[1];
  assert.deepEqual(beyond, [2, 3]);
  assert.ok(shared > 5 && shared < 100, `${shared}`);
});
