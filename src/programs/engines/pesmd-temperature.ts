import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAtTemperature } from '../../sampling/index.js';
import { fixed } from '../../support/index.js';

/** kT by the kinetic energy, in the units of the surface, with the standard error that blocks of time give. */
export interface KineticTemperature {
  kT: number;
  error: number;
}

const blocks = 20;

/** What a block has at least of the time 1/friction in which the thermostat acts, so that blocks do not depend on one another. */
const relaxations = 5;

/**
 * What pesmd's `stats.out` (step, time, kinetic temperature, energy a line) says of the temperature, its first fifth left out, in which a
 * bias grows; undefined of fewer than a hundred lines, and of runs whose blocks are shorter than some relaxation times of the thermostat.
 */
export function kineticTemperature(stats: string, friction: number): KineticTemperature | undefined {
  const lines = stats.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const all = lines.flatMap(([, , value = NaN]) => (Number.isFinite(value) ? [value] : []));
  const [, time = 0] = lines.findLast((line) => line.length > 2) ?? [];
  if (all.length < 100 || !(friction * time * 0.8 >= relaxations * blocks)) return undefined;
  const kept = all.slice(Math.floor(all.length / 5));
  const size = Math.floor(kept.length / blocks);
  const means = Array.from({ length: blocks }, (_, i) => meanOf(kept.slice(i * size, (i + 1) * size)));
  const kT = meanOf(means);
  const variance = means.reduce((sum, mean) => sum + (mean - kT) ** 2, 0) / (blocks - 1);
  return { kT, error: Math.sqrt(variance / blocks) };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The same of a run in `folder`; undefined where its `stats.out` does not tell. */
export async function kineticTemperatureIn(
  folder: string,
  friction: number,
): Promise<KineticTemperature | undefined> {
  const path = join(folder, 'stats.out');
  return existsSync(path) ? kineticTemperature(await readFile(path, 'utf8'), friction) : undefined;
}

/** That a run was not at the temperature that was asked of it; undefined where it was. */
export function temperatureProblem(
  found: KineticTemperature | undefined,
  { temperature: asked, timestep }: { temperature: number; timestep: number },
): string | undefined {
  if (!found || !(asked > 0)) return undefined;
  const { kT, error } = found;
  if (isAtTemperature({ mean: kT, error }, asked)) return undefined;
  return (
    `pesmd ran at kT = ${fixed(kT, 2)} ± ${fixed(error, 2)} by its kinetic energy where ${asked} was asked for, and free energies by its frames are off: tstep ` +
    `${timestep} is too long for the forces of this run, or a bias grows faster than the particle spreads (a longer run, a larger pace, a smaller tstep)`
  );
}
