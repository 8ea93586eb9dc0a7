import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input, type Tensor } from '../../src/graph/index.js';
import { jacobianNorm } from '../../src/models/contractive-autoencoder.js';
import { methods } from '../../src/models/index.js';
import { applyNetwork, networkParameters } from '../../src/models/network.js';
import { gaussianDivergence } from '../../src/models/gaussian.js';
import { train, type TrainOptions } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { datasetOf } from './tables.js';

test('the contractive penalty is the squared Frobenius norm of the Jacobian by central differences', () => {
  const random = new Random(1);
  const network = { name: 'encoder', sizes: [3, 7, 2], activation: 'tanh' } as const;
  const spec = { ...network, sizes: [...network.sizes] };
  const parameters = new Map(networkParameters(spec).map((p) => [p.name, input(p.name, p.shape)] as const));
  const x = input('x', [4, 3]);
  const z = applyNetwork(spec, parameters, x);
  const feeds = {
    x: { shape: [4, 3], data: Float64Array.from({ length: 12 }, () => random.normal()) },
    ...Object.fromEntries(
      networkParameters(spec).map(({ name, shape }) => [
        name,
        { shape, data: Float64Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()) },
      ]),
    ),
  };
  const norms = evaluate({ norms: jacobianNorm(z, x) }, feeds).norms.data;
  const step = 1e-5;
  for (let frame = 0; frame < 4; frame++) {
    let sum = 0;
    for (let i = 0; i < 3; i++) {
      const at = (shift: number): Float64Array => {
        const data = Float64Array.from(feeds.x.data);
        data[frame * 3 + i] += shift;
        return evaluate({ z }, { ...feeds, x: { shape: [4, 3], data } }).z.data.slice(
          2 * frame,
          2 * frame + 2,
        );
      };
      const [above, below] = [at(step), at(-step)];
      above.forEach((value, j) => (sum += ((value - below[j]) / (2 * step)) ** 2));
    }
    assert.ok(Math.abs(norms[frame] / sum - 1) < 1e-7, `${norms[frame]} against ${sum}`);
  }
});

test('the divergence of a Gaussian from the prior is its integral', () => {
  const cases = [
    [0, 0],
    [0.7, -1],
    [-1.5, 0.8],
  ];
  const [mean, logVariance] = [input('m', [1, 1]), input('v', [1, 1])];
  for (const [m, v] of cases) {
    const feeds = { m: { shape: [1, 1], data: [m] }, v: { shape: [1, 1], data: [v] } };
    const { kl } = evaluate({ kl: gaussianDivergence({ mean, logVariance }) }, feeds);
    assert.ok(Math.abs(kl.data[0] - divergenceByQuadrature(m, Math.exp(v / 2))) < 1e-8, `${m}, ${v}`);
  }
});

/** ∫ q ln(q/p) by the trapezoidal rule over ±12 deviations. */
function divergenceByQuadrature(mean: number, deviation: number): number {
  const logNormal = (z: number, m: number, s: number): number =>
    -0.5 * ((z - m) / s) ** 2 - Math.log(s) - 0.5 * Math.log(2 * Math.PI);
  const points = 4000;
  const width = (24 * deviation) / points;
  return Array.from({ length: points + 1 }, (_, i) => mean - 12 * deviation + i * width).reduce((sum, z) => {
    const q = logNormal(z, mean, deviation);
    return sum + Math.exp(q) * (q - logNormal(z, 0, 1)) * width;
  }, 0);
}

test('the loss of the variational autoencoder is its terms, with the noise it is given', () => {
  const method = methods['variational-autoencoder'].create(
    { features: 3, hidden: [4], latent: 1, activation: 'tanh' },
    { beta: 0.6 },
  );
  const random = new Random(8);
  const draw = (shape: number[]): { shape: number[]; data: Float64Array } => ({
    shape,
    data: Float64Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
  });
  const parameters = new Map(method.parameters.map((p) => [p.name, input(p.name, p.shape)] as const));
  const batch = { now: input('now', [5, 3]), noise: input('noise', [5, 1]) };
  const { total, parts } = method.loss(parameters, batch);
  const feeds = Object.fromEntries([
    ['now', draw([5, 3])] as const,
    ['noise', draw([5, 1])] as const,
    ...method.parameters.map((p) => [p.name, draw(p.shape)] as const),
  ]);
  const outputs: Record<string, Tensor> = { total, ...parts };
  const values = evaluate(outputs, feeds);
  const [reconstruction, divergence] = [values.reconstruction.data[0], values.divergence.data[0]];
  assert.ok(Math.abs(values.total.data[0] - (reconstruction + (0.6 / 3) * divergence)) < 1e-12);
  // the noise moves the reconstruction and not the divergence
  feeds.noise.data.fill(0);
  const still = evaluate(outputs, feeds);
  assert.equal(still.divergence.data[0], divergence);
  assert.notEqual(still.reconstruction.data[0], reconstruction);
});

/** Frames on a bent curve in three dimensions, with noise. */
function curve(frames: number): ReturnType<typeof datasetOf> {
  const random = new Random(12);
  const rows = Array.from({ length: frames }, () => {
    const t = random.uniform(-1.5, 1.5);
    return [t, t * t, Math.sin(2 * t)].map((value) => value + 0.05 * random.normal());
  });
  return datasetOf(['x', 'y', 'z'], rows);
}

const options: TrainOptions = {
  hidden: [16],
  latent: 1,
  epochs: 120,
  batch: 256,
  learningRate: 5e-3,
  spread: 0,
};

for (const method of [
  'autoencoder',
  'contractive-autoencoder',
  'denoising-autoencoder',
  'sparse-autoencoder',
  'variational-autoencoder',
] as const) {
  test(`${method}: one latent explains a curve`, async () => {
    const { record } = await train(curve(3000), { ...options, method });
    const explained = record.fractionOfVarianceExplained!;
    assert.ok(explained > 0.85 && explained < 1, `${explained} of the variance`);
  });
}

test('a penalty that outweighs the reconstruction empties the latent', async () => {
  const data = curve(2000);
  const explained = async (weight: number): Promise<number> => {
    const methodOptions = { contraction: weight };
    const { record } = await train(data, {
      ...options,
      epochs: 40,
      method: 'contractive-autoencoder',
      methodOptions,
    });
    return record.fractionOfVarianceExplained!;
  };
  const [light, heavy] = [await explained(0.001), await explained(10)];
  assert.ok(heavy < light - 0.2, `${light} and ${heavy}`);
});

test('an unknown option names those there are', async () => {
  const bad = train(curve(500), { method: 'contractive-autoencoder', methodOptions: { contractoin: 1 } });
  await assert.rejects(bad, { code: 'bad-argument', hint: /contraction/ });
});
