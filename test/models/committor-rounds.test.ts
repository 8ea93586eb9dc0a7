import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset } from '../../src/frames/index.js';
import { evaluate } from '../../src/graph/index.js';
import { gasConstant } from '../../src/sampling/index.js';
import { Random } from '../../src/support/random.js';
import { train, type TrainedEncoder } from '../../src/training/index.js';
import { Generator } from './generator.js';
import { muellerBrown } from './langevin.js';

// Müller and Brown as mlcolvar's tutorials scale it, 0.15 of the paper's in kT: the barrier is 15.9 kT.
const energy = (x: ArrayLike<number>): number => 3 * (muellerBrown.energy(x) + 146.7 * 0.05);
const inA = ([x, y]: number[]): boolean => Math.hypot(x + 0.558, y - 1.442) < 0.2;
const inB = ([x, y]: number[]): boolean => Math.hypot(x - 0.623, y - 0.028) < 0.2;

const points = 201;
const steps = [3.2 / (points - 1), 2.9 / (points - 1)];
const generator = new Generator({ energy, gradient: () => [0, 0] }, [
  { low: -1.8, high: 1.4, points },
  { low: -0.6, high: 2.3, points },
]);
const places = Array.from({ length: points * points }, (_, i) => generator.point(i));
const energies = places.map(energy);
const exact = generator.committor(inA, inB);
/** What OPES is told of the barrier, kT. */
const barrier = 18;

/** A bias on every point, kT, and how many frames were made under it. */
interface Run {
  bias: Float64Array;
  count: number;
}

/** The bias that makes a coordinate flat under another, up to the barrier: what OPES converges to. */
function flattened(coordinate: (i: number) => number, under: (i: number) => number = () => 0): Float64Array {
  const density = new Map<number, number>();
  const add = (key: number, part: number): void => void density.set(key, (density.get(key) ?? 0) + part);
  energies.forEach((u, i) => add(coordinate(i), Math.exp(-u - under(i))));
  const most = Math.log(Math.max(...density.values()));
  return Float64Array.from(energies, (_, i) => {
    const free = most - Math.log(density.get(coordinate(i))!);
    return under(i) - Math.min(free, barrier);
  });
}

const random = new Random(4);

/** Frames of exp(−U − V), with the cell that each is in. */
function framesOf({ bias, count }: Run): { x: number[]; cell: number }[] {
  let sum = 0;
  const cumulated = energies.map((u, i) => (sum += Math.exp(-u - bias[i])));
  return Array.from({ length: count }, () => {
    const at = random.uniform(0, sum);
    let [low, high] = [0, cumulated.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulated[middle] < at) low = middle + 1;
      else high = middle;
    }
    const x = places[low].map((value, axis) => value + steps[axis] * random.uniform(-0.5, 0.5));
    return { x, cell: low };
  });
}

/** All frames, weighed together by the runs' biases: w = 1 / Σ n exp(−V)/Z. */
function pooled(runs: readonly Run[], frames: readonly { x: number[]; cell: number }[]): Dataset {
  const parts = runs.map(({ bias, count }) => ({
    bias,
    part: count / energies.reduce((sum, u, i) => sum + Math.exp(-u - bias[i]), 0),
  }));
  const weight = (cell: number): number =>
    1 / parts.reduce((sum, { bias, part }) => sum + part * Math.exp(-bias[cell]), 0);
  const rows = frames.map(({ x, cell }) => [...x, weight(cell), inA(x) ? 0 : inB(x) ? 1 : -1]);
  return {
    columns: ['x', 'y', 'weight', 'state'].map((label) => ({ label })),
    frames: rows.length,
    data: Float64Array.from(rows.flat()),
    time: Float64Array.from(rows.keys()),
    segments: [{ start: 0, end: rows.length, source: 'test' }],
  };
}

/** q, V_K in kT and z on the grid. */
function onGrid({ graph }: TrainedEncoder): { q: Float64Array; bias: Float64Array; z: Float64Array } {
  const { x, cv, sides } = graph;
  const outputs = { q: sides!.committor!, bias: sides!.kolmogorov!, z: cv };
  const feeds = { x: { shape: [places.length, 2], data: places.flat() } };
  const { q, bias, z } = evaluate<'q' | 'bias' | 'z'>(outputs, feeds, [x]);
  return { q: q.data, bias: bias.data, z: z.data };
}

/** Root mean square error of q over the grid where the energy is between two, kT. */
function error(q: Float64Array, low: number, high: number): number {
  const cells = [...energies.keys()].filter((i) => energies[i] >= low && energies[i] < high);
  return Math.sqrt(cells.reduce((sum, i) => sum + (q[i] - exact[i]) ** 2 / cells.length, 0));
}

test('frames under the bias of a first committor make it exact, where those of flattened coordinates do not', async () => {
  const settings = {
    ...{ method: 'committor' as const, weights: 'weight', labels: 'state', latent: 1, hidden: [32, 32] },
    ...{ split: 'random' as const, spread: 0, batch: 1000, learningRate: 3e-3, schedule: 'cosine' as const },
    temperature: 1 / gasConstant, // kT = 1
  };
  const warnings: string[] = [];
  const trained = async (runs: Run[], frames: { x: number[]; cell: number }[], epochs: number) =>
    train(pooled(runs, frames), { ...settings, epochs }, { onWarning: (line) => warnings.push(line) });
  const runs: Run[] = [
    { bias: flattened((i) => i % points), count: 5000 },
    { bias: flattened((i) => Math.floor(i / points)), count: 5000 },
  ];
  const frames = runs.flatMap(framesOf);
  const first = await trained(runs, frames, 60);
  assert.ok(first.record.carriers! < 100, `${first.record.carriers} frames carry the first`);
  assert.match(warnings.join(), /the committor rests on about \d+ frames, those between the states/);
  const { bias, z } = onGrid(first);
  const along = flattened(
    (i) => Math.floor(25 * Math.max(-1.2, Math.min(1.2, z[i]))),
    (i) => bias[i],
  );
  runs.push({ bias: along, count: 10_000 });
  frames.push(...framesOf(runs[2]));
  warnings.length = 0;
  const second = await trained(runs, frames, 120);
  const { q } = onGrid(second);
  assert.deepEqual(warnings, []);
  assert.ok(second.record.carriers! > 1000, `${second.record.carriers} frames carry the second`);
  const [basins, saddle] = [error(q, 0, 14), error(q, 14, 16)];
  assert.ok(basins < 0.01 && saddle < 0.02, `${basins} below 14 kT, ${saddle} at the barrier`);
});
