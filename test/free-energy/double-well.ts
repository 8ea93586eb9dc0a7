import type { Replica } from '../../src/sampling/replicas.js';
import { thermalEnergy } from '../../src/sampling/thermal.js';
import { randomNumbers } from './random.js';

/**
 * A run whose answers are exact: Metropolis steps in the double well `U = 6 (x² − 1)² + 0.4 x` kT (barrier about
 * 6 kT) under the static bias `V = −0.7 U`. Metropolis sampling has exp(−(U + V)/kT) as its exact limit at any
 * step size (Metropolis et al. 1953, doi:10.1063/1.1699114), and the first frame is drawn from it, so that
 * every frame has the exact distribution and only correlation in time makes the estimates uncertain.
 */
export interface DoubleWellRun {
  /** `[frames]` */
  x: Float64Array;
  /** V of each frame in kJ/mol, `[frames]`. */
  bias: Float64Array;
  /** ps, one per frame. */
  time: Float64Array;
}

export interface DoubleWellOptions {
  frames?: number;
  /** Metropolis steps between two frames; default 10: a transition about every 60 frames. */
  stride?: number;
}

export const temperature = 300;
const kT = thermalEnergy(temperature);
/** Part of the potential that the bias takes away. */
const taken = 0.7;
const longestStep = 0.25;

/** The potential in kJ/mol. */
export const potential = (x: number): number => kT * inKT(x);
const inKT = (x: number): number => 6 * (x * x - 1) ** 2 + 0.4 * x;

/** Basin B is x > 0, basin A the rest; transitions between these cores are real ones. */
export const basinB = [0, Infinity] as const;
export const cores = { a: [-Infinity, -0.7], b: [0.7, Infinity] } as const;

/** One run; the same seed gives the same frames. */
export function doubleWell(seed: number, options: DoubleWellOptions = {}): DoubleWellRun {
  const { frames = 4000, stride = 10 } = options;
  const { uniform } = randomNumbers(seed);
  const x = new Float64Array(frames);
  let place = drawn(uniform());
  let energy = (1 - taken) * inKT(place);
  for (let frame = 0; frame < frames; frame++) {
    for (let step = 0; step < stride; step++) {
      const tried = place + (2 * uniform() - 1) * longestStep;
      const wanted = (1 - taken) * inKT(tried);
      if (wanted > energy && uniform() >= Math.exp(energy - wanted)) continue;
      [place, energy] = [tried, wanted];
    }
    x[frame] = place;
  }
  return { x, bias: x.map((value) => -taken * potential(value)), time: x.map((_, frame) => frame) };
}

/** Several runs one after the other, and where each lies. */
export function doubleWellReplicas(
  seeds: readonly number[],
  options: DoubleWellOptions = {},
): DoubleWellRun & { runs: Replica[] } {
  const parts = seeds.map((seed) => doubleWell(seed, options));
  const join = (name: keyof DoubleWellRun) =>
    Float64Array.from(parts.flatMap((part) => Array.from(part[name])));
  const length = parts[0].x.length;
  const runs = seeds.map((seed, i) => ({
    source: `run ${seed}`,
    ranges: [{ start: i * length, end: (i + 1) * length }],
  }));
  return { x: join('x'), bias: join('bias'), time: join('time'), runs };
}

// Midpoint rule from −3 to 3, where exp(−U) and exp(−(U + V)) have fallen below 1e-50 and 1e-16.
const cells = 60_000;
const cell = 6 / cells;
const nodes = Float64Array.from({ length: cells }, (_, i) => -3 + (i + 0.5) * cell);
const integral = (weight: (x: number) => number): number =>
  nodes.reduce((sum, x) => sum + weight(x) * cell, 0);
const partition = integral((x) => Math.exp(-inKT(x)));
const cumulative = Float64Array.from(nodes);
nodes.reduce((sum, x, i) => (cumulative[i] = sum + Math.exp(-(1 - taken) * inKT(x))), 0);

/** A value with the distribution of the biased run, from a uniform number. */
function drawn(uniform: number): number {
  const wanted = uniform * cumulative[cells - 1];
  let [low, high] = [0, cells - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > wanted) high = middle;
    else low = middle + 1;
  }
  return nodes[low];
}

/** Exact F(B) − F(A) in kJ/mol. */
export const exactDeltaF =
  -kT *
  Math.log(
    integral((x) => (x > 0 ? Math.exp(-inKT(x)) : 0)) / integral((x) => (x > 0 ? 0 : Math.exp(-inKT(x)))),
  );

/** Exact `−kT ln p(x)` in kJ/mol, p the normalised density per unit of x. */
export const exactEnergy = (x: number): number => potential(x) + kT * Math.log(partition);

/** The same of the mean density in a bin around x, as a histogram has it (Simpson's rule in 40 parts). */
export function exactBinEnergy(x: number, width: number): number {
  let sum = 0;
  for (let i = 0; i <= 40; i++) {
    const factor = i === 0 || i === 40 ? 1 : i % 2 ? 4 : 2;
    sum += factor * Math.exp(-inKT(x + (i / 40 - 0.5) * width));
  }
  return -kT * Math.log(sum / 120 / partition);
}
