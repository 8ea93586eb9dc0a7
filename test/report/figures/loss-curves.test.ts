import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lossCurves } from '../../../src/report/figures/loss-curves.js';

test('a gap between the losses is told by its size and what it says, and so is that there is none', () => {
  const gap = lossCurves({ training: [1, 0, -0.648], validation: [1.1, 0.2, -0.225], bestEpoch: 3 });
  assert.match(
    gap.caption,
    /0\.42 above the training loss, 26 % of what that fell by: part of what was learned/,
  );
  const none = lossCurves({ training: [1, 0, -0.6], validation: [1.1, 0.2, -0.55], bestEpoch: 3 });
  assert.match(
    none.caption,
    /less than a tenth of that fall above the training loss: what was learned holds/,
  );
  const alone = lossCurves({ training: [1, 0], bestEpoch: 2 });
  assert.doesNotMatch(alone.caption, /There it lies/);
});

test('its table has an epoch each', () => {
  const { data } = lossCurves({ training: [1, 0], validation: [2, 1], bestEpoch: 2 });
  assert.deepEqual(
    data[0].columns.map(({ name }) => name),
    ['epoch', 'training loss', 'validation loss'],
  );
});
