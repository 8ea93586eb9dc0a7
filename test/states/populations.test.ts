import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunStates } from '../../src/free-energy/index.js';
import { thermalEnergy } from '../../src/sampling/index.js';
import { freeEnergiesAgainst, populations } from '../../src/states/populations.js';
import { mixtureRun, three } from './mixture.js';
import { runOf } from './run-of.js';

// how often their errors are right: test/slow/state-coverage.test.ts

const statesOf = (component: Uint8Array): RunStates => {
  const labels = component.map((each) => each + 1);
  return { names: ['M1', 'M2', 'M3'], states: labels, cores: labels, notes: [], doubts: [] };
};

test('populations and free energies say the same', () => {
  const { x, component } = mixtureRun(three, { seed: 3, frames: 20_000, leave: 0.1 });
  const run = runOf({ x });
  const amounts = populations(run, statesOf(component), {});
  const kT = thermalEnergy(300);
  const total = amounts.reduce((sum, { value }) => sum + value, 0);
  assert.ok(Math.abs(total - 1) < 1e-12);
  amounts.forEach(({ value, error, reason }, i) => {
    assert.equal(reason, null);
    assert.ok(Math.abs(value - three[i].population) < 3 * error!, `${value} ${error}`);
    // of independent visits, about 0.1 × 20,000 × (1 − p) in number, each twice a mean of ten frames
    const expected = Math.sqrt((value * (1 - value) * 2) / (0.1 * 20_000));
    assert.ok(Math.abs(error! / expected - 1) < 0.35, `${error} ${expected}`);
  });
  const [none, second, third] = freeEnergiesAgainst(0, run, statesOf(component), {});
  assert.equal(none, null);
  for (const [found, i] of [[second, 1] as const, [third, 2] as const]) {
    assert.ok(Math.abs(found!.value! + kT * Math.log(amounts[i].value / amounts[0].value)) < 1e-9);
    assert.ok(found!.error! > 0 && found!.error! < 0.5);
  }
});

test('fewer than ten transitions determine nothing', () => {
  const component = Uint8Array.from({ length: 3000 }, (_, i) => Math.floor(i / 1000));
  const run = runOf({ x: Float64Array.from(component, (each, i) => each + Math.sin(i)) });
  const amounts = populations(run, statesOf(component), {});
  assert.deepEqual(
    amounts.map(({ error, transitions }) => [error, transitions]),
    [
      [null, 1],
      [null, 2],
      [null, 1],
    ],
  );
  assert.match(amounts[0].reason!, /not determined: 1 transition in the analysed frames/);
  // the third was reached from the second alone: of those two, once
  const [, , third] = freeEnergiesAgainst(0, run, statesOf(component), {});
  assert.equal(third!.transitions, 1);
  assert.equal(third!.error, null);
});

test('runs that differ by more than their errors are told, and one state alone has all', () => {
  const parts = [0.3, 0.9].map((first, i) =>
    mixtureRun(
      three.slice(0, 2).map((each, k) => ({ ...each, population: k === 0 ? first : 1 - first })),
      { seed: 10 + i, frames: 4000, leave: 0.2 },
    ),
  );
  const joined = (name: 'x' | 'y'): Float64Array =>
    Float64Array.from(parts.flatMap((part) => [...part[name]]));
  const component = Uint8Array.from(parts.flatMap((part) => [...part.component]));
  const run = runOf({ x: joined('x') }, { runs: [4000, 4000] });
  const states = { ...statesOf(component), names: ['M1', 'M2'] };
  const [first] = populations(run, states, {});
  assert.equal(first.replicas.length, 2);
  assert.ok(
    Math.abs(first.replicas[0].value! - 0.3) < 0.05 && Math.abs(first.replicas[1].value! - 0.9) < 0.05,
  );
  assert.ok(
    first.warnings.some((line) => line.startsWith('replicas do not agree')),
    String(first.warnings),
  );
  assert.ok(first.error! > 0.1, String(first.error));
  const one = { ...states, names: ['M1'], states: component.map(() => 1), cores: component.map(() => 1) };
  const [whole] = populations(run, one, {});
  assert.deepEqual([whole.value, whole.error, whole.transitions], [1, null, 0]);
});
