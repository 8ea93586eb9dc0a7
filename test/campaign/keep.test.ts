import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { trainFromTables, trainFromTrajectory, type TrainingStage } from '../../src/campaign/index.js';
import { writeTable, type Dataset } from '../../src/frames/index.js';
import { loadModel } from '../../src/onnx/index.js';
import type { EpochReport, TrainOptions } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { temporaryFolder } from '../temporary-folder.js';
import { tableOf } from '../training/data.js';
import { alanine, makeTrajectories } from '../trajectories/fixtures.js';

const slow = ['n3', 'n11', 'n17'];

/** Twenty noisy columns of one variance, of which three follow a process that jumps every 100 frames. */
function needles(frames: number): Dataset {
  const random = new Random(5);
  const columns = Array.from({ length: 20 }, (_, i) => ({ label: `n${i}` }));
  const data = new Float64Array(frames * columns.length);
  let state = -1;
  for (let frame = 0; frame < frames; frame++) {
    if (random.uniform() < 0.01) state = -state;
    columns.forEach(({ label }, i) => {
      const value = slow.includes(label) ? state + random.uniform(-1, 1) : random.uniform(-2, 2);
      data[frame * columns.length + i] = value;
    });
  }
  return tableOf(columns, data);
}

const folder = temporaryFolder('keep');
const csv = join(folder, 'needles.csv');
await writeTable(csv, needles(6000));
const training: TrainOptions = {
  method: 'vamp-autoencoder',
  hidden: [12],
  latent: 1,
  lag: 5,
  batch: 256,
  epochs: 12,
  seed: 2,
};
const job = { files: [csv], training, keep: 3 };

const inputsOf = async (path: string): Promise<string[]> =>
  (await loadModel(path)).metadata!.inputs.map(({ label }) => label);

for (const stream of [false, true])
  test(`the inputs that carry the slow process are kept${stream ? ', of frames on disk' : ''}`, async () => {
    const output = join(folder, `kept-${String(stream)}.onnx`);
    const stages: TrainingStage[] = [];
    const hooks = { onStage: (stage: TrainingStage) => void stages.push(stage) };
    const trained = await trainFromTables({ ...job, output, stream, hooks });
    const { ranking, dataset } = trained;
    assert.deepEqual(
      stages.map(({ name, inputs, models }) => [name, inputs, models]),
      [
        ['ranking', 20, 1],
        ['training', 3, 1],
      ],
    );
    assert.deepEqual(await inputsOf(output), slow);
    assert.equal(dataset.columns.length, 3);
    const { metadata } = await loadModel(output);
    assert.deepEqual((metadata!.training as { ranking: unknown }).ranking, ranking);
    assert.equal(ranking!.inputs.length, 20);
    const [third, fourth] = [ranking!.inputs[2].sensitivity, ranking!.inputs[3].sensitivity];
    assert.ok(third > 2 * fourth, `${third} against ${fourth}`);
    // its epochs ended it: with more of them it goes on, on the inputs that the first model chose
    assert.deepEqual(trained.checkpoint, { file: `${output}.checkpoint`, epochs: 12 });
    const more = { ...job, output, stream, training: { ...training, epochs: 15, patience: 80 } };
    const seen: string[] = [];
    const onEpoch = ({ epoch, epochs }: EpochReport): void => void seen.push(`${epoch}/${epochs}`);
    const further = await trainFromTables({ ...more, checkpoint: { resume: true }, hooks: { onEpoch } });
    assert.deepEqual(seen, ['13/15', '14/15', '15/15']);
    assert.deepEqual(further.ranking, ranking);
  });

test('columns that are no inputs stay, and an ensemble learns from the kept inputs', async () => {
  const table = needles(6000);
  const weights = Float64Array.from({ length: table.frames }, (_, i) => 1 + (i % 3));
  const width = table.columns.length + 1;
  const data = new Float64Array(table.frames * width);
  weights.forEach((weight, i) => data.set([...table.data.subarray(i * 20, i * 20 + 20), weight], i * width));
  const weighted = { ...table, columns: [...table.columns, { label: 'w' }], data };
  const [h5, output] = [join(folder, 'weighted.h5'), join(folder, 'ensemble.onnx')];
  await writeTable(h5, weighted);
  const { members } = await trainFromTables({
    ...{ files: [h5], output, keep: 3, ensemble: 2 },
    training: { ...training, weights: 'w' },
  });
  assert.equal(members!.length, 2);
  assert.deepEqual(await inputsOf(output), slow);
});

test('interrupted in either stage and resumed, the same file comes out', async () => {
  const undisturbed = join(folder, 'undisturbed.onnx');
  await trainFromTables({ ...job, output: undisturbed });
  for (const stopIn of ['ranking', 'training']) {
    const output = join(folder, `${stopIn}.onnx`);
    const controller = new AbortController();
    let stage = '';
    const hooks = {
      signal: controller.signal,
      onStage: ({ name }: TrainingStage) => void (stage = name),
      onEpoch: ({ epoch }: { epoch: number }) => void (stage === stopIn && epoch > 3 && controller.abort()),
    };
    const checkpoint = { everySeconds: 0 };
    await assert.rejects(trainFromTables({ ...job, output, hooks, checkpoint }), { code: 'interrupted' });
    assert.equal(existsSync(`${output}.checkpoint`), stopIn === 'training');
    await trainFromTables({ ...job, output, checkpoint: { resume: true } });
    assert.ok(readFileSync(output).equals(readFileSync(undisturbed)), stopIn);
  }
});

test('fewer inputs than CVs are refused; more than there are, all kept with a warning', async () => {
  const output = join(folder, 'all.onnx');
  const two = { ...training, latent: 2 };
  await assert.rejects(trainFromTables({ ...job, output, keep: 1, training: two }), {
    code: 'bad-argument',
    message: /at least as many inputs as the 2 CVs but received 1/,
  });
  const warnings: string[] = [];
  const onWarning = (line: string): void => void warnings.push(line);
  await trainFromTables({ ...job, output, keep: 20, training: { ...training, epochs: 1 }, onWarning });
  assert.match(warnings.join(), /all 20 inputs are kept/);
});

test('idle inputs of frames on disk are left out before training, and the descriptors with them', async (t) => {
  const { folder: trajectories, remove } = makeTrajectories();
  t.after(remove);
  const { parseDefinition } = await import('../../src/trajectories/index.js');
  const output = join(folder, 'pruned.onnx');
  const warnings: string[] = [];
  await trainFromTrajectory({
    files: [join(trajectories, 'long.xtc')],
    structure: alanine,
    definition: parseDefinition(['distances (serial 1 5 7); sorted-distances (serial 1 5); distances heavy']),
    training: { method: 'autoencoder', epochs: 3, hidden: [8], latent: 1 },
    ...{ output, stream: true, keep: 4 },
    onWarning: (line) => warnings.push(line),
  });
  // sorted-distances of two atoms is their distance, and the three distances come twice
  assert.match(warnings.join('\n'), /inputs are left out: .*\(it is a copy of /);
  const { metadata } = await loadModel(output);
  const { items, atoms, names } = metadata!.descriptors!;
  assert.deepEqual([items.length, metadata!.inputs.length], [4, 4]);
  const used = new Set(items.flatMap((item) => ('atoms' in item ? item.atoms : [])));
  assert.equal(used.size, atoms.length);
  assert.equal(names!.length, atoms.length);
});
