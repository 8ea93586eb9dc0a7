import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { runFolder } from '../plumed/helpers.js';
import { findGromacs, findLammps } from '../../src/programs/index.js';

const { GMX, PATH, LATENTCV_LAMMPS, LATENTCV_CACHE } = process.env;

afterEach(() => {
  for (const [name, value] of Object.entries({ GMX, PATH, LATENTCV_LAMMPS, LATENTCV_CACHE })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

/** A command that prints what a real one prints of itself. */
async function fake(folder: string, name: string, help: string, version: string): Promise<string> {
  const path = join(folder, name);
  const script = `#!/bin/sh\ncase "$*" in *--version*) echo "${version}";; *) echo "${help}" >&2;; esac\n`;
  await writeFile(path, script, { mode: 0o755 });
  return path;
}

/** PATH and cache folder without any of the tools. */
function emptyMachine(): string {
  const folder = runFolder();
  delete process.env.GMX;
  delete process.env.LATENTCV_LAMMPS;
  Object.assign(process.env, { PATH: folder, LATENTCV_CACHE: folder });
  return folder;
}

test('GROMACS is found on PATH, and whether its mdrun takes -plumed', async () => {
  const folder = emptyMachine();
  const executable = await fake(
    folder,
    'gmx',
    '[-awh [<.xvg>]] [-plumed [<.dat>]]',
    'GROMACS version:  2025.2',
  );
  assert.deepEqual(await findGromacs(), { executable, version: '2025.2', plumed: true, mpi: false });
  await fake(
    folder,
    'gmx',
    '[-awh [<.xvg>]]',
    'GROMACS version:  2023.1\nMPI library:        MPI (CUDA-aware)',
  );
  assert.deepEqual(await findGromacs(), { executable, version: '2023.1', plumed: false, mpi: true });
});

test('GMX names the GROMACS to use', async () => {
  const folder = emptyMachine();
  await fake(folder, 'gmx', '[-plumed [<.dat>]]', 'GROMACS version: 2025.2');
  process.env.GMX = await fake(folder, 'gmx-mine', '[-plumed [<.dat>]]', 'GROMACS version: 2026.1');
  assert.equal((await findGromacs()).version, '2026.1');
  process.env.GMX = join(folder, 'none');
  await assert.rejects(findGromacs(), { code: 'missing-tool', message: /expected GROMACS at GMX=/ });
});

test('LAMMPS is found, and whether it has fix plumed, or a plugin with it', async () => {
  const folder = emptyMachine();
  const banner = 'Large-scale Atomic/Molecular Massively Parallel Simulator - 22 Jul 2025';
  const executable = await fake(folder, 'lmp', `${banner}\nnve nvt plumed`, '');
  assert.deepEqual(await findLammps(), {
    executable,
    version: '22 Jul 2025',
    plumed: true,
    plumedPlugin: undefined,
    potentials: undefined,
  });
  process.env.LATENTCV_LAMMPS = await fake(folder, 'lmp-mine', banner, '');
  assert.equal((await findLammps()).plumed, false);
  assert.equal((await findLammps()).plumedPlugin, undefined);
  await writeFile(join(folder, 'plumedplugin.so'), '');
  assert.equal((await findLammps()).plumedPlugin, join(folder, 'plumedplugin.so'));
});

test('what is missing is told with where it was looked for', async () => {
  const folder = emptyMachine();
  await assert.rejects(findGromacs(), {
    code: 'missing-tool',
    message: new RegExp(`PATH, at GMX or in ${folder}`),
  });
  await assert.rejects(findLammps(), {
    code: 'missing-tool',
    message: new RegExp(`PATH, at LATENTCV_LAMMPS or in ${folder}`),
  });
});
