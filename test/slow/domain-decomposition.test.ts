import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { buildPlugin } from '../../src/programs/index.js';
import { findPlumed, type PlumedInstall } from '../../src/programs/index.js';
import { runProgram } from '../../src/programs/run-program.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

// PLUMED's driver deals out the atoms at random to the processes, anew every few frames: any atom to any (--debug-dd),
// or runs of atoms (--debug-pd). Positions, forces and virial are then those of one process, to the last digit printed:
// each atom's are one process's number and zeros from the others.
const regtests = join(packageRoot(), 'plumed-plugin', 'regtest');
const names = readdirSync(regtests).filter((name) => name.startsWith('rt-'));
const mpi = join(cacheFolder(), 'plumed-mpi');
const kernel = join(mpi, 'lib', 'libplumedKernel.so');
const skip = existsSync(kernel) ? false : 'PLUMED without MPI; npm run setup -- --for mpi builds one with it';

interface Parallel {
  plumed: PlumedInstall;
  plugin: string;
}

async function prepare(): Promise<Parallel> {
  process.env.PLUMED_KERNEL = kernel;
  const plumed = await findPlumed();
  return { plumed, plugin: (await buildPlugin(plumed)).path };
}

const folders = temporaryFolder('decomposition');
async function folderOf(name: string, plugin: string): Promise<string> {
  const folder = await mkdtemp(join(folders, name));
  await cp(join(regtests, name), folder, { recursive: true });
  await symlink(plugin, join(folder, 'libLatentcvPlumed.so'));
  return folder;
}

/** Runs the driver with the words of the test's `config` on this many processes; returns what it said. */
async function drive(cwd: string, { plumed }: Parallel, processes: number, extra: string[]): Promise<string> {
  const config = await readFile(join(cwd, 'config'), 'utf8');
  const words = /arg="([^"]*)"/.exec(config)![1].split(' ');
  const logPath = join(cwd, 'log');
  await runProgram({
    command: join(mpi, 'mpi', 'bin', 'mpirun'),
    args: ['-n', String(processes), plumed.executable, 'driver', ...words, ...extra],
    cwd,
    env: plumed.env,
    logPath,
  });
  return readFile(logPath, 'utf8');
}

/** COLVAR, and the forces and virial that each process has: a file each, numbered where there are several. */
async function results(cwd: string, processes: number): Promise<{ colvar: string; forces: string[] }> {
  const read = (file: string) => readFile(join(cwd, file), 'utf8');
  const files =
    processes === 1 ? ['forces'] : Array.from({ length: processes }, (_, rank) => `forces.${rank}`);
  return { colvar: await read('COLVAR'), forces: await Promise.all(files.map(read)) };
}

async function expectSame(name: string, parallel: Parallel): Promise<void> {
  const alone = await folderOf(name, parallel.plugin);
  await drive(alone, parallel, 1, []);
  const expected = await results(alone, 1);
  assert.match(expected.forces[0], /[1-9]/, 'no forces');
  for (const processes of [1, 2, 3]) {
    for (const debug of ['--debug-dd', '--debug-pd']) {
      const folder = await folderOf(name, parallel.plugin);
      const log = await drive(folder, parallel, processes, [debug, 'yes']);
      assert.match(log, new RegExp(`Running over ${processes} node`));
      assert.match(log, /DRIVER: Reassigning (domain|particle) decomposition/);
      const received = await results(folder, processes);
      assert.equal(received.colvar, expected.colvar, `COLVAR, ${debug} on ${processes}`);
      for (const forces of received.forces)
        assert.equal(forces, expected.forces[0], `forces and virial, ${debug} on ${processes}`);
    }
  }
}

describe('1, 2 and 3 processes give the same values, forces and virial', { skip }, async () => {
  const parallel = skip ? undefined : await prepare();
  for (const name of names) it(name, () => expectSame(name, parallel!));
});
