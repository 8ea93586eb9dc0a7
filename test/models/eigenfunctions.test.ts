import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Dataset } from '../../src/frames/index.js';
import type { MethodName } from '../../src/models/index.js';
import { train, type TrainOptions } from '../../src/training/index.js';
import { Generator, type Axis } from './generator.js';
import { doubleWell, muellerBrown, overdamped, walkDataset, type Landscape, type Walk } from './langevin.js';

// Slow methods against the eigenfunctions and rates of the generator of overdamped Langevin dynamics on a grid.
// `own` is the time scale that the exact eigenfunction has on the very frames that were learned from, by its
// autocorrelation; it differs from the exact one by chance (the walk crosses the barrier some 300 times).

interface Truth {
  data: Dataset;
  /** Exact eigenfunctions at the frames. */
  functions: Float64Array[];
  timescales: number[];
}

function truth(landscape: Landscape, axes: Axis[], walk: Walk, processes: number): Truth {
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

const settings = {
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

interface Case {
  method: MethodName;
  methodOptions?: TrainOptions['methodOptions'];
  /** Smallest correlation with the exact eigenfunction. */
  correlation: number;
  /** Largest relative difference from the time scale of the exact eigenfunction on the same frames. */
  error: number;
  /** The other scores are told from VAMP-2 by their closed forms; here one system is enough. */
  doubleWellOnly?: boolean;
}

// Methods that maximise the score itself come within 0.1 % of the time scale; those that predict by variance bend their latent.
const cases: Case[] = [
  { method: 'deep-tica', correlation: 0.998, error: 0.01 },
  { method: 'vampnet', correlation: 0.998, error: 0.01 },
  {
    method: 'vampnet',
    methodOptions: { score: 'vamp-1' },
    correlation: 0.998,
    error: 0.01,
    doubleWellOnly: true,
  },
  {
    method: 'vampnet',
    methodOptions: { score: 'vamp-e' },
    correlation: 0.998,
    error: 0.01,
    doubleWellOnly: true,
  },
  { method: 'variational-dynamics-encoder', correlation: 0.998, error: 0.03 },
  { method: 'vamp-autoencoder', correlation: 0.995, error: 0.06 },
  { method: 'time-lagged-autoencoder', correlation: 0.985, error: 0.16 },
];

const systems = {
  'the double well': () =>
    truth(
      doubleWell,
      [{ low: -2.2, high: 2.2, points: 201 }],
      { start: [1], step: 1e-3, stride: 100, frames: 24_000, seed: 1 },
      1,
    ),
  'Müller and Brown': () =>
    truth(
      muellerBrown,
      [
        { low: -1.8, high: 1.4, points: 50 },
        { low: -0.6, high: 2.3, points: 50 },
      ],
      { start: [-0.55, 1.44], step: 5e-4, stride: 100, frames: 24_000, seed: 2 },
      1,
    ),
};

const casesFor = (system: string): Case[] =>
  cases.filter(({ doubleWellOnly }) => system === 'the double well' || !doubleWellOnly);

for (const [name, make] of Object.entries(systems))
  describe(`the slowest process of ${name}`, () => {
    let exact: Truth;
    before(() => void (exact = make()));

    it('is sampled: the exact eigenfunction has the exact time scale, to chance', () => {
      const own = timescale(exact.functions[0], Math.round(settings.lag / exact.data.time[1]), settings.lag);
      assert.ok(Math.abs(own / exact.timescales[0] - 1) < 0.2, `${own} and ${exact.timescales[0]} ps`);
    });

    for (const { method, methodOptions = {}, correlation: least, error } of casesFor(name))
      it(`${method} ${Object.values(methodOptions).join(' ')}`, async () => {
        const { cv, record } = await train(exact.data, { ...settings, method, methodOptions });
        const found = Math.abs(correlation(cv, exact.functions[0]));
        assert.ok(found > least, `correlation ${found}`);
        const own = timescale(exact.functions[0], record.lagFrames, settings.lag);
        const off = Math.abs(record.timescales![0]! / own - 1);
        assert.ok(off < error, `${record.timescales![0]} and ${own} ps, ${off} apart`);
      });
  });

describe('two processes of the double well at a lag as short as the second', () => {
  for (const method of ['deep-tica', 'vampnet'] as const)
    it(method, async () => {
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
    });
});

/** A second column, x²: as many inputs as there are CVs. */
function withSquare(dataset: Dataset): Dataset {
  const [{ label }] = dataset.columns;
  const columns = [{ label }, { label: `${label} squared` }];
  return { ...dataset, columns, data: Float64Array.from([...dataset.data].flatMap((x) => [x, x * x])) };
}

function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [a, b].map((list) => list.reduce((sum, x) => sum + x, 0) / list.length);
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    ab += (value - meanA) * (b[i] - meanB);
    aa += (value - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}

function timescale(values: Float64Array, lagFrames: number, lag: number): number {
  return -lag / Math.log(correlation(values.slice(0, -lagFrames), values.slice(lagFrames)));
}
