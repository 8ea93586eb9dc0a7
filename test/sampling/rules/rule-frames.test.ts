import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Column } from '../../../src/frames/index.js';
import { parseStateRules, statesByRules, unmet, type RuledFrames } from '../../../src/sampling/index.js';

function framesOf(columns: Record<string, number[]>, periodic: string[] = []): RuledFrames {
  const column = (label: string): Column => ({
    label,
    ...(periodic.includes(label) && { period: [-Math.PI, Math.PI] }),
  });
  const [first] = Object.values(columns);
  return { frames: first.length, column, values: (label) => Float64Array.from(columns[label]) };
}

const states = (run: RuledFrames, text: string) =>
  statesByRules(run, parseStateRules(text, '--labels'), 'state');

test('frames are in the state whose rule they meet, or in none', () => {
  const run = framesOf({ d: [0.1, 0.4, 0.5, 0.9, 1, NaN], n: [1, 2, 3, 3, 4, 5] });
  const { names, labels, counts, twice } = states(run, 'bound: d <= 0.4 and not n = 1; d > 0.5 or n == 5');
  assert.deepEqual(names, ['bound', 'B']);
  assert.deepEqual([...labels], [0, 1, 0, 2, 2, 2]);
  assert.deepEqual(counts, [1, 3]);
  assert.equal(twice, undefined);
});

test('ends of ranges are open, of <= and >= closed; NaN meets nothing, not even not', () => {
  const run = framesOf({ d: [1, 2, 3, NaN] });
  const inA = (text: string): number[] => [...states(run, text).labels];
  assert.deepEqual(inA('d=1..3'), [0, 1, 0, 0]);
  assert.deepEqual(inA('1 <= d < 3'), [1, 1, 0, 0]);
  assert.deepEqual(inA('not d=1..3'), [1, 0, 1, 0]);
  assert.deepEqual(inA('d != 2'), [1, 0, 1, 0]);
});

test('on a periodic column a range may pass through the end of the domain, as a chain may', () => {
  const run = framesOf({ phi: [-3.1, -2.8, 0, 2.8, 3.1] }, ['phi']);
  assert.deepEqual([...states(run, 'phi=2.8..-2.8').labels], [1, 0, 0, 0, 1]);
  assert.deepEqual([...states(run, '2.8 <= phi < -2.8').labels], [1, 0, 0, 1, 1]);
  assert.throws(() => states(framesOf({ d: [1] }), '2.8 < d < -2.8'), {
    code: 'bad-argument',
    message: /expected state A from a lower to a higher value of d but received d=2\.8\.\.-2\.8/,
  });
});

test('two columns compare', () => {
  const run = framesOf({ donor: [0.1, 0.2, 0.3], acceptor: [0.2, 0.2, 0.2] });
  assert.deepEqual([...states(run, 'donor < acceptor; donor > acceptor').labels], [1, 0, 2]);
});

test('frames in two states are counted, the first of them named', () => {
  const run = framesOf({ d: [5, 1.5, 0, 1.7] });
  const { twice } = states(run, 'a: d < 2; b: d < -1; c: d > 1');
  assert.deepEqual(twice, { frames: 2, first: 1, states: ['a', 'c'] });
});

test('ranges beyond the domain of a column are refused, with what they are in radians', () => {
  const run = framesOf({ phi: [0, 1] }, ['phi']);
  assert.throws(() => states(run, 'phi < 0; C7ax: 0 < phi < 130 and phi > 0'), {
    code: 'bad-argument',
    message: /expected state C7ax within -3\.14159 to 3\.14159, the domain of phi, but received phi=0\.\.130/,
    hint: /is it in degrees\? .* phi=0\.\.2\.269/,
  });
});

test('a state that no frame meets is told with where the frames are, and that another unit would explain it', () => {
  const run = framesOf({ x: [-1.1, 1.1, NaN], d: [0.2, 0.3, 0.4] });
  const of = (text: string) => unmet(run, parseStateRules(text, '')[0], 'core A');
  assert.deepEqual(of('x=-160..-135'), {
    message: 'no frame lies in core A, x=-160..-135: of 3 frames x goes from -1.1 to 1.1',
  });
  assert.equal(of('x=50..70').hint?.slice(0, 36), 'are its numbers in another unit? Col');
  assert.match(of('2.5 < d < 3.5').hint!, /another unit/);
});
