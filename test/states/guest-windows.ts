import { kT, type Guest } from './guest-in-well.js';
import { runOf } from './run-of.js';
import { mbarSample, wallEnergy } from '../../src/sampling/index.js';
import type { SampledRun } from '../../src/free-energy/index.js';
import { Random } from '../../src/support/index.js';

/** Umbrella windows along a guest's coordinate: where their restraints stand, and how stiff they are, κ/2 (x − a)², kJ/mol. */
export const guestWindows = { kappa: 120, centres: Array.from({ length: 15 }, (_, i) => 0.15 * i - 0.25) };

/** Frames of each window, drawn from its exact distribution, walls included: independent of one another. */
export function drawWindows(guest: Guest, seed: number, frames: number): Float64Array[] {
  const random = new Random(seed);
  const { element, well, range, column, confinement } = guest;
  const cells = 4000;
  const width = (range[1] - range[0]) / cells;
  return guestWindows.centres.map((centre) => {
    const cumulated = new Float64Array(cells + 1);
    for (let i = 0; i < cells; i++) {
      const x = range[0] + (i + 0.5) * width;
      const wall = wallEnergy(confinement, column === 'distance' ? { distance: x } : { depth: x });
      const energy = well(x) + wall + 0.5 * guestWindows.kappa * (x - centre) ** 2;
      cumulated[i + 1] = cumulated[i] + element(x) * Math.exp(-energy / kT);
    }
    return Float64Array.from({ length: frames }, () => {
      const wanted = random.uniform() * cumulated[cells];
      let [a, b] = [0, cells];
      while (b - a > 1) {
        const middle = (a + b) >> 1;
        if (cumulated[middle] <= wanted) a = middle;
        else b = middle;
      }
      return range[0] + (a + (wanted - cumulated[a]) / (cumulated[a + 1] - cumulated[a])) * width;
    });
  });
}

/** The windows as one run, weighed by MBAR to what is confined alone. */
export function windowedRun(guest: Guest, seed: number, perWindow: number): SampledRun {
  const drawn = drawWindows(guest, seed, perWindow);
  const x = Float64Array.from(drawn.flatMap((each) => [...each]));
  const { kappa, centres } = guestWindows;
  const run = runOf({ [guest.column]: x }, { runs: drawn.map(({ length }) => length) });
  const sample = mbarSample(
    {
      states: centres.map((centre) => `at ${centre.toFixed(2)}`),
      energies: centres.map((centre) => x.map((value) => (0.5 * kappa * (value - centre) ** 2) / kT)),
      origin: Int32Array.from(x, (_, frame) => Math.floor(frame / perWindow)),
    },
    300,
  );
  return { ...run, sample };
}
