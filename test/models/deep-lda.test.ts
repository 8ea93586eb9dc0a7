import assert from 'node:assert/strict';
import { test } from 'node:test';
import { train } from '../../src/training/index.js';
import { datasetOf } from './tables.js';
import { crescents, moments, network } from './crescents.js';

test('deep-lda separates what lda cannot', async () => {
  const { rows, state } = crescents(4000, 3);
  const data = datasetOf(['x', 'y', 'state'], rows);
  const wrong = (cv: Float64Array): number => {
    const [a, b] = [moments(cv, state, 0), moments(cv, state, 1)];
    const nearer = (value: number): number => (Math.abs(value - a.mean) < Math.abs(value - b.mean) ? 0 : 1);
    return cv.filter((value, i) => nearer(value) !== state[i]).length / cv.length;
  };
  const linear = await train(data, { method: 'lda', latent: 1, labels: 'state', spread: 0 });
  const deep = await train(data, { ...network, method: 'deep-lda', latent: 1 });
  assert.ok(wrong(linear.cv) > 0.03, `linear ${wrong(linear.cv)}`);
  assert.ok(wrong(deep.cv) < 0.002, `deep ${wrong(deep.cv)}`);
});

test('the layer of deep-lda keeps its length where one state is rare, so that the ratio stays below s²/λ', async () => {
  const { rows } = crescents(4000, 3);
  // one frame of the second state in fifty
  const data = datasetOf(
    ['x', 'y', 'state'],
    rows.filter(([, , of], i) => of === 0 || i % 50 === 1),
  );
  const ridge = 0.1;
  const options = { ...network, method: 'deep-lda', latent: 1, methodOptions: { ridge } } as const;
  const { record } = await train(data, options);
  const { ratio, bound } = record.curves.parts;
  const [best, alpha] = [record.bestEpoch, 2 / ridge];
  // from −α/(1 + (s² − 1)²); the ratio cannot push it past 1 + e with 4e = (1 + e²)²
  const length = 1 + Math.sqrt(Math.max(0, -alpha / bound[best] - 1));
  assert.ok(length < 1.31, `mean square length ${length}`);
  assert.ok(ratio[best] > 0.5 / ridge && ratio[best] < length / ridge, `ratio ${ratio[best]}`);
});

test('labels that are missing or no whole numbers are refused', async () => {
  const { rows } = crescents(400, 5);
  const data = datasetOf(['x', 'y', 'state'], rows);
  await assert.rejects(
    train(data, { method: 'deep-lda' }),
    /expected at least two labelled states for deep-lda but received no labels/,
  );
  await assert.rejects(
    train(data, { method: 'deep-lda', labels: 'x' }),
    /expected whole numbers for the states in x/,
  );
  await assert.rejects(train(data, { method: 'deep-lda', labels: 'stat' }), /expected a column stat/);
});
