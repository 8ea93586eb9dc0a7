import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colourScale, lineKey, stateColour, stateKey } from '../../../src/report/figures/colours.js';
import { theme } from '../../../src/report/theme.js';

test('colours go from one end of viridis to the other, and hold beyond', () => {
  const colour = colourScale([0, 10]);
  assert.deepEqual([colour(0), colour(-5)], ['#440154', '#440154']);
  assert.deepEqual([colour(10), colour(99)], ['#fde725', '#fde725']);
  assert.equal(new Set(Array.from({ length: 1000 }, (_, i) => colour(i / 100))).size, 48);
});

test('states have a colour each, without states all points have one', () => {
  const states = { a: 'C7eq', b: 'C7ax', interval: [0, 2] } as never;
  const of = stateColour([-1, 1], states);
  assert.deepEqual([of(0), of(1)], [theme.a, theme.b]);
  assert.equal(stateColour([-1, 1], undefined)(1), theme.a);
  assert.deepEqual(stateKey(states), [
    { name: 'C7eq', colour: theme.a },
    { name: 'C7ax', colour: theme.b },
  ]);
  assert.deepEqual(stateKey(undefined), []);
});

test('lines have a name and a colour each, what is not a line words alone', () => {
  assert.deepEqual(lineKey([['run', '#123456']], '◇ states'), [
    { name: 'run', colour: '#123456', mark: 'line' },
    { name: '◇ states' },
  ]);
});
