import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { programsBeside } from '../../../src/cli/frames/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('beside');
const table = join(folder, 'COLVAR');

test('versions are those of the logs beside a table, as each program writes its own', async () => {
  assert.deepEqual(await programsBeside(table), []);
  mkdirSync(join(folder, 'old.log'));
  writeFileSync(join(folder, 'train.log'), 'PLUMED and GROMACS are words here\n');
  writeFileSync(
    join(folder, 'PLUMED.OUT'),
    'PLUMED: PLUMED is starting\nPLUMED: Version: 2.10.1 (git: Unknown) compiled on Nov 28 2026\n',
  );
  writeFileSync(
    join(folder, 'md.log'),
    '              :-) GROMACS - gmx mdrun, 2025.2-Debian_2025.2_1 (-:\n\nGROMACS version:     2025.2-Debian_2025.2_1\n',
  );
  assert.deepEqual(await programsBeside(table), [
    ['PLUMED', '2.10.1'],
    ['GROMACS', '2025.2-Debian_2025.2_1'],
  ]);
  writeFileSync(join(folder, 'log.lammps'), 'LAMMPS (22 Jul 2025 - Update 4)\n');
  assert.deepEqual((await programsBeside(table)).at(1), ['LAMMPS', '22 Jul 2025 - Update 4']);
});

test('a folder that cannot be read has no logs', async () => {
  assert.deepEqual(await programsBeside(join(folder, 'nowhere', 'COLVAR')), []);
});
