import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { engineFrom, kindOf } from '../../../../src/cli/commands/run/engine.js';
import { apart } from '../../../../src/cli/commands/run/index.js';
import type { RunSettings } from '../../../../src/cli/commands/run/settings.js';
import { windowsOf } from '../../../../src/cli/commands/run/windows.js';
import { expandFolders } from '../../../../src/cli/frames/index.js';
import { temporaryFolder } from '../../../temporary-folder.js';

const options: RunSettings = { engine: 'gromacs', threads: 1, checkpointMinutes: 15 };

test('what stands behind -- goes to the engine, what stands before are folders', () => {
  const argv = ['node', 'latentcv', 'run', 'w0', 'w1', '--', '-pin', 'on'];
  assert.deepEqual(apart(['w0', 'w1', '-pin', 'on'], argv), {
    folders: ['w0', 'w1'],
    further: ['-pin', 'on'],
  });
  assert.deepEqual(apart(['w0'], argv.slice(0, 4)), { folders: ['w0'], further: [] });
});

test("an engine's own input says which it is, and two are refused", () => {
  assert.equal(kindOf({ ...options, lammps: ['in.lammps'] }), 'lammps');
  assert.equal(kindOf({ ...options, tpr: ['a.tpr'] }), 'gromacs');
  assert.equal(kindOf({ ...options, engine: 'pesmd', pesmd: 'in' }), 'pesmd');
  assert.throws(() => kindOf({ ...options, lammps: ['in'], pesmd: 'in' }), { code: 'bad-argument' });
  assert.throws(() => kindOf({ ...options, engine: 'pesmd', tpr: ['a.tpr'] }), /those of pesmd and gromacs/);
});

test('an option of another engine, which would be without effect, is refused', async () => {
  const refused = async (more: Partial<RunSettings>, message: RegExp, hint?: RegExp): Promise<void> => {
    const expected = { code: 'bad-argument', message, ...(hint && { hint }) };
    await assert.rejects(engineFrom({ ...options, ...more }, []), expected);
  };
  await refused({ tpr: ['a.tpr'], seeds: [2] }, /gromacs without ‘seeds’, which is of pesmd/, /in its TPR/);
  await refused({ lammps: ['in'], seeds: [2] }, /lammps without ‘seeds’/, /\{replica\} where the seed is/);
  await refused({ tpr: ['a.tpr'], variables: ['T=300'] }, /gromacs without ‘variables’, which is of lammps/);
  await refused({ pesmd: 'in', launcher: 'srun' }, /pesmd without ‘launcher’, .* gromacs and lammps/);
  await refused({ lammps: ['in'], gpu: '0' }, /lammps without ‘gpu’/);
});

test('a length is that of a pesmd run too, by the time of its step', async () => {
  const input = join(temporaryFolder('pesmd-length'), 'pesmd.in');
  writeFileSync(input, 'temperature 1\ntstep 0.01\nnstep 500\nplumed plumed.dat\n');
  const runOf = async (more: Partial<RunSettings>) =>
    (await (await engineFrom({ ...options, pesmd: input, ...more }, [])).runs())[0];
  assert.equal((await runOf({})).steps, 500);
  const { steps, inputs } = await runOf({ length: 30 });
  assert.equal(steps, 3000);
  assert.deepEqual(inputs.join('').match(/nstep \d+/g), ['nstep 3000']);
  await assert.rejects(runOf({ length: 0.001 }), /expected a length of at least a step/);
});

test('a folder of a run has its inputs, or says how they are made', () => {
  const folder = temporaryFolder('windows');
  const w0 = join(folder, 'w0');
  mkdirSync(w0);
  assert.throws(() => windowsOf([w0], options), { code: 'file-not-found', message: /w0\/plumed\.dat/ });
  writeFileSync(join(w0, 'plumed.dat'), '');
  assert.throws(() => windowsOf([w0], options), {
    code: 'file-not-found',
    hint: `gmx grompp -f md.mdp -c ${w0}/start.gro -p topol.top -o ${w0}/topol.tpr`,
  });
  writeFileSync(join(w0, 'topol.tpr'), '');
  const [window] = windowsOf([w0], options);
  assert.deepEqual(
    [window.options.folder, window.options.plumed, window.options.tpr],
    [join(w0, 'run'), join(w0, 'plumed.dat'), [join(w0, 'topol.tpr')]],
  );
  assert.throws(() => windowsOf([w0], { ...options, folder: 'x' }), {
    message: /no --folder with folders of runs/,
  });
});

test('a pattern stands for folders, what is a file among them is passed over', async () => {
  const folder = temporaryFolder('windows');
  for (const name of ['w2', 'w10']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'windows.json'), '');
  assert.deepEqual(await expandFolders([join(folder, 'w*')]), [join(folder, 'w2'), join(folder, 'w10')]);
  await assert.rejects(expandFolders([join(folder, 'x*')]), { code: 'file-not-found' });
});
