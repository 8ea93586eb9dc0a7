import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeEnergyProfile } from '../../src/free-energy/free-energy.js';
import { profileBlocks } from '../../src/free-energy/profile-blocks.js';
import { reweight } from '../../src/sampling/reweight.js';
import {
  doubleWell,
  doubleWellReplicas,
  exactBinEnergy,
  exactEnergy,
  temperature,
  type DoubleWellRun,
} from './double-well.js';

const repeats = 200;
const methods = ['kde', 'histogram'] as const;

/** How often a number of standard errors held the exact value. */
class Coverage {
  private points = 0;
  private readonly held = [0, 0];

  add(deviation: number, error: number): void {
    this.points++;
    for (const sigmas of [1, 2]) if (Math.abs(deviation) < sigmas * error) this.held[sigmas - 1]++;
  }

  within(sigmas: 1 | 2): number {
    return this.held[sigmas - 1] / this.points;
  }

  toString(): string {
    const percent = [1, 2].map((sigmas) => (100 * this.within(sigmas as 1 | 2)).toFixed(1));
    return `${percent[0]} % within 1 σ, ${percent[1]} % within 2 σ of ${this.points} points`;
  }
}

type Run = DoubleWellRun & Pick<ReturnType<typeof doubleWellReplicas>, 'runs'>;

const kinds: Record<string, (seed: number) => DoubleWellRun | Run> = {
  'one run': (seed) => doubleWell(seed),
  'four replicas': (seed) =>
    doubleWellReplicas(
      [0, 1, 2, 3].map((i) => 10_000 + 4 * seed + i),
      { frames: 1500 },
    ),
};

for (const [kind, runOf] of Object.entries(kinds)) {
  test(`errors of profiles cover the exact free energy as often as they say: ${kind}`, (t) => {
    const all = { kde: new Coverage(), histogram: new Coverage() };
    const walls = { kde: new Coverage(), histogram: new Coverage() };
    for (let seed = 1; seed <= repeats; seed++) {
      const run = runOf(seed);
      const sample = reweight(run.bias, temperature, {
        discard: 0,
        ...('runs' in run && { runs: run.runs }),
      });
      const blocks = profileBlocks(sample, run.x);
      for (const method of methods) {
        const { coordinate, energy, error, lowest, bandwidth } = freeEnergyProfile(run.x, sample, {
          method,
          blocks,
          points: 100,
        });
        coordinate.forEach((place, i) => {
          if (Number.isNaN(error[i])) return;
          const exact = method === 'kde' ? exactEnergy(place) : exactBinEnergy(place, bandwidth);
          all[method].add(energy[i] + lowest - exact, error[i]);
          if (Math.abs(Math.abs(place) - 1.4) < 0.1) walls[method].add(energy[i] + lowest - exact, error[i]);
        });
      }
    }
    for (const method of methods) {
      t.diagnostic(`${method}: ${all[method].toString()}; at the steep walls ${walls[method].toString()}`);
      for (const coverage of [all[method], walls[method]]) {
        const [one, two] = [coverage.within(1), coverage.within(2)];
        assert.ok(one > 0.61 && one < 0.76, `${method}: ${coverage.toString()}`);
        assert.ok(two > 0.91 && two < 0.99, `${method}: ${coverage.toString()}`);
      }
    }
  });
}
