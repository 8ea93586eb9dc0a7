import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goesOn } from '../../../src/training/loop/progress.js';

const at = (epoch: number, best: number): boolean =>
  goesOn({ epoch, best: { loss: 0, epoch: best, values: [] } }, { epochs: 10, patience: 3 });

test('a restart ends with its most epochs, or once its patience is exceeded', () => {
  assert.deepEqual([at(0, 0), at(9, 6), at(10, 10), at(6, 3), at(7, 3)], [true, true, false, true, false]);
});
