import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isAtTemperature, type MeasuredTemperature } from '../../sampling/index.js';
import { fixed } from '../../support/index.js';
import { energyAverage, type GromacsInstall } from '../gromacs/index.js';

/**
 * The temperature of a run in `folder` by its kinetic energy, its first fifth left out, in which a bias grows; undefined where its energy
 * file does not tell.
 * @param length ps
 */
export async function gromacsTemperature(
  gromacs: GromacsInstall,
  folder: string,
  length: number,
): Promise<MeasuredTemperature | undefined> {
  const edr = join(folder, 'md.edr');
  if (!existsSync(edr)) return undefined;
  return energyAverage(gromacs, edr, { term: 'Temperature', from: length / 5 }).catch(() => undefined);
}

/** That a run was not at the temperature that was asked of it (K); undefined where it was. */
export function gromacsTemperatureProblem(
  found: MeasuredTemperature | undefined,
  { temperature: asked, timestep }: { temperature: number; timestep: number },
): string | undefined {
  if (!found || isAtTemperature(found, asked)) return undefined;
  return (
    `GROMACS ran at ${fixed(found.mean, 1)} ± ${fixed(found.error, 1)} K by its kinetic energy where ${asked} K was asked for, and free energies by its frames are off: dt ` +
    `${timestep} ps is too long for the forces of this run, such as those of narrow kernels along a steep CV, or a bias works on it faster than the thermostat ` +
    'takes heat away (a smaller dt; kernels that do not get as narrow, by SIGMA_MIN of OPES, ‘latentcv plumed --sigma-min’; another CV; a larger PACE)'
  );
}
