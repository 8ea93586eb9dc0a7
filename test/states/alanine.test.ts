import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { freeEnergySurface, readSampledRun, type SampledRun } from '../../src/free-energy/index.js';
import { thermalEnergy } from '../../src/sampling/index.js';
import { statesOfRun } from '../../src/states/index.js';
import { packageRoot } from '../../src/support/index.js';

// Alanine dipeptide in vacuum (AMBER99SB-ILDN, all bonds constrained, 300 K): 6 ns of OPES on φ and ψ (PACE=500 BARRIER=50,
// PLUMED 2.10.1, GROMACS 2025.2), every 0.8 ps.

const colvar = join(packageRoot(), 'test', 'fixtures', 'alanine-phi-psi.gz');
const load = (): Promise<SampledRun> =>
  readSampledRun([colvar], { columns: ['phi', 'psi'], temperature: 300 });

const minima = { C7ax: [1.05, -0.75], C7eq: [-1.42, 1.06], C5: [-2.6, 2.8] } as const;
type Name = keyof typeof minima;

const around = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));

function nearest(phi: number, psi: number): Name {
  const away = (name: Name): number =>
    Math.hypot(around(phi - minima[name][0]), around(psi - minima[name][1]));
  return (Object.keys(minima) as Name[]).reduce((a, b) => (away(b) < away(a) ? b : a));
}

/** What each minimum has of ∫ exp(−F/kT) dφ dψ: cells of the surface go down by the steepest way to one of them. */
function integrated(run: SampledRun): Record<Name, number> {
  const axis = { period: [-Math.PI, Math.PI] as const, points: 60 };
  const { x, y, energy } = freeEnergySurface(run.values('phi'), run.values('psi'), run.sample, {
    x: axis,
    y: axis,
    // wide enough that cells which noise makes minima are few
    bandwidth: [0.15, 0.15],
  });
  const n = axis.points;
  const at = (i: number, j: number): number => energy[((j + n) % n) * n + ((i + n) % n)];
  const sums: Record<Name, number> = { C7ax: 0, C7eq: 0, C5: 0 };
  const kT = thermalEnergy(300);
  for (let j = 0; j < n; j++)
    for (let i = 0; i < n; i++) {
      if (Number.isNaN(at(i, j))) continue;
      let [a, b] = [i, j];
      for (;;) {
        let [c, d] = [a, b];
        for (const di of [-1, 0, 1])
          for (const dj of [-1, 0, 1]) if (at(a + di, b + dj) < at(c, d)) [c, d] = [a + di, b + dj];
        if (c === a && d === b) break;
        [a, b] = [(c + n) % n, (d + n) % n];
      }
      sums[nearest(x[a], y[b])] += Math.exp(-at(i, j) / kT);
    }
  const total = Object.values(sums).reduce((sum, each) => sum + each, 0);
  return { C7ax: sums.C7ax / total, C7eq: sums.C7eq / total, C5: sums.C5 / total };
}

test('C7eq and C5 are one mode at 2 kT, as their barrier is lower, and C7ax is another', async (t) => {
  const run = await load();
  const exact = integrated(run);
  const { states } = statesOfRun(run, { cv: ['phi', 'psi'] });
  // a corner 40 kJ/mol up, which the run came to once, may be a third that only one half shows
  const sure = states.filter(({ foundAgain }) => foundAgain);
  assert.equal(sure.length, 2);
  const [first, second] = sure;
  assert.equal(nearest(second.peak!.phi, second.peak!.psi), 'C7ax');
  t.diagnostic(
    `C7ax: ${(100 * second.population).toFixed(2)} ± ${(100 * second.error!).toFixed(2)} %, by integration ${(100 * exact.C7ax).toFixed(2)} %; ΔF ${second.deltaF!.toFixed(2)} ± ${second.deltaFError!.toFixed(2)} kJ/mol`,
  );
  assert.ok(Math.abs(second.population - exact.C7ax) < second.error!);
  assert.ok(Math.abs(first.population - exact.C7eq - exact.C5) < second.error!);
  // thirty-two runs of 10 ns of the same molecule along one learned CV: 10.09 ± 0.09 kJ/mol (docs/free-energy.md)
  assert.ok(Math.abs(second.deltaF! - 10.09) < 2 * Math.hypot(second.deltaFError!, 0.09));
});

test('with a lower rule they are two, with the populations that integration gives', async (t) => {
  const run = await load();
  const exact = integrated(run);
  const { states, barriers } = statesOfRun(run, { cv: ['phi', 'psi'], mergeBelow: 1 });
  const found = new Map(
    states
      .filter(({ foundAgain }) => foundAgain)
      .map((state) => [nearest(state.peak!.phi, state.peak!.psi), state]),
  );
  assert.equal(found.size, 3);
  for (const [name, { population, error }] of found) {
    t.diagnostic(
      `${name}: ${(100 * population).toFixed(2)} ± ${(100 * error!).toFixed(2)} %, by integration ${(100 * exact[name]).toFixed(2)} %`,
    );
    assert.ok(
      Math.abs(population - exact[name]) < 2 * error!,
      `${name}: ${population} ± ${error}, ${exact[name]}`,
    );
  }
  const between = barriers.find(({ between: pair }) =>
    pair.every((name) => [found.get('C5')!.name, found.get('C7eq')!.name].includes(name)),
  )!;
  const lower = Math.min(...between.heights);
  assert.ok(lower > 1 && lower < 2 + 2 * between.error, `${lower} ± ${between.error} kT`);
});
