import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { predict } from '../../src/campaign/index.js';
import { columnValues, readTables } from '../../src/frames/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { findLammps } from '../../src/programs/index.js';
import { LatentcvError } from '../../src/support/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { readTrajectory } from '../../src/trajectories/index.js';
import '../optimised-plumed.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runExample } from './run-example.js';

const lammps = await findLammps().catch((error: unknown) => {
  if (error instanceof LatentcvError && error.code === 'missing-tool') return undefined;
  throw error;
});
const skip =
  lammps?.plumed || lammps?.plumedPlugin !== undefined ? false : 'no LAMMPS with fix plumed on this machine';

const folder = join(temporaryFolder('crystal'), 'run');

test('a crystal and a liquid give a CV along which the crystal melts', { skip }, async (t) => {
  const { code, output } = await runExample('crystal', folder);
  assert.equal(code, 0, output);
  assert.match(output, /bragg: hkl counts in the simulation box/);
  const run = join(folder, 'biased');
  const printed = await readTables(join(run, 'COLVAR'));
  const [volume, cv] = ['vol', 'cv.node-0'].map((label) => columnValues(printed, label));

  await t.test('what it typed is what the tutorial says', () => {
    const plain = (command: string): string =>
      command.replace(/steps=\d+/, 'steps=…').replace(/ --json$/, '');
    const page = readFileSync(join(packageRoot(), 'docs', 'tutorials', 'crystal.md'), 'utf8');
    const commands = [...page.matchAll(/^ {4}(latentcv .*)$/gm)].map(([, command]) => plain(command));
    const typed = [...output.matchAll(/^\$ (latentcv .*)$/gm)].map(([, command]) => plain(command));
    assert.ok(commands.length > 5);
    assert.deepEqual(typed, commands);
  });

  await t.test('it is a crystal first and a liquid, of more volume, later', () => {
    assert.ok(cv[0] > 0.45, `${cv[0]}`);
    const meanWhere = (is: (value: number) => boolean): number => {
      const those = volume.filter((_, frame) => is(cv[frame]));
      return those.reduce((sum, each) => sum + each, 0) / those.length;
    };
    // densities at coexistence are 1.006 and 0.919 (Mastny & de Pablo 2007): volumes of 107.3 and 117.6
    const [crystal, liquid] = [meanWhere((value) => value > 0.45), meanWhere((value) => value < -0.8)];
    assert.ok(Math.abs(crystal - 107.3) < 2 && Math.abs(liquid - 117.6) < 3, `${crystal}, ${liquid}`);
  });

  await t.test('frames of the trajectory have the CV that fix plumed computed', async () => {
    const file = await loadModel(join(folder, 'model.onnx'));
    const system = { set: file.metadata!.descriptors!, atoms: 108 };
    const read = await readTrajectory([join(run, 'traj.lammpstrj')], system, {
      ...{ perNanometre: 1, timestep: 0.004 },
    });
    const found = columnValues(await predict(file, read), 'node-0');
    // every 5000 steps a frame, every 50 a line
    assert.equal(found.length, 31);
    const off = Array.from(found, (value, i) => Math.abs(value - cv[100 * i]));
    assert.ok(Math.max(...off) < 1e-3, `${Math.max(...off)}`);
  });

  await t.test('a second run does nothing anew', async () => {
    const before = readFileSync(join(run, 'COLVAR'));
    assert.equal((await runExample('crystal', folder)).code, 0);
    assert.deepEqual(readFileSync(join(run, 'COLVAR')), before);
  });
});
