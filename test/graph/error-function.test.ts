import assert from 'node:assert/strict';
import { it } from 'node:test';
import { errorFunction } from '../../src/graph/error-function.js';

// Python's math.erf, correctly rounded by its C library to the last digit or two.
const table: [number, number][] = [
  [0, 0],
  [1e-8, 1.1283791670955126e-8],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [2, 0.9953222650189527],
  [2.49, 0.9995707121322661],
  [2.51, 0.9996142945182758],
  [3, 0.9999779095030014],
  [4, 0.9999999845827421],
  [5.9, 0.9999999999999999],
  [7, 1],
  [Infinity, 1],
];

for (const [x, expected] of table)
  it(`erf(${x})`, () => {
    assert.ok(Math.abs(errorFunction(x) - expected) <= 4e-16, String(errorFunction(x)));
    assert.ok(errorFunction(-x) === -errorFunction(x));
  });
