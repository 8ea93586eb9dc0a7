import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Dataset } from '../../../src/frames/index.js';
import { loadNativeModel } from '../../../src/native/index.js';
import { saveModel } from '../../../src/onnx/index.js';
import {
  applyScaling,
  computeFeatures,
  featureMap,
  featureRows,
  fitScaling,
} from '../../../src/training/data/features.js';
import { newModel, train, type TrainOptions } from '../../../src/training/index.js';
import { trainEncoder } from '../../../src/training/train.js';
import { Random } from '../../../src/support/random.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { hiddenJumps, withColumns } from '../data.js';

const frames = 4;

/** Columns of the given deviations: plus and minus, in orders that differ from column to column. */
function tableOf(deviations: number[]): Float64Array {
  const signs = [
    [1, 1, -1, -1],
    [1, -1, 1, -1],
  ];
  return Float64Array.from({ length: frames * deviations.length }, (_, i) => {
    const column = i % deviations.length;
    return 5 + deviations[column] * signs[column % 2][Math.floor(i / deviations.length)];
  });
}

const columnsOf = (quantities: (string | undefined)[]) =>
  quantities.map((quantity, i) => ({ label: `c${i}`, ...(quantity !== undefined && { quantity }) }));

/** Mean variance after scaling of the features at these places. */
function meanVariance(deviations: number[], scale: Float64Array, places: number[]): number {
  return places.reduce((sum, i) => sum + (deviations[i] / scale[i]) ** 2 / places.length, 0);
}

test('the common scale is one per quantity: each has a mean variance of 1, and keeps its own proportions', () => {
  const deviations = [0.1, 0.3, 12, 2, 0.002, 0.004];
  const quantities = ['length', 'length', 'count', 'inverse length', 'count', 'length'];
  const { scale } = fitScaling(tableOf(deviations), featureMap(columnsOf(quantities)), 'common');
  for (const places of [[0, 1, 5], [2, 4], [3]])
    assert.ok(Math.abs(meanVariance(deviations, scale, places) - 1) < 1e-12);
  assert.equal(scale[0], scale[1]);
  assert.equal(scale[2], scale[4]);
});

test('lengths alone have the scale that columns of unknown quantity have, to the last bit', () => {
  const table = tableOf([0.1, 0.37, 0.0211, 3.3]);
  const scaling = (quantity: string | undefined) =>
    fitScaling(table, featureMap(columnsOf(new Array<string | undefined>(4).fill(quantity))), 'common');
  assert.deepEqual(scaling('length'), scaling(undefined));
  const root = Math.sqrt((0.1 ** 2 + 0.37 ** 2 + 0.0211 ** 2 + 3.3 ** 2) / 4);
  assert.ok(Math.abs(scaling('length').scale[0] - root) < 1e-14);
});

test('sines keep their scale, as those of periodic columns do; so does what is constant', () => {
  const period = [-Math.PI, Math.PI] as const;
  const columns = [{ label: 'phi', period }, ...columnsOf(['length', 'sine', 'count'])];
  // three plain features, then the sine and the cosine of phi
  const { scale } = fitScaling(tableOf([0.1, 0.6, 0, 0.4, 0.3]), featureMap(columns), 'common');
  assert.deepEqual([...scale.subarray(1)], [1, 1, 1, 1]);
});

test('each: every plain feature by its own deviation, whatever its quantity', () => {
  const deviations = [0.1, 0.3, 12];
  const { scale } = fitScaling(
    tableOf(deviations),
    featureMap(columnsOf(['length', 'length', 'count'])),
    'each',
  );
  deviations.forEach((deviation, i) => assert.ok(Math.abs(scale[i] - deviation) < 1e-12));
});

test('columns that never vary are refused', () => {
  assert.throws(() => fitScaling(tableOf([0, 0]), featureMap(columnsOf(['length', 'count'])), 'common'), {
    code: 'bad-data',
  });
});

/** Three lengths that follow one hidden number and three counts that follow another, a hundred times as large. */
function mixed(quantities: (string | undefined)[]): { dataset: Dataset; hidden: number[] } {
  const random = new Random(8);
  const hidden: number[] = [];
  const rows = Array.from({ length: 2000 }, () => {
    const [a, b] = [random.uniform(-1, 1), random.uniform(-1, 1)];
    hidden.push(a);
    const noise = (): number => 0.1 * random.uniform(-1, 1);
    const follow = (x: number, size: number): number[] => [1, -1, 0.8].map((w) => size * (w * x + noise()));
    return [...follow(a, 0.1), ...follow(b, 10)];
  });
  const data = Float64Array.from(rows.flat());
  const time = Float64Array.from(rows, (_, i) => i);
  const segments = [{ start: 0, end: rows.length, source: 'test' }];
  return { dataset: { columns: columnsOf(quantities), frames: rows.length, data, time, segments }, hidden };
}

/** The part of the variance of y that is linear in the two CVs: along the best of 36 directions in their plane. */
function explained(cv: Float64Array, y: number[]): number {
  const ways = Array.from({ length: 36 }, (_, i) => [
    Math.cos((i * Math.PI) / 36),
    Math.sin((i * Math.PI) / 36),
  ]);
  const square = ways.map(([c, s]) => {
    const x = y.map((_, i) => c * cv[2 * i] + s * cv[2 * i + 1]);
    return correlation(x, y) ** 2;
  });
  return Math.max(...square);
}

function correlation(x: number[], y: number[]): number {
  const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const product = (a: number[], ma: number, b: number[], mb: number): number =>
    a.reduce((sum, v, i) => sum + (v - ma) * (b[i] - mb), 0);
  return product(x, mx, y, my) / Math.sqrt(product(x, mx, x, mx) * product(y, my, y, my));
}

test('an autoencoder of lengths and counts sees the lengths only where counts have a scale of their own', async () => {
  const options: TrainOptions = {
    method: 'autoencoder',
    hidden: [12],
    latent: 2,
    batch: 128,
    epochs: 40,
    seed: 4,
  };
  const part = async (quantities: (string | undefined)[]): Promise<number> => {
    const { dataset, hidden } = mixed(quantities);
    return explained((await train(dataset, options)).cv, hidden);
  };
  const [length, count] = ['length', 'count'].map((name) => new Array<string>(3).fill(name));
  const told = await part([...length, ...count]);
  const untold = await part(new Array<undefined>(6).fill(undefined));
  assert.ok(told > 0.9, `${told} of the lengths' variance`);
  assert.ok(untold < 0.5, `${untold} without`);
});

test('a column that varies by little of its size makes a model in double precision, which every evaluator takes', async () => {
  const { dataset } = hiddenJumps(1500);
  // 1000 ± 0.001: seven digits, of which single precision keeps the last one hardly
  const big = Float64Array.from({ length: 1500 }, (_, i) => 1000 * (1 + 1e-6 * Math.sin(i * i)));
  const warnings: string[] = [];
  const onWarning = (line: string): void => void warnings.push(line);
  const options: TrainOptions = { scaling: 'each', lag: 5, epochs: 2, hidden: [8] };
  const table = withColumns(dataset, { big });
  const model = newModel(await trainEncoder(table, options, { onWarning }));
  assert.equal(model.precision, 'double');
  assert.match(warnings.join(), /written in double precision: big varies by less of its size/);
  const path = join(temporaryFolder('double'), 'model.onnx');
  await saveModel(path, model);
  for (const evaluator of ['native', 'onnxruntime'] as const) loadNativeModel(path, { evaluator });
  assert.equal(newModel(await trainEncoder(dataset, options)).precision, undefined);
});

test('features that are computed a piece at a time are scaled to the same bits', () => {
  const columns = [{ label: 'd' }, { label: 'phi', period: [-Math.PI, Math.PI] as const }];
  const frames = 10_000;
  const data = Float64Array.from({ length: 2 * frames }, (_, i) => Math.sin(i * i));
  const segments = [{ start: 0, end: frames, source: 'memory' }];
  const dataset = { columns, frames, data, time: new Float64Array(frames), segments };
  const map = featureMap(columns);
  const [whole, rows] = [computeFeatures(dataset, map), featureRows(dataset, map)];
  assert.ok([...rows.pieces()].length > 2);
  const scaling = fitScaling(whole, map, 'each');
  assert.deepEqual(fitScaling(rows, map, 'each'), scaling);
  assert.deepEqual(applyScaling(rows, scaling), applyScaling(whole, scaling));
});
