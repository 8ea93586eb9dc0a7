import { fixed } from '../support/index.js';
import { readRunNotes, type RunNotes } from './run-notes.js';
import { thermalEnergy } from './thermal.js';

/** A temperature by the kinetic energy and its standard error, K. */
export interface MeasuredTemperature {
  mean: number;
  error: number;
}

/** What is off by more than this part, and by more than so many errors, is told. */
const [mostPart, mostErrors] = [0.05, 4];

/** Whether a run was at the temperature that was asked of it, as far as its kinetic energy tells. */
export function isAtTemperature({ mean, error }: MeasuredTemperature, asked: number): boolean {
  const off = Math.abs(mean - asked);
  return off < mostPart * asked || off < mostErrors * error;
}

/** That a run noted another temperature than was asked of it; undefined where it did not. */
export function temperatureDoubt({
  temperature: asked,
  kineticTemperature: found,
  units,
}: RunNotes): string | undefined {
  if (asked === undefined || !found || isAtTemperature(found, asked)) return undefined;
  const { mean, error } = found;
  const words = units?.natural
    ? `kT = ${fixed(thermalEnergy(mean), 3)} ± ${fixed(thermalEnergy(mean) * (error / mean), 3)} by its kinetic energy where ${fixed(thermalEnergy(asked), 3)}`
    : `${fixed(mean, 1)} ± ${fixed(error, 1)} K by its kinetic energy where ${fixed(asked, 1)} K`;
  return `the run was at ${words} was asked for: free energies by its frames are off`;
}

/** What runs' temperatures say against free energies by their frames, a line each; both in the order of the runs. */
export interface TemperatureDoubts {
  /** They are off by what no error tells. */
  problems: string[];
  /**
   * Of a particle in pesmd, which has two degrees of freedom: a growing bias heats it by a tenth of kT, where molecules of 57 took up 3 kT
   * at 11 %. Of 35 such runs (double process, learned CVs) ΔF was 1.4 errors off (root mean square), no more than of others.
   */
  doubts: string[];
}

/** Of runs by their names. */
export function temperatureDoubts(runs: readonly { name: string; notes?: RunNotes }[]): TemperatureDoubts {
  const found: TemperatureDoubts = { problems: [], doubts: [] };
  for (const { name, notes = {} } of runs) {
    const doubt = temperatureDoubt(notes);
    if (doubt === undefined) continue;
    found[notes.engine?.name === 'pesmd' ? 'doubts' : 'problems'].push(`${name}: ${doubt}`);
  }
  return found;
}

/** Why no error is known of the frames of runs in these folders, in one line; undefined where nothing speaks against them. */
export async function problemOfRuns(folders: readonly string[]): Promise<string | undefined> {
  const runs: { name: string; notes?: RunNotes }[] = [];
  for (const name of folders) runs.push({ name, notes: (await readRunNotes(name)) ?? {} });
  return inOneLine(temperatureDoubts(runs).problems);
}

/** Problems as the one of a sample; undefined where there are none. */
export const inOneLine = (problems: readonly string[]): string | undefined =>
  problems.length === 0 ? undefined : problems.join('; ');
