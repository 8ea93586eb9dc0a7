import assert from 'node:assert/strict';
import type { Dataset } from '../../src/frames/index.js';
import type { MethodName } from '../../src/models/index.js';
import { train, type TrainOptions } from '../../src/training/index.js';
import { Generator, type Axis } from './generator.js';
import { doubleWell, overdamped, type Landscape, type Walk, walkDataset } from './langevin.js';

// Slow methods against the eigenfunctions and rates of the generator of overdamped Langevin dynamics on a grid.
// `own` is the time scale that the exact eigenfunction has on the very frames that were learned from, by its
// autocorrelation; it differs from the exact one by chance (the walk crosses the barrier some 300 times).

export interface Truth {
  data: Dataset;
  /** Exact eigenfunctions at the frames. */
  functions: Float64Array[];
  timescales: number[];
}

export function truth(landscape: Landscape, axes: Axis[], walk: Walk, processes: number): Truth {
  const generator = new Generator(landscape, axes);
  const { rates, functions } = generator.slowest(processes);
  const frames = overdamped(landscape, walk);
  const d = walk.start.length;
  const at = (field: Float64Array): Float64Array =>
    Float64Array.from({ length: walk.frames }, (_, i) =>
      generator.interpolate(field, frames.subarray(i * d, (i + 1) * d)),
    );
  return {
    data: walkDataset(frames, walk),
    functions: functions.map(at),
    timescales: rates.map((rate) => 1 / rate),
  };
}

export const settings = {
  latent: 1,
  hidden: [24, 12],
  lag: 0.5,
  batch: 1000,
  epochs: 40,
  learningRate: 3e-3,
  // Left out: it is not affine.
  spread: 0,
  seed: 3,
} satisfies TrainOptions;

/** Two processes of the double well at a lag as short as the second, by a method that maximises the score. */
export async function findsTwoProcesses(method: MethodName): Promise<void> {
  const walk: Walk = { start: [1], step: 1e-3, stride: 50, frames: 24_000, seed: 5 };
  const exact = truth(doubleWell, [{ low: -2.2, high: 2.2, points: 201 }], walk, 2);
  const data = withSquare(exact.data);
  const { cv, record } = await train(data, { ...settings, method, latent: 2, lag: 0.1 });
  [0, 1].forEach((process) => {
    const component = cv.filter((_, i) => i % 2 === process);
    const found = Math.abs(correlation(component, exact.functions[process]));
    assert.ok(found > 0.99, `process ${process}: correlation ${found}`);
  });
  // The second relaxes within a well, thousands of times: 0.0954 ps by the generator.
  const off = Math.abs(record.timescales![1]! / exact.timescales[1] - 1);
  assert.ok(off < 0.06, `${record.timescales![1]} and ${exact.timescales[1]} ps`);
}

/** A second column, x²: as many inputs as there are CVs. */
export function withSquare(dataset: Dataset): Dataset {
  const [{ label }] = dataset.columns;
  const columns = [{ label }, { label: `${label} squared` }];
  return { ...dataset, columns, data: Float64Array.from([...dataset.data].flatMap((x) => [x, x * x])) };
}

export function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [a, b].map((list) => list.reduce((sum, x) => sum + x, 0) / list.length);
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    ab += (value - meanA) * (b[i] - meanB);
    aa += (value - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}
