import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Dataset } from '../../src/frames/index.js';
import { evaluate, gradient, input, type Feed, type Tensor } from '../../src/graph/index.js';
import { methods, type Batch, type DataShape } from '../../src/models/index.js';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import { train, type TrainOptions } from '../../src/training/index.js';
import { difference } from '../graph/numbers.js';
import { correlation } from './eigenfunctions.js';
import { Generator, type Axis } from './generator.js';
import { doubleWell, muellerBrown, overdamped, type Landscape, type Walk } from './langevin.js';

const settings = {
  method: 'generator',
  weights: 'weight',
  hidden: [32, 32],
  batch: 500,
  epochs: 40,
  learningRate: 0.01,
  schedule: 'cosine',
  split: 'random',
  spread: 0,
} satisfies TrainOptions;

function table(rows: number[][], columns: Dataset['columns']): Dataset {
  return {
    columns,
    frames: rows.length,
    data: Float64Array.from(rows.flat()),
    time: Float64Array.from(rows.keys()),
    segments: [{ start: 0, end: rows.length, source: 'test' }],
  };
}

const labels = (...names: string[]): Dataset['columns'] => names.map((label) => ({ label }));

/**
 * Frames spread evenly over all that lies up to `highest` kT above the minimum, as a bias that flattens the surface does, with Boltzmann
 * weights: Roberts' additive sequence, so that little is left to chance.
 */
function flattened(landscape: Landscape, axes: Axis[], frames: number, highest: number): Dataset {
  const steps = [0.7548776662466927, 0.5698402909980532];
  const at = (i: number): number[] =>
    axes.map(({ low, high }, k) => low + (high - low) * ((0.5 + i * steps[k]) % 1));
  let lowest = Infinity;
  for (let i = 1; i < 20_000; i++) lowest = Math.min(lowest, landscape.energy(at(i)));
  const rows: number[][] = [];
  for (let i = 1; rows.length < frames; i++) {
    const energy = landscape.energy(at(i)) - lowest;
    if (energy < highest) rows.push([...at(i), Math.exp(-energy)]);
  }
  return table(rows, labels('x', 'y', 'weight'));
}

/** The double well along x, and a spring along y of which the rate is 4 exactly. */
const wellAndSpring: Landscape = {
  energy: (at) => doubleWell.energy(at) + 2 * at[1] ** 2,
  gradient: (at) => [...doubleWell.gradient(at), 4 * at[1]],
};

const wells: Axis[] = [{ low: -2.2, high: 2.2, points: 201 }];
const plane: Axis[] = [
  { low: -1.8, high: 1.4, points: 40 },
  { low: -0.6, high: 2.3, points: 40 },
];

function within(part: number, found: number, expected: number, what: string): void {
  assert.ok(Math.abs(found / expected - 1) < part, `${what}: ${found} and ${expected}`);
}

describe('rates and eigenfunctions of frames that a bias has spread are those of the generator on a grid', () => {
  test('double well', async () => {
    const grid = new Generator(doubleWell, wells);
    const exact = grid.slowest(1);
    const data = flattened(wellAndSpring, [...wells, { low: -2.5, high: 2.5, points: 1 }], 10_000, 8);
    const { cv, record } = await train(data, { ...settings, latent: 2 });
    assert.match(
      record.reason,
      /; η is (0\.9\d?|1\.0?\d?)\/ps, by the slowest and fastest rates of a first part/,
    );
    within(0.1, record.rateShift!, 1, 'η');
    within(0.05, record.rates![0], exact.rates[0], 'rate of the double well');
    within(0.05, record.rates![1], 4, 'rate of the spring');
    assert.equal(record.ratesOf, 'diffusion of 1 (unit of the inputs)²/ps');
    assert.ok(record.rateCarriers!.every((frames) => frames > 200));
    assert.ok(
      record.rateGaps!.every((part) => part < 0.05),
      `gaps ${record.rateGaps!.join(' ')}`,
    );
    sameFunction(cv, 0, data, (x) => grid.interpolate(exact.functions[0], x));
    sameFunction(cv, 1, data, ([, y]) => y);
  });

  test('Müller and Brown', async () => {
    const grid = new Generator(muellerBrown, plane);
    const exact = grid.slowest(2);
    const data = flattened(muellerBrown, plane, 10_000, 8);
    const { cv, record } = await train(data, {
      ...settings,
      latent: 2,
      epochs: 60,
      methodOptions: { diffusion: 0.5 },
    });
    // half the diffusion, half the rates
    [0, 1].forEach((i) => within(0.05, record.rates![i], 0.5 * exact.rates[i], `rate ${i}`));
    sameFunction(cv, 0, data, (x) => grid.interpolate(exact.functions[0], x));
  });

  test('double well, of a run with a bias', async () => {
    const grid = new Generator(doubleWell, wells);
    const exact = grid.slowest(1);
    // a bias that takes 0.7 of the barrier away
    const eased: Landscape = {
      energy: (at) => 0.3 * doubleWell.energy(at),
      gradient: (at) => doubleWell.gradient(at).map((slope) => 0.3 * slope),
    };
    const walk: Walk = { start: [1], step: 1e-3, stride: 200, frames: 20_000, seed: 7 };
    const rows = [...overdamped(eased, walk)].map((x) => [x, -0.7 * 2.5 * doubleWell.energy([x])]);
    const { record } = await train(table(rows, labels('x', 'bias')), {
      ...settings,
      weights: undefined,
      bias: ['bias'],
      // 2.5 kJ/mol is kT
      temperature: 2.5 / 8.31446261815324e-3,
      latent: 1,
      epochs: 30,
    });
    within(0.05, record.rates![0], exact.rates[0], 'rate');
  });
});

/** Correlation of a CV with a function, over the frames that are no more than 6 kT up. */
function sameFunction(
  cv: Float64Array,
  component: number,
  { data, frames }: Dataset,
  exact: (x: number[]) => number,
): void {
  const row = (frame: number): number[] => [...data.subarray(3 * frame, 3 * frame + 3)];
  const near = Array.from({ length: frames }, (_, frame) => frame).filter(
    (frame) => row(frame)[2] > Math.exp(-6),
  );
  const found = Float64Array.from(near, (frame) => cv[2 * frame + component]);
  const expected = Float64Array.from(near, (frame) => exact(row(frame)));
  const same = Math.abs(correlation(found, expected));
  assert.ok(same > 0.99, `eigenfunction ${component}: correlation ${same}`);
}

describe('rates in closed form', () => {
  test('an angle that turns freely: D, for sine and cosine alike', async () => {
    const angles = Array.from({ length: 4000 }, (_, i) => [((i * 0.618033988749895) % 1) * 360 - 180]);
    const data = table(angles, [{ label: 'phi', period: [-180, 180] }]);
    const { record } = await train(data, {
      ...settings,
      weights: undefined,
      latent: 2,
      epochs: 20,
      methodOptions: { diffusion: 900 },
    });
    // 900 square degrees per ps
    const rate = 900 * (Math.PI / 180) ** 2;
    record.rates!.forEach((found) => within(0.01, found, rate, 'rate'));
  });

  test('a spring between atoms: kT/(γ m σ²), by the metric of the frames', async () => {
    const [mass, deviation, friction] = [8, 0.05, 20];
    const rows = Array.from({ length: 4000 }, (_, i) => {
      const [u, v] = [0.7548776662466927, 0.5698402909980532].map((step) => (0.5 + (i + 1) * step) % 1);
      return [1 + deviation * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v), 1 / mass];
    });
    const data = table(rows, [{ label: 'd' }, { label: 'metric d d', aside: true, metric: ['d', 'd'] }]);
    const options: TrainOptions = { ...settings, weights: undefined, latent: 1, epochs: 20 };
    const { record } = await train(data, {
      ...options,
      temperature: 300,
      methodOptions: { friction },
    });
    within(0.02, record.rates![0], (8.31446261815324e-3 * 300) / (friction * mass * deviation ** 2), 'rate');
    assert.equal(record.ratesOf, 'overdamped dynamics of friction 20/ps');
    assert.match(
      record.reason,
      /gradients by the mass-weighted coordinates of the atoms; η is 6\.\d\/ps, by the rate of/,
    );
    await assert.rejects(train(data, options), {
      code: 'bad-argument',
      message: /expected the temperature of the run for the diffusion kT\/\(γ m\) of its atoms/,
    });
    const byInputs = await train(data, {
      ...options,
      methodOptions: { gradient: 'inputs', diffusion: 0.01 },
    });
    within(0.02, byInputs.record.rates![0], 0.01 / deviation ** 2, 'rate by inputs');
  });
});

test('what the frames do not tell is refused, and few frames where a CV changes are told', async () => {
  const gap = Array.from({ length: 2000 }, (_, i) => [
    (i % 2 ? 1 : -1) * (1 + ((i * 0.618033988749895) % 1)),
  ]);
  const data = table(gap, labels('x'));
  const options: TrainOptions = { ...settings, weights: undefined, latent: 1, batch: 400 };
  await assert.rejects(train(data, { ...options, methodOptions: { gradient: 'atoms' } }), {
    code: 'bad-argument',
    message: /expected frames of trajectories, with the masses of their atoms, for gradient=atoms/,
  });
  await assert.rejects(train(data, { ...options, methodOptions: { eta: 0 } }), { code: 'bad-argument' });
  const warnings: string[] = [];
  const onWarning = (warning: string): void => void warnings.push(warning);
  await train(data, { ...options, epochs: 100, methodOptions: { eta: 0.1 } }, { onWarning });
  assert.match(
    warnings.join('\n'),
    /the rate of node-0 is not held by the frames, and likely too low: no frame lies in \d+ % of its range/,
  );
});

/**
 * Numbers of mlcolvar's formula (mlcolvar/core/loss/generator_loss.py, without the split of the batch), written anew in NumPy 2.4.6:
 * the loss −Σ 1/(η + μ) at its best λ, found in the eigenbasis of SciPy's eigh, and tr((1 − C)²), with η = 0.7, of a network
 * 3-4-2 tanh, by inputs with a diffusion constant of 1.3, and by six coordinates with kT = 2.5, γ = 4.
 */
const reference = {
  orthonormality: 1.332928541286234,
  byInputs: -1.0119555421366007,
  byAtoms: -1.5781641803491144,
};

describe('the loss is that of mlcolvar, times η', () => {
  const [n, d, h, r] = [6, 3, 4, 2];
  const fill = (rows: number, columns: number, value: (i: number, j: number) => number): Feed => ({
    shape: [rows, columns],
    data: Float64Array.from({ length: rows * columns }, (_, at) =>
      value(Math.floor(at / columns), at % columns),
    ),
  });
  const flat = ({ data }: Feed): Feed => ({ shape: [data.length], data });
  const parameters = {
    'encoder.0.weight': fill(d, h, (i, j) => 0.9 * Math.cos(i + 2 * j)),
    'encoder.0.bias': flat(fill(1, h, (_, j) => 0.2 * Math.sin(j + 0.5))),
    'encoder.1.weight': fill(h, r, (i, j) => 0.8 * Math.sin(2 * i - j)),
    'encoder.1.bias': { shape: [r], data: [0.1, -0.2] },
  };
  const now = fill(n, d, (i, j) => Math.sin(1 + 3 * i + 2 * j));
  const weight = { shape: [n, 1], data: [0.5, 1.5, 0.8, 1.2, 1.7, 0.3] };
  const masses = [12, 12, 12, 16, 16, 16];
  const pairs = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 2],
    [2, 2],
  ] as const;
  const metric = fill(n, pairs.length, (i, pair) => {
    const [a, b] = pairs[pair].map((j) => masses.map((_, k) => Math.cos(i + 2 * j + 0.7 * k)));
    const product = masses.reduce((sum, mass, k) => sum + (a[k] * b[k]) / mass, 0);
    return pairs[pair][0] === pairs[pair][1] ? product : 2 * product;
  });

  /** One CV of three features, by inputs. */
  const one = { features: d, hidden: [h], latent: 1, activation: 'tanh' as const };

  interface Case {
    outputs: Record<string, Tensor>;
    feeds: Record<string, Feed>;
  }

  /** The loss with its parts and its gradients by the parameters. */
  function caseOf(options: Record<string, unknown>, data: DataShape): Case {
    const architecture = { features: d, hidden: [h], latent: r, activation: 'tanh' as const };
    const method = methods.generator.create(architecture, { eta: 0.7, alpha: 0.25, ...options }, data);
    const table: Record<string, Feed> = { now, weight, ...(data.metric && { metric }) };
    const [of, batch] = [parameters, table].map((feeds) =>
      Object.entries(feeds).map(([name, { shape }]) => [name, input(name, shape)] as const),
    );
    const { total, parts } = method.loss(new Map(of), Object.fromEntries(batch) as unknown as Batch);
    const gradients = gradient(
      total,
      of.map(([, tensor]) => tensor),
    );
    const byParameter = of.map(([name], i) => [`gradient ${name}`, gradients[i]] as const);
    return {
      outputs: { total, ...parts, ...Object.fromEntries(byParameter) },
      feeds: { ...parameters, ...table },
    };
  }

  function parts(options: Record<string, unknown>, data: DataShape): Record<string, number> {
    const { outputs, feeds } = caseOf(options, data);
    return Object.fromEntries(
      Object.entries(evaluate(outputs, feeds)).map(([name, { data: values }]) => [name, values[0]]),
    );
  }

  const data = { states: 0, properties: 0 };
  // but for the regularisation, a millionth of η
  const near = (found: number, expected: number): void =>
    assert.ok(Math.abs(found - expected) < 2e-5, `${found} and ${expected}`);

  test('by inputs', () => {
    const { total, resolvent, orthonormality } = parts({ diffusion: 1.3 }, data);
    assert.ok(Math.abs(orthonormality - reference.orthonormality) < 1e-12);
    near(resolvent, -0.7 * reference.byInputs);
    near(total, r + 0.7 * reference.byInputs + 0.25 * reference.orthonormality);
  });

  test('by atoms', () => {
    const { resolvent } = parts({ friction: 4 }, { ...data, metric: pairs, kT: 2.5 });
    near(resolvent, -0.7 * reference.byAtoms);
  });

  test('that of the first part of a training, without η, is Σ ln μ with the same condition', async () => {
    const method = methods.generator.create(one, { diffusion: 1.3 }, data);
    const narrow = {
      ...parameters,
      'encoder.1.weight': fill(h, 1, (i) => 0.8 * Math.sin(2 * i)),
      'encoder.1.bias': { shape: [1], data: [0.1] },
    };
    const feeds: Record<string, Feed> = { ...narrow, now, weight };
    const tensor = ([name, { shape }]: [string, Feed]) => [name, input(name, shape)] as const;
    const values = new Map(Object.entries(narrow).map(tensor));
    const batch = { now: input('now', now.shape), weight: input('weight', weight.shape) } as Batch;
    const { total, parts: of } = method.scouting!.loss(values, batch);
    const latent = method.encode(values, batch.now);
    const gamma = method.generator!.dissipation(values, batch);
    const slopes = gradient(total, [...values.values()]);
    const byParameter = Object.fromEntries(slopes.map((slope, i) => [`gradient ${i}`, slope] as const));
    const outputs: Record<string, Tensor> = { total, ...of, latent, gamma, ...byParameter };
    const found = evaluate(outputs, feeds);
    const mean = (column: ArrayLike<number>): number =>
      weight.data.reduce((sum, w, i) => sum + w * column[i], 0) / weight.data.reduce((a, b) => a + b);
    const z = [...found.latent.data];
    const variance = mean(z.map((value) => value ** 2)) - mean(z) ** 2;
    // but for ε and the regularisation
    const rates = Math.log(mean(found.gamma.data) / variance);
    assert.ok(Math.abs(found.rates.data[0] - rates) < 5e-5, `${found.rates.data[0]} and ${rates}`);
    near(found.orthonormality.data[0], (1 - variance) ** 2);
    near(found.total.data[0], found.rates.data[0] + 0.1 * (1 - variance) ** 2);
    const program = await createOnnxRuntime({ precision: 'double' }).compile({ outputs });
    const received = await program.run(feeds);
    await program.release();
    for (const [name, { data: expected }] of Object.entries(found))
      assert.ok(difference(expected, received[name].data) < 1e-9, name);
    const settled = method.scouting!.settle([0.002, 0.08]);
    assert.equal(settled.generator!.shift, 0.013);
    assert.match(
      settled.note!,
      /; η is 0.013\/ps, by the slowest and fastest rates of a first part of the training, 0.002 and 0.08\/ps$/,
    );
    assert.equal(methods.generator.create(one, { eta: 2 }, data).scouting, undefined);
  });

  const periodic = { mean: [0.1, 0.2, 0], scale: [0.5, 0.8, 1.2], plain: 1, factors: [1.5] };
  const shapes: [string, DataShape][] = [
    ['by atoms', { ...data, metric: pairs, kT: 2.5 }],
    ['by inputs, one of them periodic', { ...data, scales: periodic }],
  ];
  for (const [what, shape] of shapes)
    test(`${what}, ONNX Runtime gives the same loss and gradients`, async () => {
      const { outputs, feeds } = caseOf({}, shape);
      const expected = evaluate(outputs, feeds);
      const program = await createOnnxRuntime({ precision: 'double' }).compile({ outputs });
      const received = await program.run(feeds);
      await program.release();
      for (const [name, { data: values }] of Object.entries(expected))
        assert.ok(difference(values, received[name].data) < 1e-9, name);
    });
});
