import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kMeans } from '../../src/models/k-means.js';
import { train, type TrainOptions } from '../../src/training/index.js';
import { overdamped, threeWells, walkDataset, type Walk } from './langevin.js';

const walk: Walk = { start: [1, 0], step: 5e-4, stride: 100, frames: 16_000, seed: 1 };
const data = overdamped(threeWells, walk);
const dataset = walkDataset(data, walk);
/** The well of each frame: which third of the circle it lies in. */
const well = Array.from({ length: walk.frames }, (_, i) => {
  const third = Math.round(Math.atan2(data[2 * i + 1], data[2 * i]) / ((2 * Math.PI) / 3));
  return (third + 3) % 3;
});
const settings: TrainOptions = {
  method: 'spib',
  latent: 2,
  hidden: [16, 8],
  lag: 1,
  batch: 500,
  epochs: 30,
  learningRate: 3e-3,
};

test('ten k-means cells of a three-well potential merge into its wells', async () => {
  const { states, record } = await train(dataset, settings);
  const wellsOf = new Map<number, number[]>();
  states!.forEach((state, frame) => {
    if (!wellsOf.has(state)) wellsOf.set(state, [0, 0, 0]);
    wellsOf.get(state)![well[frame]]++;
  });
  assert.equal(wellsOf.size, 3, `${wellsOf.size} states are left`);
  assert.equal(new Set([...wellsOf.values()].map((counts) => counts.indexOf(Math.max(...counts)))).size, 3);
  const right = [...wellsOf.values()].reduce((sum, counts) => sum + Math.max(...counts), 0);
  assert.ok(right > 0.995 * walk.frames, `${right} of ${walk.frames} frames in their well's state`);
  const populations = record.statePopulations!;
  assert.equal(populations.length, 10);
  assert.ok(Math.abs(populations.reduce((sum, p) => sum + p, 0) - 1) < 1e-9);
  assert.equal(populations.filter((p) => p > 0).length, 3);
});

test('labels that are given are where it starts, and a wrong one is put right', async () => {
  const labelled = Float64Array.from({ length: 3 * walk.frames }, (_, i) => {
    const frame = Math.floor(i / 3);
    // One frame in five is labelled with the next well, one in seven with none.
    const label = frame % 7 === 0 ? -1 : frame % 5 === 0 ? (well[frame] + 1) % 3 : well[frame];
    return i % 3 < 2 ? data[2 * frame + (i % 3)] : label;
  });
  const table = { ...dataset, columns: [...dataset.columns, { label: 'well' }], data: labelled };
  const { states } = await train(table, { ...settings, labels: 'well', epochs: 12 });
  const right = states!.reduce((sum, state, frame) => sum + Number(state === well[frame]), 0);
  assert.ok(right > 0.99 * walk.frames, `${right} of ${walk.frames}`);
});

test('k-means finds clusters that lie apart', () => {
  const centres = [
    [0, 0],
    [10, 0],
    [0, 10],
  ];
  const rows = Array.from({ length: 300 }, (_, i) =>
    centres[i % 3].map((c, axis) => c + Math.sin(12.9898 * i + 78.233 * axis)),
  );
  const found = kMeans(Float32Array.from(rows.flat()), 2, 3);
  for (let i = 3; i < 300; i++) assert.equal(found[i], found[i % 3]);
  assert.equal(new Set(found).size, 3);
});
