import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkpointStep } from '../../../src/programs/index.js';
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
