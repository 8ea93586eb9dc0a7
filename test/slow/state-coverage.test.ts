import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { RunStates } from '../../src/free-energy/index.js';
import { thermalEnergy } from '../../src/sampling/index.js';
import { findModes } from '../../src/states/find-modes.js';
import { freeEnergiesAgainst, populations } from '../../src/states/populations.js';
import { mixtureRun, three, type Component } from '../states/mixture.js';
import { runOf } from '../states/run-of.js';

// How often errors of populations and free energies of modes that were found reach the exact values: for a normal estimate in
// 68 and 95 of 100 runs. 200 runs know that to 3.3 and 1.5 of 100.

const repeats = 200;
const kT = thermalEnergy(300);

interface Estimate {
  value: number;
  error: number;
  exact: number;
}

/** Populations of modes and their ΔF, of a run whose bias has made all components equally likely. */
function estimates(
  components: readonly Component[],
  exact: readonly number[],
  { seed, flat }: { seed: number; flat: boolean },
): { amounts: Estimate[]; deltaFs: Estimate[] } {
  const even = components.map((each) => ({ ...each, population: 1 / components.length }));
  const { x, y, component } = mixtureRun(flat ? even : components, { seed, frames: 1500, leave: 0.1 });
  const bias = Float64Array.from(component, (i) => kT * Math.log(components[i].population));
  const run = runOf({ x, y }, flat ? { bias } : {});
  const { modes, labels, cores } = findModes(
    [
      { label: 'x', values: x },
      { label: 'y', values: y },
    ],
    run.sample,
  );
  assert.equal(modes.length, exact.length);
  // modes by where they are, not by what weight they happen to have
  const heaviest = modes.map(({ peak }) => peak[0] ** 2 + peak[1] ** 2);
  const order = heaviest.map((_, i) => i).sort((a, b) => heaviest[a] - heaviest[b]);
  const states: RunStates = {
    ...{ names: modes.map((_, i) => `M${i + 1}`), notes: [], doubts: [] },
    states: labels.map((label) => order.indexOf(label - 1) + 1),
    cores: cores.map((core) => (core === 0 ? 0 : order.indexOf(core - 1) + 1)),
  };
  const amounts = populations(run, states, {}).map(({ value, error }, i) => {
    assert.ok(error !== null);
    return { value, error, exact: exact[i] };
  });
  const deltaFs = freeEnergiesAgainst(0, run, states, {}).flatMap((found, i) => {
    if (!found) return [];
    assert.ok(found.value !== null && found.error !== null);
    return [{ value: found.value, error: found.error, exact: -kT * Math.log(exact[i] / exact[0]) }];
  });
  return { amounts, deltaFs };
}

function expectCoverage(found: readonly Estimate[], what: string, t: TestContext): void {
  const within = (bars: number): number =>
    found.filter(({ value, error, exact }) => Math.abs(value - exact) < bars * error).length / found.length;
  const [one, two] = [within(1), within(2)];
  t.diagnostic(
    `${what}: within 1 and 2 standard errors ${(100 * one).toFixed(0)} %, ${(100 * two).toFixed(1)} %`,
  );
  assert.ok(one >= 0.61 && one <= 0.76, `${what}: ${one}`);
  assert.ok(two >= 0.9 && two <= 0.99, `${what}: ${two}`);
}

function coverage(
  components: readonly Component[],
  exact: readonly number[],
  flat: boolean,
  t: TestContext,
): void {
  const all = Array.from({ length: repeats }, (_, seed) =>
    estimates(components, exact, { seed: seed + 1, flat }),
  );
  exact.forEach((_, i) =>
    expectCoverage(
      all.map(({ amounts }) => amounts[i]),
      `population of mode ${i + 1}`,
      t,
    ),
  );
  exact.slice(1).forEach((_, i) =>
    expectCoverage(
      all.map(({ deltaFs }) => deltaFs[i]),
      `ΔF of mode ${i + 2}`,
      t,
    ),
  );
}

test('errors of three modes under a bias that visits them alike', (t) =>
  coverage(
    three,
    three.map(({ population }) => population),
    true,
    t,
  ));

test('errors of two modes, one of them with a shoulder', (t) => {
  const shoulder: Component[] = [
    { at: [0, 0], width: [0.3, 0.3], population: 0.5 },
    { at: [0.55, 0], width: [0.35, 0.3], population: 0.2 },
    { at: [3, 0], width: [0.3, 0.3], population: 0.3 },
  ];
  coverage(shoulder, [0.7, 0.3], false, t);
});
