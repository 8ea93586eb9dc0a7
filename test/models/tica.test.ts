import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../src/support/random.js';
import { train } from '../../src/training/index.js';
import { column, correlation, datasetOf, turned } from './tables.js';

const names = ['a', 'b', 'c', 'd'];

const plain = { scaling: 'common', spread: 0 } as const;

test('tica finds the slow direction of a linear process and its time scale', async () => {
  const random = new Random(7);
  const factors = [0.99, 0.9, 0.5, 0.2];
  const state = factors.map(() => random.normal());
  const slow: number[] = [];
  const rows = Array.from({ length: 40_000 }, () => {
    factors.forEach((a, i) => (state[i] = a * state[i] + Math.sqrt(1 - a * a) * random.normal()));
    slow.push(state[0]);
    return turned(state.map((value, i) => value * (i + 1)));
  });
  const { cv, record } = await train(datasetOf(names, rows), { ...plain, method: 'tica', latent: 2, lag: 5 });
  assert.ok(Math.abs(correlation(column(cv, 2, 0), slow)) > 0.99);
  // Closed form for x' = a·x + noise: autocorrelation a^lag, time scale −1/ln a = 99.5 and 9.5 ps. The standard
  // error of the estimate over N frames is √(2 t/N) of it: 7 % and 2 %.
  assert.ok(Math.abs(record.timescales![0]! / (-1 / Math.log(0.99)) - 1) < 0.2, `${record.timescales![0]}`);
  assert.ok(Math.abs(record.timescales![1]! / (-1 / Math.log(0.9)) - 1) < 0.08, `${record.timescales![1]}`);
});
