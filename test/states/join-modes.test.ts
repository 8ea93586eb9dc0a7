import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundModes } from '../../src/states/find-modes.js';
import { joinMode } from '../../src/states/join-modes.js';

const found: FoundModes = {
  modes: [
    { peak: [0], frames: 50, population: 0.5 },
    { peak: [3], frames: 20, population: 0.4 },
    { peak: [-3], frames: 10, population: 0.1 },
  ],
  barriers: [
    { between: [0, 1], heights: [5, 4], error: 0.1, saddle: [1] },
    { between: [1, 2], heights: [6, 3], error: 0.2, saddle: [2] },
  ],
  labels: Uint8Array.from([1, 2, 3, 0, 1]),
  cores: Uint8Array.from([1, 0, 3, 0, 1]),
  widths: [0.1],
  mergeBelow: 2,
};
const column = (period?: readonly [number, number]) => [{ label: 'x', values: new Float64Array(5), period }];

test('a mode goes to the neighbour over the lowest barrier, and those behind it count one less', () => {
  const joined = joinMode(found, 1, column());
  assert.deepEqual(joined.modes, [
    { peak: [0], frames: 70, population: 0.9 },
    { peak: [-3], frames: 10, population: 0.1 },
  ]);
  assert.deepEqual([...joined.labels], [1, 1, 2, 0, 1]);
  assert.deepEqual([...joined.cores], [1, 0, 2, 0, 1]);
  assert.deepEqual(joined.barriers, []);
});

test('one that touches none goes to the nearest, around a period too', () => {
  const apart = { ...found, barriers: [] };
  assert.deepEqual([...joinMode(apart, 2, column()).labels], [1, 2, 1, 0, 1]);
  assert.deepEqual([...joinMode(apart, 2, column([-Math.PI, Math.PI])).labels], [1, 2, 2, 0, 1]);
});
