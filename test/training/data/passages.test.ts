import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPassages } from '../../../src/training/data/passages.js';
import { tableOf } from '../data.js';

const labelled = (state: number[], names = ['A', 'B']) => ({
  table: tableOf([{ label: 'd' }], new Float64Array(state.length)),
  labels: { names, state: Int32Array.from(state) },
});
const frames = { rows: false };

test('frames between two states in time order are a third class', () => {
  const { labels, found, warnings } = withPassages(
    labelled([0, -1, 0, -1, -1, 1, -1, 1, 0, -1]),
    frames,
    false,
  );
  assert.deepEqual(labels, {
    names: ['A', 'B', 'path'],
    state: Int32Array.of(0, -1, 0, 2, 2, 1, -1, 1, 0, -1),
  });
  assert.equal(found, '2 path frames on 1 passage');
  assert.match(warnings.join(), /^the class of the path is 2 frames, too few to know what it is like: /);
  const enough = [0, ...new Array<number>(100).fill(-1), 1];
  assert.deepEqual(withPassages(labelled(enough), frames, false).warnings, []);
});

test('three labelled classes stay as they are, on disk too', () => {
  const given = labelled([0, -1, 1, 2], ['0', '1', '2']);
  assert.deepEqual(withPassages(given, frames, true), { labels: given.labels, warnings: [] });
});

test('two states without a passage, without times or on disk are refused with what to do', () => {
  assert.throws(() => withPassages(labelled([0, -1, 0, 1]), frames, false), {
    code: 'bad-data',
    message: /expected trajectories that go from A to B or back, with frames between, but found none/,
  });
  assert.throws(() => withPassages(labelled([0, -1, 1]), { rows: true }, false), {
    code: 'bad-argument',
    message: /frames that are rows without times are not looked through/,
  });
  assert.throws(() => withPassages(labelled([0, -1, 1]), frames, true), {
    message: /frames that stay on disk are not looked through for them, but received two/,
  });
});
