import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { deltaF, type DeltaF } from '../../src/free-energy/delta-f.js';
import { runStates } from '../../src/free-energy/states.js';
import { reweight } from '../../src/sampling/reweight.js';
import { basinB, cores, doubleWellReplicas, exactDeltaF, temperature } from './double-well.js';
import { standardDeviation } from './random.js';

// How often error bars reach the exact value: within one and two standard errors, for a normal estimate in 68 and 95 of
// 100 runs. 200 runs know that to 3.3 and 1.5 of 100.

const repeats = 200;

/** ΔF of the double well in so many runs of so many frames together. */
function estimate(seed: number, runs: number, frames: number, given: boolean): DeltaF {
  const seeds = Array.from({ length: runs }, (_, i) => 1000 * (seed + 1) + i);
  const data = doubleWellReplicas(seeds, { frames });
  const sample = reweight(data.bias, temperature, { runs: data.runs, discard: 0 });
  const states = runStates(
    {
      frames: data.x.length,
      column: () => ({ label: 'x' }),
      values: () => data.x,
      weights: sample.weights,
      ranges: sample.ranges,
    },
    {
      basins: [{ column: 'x', interval: basinB }],
      ...(given && { cores: { column: 'x', sets: [cores.a, cores.b] } }),
    },
  )!;
  return deltaF({ sample, states: states.states, cores: states.cores });
}

function expectCoverage(found: readonly DeltaF[], t: TestContext): void {
  const known = found.filter(({ error }) => error !== null);
  const within = (bars: number): number =>
    known.filter(({ value, error }) => Math.abs(value! - exactDeltaF) < bars * error!).length / known.length;
  const [one, two] = [within(1), within(2)];
  const scatter = standardDeviation(known.map(({ value }) => value!));
  const stated = Math.sqrt(known.reduce((sum, { error }) => sum + error! ** 2 / known.length, 0));
  const transitions = known.reduce((sum, each) => sum + each.transitions / known.length, 0);
  t.diagnostic(
    `within 1 and 2 standard errors: ${(100 * one).toFixed(0)} %, ${(100 * two).toFixed(1)} %; scatter ${scatter.toFixed(3)}, stated ${stated.toFixed(3)} kJ/mol; ${transitions.toFixed(0)} transitions`,
  );
  assert.equal(known.length, repeats);
  assert.ok(one >= 0.61 && one <= 0.76, `${one}`);
  assert.ok(two >= 0.91 && two <= 0.99, `${two}`);
}

const all = (runs: number, frames: number, given: boolean): DeltaF[] =>
  Array.from({ length: repeats }, (_, seed) => estimate(seed, runs, frames, given));

test('one run, cores given', (t) => expectCoverage(all(1, 4000, true), t));
test('one run, cores found', (t) => expectCoverage(all(1, 4000, false), t));
test('two runs', (t) => expectCoverage(all(2, 4000, true), t));
test('five short runs', (t) => expectCoverage(all(5, 2000, true), t));
test('one long run', (t) => expectCoverage(all(1, 16_000, true), t));
