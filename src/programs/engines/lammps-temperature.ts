import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAtTemperature, type MeasuredTemperature } from '../../sampling/index.js';
import { digits } from '../../support/index.js';
import { productionLine, thermoTables, type ScriptPlan, type ThermoTable } from '../lammps/index.js';

/** What a run has at least of thermo's lines. */
const fewestRows = 100;
/** In so many blocks of time, of which those with the largest error are taken. */
const blockCounts = [5, 10, 20];

/** Fixes with which thermo's temperature is not that of what a thermostat holds: atoms that are held or driven, flows. */
const othersMove = /^(setforce|freeze|move|rigid|poems|deform|nvt\/sllod|nphug|shardlow|eos|drude)/;
/** Fixes that move atoms, or hold their temperature. */
const integrates = /^(nve|nvt|npt|nph|langevin|gjf|temp\/)/;

/**
 * The temperature of a run in `folder` by thermo's `Temp`, in the script's unit, its first fifth left out, in which a bias grows: the mean, and
 * the largest of the errors that five, ten and twenty blocks of time give. Undefined where log.lammps does not tell it: fewer than a
 * hundred lines, no `Temp`, or one that is not of all atoms that the thermostat holds (another compute, other groups, frozen atoms).
 */
export async function lammpsTemperature(
  folder: string,
  plan: ScriptPlan,
  { first, end }: { first: number; end: number },
): Promise<MeasuredTemperature | undefined> {
  const asked = plan.temperature;
  if (asked === undefined || !isOfAll(plan)) return undefined;
  const log = await readFile(join(folder, 'log.lammps'), 'utf8').catch(() => '');
  const tables = productionTables(log);
  const atoms = tables.findLast((table) => table.atoms !== undefined)?.atoms;
  const from = first + (end - first) / 5;
  const rows = new Map<number, number>();
  for (const { heads, rows: all } of tables) {
    const [step, temperature] = ['Step', 'Temp'].map((head) => heads.indexOf(head));
    if (temperature < 0) return undefined;
    // a run that went on does its last steps again
    for (const row of all) if (row[step] >= from) rows.set(row[step], row[temperature]);
  }
  const values = [...rows].sort(([a], [b]) => a - b).map(([, value]) => value);
  if (values.length < fewestRows || atoms === undefined || atoms < 2) return undefined;
  const found = {
    mean: meanOf(values),
    error: Math.max(...blockCounts.map((count) => errorOf(values, count))),
  };
  // whether the centre of mass counts is the script's matter: thermo leaves it out, a thermostat may hold it
  const whole = (asked * atoms) / (atoms - 1);
  return !isAtTemperature(found, asked) && isAtTemperature(found, whole) ? undefined : found;
}

/** That a run was not at the temperature that was asked of it, both in the script's unit; undefined where it was. */
export function lammpsTemperatureProblem(
  found: MeasuredTemperature | undefined,
  { temperature: asked, units, timestep }: ScriptPlan,
): string | undefined {
  if (asked === undefined || !found || isAtTemperature(found, asked)) return undefined;
  const [mean, error] = [found.mean, found.error].map((value) => digits(value, 4));
  const unit = units === 'lj' ? '' : ' K';
  const step = timestep === undefined ? 'the time step' : `timestep ${timestep}`;
  return (
    `LAMMPS ran at ${mean} ± ${error}${unit} by thermo's Temp where ${asked}${unit} was asked for, and free energies by its frames are off: ${step} is too long for the ` +
    'forces of this run, such as those of narrow kernels along a steep CV, or a bias works on it faster than the thermostat takes heat away ' +
    '(a smaller timestep; kernels that do not get as narrow, by SIGMA_MIN of OPES, ‘latentcv plumed --sigma-min’; another CV; a larger PACE)'
  );
}

/** Whether thermo's temperature is of all atoms, and all of them are held at the one that is asked for. */
function isOfAll({ commands, run }: ScriptPlan): boolean {
  return commands.slice(0, run).every(({ words }) => {
    const [name = '', id, group, style = ''] = words.map(({ value }) => value);
    if (name === 'thermo_modify') return !words.some(({ value }) => value === 'temp');
    if (name === 'compute_modify') return id !== 'thermo_temp';
    if (name === 'neigh_modify') return !words.some(({ value }) => value === 'exclude');
    if (name !== 'fix') return true;
    return !othersMove.test(style) && (!integrates.test(style) || group === 'all');
  });
}

/** Those behind the line of the run that is watched, as log.lammps echoes it, at every start. */
function productionTables(log: string): ThermoTable[] {
  const starts = log.split(`\n${productionLine}`).slice(1);
  return starts.flatMap((text) => [...thermoTables(text)].slice(0, 1));
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function errorOf(values: readonly number[], blocks: number): number {
  const size = Math.floor(values.length / blocks);
  const means = Array.from({ length: blocks }, (_, i) => meanOf(values.slice(i * size, (i + 1) * size)));
  const mean = meanOf(means);
  const variance = means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (blocks - 1);
  return Math.sqrt(variance / blocks);
}
