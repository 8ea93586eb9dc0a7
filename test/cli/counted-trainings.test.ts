import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedTrainings } from '../../src/cli/counted-trainings.js';
import type { EpochReport } from '../../src/training/index.js';

test('restarts are parts of a training, one that stops early is done when the next begins', () => {
  const done = countedTrainings({ restarts: 2 });
  const at = (restart: number, epoch: number): number => done({ epoch, epochs: 10, restart } as EpochReport);
  assert.deepEqual([at(0, 1), at(0, 10), at(1, 1), at(1, 5), at(0, 1)], [0.05, 0.5, 0.55, 0.75, 1.05]);
});
