import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropColumns, writeTable, type Dataset } from '../../../src/frames/index.js';
import { join } from 'node:path';
import { writeModelFile } from '../../../src/onnx/index.js';
import {
  closeStore,
  learnableFrames,
  newModel,
  openFrames,
  train,
  trainSettings,
  withoutInputs,
  type TrainOptions,
} from '../../../src/training/index.js';
import { trainEncoder } from '../../../src/training/train.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { hiddenJumps, withColumns } from '../data.js';

const options: TrainOptions = { hidden: [8], latent: 1, lag: 5, batch: 256, epochs: 3, seed: 2 };
const frames = 2000;
const { dataset, state } = hiddenJumps(frames);

/** With a constant column, a copy of another, weights and states. */
const table = withColumns(dataset, {
  k: new Float64Array(frames).fill(3),
  copy: Float64Array.from({ length: frames }, (_, i) => 2 * dataset.data[6 * i] + 1),
  w: Float64Array.from({ length: frames }, (_, i) => 1 + (i % 3)),
  s: state,
});

const labelsOf = ({ columns }: Dataset): string[] => columns.map(({ label }) => label);

test('columns are told apart once, and the frames without idle ones train as a table that never had them', async () => {
  const given: TrainOptions = { ...options, weights: 'w', method: 'deep-tica' };
  const settings = trainSettings(given);
  const all = learnableFrames(withColumns(table, {}), settings);
  assert.deepEqual(
    all.roles.leftOut.map(({ label }) => label),
    ['k', 'copy'],
  );
  const kept = withoutInputs(all, new Set(['k', 'copy']), settings);
  assert.deepEqual(kept.roles.leftOut, []);
  assert.deepEqual(labelsOf(kept.roles.table), ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'w', 's']);
  assert.ok(kept.roles.inputs.data.buffer instanceof SharedArrayBuffer);
  const plain = await trainEncoder(dropColumns(table, [6, 7]), given);
  assert.deepEqual(writeModelFile(newModel(await train(kept, given))), writeModelFile(newModel(plain)));
});

test('where a table holds inputs alone, there is one copy of it', () => {
  const settings = trainSettings(options);
  const own = learnableFrames(dataset, settings);
  assert.equal(own.roles.inputs, own.roles.table);
  const { roles } = withoutInputs(
    learnableFrames(dropColumns(table, [8, 9]), settings),
    new Set(['k', 'copy']),
    settings,
  );
  assert.equal(roles.inputs.data, roles.table.data);
});

test('inputs that rules of states are about are set aside, not dropped', () => {
  const settings = trainSettings({ ...options, labels: 'A: d1 < 0; B: d1 >= 0', method: 'deep-lda' });
  const { roles } = withoutInputs(learnableFrames(dataset, settings), new Set(['d1', 'd2']), settings);
  assert.deepEqual(labelsOf(roles.inputs), ['d3', 'd4', 'd5', 'd6']);
  assert.deepEqual(roles.table.columns[0], { label: 'd1', aside: true });
  assert.equal(labelsOf(roles.table).includes('d2'), false);
});

test('frames on disk have all their states by name, also those that the sample has not, and train as they are', async (t) => {
  const path = join(temporaryFolder('learnable'), 'frames.npy');
  await writeTable(path, table);
  const store = await openFrames([path]);
  t.after(() => closeStore(store));
  const given: TrainOptions = { ...options, labels: 's', method: 'deep-lda' };
  const learnable = learnableFrames(store, trainSettings(given));
  assert.deepEqual(learnable.roles.labels!.names, ['0', '1']);
  assert.equal(learnable.disk!.store, store);
  const [here, there] = [await trainEncoder(store, given), await train(learnable, given)];
  assert.deepEqual(writeModelFile(newModel(here)), writeModelFile(newModel(there)));
});
