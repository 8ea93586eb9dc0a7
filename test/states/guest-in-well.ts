import { wallEnergy, type Confinement } from '../../src/sampling/index.js';
import { Random } from '../../src/support/index.js';
import { runOf } from './run-of.js';
import type { SampledRun } from '../../src/free-energy/index.js';

/** kJ/mol at 300 K. */
export const kT = 8.31446261815324e-3 * 300;

/** A guest that feels a well along a coordinate and is confined: `density` along it, walls included, up to a factor. */
export interface Guest {
  confinement: Confinement;
  /** Of the well, which is 0 from `boundary` on; kJ/mol. */
  well: (x: number) => number;
  boundary: number;
  column: string;
  /** What the volume element is along it, walls across included. */
  element: (x: number) => number;
  /** Of a volume that is wider where the guest is bound, what the element is beyond. */
  narrow?: number;
  range: readonly [number, number];
}

/** ∫ of a function by Simpson's rule on many points: nothing of what is tested is in it. */
export function simpson(f: (x: number) => number, low: number, high: number, steps = 20_000): number {
  const h = (high - low) / steps;
  let sum = f(low) + f(high);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * f(low + i * h);
  return (sum * h) / 3;
}

/** How the sampled distribution is flattened: by most of the free energy along it, less that of the volume of a sphere. */
const biasOf = ({ well, narrow, element }: Guest, x: number): number =>
  0.7 * ((narrow === undefined ? 0 : kT * Math.log(element(x) / narrow)) - well(x));

const wallOf = ({ confinement, column }: Guest, x: number): number =>
  wallEnergy(confinement, column === 'distance' ? { distance: x } : { depth: x });

/** The exact ΔG° of all that is bound. */
export function exactDeltaG(guest: Guest, volume = 1e24 / 6.02214076e23): number {
  const { element, well, range, boundary } = guest;
  const bound = simpson((x) => element(x) * Math.exp(-(well(x) + wallOf(guest, x)) / kT), range[0], boundary);
  return -kT * Math.log(bound / volume);
}

/**
 * A run of a guest under a static bias: each frame is drawn from the exact distribution of the side (bound, unbound) that the guest is
 * on, and with probability `leave` from that of both, so that frames are correlated by the side alone.
 */
export function guestRun(guest: Guest, seed: number, frames: number, leave: number): SampledRun {
  const random = new Random(seed);
  const { element, well, range, boundary, column } = guest;
  const cells = 4000;
  const width = (range[1] - range[0]) / cells;
  const cumulated = new Float64Array(cells + 1);
  for (let i = 0; i < cells; i++) {
    const x = range[0] + (i + 0.5) * width;
    const energy = well(x) + wallOf(guest, x) + biasOf(guest, x);
    cumulated[i + 1] = cumulated[i] + element(x) * Math.exp(-energy / kT);
  }
  const split = cumulated[Math.round((boundary - range[0]) / width)];
  const drawn = (low: number, high: number): number => {
    const wanted = low + random.uniform() * (high - low);
    let [a, b] = [0, cells];
    while (b - a > 1) {
      const middle = (a + b) >> 1;
      if (cumulated[middle] <= wanted) a = middle;
      else b = middle;
    }
    return range[0] + (a + (wanted - cumulated[a]) / (cumulated[a + 1] - cumulated[a])) * width;
  };
  const x = new Float64Array(frames);
  let side = random.uniform() * cumulated[cells] < split ? 0 : 1;
  for (let frame = 0; frame < frames; frame++) {
    if (random.uniform() < leave) side = random.uniform() * cumulated[cells] < split ? 0 : 1;
    x[frame] = side === 0 ? drawn(0, split) : drawn(split, cumulated[cells]);
  }
  const bias = x.map((value) => biasOf(guest, value));
  return runOf({ [column]: x }, { bias });
}

const kappa = 2000;
const sphere: Confinement = { kind: 'sphere', distance: 'distance', radius: 1.6, kappa };
const cylinder: Confinement = {
  ...{ kind: 'cylinder', distance: 'distance', depth: 'depth', radial: 'radial' },
  ...{ from: -0.3, to: 2, radius: 0.4, kappa },
};
const funnel: Confinement = { ...cylinder, kind: 'funnel', radius: 0.2, neck: 0.7, angle: 0.6 };
// across: π R² and the soft side, ∫ 2π (R + t) exp(−κt²/kT) dt over t > 0
const section = (radius: number): number =>
  Math.PI * radius ** 2 + 2 * Math.PI * ((radius * Math.sqrt((Math.PI * kT) / kappa)) / 2 + kT / (2 * kappa));

/** −18 kJ/mol where the guest is bound, 0 from the boundary on. */
const well =
  (depth: number, boundary: number) =>
  (x: number): number =>
    x < boundary ? -depth * Math.cos((Math.PI / 2) * Math.min(1, Math.max(0, x) / boundary)) ** 2 : 0;

export const inSphere: Guest = {
  ...{ confinement: sphere, column: 'distance', boundary: 0.8, well: well(18, 0.8) },
  element: (r) => 4 * Math.PI * r * r,
  range: [0, 1.8],
};
export const inCylinder: Guest = {
  ...{ confinement: cylinder, column: 'depth', boundary: 0.9, well: well(14, 0.9) },
  element: () => section(0.4),
  range: [-0.5, 2.2],
};
/** Its well reaches beyond the neck, so that the guest is bound in the cone and unbound in the cylinder. */
export const inFunnel: Guest = {
  ...{ confinement: funnel, column: 'depth', boundary: 0.9, well: well(14, 0.9) },
  element: (z) => section(0.2 + Math.max(0, 0.7 - z) * Math.tan(0.6)),
  narrow: section(0.2),
  range: [-0.5, 2.2],
};
