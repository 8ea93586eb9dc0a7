import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { trainFromTrajectory } from '../../src/campaign/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { checkMolinfo, parsePlumedInput } from '../../src/plumed/index.js';
import type { TrainOptions } from '../../src/training/index.js';
import { parseDefinition } from '../../src/trajectories/index.js';
import { alanine, makeTrajectories } from '../trajectories/fixtures.js';

const { folder, remove } = makeTrajectories();
after(remove);

const training: TrainOptions = { method: 'autoencoder', epochs: 2, hidden: [4], latent: 1 };
const output = join(folder, 'model.onnx');
const job = { files: [join(folder, 'long.xtc')], structure: alanine, output, training };

test('a trajectory becomes a model that PLUMED evaluates from atoms and that knows their names', async () => {
  const { frames } = await trainFromTrajectory(job);
  assert.equal(frames, 200);
  const { metadata } = await loadModel(output);
  assert.deepEqual(metadata!.descriptors!.atoms, [1, 5, 6, 7, 9, 11, 15, 16, 17, 19]);
  assert.equal(metadata!.descriptors!.items.length, 45);
  assert.deepEqual(metadata!.descriptors!.names!.slice(3, 5), ['ALA 2 N', 'ALA 2 CA']);
});

test('frames on disk train as well', async () => {
  const copy = join(folder, 'copy.xtc');
  copyFileSync(join(folder, 'long.xtc'), copy);
  const { frames, dataset } = await trainFromTrajectory({ ...job, files: [copy], stream: true });
  assert.equal(frames, 200);
  assert.equal(dataset.columns.length, 45);
});

test('trajectories that become more than memory is to hold stay on disk, which is told, once', async () => {
  const copy = join(folder, 'large.xtc');
  copyFileSync(join(folder, 'long.xtc'), copy);
  const warnings: string[] = [];
  const onWarning = (line: string): void => void warnings.push(line);
  const large = { ...job, files: [copy], onWarning, reading: { threads: 1 } };
  // 200 frames of 45 distances are 72,000 bytes
  await trainFromTrajectory({ ...large, streamBeyond: 72_000 });
  assert.ok(!existsSync(`${copy}.frames`));
  const { frames } = await trainFromTrajectory({ ...large, streamBeyond: 71_999 });
  assert.equal(frames, 200);
  assert.ok(existsSync(join(`${copy}.frames`, 'values.f32')));
  const told = warnings.filter((line) => /^200 frames of 45 descriptors \(.* GiB\) stay on disk/.test(line));
  assert.equal(told.length, 1);
  assert.equal(new Set(warnings).size, warnings.length);
});

test('descriptors that repeat another in every frame are left out', async () => {
  const warnings: string[] = [];
  const definition = parseDefinition(['distances (serial 1 5 7); sorted-distances (serial 1 5)']);
  await trainFromTrajectory({ ...job, definition, onWarning: (line) => warnings.push(line) });
  const { metadata } = await loadModel(output);
  assert.equal(metadata!.inputs.length, 3);
  assert.match(warnings.join(), /1 of 4 inputs are left out: .* \(it is a copy of .*\)/);
});

test('a model of another molecule is refused where MOLINFO tells', async () => {
  await trainFromTrajectory(job);
  const { metadata } = await loadModel(output);
  const input = parsePlumedInput('MOLINFO STRUCTURE=molinfo.pdb\n', join(folder, 'plumed.dat'));
  const pdb = readFileSync(join(folder, 'all.pdb'), 'utf8');
  writeFileSync(join(folder, 'molinfo.pdb'), pdb);
  assert.equal(await checkMolinfo(input, metadata!.descriptors, folder), '');
  writeFileSync(join(folder, 'molinfo.pdb'), pdb.replaceAll('ALA', 'GLY'));
  await assert.rejects(checkMolinfo(input, metadata!.descriptors, folder), {
    code: 'plumed-input',
    message:
      /expected the model's atoms in molinfo\.pdb of MOLINFO .* but \d of 10 atoms are others: atom 7 is GLY 2 N, expected ALA 2 N/,
  });
});
