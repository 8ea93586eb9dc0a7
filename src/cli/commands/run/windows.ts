import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LatentcvError } from '../../../support/index.js';
import type { RunSettings } from './settings.js';

/** A folder with the input of a run, such as `latentcv plumed --bias umbrella` writes for each window. */
export interface Window {
  /** Its name in messages. */
  name: string;
  /** The options with what the folder has: its plumed.dat, its topol.tpr, and `run` in it. */
  options: RunSettings & { folder: string };
}

/**
 * The runs of folders that hold their own inputs: plumed.dat, and topol.tpr for GROMACS.
 * @throws LatentcvError `bad-argument`, `file-not-found` with how a run input is made
 */
export function windowsOf(folders: readonly string[], options: RunSettings): Window[] {
  for (const [flag, value] of Object.entries({
    '--folder': options.folder,
    '--plumed': options.plumed,
    '--tpr': options.tpr,
    '--walkers': options.walkers,
    '--replicas': options.replicas,
  }))
    if (value !== undefined)
      throw new LatentcvError(
        'bad-argument',
        `expected no ${flag} with folders of runs (${folders.join(', ')}) but received ${String(value)}`,
        'each folder has its own plumed.dat and topol.tpr, and the run goes to ‘run’ in it',
      );
  return folders.map((folder) => ({ name: folder, options: windowOptions(folder, options) }));
}

function windowOptions(folder: string, options: RunSettings): Window['options'] {
  const [plumed, tpr] = ['plumed.dat', 'topol.tpr'].map((name) => join(folder, name));
  const ofGromacs =
    options.lammps === undefined && options.pesmd === undefined && options.command === undefined;
  for (const path of ofGromacs ? [plumed, tpr] : [plumed]) {
    if (existsSync(path)) continue;
    throw new LatentcvError(
      'file-not-found',
      `expected ${path} but there is none`,
      path === tpr
        ? `gmx grompp -f md.mdp -c ${join(folder, 'start.gro')} -p topol.top -o ${path}`
        : 'latentcv plumed --bias umbrella writes the folders of windows',
    );
  }
  return { ...options, plumed, ...(ofGromacs ? { tpr: [tpr] } : {}), folder: resolve(folder, 'run') };
}
