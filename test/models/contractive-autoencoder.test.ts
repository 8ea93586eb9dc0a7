import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input } from '../../src/graph/index.js';
import { jacobianNorm } from '../../src/models/contractive-autoencoder.js';
import { applyNetwork, networkParameters } from '../../src/models/network.js';
import { train } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { curve, explainsCurve, options } from './curve.js';

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

test('contractive-autoencoder: one latent explains a curve', () => explainsCurve('contractive-autoencoder'));

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
