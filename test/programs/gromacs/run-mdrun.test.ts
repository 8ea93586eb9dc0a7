import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkpointStep } from '../../../src/programs/index.js';
import { mdrunCommand } from '../../../src/programs/gromacs/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('checkpoint');
const checkpoint = join(folder, 'md.cpt');
writeFileSync(checkpoint, '');

/** A GROMACS whose `gmx dump` prints as much as that of a checkpoint of 130,000 atoms does. */
function gromacs(exitCode: number) {
  const executable = join(folder, `gmx-${exitCode}`);
  const atoms = 'yes "x[    0]={ 1.00000e+00,  2.00000e+00,  3.00000e+00}" | head -c 24000000';
  writeFileSync(executable, `#!/bin/sh\necho "md.cpt:"\necho "step = 5000"\n${atoms}\nexit ${exitCode}\n`, {
    mode: 0o755,
  });
  return { executable, version: '2025.2', plumed: true };
}

test('the step of a large checkpoint is read, and a damaged one told', async () => {
  assert.equal(await checkpointStep(gromacs(0), checkpoint), 5000);
  await assert.rejects(checkpointStep(gromacs(1), checkpoint), {
    code: 'tool-failed',
    message: /expected a GROMACS checkpoint in .*md\.cpt but gmx dump cannot read it/,
  });
  assert.equal(await checkpointStep(gromacs(0), join(folder, 'none.cpt')), 0);
});

test('a GROMACS built with MPI is started by a launcher, without thread-MPI', () => {
  const options = { cwd: folder, tpr: 'topol.tpr', plumedFile: 'plumed.dat', steps: 1000 };
  const { command, args } = mdrunCommand(
    {
      ...options,
      gromacs: { executable: 'gmx_mpi', version: '2025.2', plumed: true, mpi: true },
      launcher: ['mpirun', '-np', '4'],
      threads: 2,
      checkpointMinutes: 5,
      extra: ['-pin', 'on'],
    },
    { step: 400, path: join(folder, 'kept-states', '3', 'md.cpt') },
  );
  assert.equal(command, 'mpirun');
  assert.deepEqual(args.slice(0, 5), ['-np', '4', 'gmx_mpi', '-quiet', 'mdrun']);
  const words = args.join(' ');
  assert.match(words, / -nsteps 600 -cpi kept-states\/3\/md\.cpt -plumed .* -cpt 5 .* -ntomp 2 -pin on$/);
  assert.doesNotMatch(words, /-nt |-ntmpi/);
  const plain = { executable: 'gmx', version: '2025.2', plumed: true };
  assert.deepEqual(mdrunCommand({ ...options, gromacs: plain }, undefined).args.slice(-2), ['-nt', '1']);
  assert.deepEqual(mdrunCommand({ ...options, gromacs: plain, threads: 3 }, undefined).args.slice(-4), [
    ...['-ntmpi', '1', '-ntomp', '3'],
  ]);
});
