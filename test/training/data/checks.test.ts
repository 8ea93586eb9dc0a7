import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkAcceleration,
  checkEnough,
  checkFinite,
  checkLatent,
  checkRoles,
  checkWidth,
  doubleWarnings,
  unsampledStates,
  unvalidatedStates,
  warningsOf,
} from '../../../src/training/data/checks.js';
import type { Roles, Split } from '../../../src/training/learnable.js';
import type { TrainSettings } from '../../../src/training/options.js';

const settings = (latent: number) => ({ latent }) as TrainSettings;
const roles = (given: object) => ({ leftOut: [], ...given }) as unknown as Roles;

test('no more CVs than features, than a method gives, and than frames can tell', () => {
  checkWidth(settings(3), 3);
  assert.throws(() => checkWidth(settings(4), 3), {
    code: 'bad-argument',
    message: /3 features .* received 4/,
  });
  checkLatent('lda', 1, 1);
  assert.throws(() => checkLatent('lda', 2, 1), { message: /at most 1 CV for lda/ });
  const split = (train: number, validation: number) =>
    ({
      train: { now: new Int32Array(train) },
      validation: { now: new Int32Array(validation) },
    }) as unknown as Split;
  checkEnough(split(40, 40), settings(2), 0);
  assert.throws(() => checkEnough(split(100, 39), settings(2), 5), {
    code: 'bad-data',
    message:
      /at least 40 pairs of frames 5 frames apart to validate with but received 39, besides 100 to train on/,
  });
});

test('states and properties that a method needs', () => {
  checkRoles('lda', { labels: 'required' }, roles({ labels: { names: ['a', 'b'] } }));
  assert.throws(() => checkRoles('lda', { labels: 'required' }, roles({ labels: { names: ['a'] } })), {
    message: /received 1/,
  });
  assert.throws(() => checkRoles('lda', { labels: 'required' }, roles({})), { message: /no labels/ });
  assert.throws(() => checkRoles('multitask-autoencoder', { properties: true }, roles({})), {
    message: /properties/,
  });
});

test('a number that is not finite is told with its column and frame', () => {
  const dataset = { columns: [{ label: 'a' }, { label: 'b' }], data: Float64Array.of(1, 2, 3, Infinity) };
  assert.throws(() => checkFinite(dataset as never), { code: 'bad-data', message: /Infinity in b, frame 1/ });
});

test('a bias that makes a run e^601 times as fast is refused', () => {
  checkAcceleration(600);
  assert.throws(() => checkAcceleration(601), { code: 'bad-data', message: /e\^601/ });
});

test('what is told: columns left out, weights of few frames, states that no sample has, double precision', () => {
  const leftOut = [{ label: 'x', why: 'it is constant' }];
  const weights = new Float64Array(10_000).fill(1e-9);
  weights[0] = 1;
  const plain = { reweightedTime: false, lagged: true };
  const told = warningsOf(roles({ leftOut, weights }), plain);
  assert.equal(told[0], 'the column x is left out: it is constant');
  assert.match(told[1], /10000 frames count as 1:/);
  assert.deepEqual(warningsOf(roles({ weights: new Float64Array(10_000).fill(1) }), plain), []);
  const scales = new Map(['a', 'b', 'c'].map((run) => [run, { highest: 0, mean: 1 }]));
  const ownDynamics = { sources: new Set(['a', 'b']), scale: 1.5 };
  assert.match(
    warningsOf(roles({ scales, ownDynamics }), plain)[0],
    /from the runs without a bias \(2 of 3\)/,
  );
  assert.match(warningsOf(roles({ scales }), plain)[0], /all runs were biased/);
  for (const other of [
    { reweightedTime: true, lagged: true },
    { reweightedTime: false, lagged: false },
  ])
    assert.deepEqual(warningsOf(roles({ scales, ownDynamics }), other), []);
  const labels = { names: ['a', 'b', 'c'], state: Int32Array.of(0, 0, 2) };
  assert.match(unsampledStates(roles({ labels }), 3)[0], /no frame of state b is/);
  assert.match(doubleWarnings(['a', 'b', 'c'])[0], /precision: a and 2 more varies/);
  assert.deepEqual(doubleWarnings([]), []);
});

test('a state that validates nowhere is told', () => {
  const labels = { names: ['A', 'B', 'C'], state: Int32Array.of(0, 0, 1, 1, -1, 0) };
  const split = (train: number[], validation: number[]) =>
    ({ train: { now: Int32Array.from(train) }, validation: { now: Int32Array.from(validation) } }) as Split;
  assert.deepEqual(unvalidatedStates({ labels }, split([0, 2, 4], [1, 3, 5])), []);
  const [warning, ...more] = unvalidatedStates({ labels }, split([0, 2, 3], [1, 4, 5]));
  assert.match(warning, /^no frame of state B validates: the best epoch is chosen without it;/);
  assert.equal(more.length, 0);
  assert.deepEqual(unvalidatedStates({}, split([0], [1])), []);
});
