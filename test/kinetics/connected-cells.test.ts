import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectedCells } from '../../src/kinetics/connected-cells.js';

const centres = [0, 1, 2, 3].map((x) => Float64Array.of(x));

test('a cell that is left and never entered stays; one from which none comes back is the nearest that is connected', () => {
  // 0 is where the run began, 1 and 2 are connected, 3 is where it ends
  const cell = Int32Array.of(0, 1, 2, 1, 2, 1, 2, 3, 3, 3);
  const { merged, cutOff } = connectedCells(cell, centres, [{ start: 0, end: 10 }], 1);
  assert.deepEqual([...merged], [0, 1, 2, 2]);
  assert.ok(Math.abs(cutOff - 2 / 9) < 1e-12);
});

test('of cells that never meet, those with fewer pairs are cut off', () => {
  const cell = Int32Array.of(0, 1, 0, 1, 0, 2, 3, 2);
  const segments = [
    { start: 0, end: 5 },
    { start: 5, end: 8 },
  ];
  const { merged, cutOff } = connectedCells(cell, centres, segments, 1);
  assert.deepEqual([...merged], [0, 1, 1, 1]);
  assert.ok(Math.abs(cutOff - 2 / 6) < 1e-12);
});
