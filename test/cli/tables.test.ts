import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { expandFiles } from '../../src/cli/frames/index.js';
import { readTables, writeTable, type Dataset } from '../../src/frames/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { hiddenJumps, withColumns } from '../training/data.js';
import { alanine, makeTrajectories } from '../trajectories/fixtures.js';
import { runCli } from './run-cli.js';

const folder = temporaryFolder('table-commands');
const latentcv = (...args: string[]) => runCli(args, { cwd: folder });
const { dataset, state } = hiddenJumps(1500);
const table = withColumns(dataset, {
  phi: Float64Array.from(state, (s, i) => Math.sin(i) + 2 * s - 1),
  weight: Float64Array.from(state, (s) => 1 + s),
  energy: Float64Array.from(state, (s, i) => 3 * s + Math.cos(i)),
});
for (const ending of ['csv', 'npy', 'h5', 'colvar']) await writeTable(join(folder, `a.${ending}`), table);

const quick = ['--layers', '8', '--lag', '5ps', '--batch', '256', '--epochs', '2', '--seed', '3'];

test('each file is a state with --labels source, also where the beginning of one is cut off', () => {
  const lines = readFileSync(join(folder, 'a.colvar'), 'utf8').split('\n');
  const [header, rows] = [
    lines.filter((line) => line.startsWith('#!')),
    lines.filter((line) => !line.startsWith('#!')),
  ];
  writeFileSync(join(folder, 'stateA'), [...header, ...rows.slice(0, 800), ''].join('\n'));
  writeFileSync(join(folder, 'stateB'), [...header, ...rows.slice(300)].join('\n'));
  const state = ['--labels', 'source', '--method', 'deep-tda', '--latent', '1', '--columns', 'd*', ...quick];
  const { code, stdout, stderr } = latentcv(
    'train',
    'stateA',
    'stateB',
    ...state,
    '-o',
    'tda.onnx',
    '--json',
  );
  assert.equal(code, 0, stderr);
  assert.equal((JSON.parse(stdout) as { frames: number }).frames, 2000);
});

test('patterns become files in natural order; names that are there, and plain ones, stay as they are', async () => {
  const at = (name: string): string => join(folder, 'runs', name);
  for (const name of ['run10', 'run2', 'run1']) {
    mkdirSync(at(name), { recursive: true });
    writeFileSync(join(at(name), 'traj.csv'), '');
  }
  writeFileSync(at('b[1].csv'), '');
  assert.deepEqual(await expandFiles([at('run*/traj.csv'), '/no/such/file', at('b[1].csv')]), [
    at('run1/traj.csv'),
    at('run2/traj.csv'),
    at('run10/traj.csv'),
    '/no/such/file',
    at('b[1].csv'),
  ]);
  await assert.rejects(expandFiles([at('run*/none.xtc')]), {
    code: 'file-not-found',
    message: /expected files that fit .*run\*\/none\.xtc but found none/,
  });
});

suite('latentcv with tables from elsewhere', () => {
  test('the same frames as COLVAR, CSV, NPY and HDF5 give the same model', () => {
    const models = ['colvar', 'csv', 'npy', 'h5'].map((ending) => {
      const args = ['--columns', 'd*,phi', '--periodic', 'phi', '--weights', 'weight', '--begin', '100ps'];
      const { code, stderr, stdout } = latentcv(
        ...['train', `a.${ending}`, ...args, '-o', `${ending}.onnx`, '--json', '--losses', ...quick],
      );
      assert.equal(code, 0, stderr);
      const { frames, fingerprint, curves } = JSON.parse(stdout) as Record<string, unknown>;
      return { frames, fingerprint, curves };
    });
    assert.equal(models[0].frames, 1400);
    for (const model of models) assert.deepEqual(model, models[0]);
  });

  test('properties from a CSV, frames on disk from HDF5, patterns', () => {
    const properties = [
      '--columns',
      'd*',
      '--method',
      'regression',
      '--properties',
      'energy',
      '--latent',
      '1',
    ];
    const fromCsv = latentcv('train', 'a.c?v', ...properties, '-o', 'p.onnx', ...quick);
    assert.equal(fromCsv.code, 0, fromCsv.stderr);
    const streamed = latentcv('train', 'a.h5', '--columns', 'd*', '--stream', '-o', 's.onnx', ...quick);
    assert.equal(streamed.code, 0, streamed.stderr);
    assert.match(streamed.stdout, /^1500 frames, 6 columns/m);
    const none = latentcv('train', 'none*.csv', '-o', 'x.onnx');
    assert.notEqual(none.code, 0);
    assert.match(none.stderr, /expected files that fit none\*\.csv but found none/);
  });

  test('a model knows the periods of its inputs: inspect and predict take tables that tell none', async () => {
    latentcv('train', 'a.colvar', '--columns', 'd*,phi', '--periodic', 'phi', '-o', 'm.onnx', ...quick);
    const inspected = latentcv('inspect', 'm.onnx', 'a.csv', '--begin', '200ps', '--json');
    assert.equal(inspected.code, 0, inspected.stderr);
    const { diagnostics } = JSON.parse(inspected.stdout) as { diagnostics: { frames: number } };
    assert.equal(diagnostics.frames, 1300);
    for (const output of ['cv.csv', 'cv.h5']) {
      const { code, stderr } = latentcv('predict', 'm.onnx', 'a.csv', '-o', output);
      assert.equal(code, 0, stderr);
    }
    const [csv, h5] = await Promise.all(['cv.csv', 'cv.h5'].map((name) => readTables(join(folder, name))));
    assert.deepEqual(csv.data, h5.data);
    assert.equal(csv.frames, 1500);
  });

  test('the ranking of inputs is told', () => {
    const { code, stdout, stderr } = latentcv(
      'train',
      'a.npy',
      '--columns',
      'd*',
      '--keep',
      '2',
      '-o',
      'k.onnx',
      ...quick,
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^kept 2 of 6 inputs, .*:\n {2}d\d +\d\.\d{4}\n {2}d\d +\d\.\d{4}\nengine/m);
    assert.match(stderr, /^first model, on all 6 inputs: 100%/m);
    assert.match(stdout, /6 columns|2 columns/);
  });
});

suite('latentcv descriptors --output', () => {
  const { folder: trajectories, remove } = makeTrajectories();
  after(remove);
  const long = join(trajectories, 'long.xtc');
  const definition = [
    '--structure',
    alanine,
    '--descriptors',
    'torsions (serial 5 7 9 15); distances (serial 1 5 19)',
  ];

  test('writes what is read from the trajectory, in every format, bit for bit', async () => {
    const read: Dataset[] = [];
    for (const ending of ['colvar', 'csv', 'npy', 'h5']) {
      const output = join(folder, `features.${ending}`);
      const { code, stderr } = latentcv('descriptors', long, ...definition, '-o', output, '--begin', '10ps');
      assert.equal(code, 0, stderr);
      read.push(await readTables(output));
    }
    const [colvar, ...others] = read;
    assert.ok(
      colvar.frames > 100 && colvar.time[0] === 10,
      `${colvar.frames} frames from ${colvar.time[0]} ps`,
    );
    assert.ok(colvar.columns.some(({ period }) => period));
    for (const other of others) assert.deepEqual([other.data, other.time], [colvar.data, colvar.time]);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  test('several trajectories become several files; a failure leaves none', () => {
    const again = join(trajectories, 'again.xtc');
    copyFileSync(long, again);
    const twice = latentcv('descriptors', long, long, ...definition, '-o', 'two.csv');
    assert.equal(twice.code, 2);
    assert.match(twice.stderr, /received .*long\.xtc twice/);
    const { code, stdout, stderr } = latentcv(
      'descriptors',
      long,
      again,
      ...definition,
      '-o',
      'two.csv',
      '--json',
    );
    assert.equal(code, 0, stderr);
    const { files } = JSON.parse(stdout) as { files: { path: string }[] };
    assert.deepEqual(
      files.map(({ path }) => path),
      ['two-1.csv', 'two-2.csv'],
    );
    const [first, second] = ['two-1.csv', 'two-2.csv'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    assert.equal(first, second);
    const late = latentcv('descriptors', long, ...definition, '-o', 'late.csv', '--begin', '1us');
    assert.notEqual(late.code, 0);
    assert.match(late.stderr, /expected frames to write to late\.csv but there are none/);
    assert.ok(!existsSync(join(folder, 'late.csv')));
  });
});
