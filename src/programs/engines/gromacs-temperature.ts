import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fixed } from '../../support/index.js';
import { energyAverage, type GromacsInstall } from '../gromacs/index.js';
import { isAtTemperature } from './at-temperature.js';

/**
 * That a run in `folder` was not at the temperature that was asked of it (K), by its kinetic energy, its first fifth left out, in which a bias
 * grows; undefined where it was, and where its energy file does not tell.
 * @param run its length and time step, ps
 */
export async function gromacsTemperatureProblem(
  gromacs: GromacsInstall,
  folder: string,
  { temperature: asked, length, timestep }: { temperature: number; length: number; timestep: number },
): Promise<string | undefined> {
  const edr = join(folder, 'md.edr');
  if (!existsSync(edr)) return undefined;
  const from = length / 5;
  const found = await energyAverage(gromacs, edr, { term: 'Temperature', from }).catch(() => undefined);
  if (!found || isAtTemperature(found, asked)) return undefined;
  return (
    `GROMACS ran at ${fixed(found.mean, 1)} ± ${fixed(found.error, 1)} K by its kinetic energy where ${asked} K was asked for, and free energies by its frames are off: dt ` +
    `${timestep} ps is too long for the forces of this run, such as those of narrow kernels along a steep CV, or a bias works on it faster than the thermostat ` +
    'takes heat away (a smaller dt; SIGMA_MIN of OPES_METAD; another CV; a larger PACE)'
  );
}
