import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gradientLabels, trainFromTables, trainFromTrajectory } from '../../../src/campaign/index.js';
import { columnValues, readTables } from '../../../src/frames/index.js';
import { loadModel } from '../../../src/onnx/index.js';
import { parsePlumedInput, patchPlumedInput, plumedModel } from '../../../src/plumed/index.js';
import { buildPlugin, findPlumed, runDriver } from '../../../src/programs/index.js';
import { parseDefinition } from '../../../src/trajectories/index.js';
import { runCli } from '../../cli/run-cli.js';
import { alanine, makeTrajectories } from '../../trajectories/fixtures.js';

const { folder, remove } = makeTrajectories();
after(remove);

const trajectory = join(folder, 'all.xtc');
const model = join(folder, 'model.onnx');
const output = join(folder, 'cv.h5');
const predicted = ['predict', model, trajectory, '--structure', alanine, '--gradient'];

before(async () => {
  await trainFromTrajectory({
    files: [join(folder, 'long.xtc')],
    structure: alanine,
    // descriptors of one atom, of several that share some, and of a frame that is turned onto a reference
    definition: parseDefinition([
      'torsions phi psi; distances (serial 1 5 7 9); contacts (resname ACE) (resname NME) r0=0.5; positions (serial 15 17) in frame (serial 5) (serial 7) (serial 9)',
    ]),
    output: model,
    training: { method: 'pca', latent: 2 },
  });
});

test('the lengths of CVs’ gradients are those of PLUMED’s ONNX_MODEL on the same frames', async () => {
  const { code, stderr } = runCli([...predicted, '-o', output]);
  assert.equal(code, 0, stderr);
  const file = await loadModel(model);
  const labels = gradientLabels(file.metadata!.outputs);
  assert.deepEqual(labels, ['node-0-gradient', 'node-1-gradient', 'gradient']);
  const table = await readTables(output);
  assert.deepEqual(
    table.columns.map(({ label }) => label),
    ['node-0', 'node-1', ...labels],
  );
  const plumed = await findPlumed();
  const { path: pluginPath } = await buildPlugin(plumed);
  const { text, colvar } = patchPlumedInput(parsePlumedInput(''), {
    modelPath: model,
    pluginPath,
    model: plumedModel(model, file),
    bias: { kind: 'none' },
    gradient: true,
    print: { stride: 1 },
  });
  const plumedFile = join(folder, 'plumed.dat');
  writeFileSync(plumedFile, text);
  await runDriver({ plumed, cwd: folder, plumedFile, trajectory, timestep: 2 });
  const driver = await readTables(join(folder, colvar));
  assert.equal(driver.frames, table.frames);
  for (const label of labels)
    columnValues(driver, `cv.${label}`).forEach((expected, frame) => {
      const received = columnValues(table, label)[frame];
      assert.ok(received > 0.01);
      // six decimals are printed
      assert.ok(Math.abs(received - expected) < 2e-6 * Math.max(1, expected), `${received} ${expected}`);
    });
});

test('fes --geometric takes them, of one CV and of two', () => {
  const colvar = join(folder, 'cv.colvar');
  assert.equal(runCli([...predicted, '-o', colvar]).code, 0);
  const natural = ['--temperature', '300', '--discard', '0', '--method', 'histogram', '--points', '4'];
  for (const cv of ['node-0', 'node-0,node-1']) {
    const asked = ['fes', colvar, '--cv', cv, ...natural, '--bias', 'none', '--geometric'];
    const { stdout, stderr } = runCli(asked);
    assert.match(stdout, /^#! FIELDS .* free error geometric geometric_error$/m, stderr);
  }
});

test('of columns, whose atoms are not known, there are none', async () => {
  const table = join(folder, 'columns.csv');
  const rows = Array.from({ length: 200 }, (_, i) => `${i},${Math.sin(i * i)},${Math.cos(i)}`);
  writeFileSync(table, ['time,a,b', ...rows, ''].join('\n'));
  const columns = join(folder, 'columns.onnx');
  await trainFromTables({ files: [table], output: columns, training: { method: 'pca', latent: 1 } });
  const of = (file: string, frames: string, ...more: string[]) =>
    runCli(['predict', file, frames, '--gradient', '-o', join(folder, 'none.csv'), ...more]);
  const named = of(columns, table);
  assert.equal(named.code, 2);
  assert.match(named.stderr, /expected trajectories, and a model that holds its descriptors, for --gradient/);
  assert.match(of(model, table).stderr, /for --gradient but \S*columns\.csv has columns/);
  assert.throws(() => readFileSync(join(folder, 'none.csv')), { code: 'ENOENT' });
});
