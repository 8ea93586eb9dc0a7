import assert from 'node:assert/strict';
import { test } from 'node:test';
import { corePassages } from '../../src/sampling/index.js';
import { findTransitions } from '../../src/sampling/transitions.js';

const cores = { a: [-2.8, -0.6], b: [0.5, 1.7] } as const;
const times = (frames: number, step = 0.5) => Float64Array.from({ length: frames }, (_, i) => i * step);

test('only a change of core is a transition: recrossings between the cores do not count', () => {
  const phi = Float64Array.of(-1, 0.1, -0.1, 0.2, -1, 0.3, 1, 0.3, 1.2, -0.1, -1.5, 3);
  const { count, events } = findTransitions(phi, times(12), cores);
  assert.equal(count, 2);
  assert.deepEqual(events, [
    { time: 3, to: 'B', range: 0 },
    { time: 5, to: 'A', range: 0 },
  ]);
});

test('a new replica starts from nowhere', () => {
  const phi = Float64Array.of(-1, -1, 1, 1, -1, -1);
  const ranges = [
    { start: 0, end: 2 },
    { start: 2, end: 6 },
  ];
  const { events } = findTransitions(phi, times(6), cores, { ranges });
  assert.deepEqual(
    events.map(({ range }) => range),
    [1],
  );
  assert.deepEqual(events, [{ time: 2, to: 'A', range: 1 }]);
});

test('a run written every 0.1 ps is looked at every 0.5 ps', () => {
  // An excursion of 0.2 ps falls between two looks at 0.5 and 1.0 ps; times are rounded as PLUMED prints them.
  const phi = Float64Array.of(-1, -1, -1, -1, -1, -1, 1, 1, -1, -1, -1, -1, -1, -1, -1, 1);
  const time = Float64Array.from(times(16, 0.1), (t) => Number(t.toFixed(3)));
  assert.equal(findTransitions(phi, time, cores).count, 3);
  const { events } = findTransitions(phi, time, cores, { every: 0.5 });
  assert.deepEqual(events, [{ time: 1.5, to: 'B', range: 0 }]);
});

test('times of another length are refused', () => {
  assert.throws(() => findTransitions(new Float64Array(3), times(2), cores), { code: 'bad-argument' });
});

test('the frames of a passage are those between the last in one core and the first in the other', () => {
  const cores = Uint8Array.of(0, 1, 0, 1, 0, 0, 2, 1, 0, 0, 0, 2, 0, 2);
  const passages = (...ranges: { start: number; end: number }[]) => corePassages(cores, [1, 2], ranges);
  // not 2, which comes back; not 6 to 7, which has no frame between
  assert.deepEqual(passages({ start: 0, end: 14 }), [
    { start: 4, end: 6 },
    { start: 8, end: 11 },
  ]);
  // what crosses the end of a run is none
  assert.deepEqual(passages({ start: 0, end: 5 }, { start: 5, end: 14 }), [{ start: 8, end: 11 }]);
});
