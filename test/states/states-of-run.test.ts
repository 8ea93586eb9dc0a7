import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStateRules } from '../../src/sampling/index.js';
import { statesOfRun } from '../../src/states/index.js';
import { mixtureRun, three } from './mixture.js';
import { runOf } from './run-of.js';

const mixture = mixtureRun(three, { seed: 4, frames: 10_000, leave: 0.1 });
const { x, y } = mixture;
const z = Float64Array.from(mixture.component, (state, i) => (state === 2 ? 5 : 0) + Math.sin(1.7 * i));

test('states of a run with all that is known of them', () => {
  const run = runOf({ x, y, z }, { runs: [5000, 5000] });
  const { states, transitions, roundTrips, parts, widths, outside, mergeBelow } = statesOfRun(run, {
    cv: ['x', 'y'],
  });
  assert.deepEqual(
    states.map(({ name }) => name),
    ['M1', 'M2', 'M3'],
  );
  states.forEach(({ population, error, deltaF, deltaFError, foundAgain, replicas, examples }, i) => {
    assert.ok(Math.abs(population - three[i].population) < 3 * error!, `${population} ${error}`);
    if (i > 0) assert.ok(deltaF! > 0 && deltaFError! > 0);
    assert.equal(foundAgain, true);
    assert.equal(replicas.length, 2);
    assert.equal(examples.length, 10);
  });
  assert.deepEqual([states[0].deltaF, states[0].deltaFError], [0, 0]);
  const [{ representative, peak }, , third] = states;
  assert.ok(Math.hypot(representative!.values.x, representative!.values.y) < 0.15);
  assert.ok(Math.hypot(peak!.x, peak!.y) < 0.3);
  assert.equal(x[representative!.frame], representative!.values.x);
  assert.equal(representative!.source, representative!.frame < 5000 ? 'run0' : 'run1');
  assert.equal(third.differences[0].column === 'y' || third.differences[0].column === 'z', true);
  assert.ok(third.differences.find(({ column }) => column === 'z')!.separation > 0.99);
  const all = transitions.flat().reduce((sum, count) => sum + count, 0);
  const ofFirst = transitions[0].reduce((sum, count, i) => sum + count + transitions[i][0], 0);
  assert.equal(states[0].transitions, ofFirst);
  assert.ok(all > 300 && all < 700, String(all));
  assert.equal(states[0].roundTrips, Math.max(...roundTrips[0]));
  assert.equal(parts.length, 4);
  assert.deepEqual(Object.keys(widths!), ['x', 'y']);
  assert.deepEqual([outside, mergeBelow], [0, 2]);
});

test('states by rules, heaviest first; what is in none is told', () => {
  const run = runOf({ x, y, z });
  const basins = parseStateRules('right: x > 1.9; left: x < 0.6 and y < 1', 'basin');
  const { states, outside, widths, parts } = statesOfRun(run, { cv: [], question: { basins } });
  assert.deepEqual(
    states.map(({ name }) => name),
    ['left', 'right'],
  );
  const total = states.reduce((sum, { population }) => sum + population, outside);
  assert.ok(Math.abs(total - 1) < 1e-12);
  assert.ok(outside > 0.08 && outside < 0.2, String(outside));
  assert.deepEqual([widths, parts.length, states[0].peak, states[0].foundAgain], [null, 0, null, null]);
  assert.ok(states[1].error! > 0 && states[1].deltaFError! > 0);
});

test('columns of the bias are none that tell states apart', () => {
  const bias = x.map(() => 0);
  const { states } = statesOfRun(runOf({ x, y, z }, { bias }), { cv: ['x', 'y'] });
  assert.deepEqual(states[0].differences.map(({ column }) => column).sort(), ['x', 'y', 'z']);
  const chosen = statesOfRun(runOf({ x, y, z }, { bias }), { cv: ['x', 'y'], columns: ['z'] });
  assert.deepEqual(
    chosen.states[0].differences.map(({ column }) => column),
    ['z'],
  );
});

test('neither CVs nor rules', () => {
  assert.throws(
    () => statesOfRun(runOf({ x }), { cv: [] }),
    /expected columns \(‘cv’\) or rules \(‘basin’\)/,
  );
});
