import { compact, fixed } from '../format.js';
import type { Markup } from '../markup.js';
import type { TrainingRun } from '../report-data.js';
import type { Units } from '../units.js';
import { columnTable } from './tables.js';

/** The runs that gave training frames. */
export function trainingRuns(
  runs: readonly TrainingRun[],
  { time }: Units,
  stateB = 'state B',
): Markup | undefined {
  return columnTable(
    ['Run', 'Engine', 'Temperature (K)', `Length (${time})`, 'Frames', 'Crossings', `Frames in ${stateB}`],
    runs.map((run) => [
      run.name,
      run.engine,
      inDigits(run.temperature),
      inDigits(run.nanoseconds),
      run.frames?.toLocaleString('en-GB'),
      run.crossings?.toLocaleString('en-GB'),
      run.fractionInB === undefined ? undefined : `${fixed(100 * run.fractionInB, 1)} %`,
    ]),
  );
}

function inDigits(value: number | undefined): string | undefined {
  return value === undefined ? undefined : compact(value, 4);
}
