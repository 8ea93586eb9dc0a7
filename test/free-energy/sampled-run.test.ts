import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSampledRun } from '../../src/free-energy/index.js';
import { filesWith } from '../frames/helpers.js';

/** Frames whose bias is higher by `zero`. */
const biased = (from: number, to: number, zero: number): string =>
  '#! FIELDS time x opes.bias\n' +
  Array.from({ length: to - from }, (_, i) => ` ${from + i} ${Math.sin(i)} ${zero + Math.cos(i)}\n`).join('');

test('parts of a run share one zero of the bias; runs of their own are replicas, each with its own', async () => {
  const paths = await filesWith({ a: biased(0, 100, 0), b: biased(100, 200, 20) });
  const options = { columns: ['x'], temperature: 300, discard: 0 };
  const weightOfFirst = async (parts: boolean, files: string[]): Promise<[number, number]> => {
    const { sample, dataset } = await readSampledRun(files, { ...options, parts });
    const late = (frame: number): boolean => dataset.time.at(frame)! >= 100;
    const weights = Array.from(sample.weights).map((weight, frame) => (late(frame) ? 0 : weight));
    return [sample.replicas.length, weights.reduce((sum, weight) => sum + weight, 0)];
  };
  for (const files of [paths, paths.toReversed()]) {
    const [replicas, share] = await weightOfFirst(false, files);
    assert.equal(replicas, 2);
    assert.ok(Math.abs(share - 0.5) < 1e-12);
    const [one, little] = await weightOfFirst(true, files);
    assert.equal(one, 1);
    // exp(−20 kJ/mol / kT) of the other's, as their biases are the same but for the zero
    const ratio = Math.exp(-20 / (8.31446261815324e-3 * 300));
    assert.ok(Math.abs(little / (1 - little) / ratio - 1) < 1e-9, String(little));
  }
});
