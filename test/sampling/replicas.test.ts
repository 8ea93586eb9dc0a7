import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discardInitial, leadingPart, replicasOf } from '../../src/sampling/replicas.js';

const segment = (start: number, end: number, source: string) => ({ start, end, source });

test('what comes from one file is one run, holes in it or not', () => {
  const runs = replicasOf([segment(0, 60, 'a'), segment(60, 100, 'a'), segment(100, 150, 'b')]);
  assert.deepEqual(
    runs.map(({ source, ranges }) => [source, ranges.length]),
    [
      ['a', 2],
      ['b', 1],
    ],
  );
});

test("the beginning of every run, and what follows it, count over a run's holes", () => {
  const runs = replicasOf([segment(0, 60, 'a'), segment(60, 100, 'a'), segment(100, 150, 'b')]);
  const rangesOf = (kept: typeof runs) =>
    kept.map(({ ranges }) => ranges.map(({ start, end }) => [start, end]));
  assert.deepEqual(rangesOf(leadingPart(runs, 0.7)), [
    [
      [0, 60],
      [60, 70],
    ],
    [[100, 135]],
  ]);
  assert.deepEqual(rangesOf(leadingPart(runs, 1e-9))[1], [[100, 101]]);
  assert.deepEqual(rangesOf(discardInitial(runs, 0.7)), [[[70, 100]], [[135, 150]]]);
  assert.deepEqual(rangesOf(discardInitial(runs, 0)), [
    [
      [0, 60],
      [60, 100],
    ],
    [[100, 150]],
  ]);
});
