import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset } from '../../../src/frames/index.js';
import { replicasOf, reweight } from '../../../src/sampling/index.js';
import { LatentcvError } from '../../../src/support/errors.js';
import { splitRoles, trainSettings, type TrainOptions } from '../../../src/training/index.js';
import { tableOf, withColumns } from '../data.js';

const frames = 6;
const plain = tableOf(
  [{ label: 'a' }, { label: 'b' }],
  Float64Array.from({ length: 2 * frames }, (_, i) => i * i),
);
const roles = (more: Record<string, number[]>, options: TrainOptions) =>
  splitRoles(withColumns(plain, more), trainSettings(options));
const labelsOf = ({ inputs }: ReturnType<typeof roles>): string[] => inputs.columns.map(({ label }) => label);

test('columns that say something of a frame are not learned from', () => {
  const found = roles(
    { w: [1, 1, 1, 3, 3, 3], s: [0, 1, 0, 1, -1, 2], p: [1, 2, 3, 4, 5, 7] },
    { weights: 'w', labels: 's', properties: ['p'] },
  );
  assert.deepEqual(labelsOf(found), ['a', 'b']);
  assert.deepEqual([...found.inputs.data], [...plain.data]);
  assert.deepEqual([...found.weights!], [0.5, 0.5, 0.5, 1.5, 1.5, 1.5]);
  assert.deepEqual(found.labels, { names: ['0', '1', '2'], state: Int32Array.of(0, 1, 0, 1, -1, 2) });
  assert.deepEqual(found.properties, { names: ['p'], data: Float64Array.of(1, 2, 3, 4, 5, 7) });
});

test('a bias weighs frames by exp(V/kT) of the sum of its columns, with mean one', () => {
  // k of CODATA 2018 in kJ/mol/K, as PLUMED has it to ten digits
  const kT = 8.31446261815324e-3 * 350;
  const bias = { 'opes.bias': [-1, 0, 2, 5, 1, 0], 'wall.bias': [0, 0, 0, 1, 0, 0.5] };
  const found = roles(bias, { bias: ['*.bias'], temperature: 350 });
  const raw = [-1, 0, 2, 6, 1, 0.5].map((v) => Math.exp(v / kT));
  const mean = raw.reduce((a, b) => a + b) / frames;
  found.weights!.forEach((w, i) => assert.ok(Math.abs(w - raw[i] / mean) < 1e-12));
  assert.ok(Math.abs(Math.exp(found.logAcceleration!) - mean) < 1e-12);
  assert.deepEqual(labelsOf(found), ['a', 'b']);
});

/** Two independent runs, the bias of the second 10 kJ/mol higher throughout. */
const twoRuns = {
  ...plain,
  segments: [0, 1].map((i) => ({ start: 3 * i, end: 3 * i + 3, source: `run-${i}` })),
};
const shifted = [0, 1, 3, 10, 14, 10.5];

test('a replica whose bias lies 10 kJ/mol higher weighs the same in training as in reweighting', () => {
  for (const replicas of ['independent', 'shared'] as const) {
    const table = withColumns(twoRuns, { v: shifted });
    const { weights } = splitRoles(table, trainSettings({ bias: ['v'], temperature: 300, replicas }));
    const runs = replicasOf(twoRuns.segments);
    const sample = reweight(Float64Array.from(shifted), 300, { runs, replicas, discard: 0 });
    weights!.forEach((w, i) => assert.ok(Math.abs(w / frames - sample.weights[i]) < 1e-14));
    const second = weights!.subarray(3).reduce((a, b) => a + b) / frames;
    if (replicas === 'independent') assert.ok(Math.abs(second - 0.5) < 1e-12);
    else assert.ok(second > 0.98);
  }
});

test('each file weighs at its own temperature', () => {
  const table = withColumns(twoRuns, { v: [0, 1, 3, 0, 1, 3] });
  const settings = trainSettings({ bias: ['v'], temperature: 300, temperatures: { 'run-1': 600 } });
  const { weights } = splitRoles(table, settings);
  const ratio = (at: number, kelvin: number): void => {
    const expected = Math.exp(3 / (8.31446261815324e-3 * kelvin));
    assert.ok(Math.abs(weights![at + 2] / weights![at] / expected - 1) < 1e-12);
  };
  ratio(0, 300);
  ratio(3, 600);
});

test('beside runs without a bias, pairs of biased ones weigh nothing, in a part of the table too', () => {
  const table = withColumns(twoRuns, { v: [0, 0, 0, 0, 1, 3] });
  const settings = trainSettings({ bias: ['v'], temperature: 300 });
  const whole = splitRoles(table, settings);
  assert.deepEqual([...whole.pairWeights!], [2, 2, 2, 0, 0, 0]);
  assert.deepEqual([...whole.ownDynamics!.sources], ['run-0']);
  assert.ok(whole.weights![5] > whole.weights![3]);
  const width = table.columns.length;
  const part = (first: number): Dataset => ({
    ...table,
    frames: 2,
    data: table.data.slice(width * first, width * (first + 2)),
    time: table.time.slice(first, first + 2),
    segments: [{ start: 0, end: 2, source: `run-${Math.floor(first / 3)}` }],
  });
  assert.deepEqual([...splitRoles(part(0), settings, whole).pairWeights!], [2, 2]);
  assert.deepEqual([...splitRoles(part(3), settings, whole).pairWeights!], [0, 0]);
  for (const v of [shifted, [0, 0, 0, 0, 0, 0]])
    assert.equal(splitRoles(withColumns(twoRuns, { v }), settings).pairWeights, undefined);
});

test('part of the table weighs as the whole, also under a bias beyond what exp can take', () => {
  const high = withColumns(twoRuns, { v: shifted.map((v) => v + 5000) });
  const settings = trainSettings({ bias: ['v'], temperature: 300 });
  const whole = splitRoles(high, settings);
  assert.ok(Math.abs(whole.logAcceleration! - (5000 + 10) / (8.31446261815324e-3 * 300)) < 5);
  const rows = twoRuns.segments[1];
  const width = high.columns.length;
  const part = {
    ...high,
    frames: 3,
    data: high.data.slice(width * rows.start, width * rows.end),
    time: high.time.slice(rows.start, rows.end),
    segments: [{ start: 0, end: 3, source: 'run-1' }],
  };
  assert.deepEqual([...splitRoles(part, settings, whole).weights!], [...whole.weights!.subarray(3)]);
});

test('labels by source: each file is a state', () => {
  const segments = ['x', 'y', 'x'].map((source, i) => ({ start: 2 * i, end: 2 * i + 2, source }));
  const { labels } = splitRoles({ ...plain, segments }, trainSettings({ labels: 'source' }));
  assert.deepEqual(labels, { names: ['x', 'y'], state: Int32Array.of(0, 0, 1, 1, 0, 0) });
});

test('constant columns and copies are left out, and it is told which', () => {
  const found = roles({ still: [2, 2, 2, 2, 2, 2], again: [0, 4, 16, 36, 64, 100] }, {});
  assert.deepEqual(labelsOf(found), ['a', 'b']);
  assert.deepEqual(found.leftOut, [
    { label: 'still', why: 'it is constant' },
    { label: 'again', why: 'it is a copy of a' },
  ]);
});

test('another part of the same table keeps states, scales and columns', () => {
  const options = { weights: 'w', labels: 's' };
  const whole = roles({ w: [1, 1, 1, 3, 3, 3], s: [3, 5, 3, 5, 3, 5] }, options);
  const part = withColumns(plain, { w: [1, 1, 1, 1, 1, 1], s: [5, 5, 5, 5, 5, 5] });
  const found = splitRoles(part, trainSettings(options), whole);
  assert.deepEqual([...found.weights!], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  assert.deepEqual(found.labels, { names: ['3', '5'], state: new Int32Array(6).fill(1) });
});

const refusals: [string, Record<string, number[]>, TrainOptions, RegExp][] = [
  ['a column that is not there', {}, { weights: 'c' }, /c/],
  ['negative weights', { w: [1, -1, 1, 1, 1, 1] }, { weights: 'w' }, /weights in w .* received -1, frame 1/],
  ['weights that are all zero', { w: [0, 0, 0, 0, 0, 0] }, { weights: 'w' }, /not all zero/],
  [
    'a bias with NaN',
    { v: [0, 0, NaN, 0, 0, 0] },
    { bias: ['v'], temperature: 300 },
    /bias v .* received NaN, frame 2/,
  ],
  [
    'a bias without a temperature',
    { v: [0, 0, 1, 0, 0, 0] },
    { bias: ['v'] },
    /expected the temperature .* bias v/,
  ],
  [
    'a file whose temperature nothing tells',
    { v: [0, 0, 1, 0, 0, 0] },
    { bias: ['v'], temperatures: { other: 600 } },
    /expected the temperature of test/,
  ],
  [
    'states between whole numbers',
    { s: [0, 1, 0.5, 1, 0, 1] },
    { labels: 's' },
    /whole numbers .* received 0.5/,
  ],
  [
    'a torsion for states, all of it negative',
    { s: [-1.5, -0.25, -2, -1, -1.25, -2.5] },
    { labels: 's' },
    /whole numbers for the states in s but received -1.5/,
  ],
  ['properties with NaN', { p: [0, 1, NaN, 1, 0, 1] }, { properties: ['p'] }, /NaN in p, frame 2/],
  ['nothing left to learn from', {}, { properties: ['a', 'b'] }, /columns to learn from but found none/],
];
for (const [what, more, options, message] of refusals) {
  test(`refuses ${what}`, () => {
    assert.throws(
      () => roles(more, options),
      (error) => error instanceof LatentcvError && message.test(error.message),
    );
  });
}
