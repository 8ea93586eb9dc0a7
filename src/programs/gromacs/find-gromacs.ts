import { commandOutput } from '../../support/index.js';
import { findProgram } from '../find-program.js';

export interface GromacsInstall {
  /** `gmx`, to be run with a command name first. */
  executable: string;
  /** `2025.2-Debian_2025.2_1` */
  version: string;
  /** Whether `mdrun` takes `-plumed`. */
  plumed: boolean;
  /** Whether it is built with MPI (`gmx_mpi`): a launcher starts its processes, and it has no threads that stand for them. */
  mpi?: boolean;
}

async function probe(executable: string): Promise<GromacsInstall | undefined> {
  const help = await commandOutput(executable, ['-quiet', 'mdrun', '-h']);
  if (help === undefined) return undefined;
  const about = (await commandOutput(executable, ['--version'])) ?? '';
  const version = /GROMACS version:\s*(\S+)/.exec(about)?.[1] ?? 'unknown';
  const mpi = /^MPI library:\s*MPI\b/m.test(about);
  return { executable, version, plumed: /\[-plumed\b/.test(help), mpi };
}

/**
 * The GROMACS to run: `GMX` where set, else `gmx` on PATH if its mdrun takes `-plumed`, else the one that the set-up
 * put in the cache folder, else `gmx` without `-plumed`.
 * @throws LatentcvError `missing-tool`
 */
export function findGromacs(): Promise<GromacsInstall> {
  return findProgram({
    name: 'GROMACS',
    env: 'GMX',
    names: ['gmx', 'gmx_mpi'],
    cache: ['gromacs', 'gmx'],
    probe,
    suits: ({ plumed }) => plumed,
    hint: 'latentcv setup gromacs fetches one',
  });
}
