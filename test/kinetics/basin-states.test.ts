import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basinStates } from '../../src/kinetics/index.js';
import { isWithin } from '../../src/sampling/index.js';
import { Random } from '../../src/support/random.js';

const random = new Random(7);
const frames = 20_000;
const time = Float64Array.from({ length: frames }, (_, i) => i);
const segments = [{ start: 0, end: frames }];
const normal = (centre: number, width: number): number => centre + width * random.normal();
const wrap = (value: number): number => value - 2 * Math.PI * Math.round(value / (2 * Math.PI));

test('two basins along a CV are states without a gap between them', () => {
  const cv = time.map((i) => normal(i % 10 < 3 ? -1 : 2, 0.2));
  const [a, b, ...more] = basinStates(cv, time, segments);
  assert.deepEqual(more, []);
  assert.deepEqual([a.interval[0], b.interval[1], a.interval[1]], [-Infinity, Infinity, b.interval[0]]);
  assert.ok(a.interval[1] > 0 && a.interval[1] < 1.5);
  assert.ok(Math.abs(a.fraction - 0.3) < 1e-9 && Math.abs(b.fraction - 0.7) < 1e-9);
  assert.ok(a.core[0] > -1.6 && a.core[1] < -0.4 && b.core[0] > 1.4 && b.core[1] < 2.6);
});

test('a basin through the end of a periodic domain is one state', () => {
  const cv = time.map((i) => wrap(normal(i % 10 < 3 ? Math.PI - 0.1 : 0.3, 0.3)));
  const period = [-Math.PI, Math.PI] as const;
  const states = basinStates(cv, time, segments, { period });
  assert.equal(states.length, 2);
  const held = states.map(({ interval }) => cv.filter((value) => isWithin(value, interval)).length / frames);
  assert.deepEqual(held.map((part) => part.toFixed(2)).sort(), ['0.30', '0.70']);
  for (const { interval, core } of states)
    for (const end of [...interval, ...core]) assert.ok(end >= -Math.PI && end <= Math.PI, String(end));
  const through = states.find(({ core }) => isWithin(Math.PI - 0.1, core));
  assert.ok(through && through.interval[0] > through.interval[1]);
  assert.ok(isWithin(-Math.PI + 0.01, through.core));
});

test('weights decide where basins are, and one basin alone is no states', () => {
  // a flat histogram, as a converged bias makes it, whose weights are those of a double well
  const cv = time.map((i) => -1.6 + (3.2 * ((i * 7919) % frames)) / frames);
  const raw = Array.from(cv, (x) => Math.exp(-6 * (x * x - 1) ** 2));
  const mean = raw.reduce((sum, each) => sum + each, 0) / frames;
  assert.deepEqual(basinStates(cv, time, segments), []);
  const states = basinStates(cv, time, segments, { weights: raw.map((each) => each / mean) });
  assert.equal(states.length, 2);
  assert.ok(Math.abs(states[0].interval[1]) < 0.1);
  assert.deepEqual(
    basinStates(
      time.map(() => 3),
      time,
      segments,
    ),
    [],
  );
});
