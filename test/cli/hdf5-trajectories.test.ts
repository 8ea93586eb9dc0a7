import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { canMount, runMounted } from '../mounts.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli } from './run-cli.js';

const written = join(packageRoot(), 'native', 'test', 'trajectories', 'data');
const folder = temporaryFolder('hdf5-cli');
for (const name of ['mdtraj.h5', 'mdanalysis.h5md', 'mdtraj.gro'])
  copyFileSync(join(written, name), join(folder, name));
copyFileSync(join(written, 'mdanalysis.h5md'), join(folder, 'h5md.h5'));
const latentcv = (...args: string[]) => runCli(args, { cwd: folder });

test('H5MD and HDF5 of MDTraj become tables of descriptors, whatever their ending', () => {
  const names = ['mdanalysis.h5md', 'h5md.h5', 'mdtraj.h5'];
  const tables = names.map((name) => {
    const common = ['--structure', 'mdtraj.gro', '--descriptors', 'distances (name CA)', '-o', `${name}.csv`];
    const { code, stderr } = latentcv('descriptors', name, ...common);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /HDF5 has read 4 frames/);
    return readFileSync(join(folder, `${name}.csv`), 'utf8');
  });
  assert.equal(tables[1], tables[0]);
  const numbers = tables.map((table) => table.split(/[\n,]/).slice(4).map(Number));
  numbers[2].forEach((value, i) => assert.ok(Math.abs(value - numbers[0][i]) < 1e-6));
});

test('a trajectory in HDF5 is no table, by its content, unless an array of it is named', () => {
  const table = latentcv('fes', 'h5md.h5', '--cv', 'x', '--temperature', '300');
  assert.equal(table.code, 2);
  assert.match(table.stderr, /expected a table in h5md\.h5 but it is a trajectory \(H5MD\)/);
  const mixed = latentcv('train', 'h5md.h5', 'mdtraj.gro.csv', '-o', 'model.onnx');
  assert.match(mixed.stderr, /expected trajectories or tables but received both: h5md\.h5, mdtraj\.gro\.csv/);
  const nameless = latentcv('train', 'h5md.h5', '-o', 'model.onnx');
  assert.match(nameless.stderr, /h5md\.h5 tells none\n.*--structure/);
  const named = latentcv('train', 'h5md.h5', '--dataset', 'observables/lambda', '-o', 'model.onnx');
  assert.doesNotMatch(named.stderr, /trajector/);
});

test(
  'frames that do not fit are refused before they are written',
  { skip: !canMount && 'no mounts without privileges' },
  () => {
    const full = temporaryFolder('hdf5-full');
    const args = [
      'descriptors',
      join(folder, 'h5md.h5'),
      '--descriptors',
      'distances (index 0 4)',
      '-o',
      join(folder, 'o.csv'),
    ];
    const { code, stderr } = runMounted(args, {
      full: { folder: full, kilobytes: 4 },
      before: `export TMPDIR=${full} LATENTCV_CACHE=${full}`,
      cwd: folder,
    });
    assert.equal(code, 1, stderr);
    assert.match(
      stderr,
      /expected room for .*h5md\.h5, which takes [\d.]+ MB as a temporary file, but .* has/,
    );
  },
);
