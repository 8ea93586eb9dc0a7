import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Dataset } from '../../src/frames/index.js';
import { Random } from '../../src/support/random.js';

/** A walk on sites of a line whose steps keep detailed balance with exp(−U). */
export interface Lattice {
  sites: number[];
  equilibrium: number[];
  /** From site to site in one frame. */
  frame: Matrix;
}

/** @param stepsOfFrame Metropolis steps to a neighbour, from one frame to the next: a power of two */
export function latticeOf(sites: number[], energy: (x: number) => number, stepsOfFrame: number): Lattice {
  const heights = sites.map(energy);
  const step = Matrix.zeros(sites.length, sites.length);
  sites.forEach((_, i) => {
    for (const j of [i - 1, i + 1].filter((other) => other >= 0 && other < sites.length))
      step.set(i, j, Math.min(1, Math.exp(heights[i] - heights[j])) / 2);
    step.set(i, i, 1 - step.getRow(i).reduce((sum, value) => sum + value, 0));
  });
  let frame = step;
  for (let steps = 1; steps < stepsOfFrame; steps *= 2) frame = frame.mmul(frame);
  const weights = heights.map((height) => Math.exp(-height));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { sites, equilibrium: weights.map((weight) => weight / total), frame };
}

/** Autocorrelation in equilibrium of a function of the sites, so many frames apart: exact. */
export function autocorrelation({ equilibrium, frame }: Lattice, values: number[], lag: number): number {
  const average = (of: number[]): number => of.reduce((sum, value, i) => sum + equilibrium[i] * value, 0);
  const mean = average(values);
  let later = Matrix.columnVector(values);
  for (let i = 0; i < lag; i++) later = frame.mmul(later);
  const product = average(values.map((value, i) => value * later.get(i, 0)));
  return (product - mean * mean) / (average(values.map((value) => value * value)) - mean * mean);
}

/** The slowest function of the sites beside the constant, and its relaxation time in frames: exact. */
export function slowestFunction({ equilibrium, frame }: Lattice): { values: number[]; timescale: number } {
  const root = equilibrium.map(Math.sqrt);
  const symmetric = Matrix.zeros(root.length, root.length);
  root.forEach((a, i) => root.forEach((b, j) => symmetric.set(i, j, (a * frame.get(i, j)) / b)));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, {
    assumeSymmetric: true,
  });
  const order = [...realEigenvalues.keys()].sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const vector = eigenvectorMatrix.getColumn(order[1]);
  return {
    values: vector.map((value, i) => value / root[i]),
    timescale: -1 / Math.log(realEigenvalues[order[1]]),
  };
}

/** Walks that all start on one site; `x` is where they are, `fast` is noise. */
export function walks(
  { sites, frame }: Lattice,
  start: number,
  { count, length, seed }: { count: number; length: number; seed: number },
): Dataset {
  const random = new Random(seed);
  const sums = sites.map((_, i) => {
    let sum = 0;
    return frame.getRow(i).map((part) => (sum += part));
  });
  const data = new Float64Array(2 * count * length);
  for (let run = 0; run < count; run++) {
    let now = start;
    for (let i = 0; i < length; i++) {
      data.set([sites[now], random.uniform(-1, 1)], 2 * (run * length + i));
      const chance = random.uniform();
      now = Math.min(
        sites.length - 1,
        sums[now].findIndex((sum) => sum > chance),
      );
    }
  }
  const segments = Array.from({ length: count }, (_, run) => ({
    start: run * length,
    end: (run + 1) * length,
    source: `run${run}`,
  }));
  const time = Float64Array.from({ length: count * length }, (_, i) => i % length);
  return { columns: [{ label: 'x' }, { label: 'fast' }], frames: count * length, data, time, segments };
}
