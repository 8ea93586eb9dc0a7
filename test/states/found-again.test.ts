import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findModes } from '../../src/states/find-modes.js';
import { foundAgain } from '../../src/states/found-again.js';
import { mixtureRun, three, type MixtureRun } from './mixture.js';
import { runOf } from './run-of.js';

const ask = (parts: readonly MixtureRun[], runs?: readonly number[]) => {
  const joined = (name: 'x' | 'y'): Float64Array =>
    Float64Array.from(parts.flatMap((part) => [...part[name]]));
  const [x, y] = [joined('x'), joined('y')];
  const columns = [
    { label: 'x', values: x },
    { label: 'y', values: y },
  ];
  const { sample } = runOf({ x, y }, { runs });
  const { modes, labels } = findModes(columns, sample);
  return { modes, again: foundAgain(columns, sample, labels, {}) };
};

test('modes that both halves and both runs show', () => {
  const parts = [1, 2].map((seed) => mixtureRun(three, { seed, frames: 3000, leave: 0.1 }));
  const { modes, again } = ask(parts, [3000, 3000]);
  assert.equal(modes.length, 3);
  assert.deepEqual(
    again.map(({ part, modes: count }) => [part, count]),
    [
      ['first half', 3],
      ['second half', 3],
      ['run0', 3],
      ['run1', 3],
    ],
  );
  for (const { alike } of again) for (const index of alike) assert.ok(index! > 0.95, String(index));
});

test('a mode that only the end of a run visits is not found in its first half', () => {
  const two = three.slice(0, 2).map((each) => ({ ...each, population: 0.5 }));
  const parts = [
    mixtureRun(two, { seed: 1, frames: 3000, leave: 0.1 }),
    mixtureRun(three, { seed: 2, frames: 3000, leave: 0.1 }),
  ];
  const { modes, again } = ask(parts);
  assert.equal(modes.length, 3);
  const [first, second] = again;
  assert.equal(first.modes, 2);
  assert.equal(first.alike[2], null);
  assert.equal(second.modes, 3);
  assert.ok(second.alike[2]! > 0.9);
});
