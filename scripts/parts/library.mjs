// The library that TypeScript built: it knows which PLUMED and GROMACS a machine has.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache, root } from './paths.mjs';
import { StepError } from './run.mjs';

/** A room of the library, for `import`. @param {string} room */
export const libraryFile = (room) => pathToFileURL(join(root, 'dist', 'src', room, 'index.js')).href;

const programs = () => import(libraryFile('programs'));

/** The PLUMED that the library finds: its folders, kernel, version and environment. */
export async function findPlumed() {
  return (await programs()).findPlumed();
}

/**
 * What a probe finds, or undefined where it finds nothing; what is named by a variable and does not work stops set-up.
 *
 * @template T
 * @param {() => Promise<T>} probe
 * @param {string} variable
 * @returns {Promise<T | undefined>}
 */
async function found(probe, variable) {
  try {
    return await probe();
  } catch (error) {
    if (!process.env[variable]) return undefined;
    throw new StepError(error instanceof Error ? error.message : String(error));
  }
}

/** A PLUMED that can be used and is not set-up's own, in words. */
export async function plumedOnMachine() {
  const { expectSupported } = await programs();
  const probe = async () => {
    const plumed = await findPlumed();
    expectSupported(plumed);
    return plumed;
  };
  const plumed = await found(probe, 'PLUMED_KERNEL');
  return plumed && plumed.source !== 'cache' ? `PLUMED ${plumed.longVersion} at ${plumed.kernel}` : undefined;
}

/** A GROMACS with the PLUMED interface that is not set-up's own, in words. */
export async function gromacsOnMachine() {
  const gromacs = await found((await programs()).findGromacs, 'GMX');
  if (!gromacs?.plumed || gromacs.executable.startsWith(join(cache, '/'))) return undefined;
  return `GROMACS ${gromacs.version} at ${gromacs.executable}`;
}
