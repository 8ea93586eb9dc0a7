import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { trainFromTables } from '../../../src/campaign/index.js';
import { loadModel } from '../../../src/onnx/index.js';
import { labelRules, splitRoles, trainSettings, type TrainOptions } from '../../../src/training/index.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { tableOf } from '../data.js';

const roles = (columns: Record<string, number[]>, options: TrainOptions, aside: string[] = []) => {
  const names = Object.keys(columns);
  const data = columns[names[0]].flatMap((_, frame) => names.map((name) => columns[name][frame]));
  const given = names.map((label) => ({ label, ...(aside.includes(label) && { aside: true as const }) }));
  return splitRoles(tableOf(given, Float64Array.from(data)), trainSettings(options));
};

const columns = { d: [0.1, 0.3, 0.5, 1, 2], e: [1, 4, 9, 16, 25] };

test('frames are labelled by rules, in their order; what no rule meets is in no state', () => {
  const { labels, inputs } = roles(columns, { labels: 'unbound: d > 0.9; bound: d < 0.4' });
  assert.deepEqual(labels, { names: ['unbound', 'bound'], state: Int32Array.of(1, 1, -1, 0, 0) });
  // a rule takes no column away from what is learned from: what is set aside is not learned from
  assert.deepEqual(
    inputs.columns.map(({ label }) => label),
    ['d', 'e'],
  );
  const apart = roles(columns, { labels: 'd > 0.9; d < 0.4' }, ['d']);
  assert.deepEqual(
    apart.inputs.columns.map(({ label }) => label),
    ['e'],
  );
});

test('a frame in two states is an error with file, time and states', () => {
  assert.throws(() => roles(columns, { labels: 'a: d < 0.6; b: e > 2; c: d > 10' }), {
    code: 'bad-data',
    message:
      'expected each frame in one state at most but the one at 1 ps of test is in a and b, and so are 1 more',
  });
});

test('rules that do not parse are refused with the settings', () => {
  assert.throws(() => trainSettings({ labels: 'a: d <' }), {
    code: 'bad-argument',
    message: /at character 7 of ‘labels’ "a: d <" but received its end/,
  });
});

const folder = temporaryFolder('ruled');

/** 1000 frames that hop between d = 0.3 and d = 1 every 50, with e that follows and phi that is torsion-like. */
function colvar(): string {
  const rows = Array.from({ length: 1000 }, (_, i) => {
    const far = Math.floor(i / 50) % 2;
    return `${i} ${0.3 + 0.7 * far + 0.08 * Math.sin(1.3 * i)} ${far + Math.cos(0.7 * i)} ${Math.sin(i)} ${Math.cos(i)}`;
  });
  writeFileSync(join(folder, 'COLVAR'), ['#! FIELDS time d e f g', ...rows, ''].join('\n'));
  return join(folder, 'COLVAR');
}

const output = join(folder, 'model.onnx');
const training = { method: 'lda', latent: 1, labels: 'bound: d < 0.36; unbound: d > 0.96' } as const;

test('columns of rules that are not chosen are read beside the inputs, in memory and on disk', async () => {
  const file = colvar();
  const told: string[] = [];
  const job = { files: [file], output, training, hooks: { onStates: (words: string) => told.push(words) } };
  await trainFromTables({ ...job, reading: { columns: ['e', 'f'] } });
  const { metadata } = await loadModel(output);
  assert.deepEqual(
    metadata!.inputs.map(({ label }) => label),
    ['e', 'f'],
  );
  // d is below 0.36 in the first 50 of every 100 frames where sin 1.3 i < 0.75, above 0.96 in the others where it is > −0.5
  const sine = Array.from({ length: 1000 }, (_, i) => ({ far: i % 100 >= 50, value: Math.sin(1.3 * i) }));
  const bound = sine.filter(({ far, value }) => !far && value < 0.75).length;
  const unbound = sine.filter(({ far, value }) => far && value > -0.5).length;
  assert.equal(
    told[0],
    `states: bound (${bound} frames), unbound (${unbound}); ${1000 - bound - unbound} frames in none`,
  );
  const deep: TrainOptions = { ...training, method: 'deep-lda', hidden: [3], epochs: 1 };
  await trainFromTables({ ...job, training: deep, reading: { columns: ['e', 'f'] }, stream: true });
  assert.deepEqual(
    (await loadModel(output)).metadata!.inputs.map(({ label }) => label),
    ['e', 'f'],
  );
  assert.equal(told[1], told[0]);
});

test('a first model may drop the column of a rule from what is learned from, not from the rules', async () => {
  const { ranking } = await trainFromTables({
    files: [colvar()],
    output,
    training: { ...training, labels: 'a: f < 0 and g < 5; b: f > 0 and g < 5' },
    keep: 1,
  });
  assert.equal(ranking!.inputs[0].label, 'f');
  const { metadata } = await loadModel(output);
  assert.deepEqual(
    metadata!.inputs.map(({ label }) => label),
    ['f'],
  );
});

test('a rule that no frame meets is an error, in memory and on disk', async () => {
  const job = { files: [colvar()], output, training: { ...training, labels: 'a: d < 1; b: d > 4' } };
  await assert.rejects(trainFromTables(job), {
    code: 'bad-data',
    message: /no frame lies in state b, d > 4: of 1000 frames d goes from 0\.22\d* to 1\.0\d*/,
    hint: /in another unit/,
  });
  const stream = { ...job, training: { ...job.training, method: 'deep-lda' } as const, stream: true };
  await assert.rejects(trainFromTables(stream), { message: /no frame lies in state b, d > 4/ });
});

test('rules that go by time are refused', () => {
  assert.throws(() => labelRules('early: time < 300; late: time >= 300'), {
    code: 'bad-argument',
    message: /^expected columns that tell states in ‘labels’ but received time/,
  });
});
