import { commandOutput } from '../../support/index.js';
import { findProgram } from '../find-program.js';

export interface GromacsInstall {
  /** `gmx`, to be run with a command name first. */
  executable: string;
  /** `2025.2-Debian_2025.2_1` */
  version: string;
  /** Whether `mdrun` takes `-plumed`. */
  plumed: boolean;
}

async function probe(executable: string): Promise<GromacsInstall | undefined> {
  const help = await commandOutput(executable, ['-quiet', 'mdrun', '-h']);
  if (help === undefined) return undefined;
  const version = /GROMACS version:\s*(\S+)/.exec((await commandOutput(executable, ['--version'])) ?? '');
  return { executable, version: version?.[1] ?? 'unknown', plumed: /\[-plumed\b/.test(help) };
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
