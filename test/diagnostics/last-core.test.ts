import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coreOf, lastCores } from '../../src/diagnostics/last-core.js';
import type { CvBasin } from '../../src/kinetics/index.js';

const basins = [{ core: [0, 1] }, { core: [3, 4] }] as unknown as CvBasin[];

test('cores hold their ends', () => {
  assert.deepEqual(
    [-0.1, 0, 1, 2, 3, 4, 4.1].map((value) => coreOf(value, basins)),
    [-1, 0, 0, -1, 1, 1, -1],
  );
});

test('a frame between cores belongs to the last one of its own trajectory', () => {
  const cv = Float64Array.of(2, 0.5, 2, 3.5, 2, 2, 0.5);
  const segments = [
    { start: 0, end: 5 },
    { start: 5, end: 7 },
  ];
  assert.deepEqual([...lastCores(cv, basins, segments)], [-1, 0, 0, 1, 1, -1, 0]);
});
