import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldsOfGroups, splitSamples } from '../../../../src/training/data/split/samples.js';
import type { Samples } from '../../../../src/training/learnable.js';

const segments = [
  { start: 0, end: 600, source: 'a' },
  { start: 600, end: 1000, source: 'b' },
];

test('pairs stay inside their block and no frame is on both sides', () => {
  const { train, validation } = splitSamples(segments, { lag: 7 });
  const touched = ({ now, later }: Samples): Set<number> => new Set([...now, ...later!]);
  const trained = touched(train);
  for (const frame of touched(validation)) assert.ok(!trained.has(frame), `frame ${frame} is on both sides`);
  for (const { now, later } of [train, validation]) {
    now.forEach((start, i) => {
      assert.equal(later![i], start + 7);
      assert.ok(start < 600 ? later![i] < 600 : later![i] < 1000);
    });
  }
});

test('every fifth block validates', () => {
  const { train, validation } = splitSamples([{ start: 0, end: 1000, source: 'a' }], { lag: 0 });
  assert.equal(train.now.length, 800);
  assert.equal(validation.now.length, 200);
  assert.deepEqual([validation.now[0], validation.now[100]], [200, 700]);
});

test('a lag longer than the blocks leaves no pairs', () => {
  const { train } = splitSamples(segments, { lag: 200 });
  assert.equal(train.now.length, 0);
});

test('a pair weighs what its first frame weighs, with mean one over the training pairs', () => {
  const weights = Float64Array.from({ length: 1000 }, (_, i) => (i % 2 ? 3 : 1));
  const { train } = splitSamples(segments, { lag: 1, weights });
  const mean = train.weight!.reduce((sum, w) => sum + w, 0) / train.now.length;
  assert.ok(Math.abs(mean - 1) < 1e-5);
  train.now.forEach((frame, i) => assert.ok(Math.abs(train.weight![i] - weights[frame] / 2) < 0.01));
});

test('frames may weigh otherwise than the pairs that they begin, both with mean one', () => {
  const weights = Float64Array.from({ length: 1000 }, (_, i) => (i % 2 ? 3 : 1));
  const pairWeights = Float64Array.from({ length: 1000 }, (_, i) => (i < 600 ? 1 : 0));
  for (const mode of ['blocks', 'random'] as const) {
    const { train } = splitSamples(segments, { lag: 1, weights, pairWeights, mode });
    const [weight, frameWeight] = [train.weight!, train.frameWeight!];
    for (const each of [weight, frameWeight])
      assert.ok(Math.abs(each.reduce((sum, w) => sum + w, 0) / train.now.length - 1) < 1e-5);
    train.now.forEach((frame, i) => {
      assert.equal(weight[i] > 0, frame < 600);
      assert.ok(Math.abs(frameWeight[i] - weights[frame] / 2) < 0.05);
    });
    assert.equal(splitSamples(segments, { lag: 0, weights, pairWeights, mode }).train.frameWeight, undefined);
  }
});

test('by trajectory, whole files validate', () => {
  const files = ['a', 'b', 'c', 'd', 'e'].map((source, i) => ({
    start: 100 * i,
    end: 100 * (i + 1),
    source,
  }));
  const { train, validation } = splitSamples(files, { lag: 0, mode: 'trajectories' });
  assert.deepEqual([validation.now[0], validation.now.at(-1), validation.now.length], [200, 299, 100]);
  assert.equal(train.now.length, 400);
  assert.throws(() => splitSamples(files.slice(0, 1), { lag: 0, mode: 'trajectories' }), {
    message: /at least 2 trajectories to split by but received 1/,
  });
});

test('at random, a fifth of the single pairs validates, the same for the same seed', () => {
  const split = (seed: number) => splitSamples(segments, { lag: 7, mode: 'random', seed });
  const { train, validation } = split(1);
  const pairs = 600 - 7 + 400 - 7;
  assert.equal(train.now.length + validation.now.length, pairs);
  assert.ok(Math.abs(validation.now.length - pairs / 5) < 1);
  assert.equal(new Set([...train.now, ...validation.now]).size, pairs);
  assert.deepEqual(split(1), split(1));
  assert.notDeepEqual(split(1).train.now, split(2).train.now);
});

test('folds: every frame validates in exactly one of them', () => {
  for (const mode of ['blocks', 'random'] as const) {
    const times = new Int32Array(1000);
    for (let index = 0; index < 4; index++) {
      const { train, validation } = splitSamples(segments, { lag: 0, mode, fold: { index, count: 4 } });
      for (const frame of validation.now) times[frame]++;
      assert.equal(train.now.length + validation.now.length, 1000);
    }
    assert.ok(times.every((count) => count === 1));
  }
});

test('whole groups validate, about a fifth of the rows', () => {
  const rows = [{ start: 0, end: 1000, source: 'a' }];
  const groups = Int32Array.from({ length: 1000 }, (_, row) => (row * 7) % 23);
  const { train, validation } = splitSamples(rows, { lag: 0, mode: 'groups', groups, seed: 3 });
  const [learned, validating] = [train, validation].map(
    ({ now }) => new Set(Array.from(now, (row) => groups[row])),
  );
  for (const group of validating) assert.ok(!learned.has(group), `group ${group} is on both sides`);
  assert.equal(train.now.length + validation.now.length, 1000);
  assert.ok(Math.abs(validation.now.length - 200) < 70, `${validation.now.length} rows validate`);
});

test('every row validates in one of the folds of groups, and fewer groups than folds are refused', () => {
  const groups = Int32Array.from({ length: 90 }, (_, row) => row % 9);
  const folds = foldsOfGroups(groups, { count: 3, seed: 1 });
  assert.deepEqual(
    [0, 1, 2].map((fold) => folds.filter((of) => of === fold).length),
    [3, 3, 3],
  );
  assert.throws(() => foldsOfGroups(groups, { count: 10, seed: 1 }), {
    code: 'bad-data',
    message: /at least 10 groups to split by but received 9/,
  });
});
