import { fixed } from '../support/index.js';
import type { RunNotes } from './run-notes.js';
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

/** What speaks against all free energies by a run's frames: that it noted another temperature than was asked of it; undefined where it did not. */
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
  return `the run was at ${words} was asked for: free energies by its frames are off, by more than their errors tell`;
}
