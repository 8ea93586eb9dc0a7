import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findTransitions } from '../../src/sampling/transitions.js';
import { exactDeltaF as byQuadrature } from '../../src/free-energy/quadrature.js';
import { thermalEnergy } from '../../src/sampling/thermal.js';
import { cores, doubleWell, exactDeltaF, exactEnergy, potential, temperature } from './double-well.js';

test('the double well: what is called exact agrees with quadrature of the library', () => {
  const domain = { x: [-3, 3], y: [0, 1], points: 3000 } as const;
  const kT = thermalEnergy(temperature);
  const again = byQuadrature(
    (x) => potential(x),
    domain,
    kT,
    (x) => x > 0,
  );
  assert.ok(Math.abs(again - exactDeltaF) < 1e-6, `${again} against ${exactDeltaF}`);
  let sum = 0;
  for (let i = 0; i < 60_000; i++) sum += Math.exp(-exactEnergy(-3 + (i + 0.5) * 1e-4) / kT) * 1e-4;
  assert.ok(Math.abs(sum - 1) < 1e-9);
});

test('the double well: a run crosses often, and the same seed gives the same run', () => {
  const { x, time } = doubleWell(1);
  const { count } = findTransitions(x, time, cores);
  assert.ok(count > 40 && count < 160, `${count} transitions`);
  assert.deepEqual(doubleWell(1, { frames: 50 }).x, x.subarray(0, 50));
});
