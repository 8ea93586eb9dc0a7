import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeTable, type Dataset } from '../../../src/frames/index.js';
import { prepare } from '../../../src/training/data/index.js';
import { equilibriumWeights } from '../../../src/training/data/equilibrium-weights.js';
import { closeStore, openFrames, trainSettings, type TrainOptions } from '../../../src/training/index.js';
import { trainEncoder } from '../../../src/training/train.js';
import { Random } from '../../../src/support/random.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { withColumns } from '../data.js';
import { autocorrelation, latticeOf, walks } from '../lattice.js';

const sites = Array.from({ length: 41 }, (_, i) => (i - 20) / 10);
/** Two wells, of which the right one holds 28 % in equilibrium. */
const wells = latticeOf(sites, (x) => 4 * (x * x - 1) ** 2 + 0.5 * x, 8);
const left = sites.indexOf(-1);
const tica = { method: 'tica', latent: 1, lag: 5, spread: 0 } as const;
const runs = (seed: number, count = 200): Dataset => walks(wells, left, { count, length: 50, seed });

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value / values.length, 0);

/** The mean of a few seeds less a value, in standard errors. */
function errorsFrom(values: readonly number[], wanted: number): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return (mean - wanted) / Math.sqrt(squares / (values.length * (values.length - 1)));
}

test('walks that all start in one well: by cells TICA has the exact eigenvalue, by linear functions a part of the way', async () => {
  const exact = autocorrelation(wells, sites, 5);
  const found = { plain: [] as number[], linear: [] as number[], cells: [] as number[] };
  for (let seed = 1; seed <= 5; seed++) {
    const dataset = runs(seed);
    for (const kind of ['plain', 'linear', 'cells'] as const) {
      const koopmanWeights = kind === 'plain' ? undefined : kind;
      const { record } = await trainEncoder(dataset, { ...tica, koopmanWeights });
      found[kind].push(record.eigenvalues![0]);
      assert.equal(record.koopmanWeights?.basis, koopmanWeights);
    }
  }
  const { plain, linear, cells } = found;
  assert.ok(Math.abs(errorsFrom(cells, exact)) < 3, `${cells.join(' ')}, exactly ${exact}`);
  assert.ok(Math.abs(meanOf(cells) - exact) < 0.03, `${meanOf(cells)}, exactly ${exact}`);
  assert.ok(errorsFrom(plain, exact) < -5, `${plain.join(' ')} where ${exact} is exact`);
  assert.ok(errorsFrom(linear, exact) < -5, linear.join(' '));
  linear.forEach((value, i) => assert.ok(value > plain[i] + 0.02, `${value} against ${plain[i]}`));
});

test('a network learns from the pairs as they weigh: its slow mode decays as in equilibrium', async () => {
  const dataset = runs(1);
  const network = {
    method: 'deep-tica',
    latent: 1,
    lag: 5,

    epochs: 30,
    learningRate: 0.01,
    seed: 1,
  } as const;
  const hidden = [8];
  const step = autocorrelation(
    wells,
    sites.map((x) => Math.tanh(3 * x)),
    5,
  );
  const [plain, cells] = await Promise.all(
    [undefined, 'cells' as const].map(async (koopmanWeights) => {
      const { record } = await trainEncoder(dataset, { ...network, hidden, koopmanWeights });
      return record.eigenvalues![0];
    }),
  );
  assert.ok(plain < step - 0.06, `${plain} alone, ${step} in equilibrium`);
  assert.ok(Math.abs(cells - step) < 0.03, `${cells} weighed, ${step} in equilibrium`);
});

test('frames on disk weigh as those in memory', async () => {
  const folder = temporaryFolder('equilibrium');
  const files: string[] = [];
  const dataset = runs(2, 60);
  const { columns, data, time, segments } = dataset;
  for (const { start, end, source } of segments) {
    const part: Dataset = {
      ...{ columns, frames: end - start, data: data.slice(2 * start, 2 * end), time: time.slice(start, end) },
      segments: [{ start: 0, end: end - start, source }],
    };
    files.push(join(folder, `${source}.csv`));
    await writeTable(files.at(-1)!, part);
  }
  const settings = trainSettings({ ...tica, koopmanWeights: 'linear' });
  const store = await openFrames(files);
  try {
    const [memory, disk] = [prepare(dataset, settings), prepare(store, settings)];
    const part = [...disk.parts.epoch(new Random(1))];
    const weights = part.flatMap(({ samples }) => [...samples.weight!]);
    const ends = memory.split.train.now.length;
    assert.equal(weights.length, ends);
    const { weigh, record } = memory.equilibrium!;
    assert.ok(Math.abs(disk.equilibrium!.record.condition - record.condition) < 1e-4);
    const wanted = [...memory.split.train.now].map(
      (frame) => weigh(memory.shape.tables.features.subarray(2 * frame, 2 * frame + 2))[0],
    );
    const sorted = (all: number[]): number[] => [...all].sort((a, b) => a - b);
    sorted(wanted).forEach((weight, i) => assert.ok(Math.abs(weight - sorted(weights)[i]) < 1e-4));
  } finally {
    closeStore(store);
  }
});

test('frames that begin no pair weigh nothing, and none less', () => {
  const { shape, lagFrames } = prepare(runs(3), trainSettings(tica));
  for (const basis of ['linear', 'cells'] as const) {
    const { segments } = runs(3);
    const { weights, record } = equilibriumWeights(basis, shape.tables, segments, lagFrames);
    assert.ok(Math.abs(meanOf([...weights]) - 1) < 1e-9);
    for (const { end } of segments)
      assert.ok(weights.subarray(end - lagFrames, end).every((weight) => weight === 0));
    assert.ok(weights.every((weight) => weight >= 0));
    if (basis === 'cells') assert.equal(record.negative, 0);
  }
});

const refused = async (dataset: Dataset, options: TrainOptions, message: RegExp): Promise<void> => {
  await assert.rejects(trainEncoder(dataset, options), { message });
};

test('what Koopman weights cannot be told of is refused', async () => {
  const dataset = runs(1, 40);
  const linear = { ...tica, koopmanWeights: 'linear' } as const;
  await refused(
    dataset,
    { ...linear, method: 'pca' },
    /learns from pairs of frames for Koopman weights but received pca/,
  );
  const biased = withColumns(dataset, { bias: new Float64Array(dataset.frames) });
  await refused(
    biased,
    { ...linear, bias: ['bias'], temperature: 300 },
    /Koopman weights or weights by bias but received both/,
  );
  await refused(biased, { ...linear, weights: 'bias' }, /weights by bias/);
  await refused(dataset, { ...linear, reweightedTime: true }, /weights by reweighted time/);
  const walker = withColumns(dataset, { walker: dataset.time.map((_, i) => Number(i >= 1000)) });
  await refused(walker, linear, /equations of condition number/);
  await refused(walker, { ...linear, koopmanWeights: 'cells' }, /where none comes back to the others/);
});

test('two groups of runs that never meet: nothing tells their weights', async () => {
  // single wells apart, whose columns are not constant but never cross
  const [here, there] = [-1, 1].map((centre) => latticeOf(sites, (x) => 20 * (x - centre) ** 2, 8));
  const [a, b] = [
    walks(here, left, { count: 40, length: 50, seed: 1 }),
    walks(there, 40 - left, { count: 40, length: 50, seed: 2 }),
  ];
  const both: Dataset = {
    ...a,
    frames: 2 * a.frames,
    data: Float64Array.from([...a.data, ...b.data]),
    time: Float64Array.from([...a.time, ...b.time]),
    segments: [
      ...a.segments,
      ...b.segments.map(({ start, end, source }) => ({
        start: start + a.frames,
        end: end + a.frames,
        source: `b${source}`,
      })),
    ],
  };
  await refused(both, { ...tica, koopmanWeights: 'cells' }, /50 % of the pairs where none comes back/);
  const { warnings } = prepare(both, trainSettings({ ...tica, koopmanWeights: 'linear' }));
  assert.match(warnings.join('\n'), /50 % of the pairs begin where no trajectory comes back from/);
});
