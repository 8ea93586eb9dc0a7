import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { findChemfiles } from '../native/index.js';
import { expectSupported, findGromacs, findLammps, findPlumed } from '../programs/index.js';
import { LatentcvError, cacheFolder } from '../support/index.js';
import { cudaProvider } from './onnx-runtime-folder.js';

/** Whether something lies in the cache folder, where set-up puts what it makes. */
const isOurs = (path: string): boolean => path.startsWith(join(cacheFolder(), '/'));

/**
 * What a probe finds, or undefined where it finds nothing.
 * @throws LatentcvError where a variable names something that does not work
 */
async function found<T>(probe: () => Promise<T>, variable: string): Promise<T | undefined> {
  try {
    return await probe();
  } catch (error) {
    if (process.env[variable] || !(error instanceof LatentcvError)) throw error;
    return undefined;
  }
}

/** A PLUMED that can be used and is not set-up's own, in words. */
export async function plumedOnMachine(): Promise<string | undefined> {
  const plumed = await found(async () => {
    const there = await findPlumed();
    expectSupported(there);
    return there;
  }, 'PLUMED_KERNEL');
  if (!plumed || (plumed.source === 'cache' && isOurs(plumed.kernel))) return undefined;
  return `PLUMED ${plumed.longVersion} at ${plumed.kernel}`;
}

/** A GROMACS with the PLUMED interface that is not set-up's own, in words. */
export async function gromacsOnMachine(): Promise<string | undefined> {
  const gromacs = await found(findGromacs, 'GMX');
  if (!gromacs?.plumed || isOurs(gromacs.executable)) return undefined;
  return `GROMACS ${gromacs.version} at ${gromacs.executable}`;
}

/** A LAMMPS with fix plumed that is not set-up's own, in words. */
export async function lammpsOnMachine(): Promise<string | undefined> {
  const lammps = await found(findLammps, 'LATENTCV_LAMMPS');
  const withPlumed = lammps?.plumed === true || lammps?.plumedPlugin !== undefined;
  if (!lammps || !withPlumed || isOurs(lammps.executable)) return undefined;
  return `LAMMPS ${lammps.version} at ${lammps.executable}`;
}

/** A chemfiles that is not set-up's own, in words. */
export async function chemfilesOnMachine(): Promise<string | undefined> {
  const chemfiles = await found(findChemfiles, 'CHEMFILES');
  if (!chemfiles || isOurs(chemfiles.path)) return undefined;
  return `chemfiles ${chemfiles.version} at ${chemfiles.path}`;
}

/** A CUDA provider that npm or someone else put beside ONNX Runtime, in words. */
export function cudaOnMachine(): Promise<string | undefined> {
  const there = cudaProvider();
  const theirs = existsSync(there) && !(lstatSync(there).isSymbolicLink() && isOurs(realpathSync(there)));
  return Promise.resolve(theirs ? `CUDA provider at ${there}` : undefined);
}
