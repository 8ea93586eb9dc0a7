import assert from 'node:assert/strict';
import { test } from 'node:test';
import { thermalEnergy } from '../../src/sampling/index.js';
import { statesOfRun } from '../../src/states/index.js';
import { Random } from '../../src/support/random.js';
import { runOf } from './run-of.js';

const frames = 6000;
const kT = thermalEnergy(300);

/**
 * Two modes of x, 60 and 40 %; in the first a torsion t is at −2 or 1 in three and one of four frames, in the second at 1; n columns
 * of noise that forgets half of where it was from frame to frame.
 */
function twoInOne({ seed, n = 0, bias = false }: { seed: number; n?: number; bias?: boolean }) {
  const random = new Random(seed);
  const populations = [0.45, 0.15, 0.4];
  const drawn = bias ? [1 / 3, 1 / 3, 1 / 3] : populations;
  const structure = new Uint8Array(frames);
  const columns: Record<string, Float64Array> = { x: new Float64Array(frames), t: new Float64Array(frames) };
  const noise = Array.from({ length: n }, (_, k) => (columns[`n${k}`] = new Float64Array(frames)));
  let state = 0;
  for (let frame = 0; frame < frames; frame++) {
    if (random.uniform() < 0.1) {
      const at = random.uniform();
      state = at < drawn[0] ? 0 : at < drawn[0] + drawn[1] ? 1 : 2;
    }
    structure[frame] = state;
    columns.x[frame] = (state === 2 ? 2 : 0) + 0.3 * random.normal();
    columns.t[frame] = (state === 0 ? -2 : 1) + 0.3 * random.normal();
    for (const own of noise) own[frame] = 0.5 * (own[frame - 1] ?? 0) + random.normal();
  }
  const options = bias
    ? { bias: Float64Array.from(structure, (each) => kT * Math.log(populations[each] * 3)) }
    : {};
  const run = runOf(columns, { ...options, periods: { t: [-Math.PI, Math.PI] } });
  return { run, structure, populations };
}

for (const bias of [false, true])
  test(`two structures in one mode of the CV are told apart by the column that shows them${bias ? ', weighed' : ''}`, () => {
    const { run, structure, populations } = twoInOne({ seed: 3, n: 20, bias });
    const { states, barriers, parts, labels } = statesOfRun(run, { cv: ['x'] });
    assert.deepEqual(
      states.map(({ name, splitBy, foundAgain }) => [name, splitBy, foundAgain]),
      [
        ['M1', ['t'], true],
        ['M2', [], true],
        ['M3', ['t'], true],
      ],
    );
    const exact = [populations[0], populations[2], populations[1]];
    states.forEach(({ population, error }, i) => {
      assert.ok(Math.abs(population - exact[i]) < 3 * error! && error! < 0.05, `${population} ± ${error}`);
    });
    const right = [...labels.states].filter((label, frame) => [1, 3, 2][structure[frame]] === label).length;
    assert.ok(right > 0.99 * frames, `${right}`);
    const between = barriers.find(({ between: [a, b] }) => a === 'M1' && b === 'M3');
    // no frame may lie between them: then nothing is known of a barrier
    assert.ok(!between || ('t' in between.saddle && between.heights[1] > 2));
    assert.deepEqual(
      parts.map(({ modes }) => modes),
      [3, 3],
    );
  });

test('it is left out where it is not wanted, and a CV itself splits nothing', () => {
  const { run } = twoInOne({ seed: 3 });
  assert.equal(statesOfRun(run, { cv: ['x'], split: false }).states.length, 2);
  assert.equal(statesOfRun(run, { cv: ['x'], columns: ['x'] }).states.length, 2);
  const both = statesOfRun(run, { cv: ['x', 't'] }).states;
  assert.deepEqual(
    both.map(({ splitBy }) => splitBy),
    [[], [], []],
  );
});

test('columns of chance split nothing: forty of noise, correlated in time, in eight runs', () => {
  for (let seed = 1; seed <= 8; seed++) {
    const { run } = twoInOne({ seed, n: 40 });
    const { states } = statesOfRun(run, { cv: ['x', 't'] });
    assert.equal(states.length, 3, `seed ${seed}: ${states.map(({ splitBy }) => splitBy.join()).join(' ')}`);
  }
});

test('two wells of a column in a mode are two structures only where the barrier exceeds the merging rule', () => {
  const random = new Random(5);
  const wells = (apart: number): Float64Array =>
    Float64Array.from({ length: frames }, () => (random.uniform() < 0.5 ? apart : 0) + random.normal());
  const x = Float64Array.from({ length: frames }, () => random.normal());
  // at 3.2 and 5.6 standard deviations apart the barrier is 0.6 and 3.2 kT
  assert.equal(statesOfRun(runOf({ x, d: wells(3.2) }), { cv: ['x'] }).states.length, 1);
  const parted = runOf({ x, d: wells(5.6) });
  assert.equal(statesOfRun(parted, { cv: ['x'] }).states.length, 2);
  assert.equal(statesOfRun(parted, { cv: ['x'], mergeBelow: 3.5 }).states.length, 1);
});
