import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  predict,
  readModelFrames,
  trainFromTables,
  trainFromTrajectory,
} from '../../../src/campaign/index.js';
import { readTables, writeTable } from '../../../src/frames/index.js';
import { loadModel } from '../../../src/onnx/index.js';
import { parsePlumedInput, patchPlumedInput, plumedModel } from '../../../src/plumed/index.js';
import { parseDefinition } from '../../../src/trajectories/index.js';
import { runCli } from '../../cli/run-cli.js';
import { alanine, makeTrajectories } from '../../trajectories/fixtures.js';
import { buildPlugin, findPlumed, runDriver } from '../../../src/programs/index.js';

const { folder, remove } = makeTrajectories();
after(remove);

const trajectory = join(folder, 'all.xtc');
const model = join(folder, 'model.onnx');
const definition = [
  'distances (serial 1 5 7 9); torsions phi psi; contacts (resname ACE) (resname NME) r0=0.5',
];
const training = { method: 'pca', latent: 2 } as const;
const train = (output: string) =>
  trainFromTrajectory({
    files: [join(folder, 'long.xtc')],
    structure: alanine,
    definition: parseDefinition(definition),
    output,
    training,
  });

before(async () => {
  await train(model);
});

const predicted = async (structure?: string, notes: string[] = []) => {
  const file = await loadModel(model);
  const job = {
    model,
    metadata: file.metadata,
    files: [trajectory],
    onNote: (line: string) => notes.push(line),
  };
  const dataset = await readModelFrames({ ...job, ...(structure !== undefined && { structure }) });
  return predict(file, dataset);
};

test("CVs of a trajectory are those of its table of descriptors, and of PLUMED's ONNX_MODEL on it", async () => {
  const cvs = await predicted(alanine);
  const table = join(folder, 'table.h5');
  const args = [
    'descriptors',
    trajectory,
    '--structure',
    alanine,
    '--descriptors',
    definition[0],
    '-o',
    table,
  ];
  const { code, stderr } = runCli(args);
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    await predict(await loadModel(model), await readTables(table)).then(({ data }) => data),
    cvs.data,
  );

  const plumed = await findPlumed();
  const { path: pluginPath } = await buildPlugin(plumed);
  const patched = patchPlumedInput(parsePlumedInput(''), {
    modelPath: model,
    pluginPath,
    model: plumedModel(model, await loadModel(model)),
    bias: { kind: 'none' },
    print: { stride: 1 },
  });
  const plumedFile = join(folder, 'plumed.dat');
  writeFileSync(plumedFile, patched.text);
  await runDriver({ plumed, cwd: folder, plumedFile, trajectory, timestep: 2 });
  const driver = await readTables(join(folder, patched.colvar), { columns: patched.components });
  assert.equal(driver.frames, cvs.frames);
  // six decimals are printed, and the model file holds float32 weights
  cvs.data.forEach((value, i) =>
    assert.ok(Math.abs(value - driver.data[i]) < 2e-6, `${value} ${driver.data[i]}`),
  );
});

test('without a structure atoms are taken by their numbers, which is told', async () => {
  const notes: string[] = [];
  assert.deepEqual((await predicted(undefined, notes)).data, (await predicted(alanine)).data);
  assert.match(
    notes.join(),
    /all\.xtc tells no names of atoms: those of the model are taken by their numbers, up to 22 of 22/,
  );
});

test('another molecule is refused; the same one numbered otherwise is found by its names', async () => {
  const text = readFileSync(alanine, 'utf8');
  const glycine = join(folder, 'glycine.gro');
  writeFileSync(glycine, text.replaceAll('ALA', 'GLY'));
  await assert.rejects(predicted(glycine), {
    code: 'bad-argument',
    message:
      /expected the atoms of .*model\.onnx in .*glycine\.gro but \d+ of \d+ atoms are others: atom \d+ is GLY 2/,
    hint: 'the model is of another molecule',
  });
  // a water before the molecule
  const [title, , ...lines] = text.split('\n');
  const water = ['HW1', 'HW2', 'OW'].map(
    (name, i) => `    9SOL  ${name.padStart(5)}    ${i + 1}   0.${i}00   0.500   0.500`,
  );
  const atoms = [...water, ...lines.slice(0, 22)];
  const solvated = join(folder, 'solvated.gro');
  writeFileSync(solvated, [title, ` ${atoms.length}`, ...atoms, lines[22], ''].join('\n'));
  await assert.rejects(predicted(solvated), { hint: /‘renumber’ finds them by residue and name/ });
  const file = await loadModel(model);
  const job = { model, metadata: file.metadata, reading: {} };
  const shifted = await readModelFrames({ ...job, files: [solvated], structure: solvated, renumber: true });
  const plain = await readModelFrames({ ...job, files: [alanine] });
  assert.deepEqual(shifted.data, plain.data);
});

test('a model that knows its inputs by their columns alone says so', async () => {
  const [output, table] = [join(folder, 'columns.onnx'), join(folder, 'columns.h5')];
  const data = Float64Array.from({ length: 400 }, (_, i) => Math.sin(i * i));
  const time = Float64Array.from({ length: 200 }, (_, i) => i);
  const segments = [{ start: 0, end: 200, source: 'made' }];
  await writeTable(table, {
    columns: [{ label: 'phi' }, { label: 'psi' }],
    frames: 200,
    data,
    time,
    segments,
  });
  await trainFromTables({ files: [table], output, training: { ...training, latent: 1 } });
  const { code, stderr } = runCli(['inspect', output, trajectory, '--structure', alanine]);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /expected a model that holds its descriptors[^]*columns\.onnx knows its inputs by their columns alone: phi, psi\nhint: .*PLUMED input/,
  );
});

test('inspect, predict and search take trajectories, and none of them together with tables', () => {
  const files = [join(folder, 'long.xtc'), '--structure', alanine];
  const inspected = runCli(['inspect', model, ...files, '--json']);
  assert.equal(inspected.code, 0, inspected.stderr);
  const { diagnostics } = JSON.parse(inspected.stdout) as { diagnostics: { judgedOn: string } };
  assert.equal(diagnostics.judgedOn, 'training');
  const searched = runCli([
    ...[
      'search',
      ...files,
      '--descriptors',
      'distances (serial 1 5 7 9)',
      '--method',
      'lda',
      '--latent',
      '1',
    ],
    ...['--labels', 'open: t_5_7_9_15 > -1; closed: not t_5_7_9_15 > -1'],
  ]);
  assert.match(searched.stderr, /states: open \(\d+ frames\)/);
  const both = runCli(['predict', model, trajectory, join(folder, 'table.h5'), '-o', join(folder, 'cv.csv')]);
  assert.equal(both.code, 2);
  assert.match(both.stderr, /expected trajectories or tables but received both: \S*all\.xtc, \S*table\.h5/);
  const ofTables = runCli(['inspect', model, ...files, '--states', 's']);
  assert.match(ofTables.stderr, /expected trajectories without --states, which is of tables/);
});

test('rules are about descriptors by their labels, learned from or not', async () => {
  const job = {
    files: [join(folder, 'long.xtc')],
    structure: alanine,
    definition: parseDefinition(['distances (serial 1 5 7 9)']),
    output: join(folder, 'ruled.onnx'),
  };
  const told: string[] = [];
  const hooks = { onStates: (words: string) => told.push(words) };
  const { dataset } = await trainFromTrajectory({
    ...job,
    hooks,
    training: { method: 'lda', latent: 1, labels: 'near: d_1_5 < 0.14 and d_1_19 > 0; far: d_1_5 > 0.16' },
  });
  assert.deepEqual(dataset.columns.map(({ label, aside = false }) => [label, aside]).slice(-2), [
    ['d_7_9', false],
    ['d_1_19', true],
  ]);
  const { metadata } = await loadModel(job.output);
  assert.deepEqual(metadata!.descriptors!.atoms, [1, 5, 7, 9]);
  assert.match(told[0], /^states: near \(\d+ frames\), far \(\d+\)/);
  const bad = trainFromTrajectory({ ...job, training: { method: 'lda', labels: 'a: phi < 0; b: phi > 0' } });
  await assert.rejects(bad, {
    code: 'bad-argument',
    message: /expected descriptors in the rules of ‘labels’ but received phi; learned from are d_1_5/,
  });
});
