import { join } from 'node:path';
import { LatentcvError, cacheFolder } from '../support/index.js';
import { commandOutput, onPath } from './probe.js';

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
 * put in the cache folder, else `gmx` without `-plumed`. Throws `missing-tool`.
 */
export async function findGromacs(): Promise<GromacsInstall> {
  if (process.env.GMX) {
    const asked = await probe(process.env.GMX);
    if (asked) return asked;
    throw new LatentcvError('missing-tool', `expected GROMACS at GMX=${process.env.GMX} but cannot run it`);
  }
  const own = await onPath('gmx', 'gmx_mpi');
  const candidates = [own, join(cacheFolder(), 'gromacs', 'gmx')].filter((path) => path !== undefined);
  const found = (await Promise.all(candidates.map(probe))).filter((install) => install !== undefined);
  const best = found.find((install) => install.plumed) ?? found[0];
  if (best) return best;
  throw new LatentcvError(
    'missing-tool',
    `expected GROMACS on PATH, at GMX or in ${cacheFolder()} but found none`,
    'npm run setup fetches one',
  );
}
