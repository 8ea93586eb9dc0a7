import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainSettings, type TrainOptions } from '../../src/training/index.js';

const rows = { rows: true, properties: ['gap'] };

test('rows have defaults of their own, which settings go before', () => {
  const { scaling, split, spread } = trainSettings(rows);
  assert.deepEqual([scaling, split, spread], ['each', 'random', 0]);
  assert.equal(trainSettings({ ...rows, group: 'site' }).split, 'groups');
  assert.deepEqual(trainSettings(rows).methodOptions, { noise: 0.1 });
  assert.deepEqual(trainSettings({ ...rows, methodOptions: { head: [8] } }).methodOptions, {
    noise: 0.1,
    head: [8],
  });
  assert.deepEqual(trainSettings({ ...rows, method: 'multitask-autoencoder' }).methodOptions, {});
  assert.equal(trainSettings({ ...rows, scaling: 'common' }).scaling, 'common');
  assert.deepEqual(trainSettings({ properties: ['gap'] }).split, 'blocks');
});

test('what is of time is refused with rows, and groups without them', () => {
  const refused = [
    [{ ...rows, split: 'blocks' }, /a split by blocks of time/],
    [{ ...rows, method: 'tica' }, /tica, which has a lag/],
    [{ ...rows, bias: ['b'], temperature: 300 }, /the bias b/],
    [{ ...rows, reweightedTime: true }, /reweightedTime/],
    [{ ...rows, split: 'groups' }, /the column of the groups/],
    [{ ...rows, split: 'random', group: 'site' }, /a split by groups with the group site/],
    [{ group: 'site' }, /rows that are independent .* for the group site/],
  ] satisfies [TrainOptions, RegExp][];
  for (const [options, message] of refused)
    assert.throws(() => trainSettings(options), { code: 'bad-argument', message });
});
