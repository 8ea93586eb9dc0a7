import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SampledRun } from '../../src/free-energy/index.js';
import { parseStateRules } from '../../src/sampling/index.js';
import { totalBinding, type BindingFreeEnergy } from '../../src/states/index.js';
import {
  exactDeltaG,
  guestRun,
  inCylinder,
  inFunnel,
  inSphere,
  type Guest,
} from '../states/guest-in-well.js';
import { windowedRun } from '../states/guest-windows.js';

// How often ΔG° reaches the exact value, by quadrature, within its errors: for a normal estimate in 68 and 95 of 100 runs. 200 runs
// know that to 3.3 and 1.5 of 100.

function binding(run: SampledRun, guest: Guest): BindingFreeEnergy {
  const { column, confinement, boundary } = guest;
  const [unbound] = parseStateRules(`${column} > ${boundary}`, '--unbound');
  const one = new Uint8Array(run.dataset.frames).fill(1);
  const states = { names: ['M1'], states: one, cores: one, notes: [], doubts: [] };
  return totalBinding(run, { confinement, unbound, states });
}

const biased = (guest: Guest, seed: number): SampledRun => guestRun(guest, seed, 1500, 0.2);
const windows = (guest: Guest, seed: number): SampledRun => windowedRun(guest, seed, 120);

for (const [guest, how, runOf] of [
  [inSphere, 'a bias', biased],
  [inCylinder, 'a bias', biased],
  [inFunnel, 'a bias', biased],
  [inCylinder, 'umbrella windows', windows],
] as const)
  test(`a guest in a well within a ${guest.confinement.kind}, ${how}: ΔG° by quadrature, within its errors in two thirds of 200 runs`, (t) => {
    const exact = exactDeltaG(guest);
    const found = Array.from({ length: 200 }, (_, i) => binding(runOf(guest, 1000 + i), guest));
    assert.ok(found.every((each) => each.error !== null));
    const sigmas = found.map(({ deltaG, error }) => (deltaG! - exact) / error!);
    const within = (most: number): number => sigmas.filter((each) => Math.abs(each) < most).length / 2;
    const mean = found.reduce((sum, { deltaG }) => sum + deltaG!, 0) / found.length;
    const error = found.reduce((sum, each) => sum + each.error!, 0) / found.length;
    t.diagnostic(
      `exact ${exact.toFixed(3)}, mean ${mean.toFixed(3)}, error ${error.toFixed(3)}; ${within(1)} and ${within(2)} %`,
    );
    assert.ok(Math.abs(mean - exact) < (3 * error) / Math.sqrt(200), `${mean} ${exact}`);
    assert.ok(within(1) >= 61 && within(1) <= 75, String(within(1)));
    assert.ok(within(2) >= 91, String(within(2)));
  });
