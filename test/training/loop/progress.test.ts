import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goesOn } from '../../../src/training/loop/progress.js';

const at = (epoch: number, best: number): boolean =>
  goesOn({ epoch, best: { loss: 0, epoch: best, values: [] } }, { epochs: 10, patience: 3 });

test('a restart ends with its most epochs, or once its patience is exceeded', () => {
  assert.deepEqual([at(0, 0), at(9, 6), at(10, 10), at(6, 3), at(7, 3)], [true, true, false, true, false]);
});

test('by plateaus, a better loss that falls by too little does not count', () => {
  const plateau = (fell: number) => ({ drops: 0, dropped: 0, loss: 0, fell });
  const goes = (epoch: number, fell: number): boolean =>
    goesOn(
      { epoch, best: { loss: 0, epoch: epoch - 1, values: [] }, plateau: plateau(fell) },
      { epochs: 10, patience: 3 },
    );
  assert.deepEqual([goes(6, 4), goes(7, 4), goes(10, 10)], [true, false, false]);
});
