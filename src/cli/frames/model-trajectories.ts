import type { ModelFrames } from '../../campaign/index.js';
import { LatentcvError } from '../../support/index.js';
import { timeRange, type FrameOptions } from '../options/index.js';
import { areTrajectories, trajectoryReading, type TrajectoryOptions } from '../options/trajectories/index.js';
import type { Terminal } from '../terminal.js';

/**
 * How files are read by the descriptors that a model holds; undefined where they are tables.
 * @param ofTables options of tables that were given, by name: without effect here, they are refused
 * @throws LatentcvError `bad-argument` for trajectories and tables together, or options of tables
 */
export async function modelTrajectories(
  files: readonly string[],
  options: TrajectoryOptions & Partial<FrameOptions> & { dataset?: string },
  terminal: Pick<Terminal, 'note' | 'warn'>,
  ofTables: Readonly<Record<string, unknown>> = {},
): Promise<Omit<ModelFrames, 'model' | 'metadata' | 'files'> | undefined> {
  if (!(await areTrajectories(files, options))) return undefined;
  refuseTableOptions(ofTables);
  return modelTrajectoryReading(options, terminal);
}

/**
 * Options of tables, by name, would be without effect on trajectories.
 * @throws LatentcvError `bad-argument` where one is given
 */
export function refuseTableOptions(
  ofTables: Readonly<Record<string, unknown>>,
  hint = 'latentcv descriptors writes tables of trajectories',
): void {
  const given = Object.entries(ofTables).find(([, value]) => value !== undefined);
  if (!given) return;
  throw new LatentcvError(
    'bad-argument',
    `expected trajectories without ‘${given[0]}’, which is of tables`,
    hint,
  );
}

/** How trajectories are read by the descriptors that a model holds. */
export function modelTrajectoryReading(
  options: TrajectoryOptions & Partial<FrameOptions>,
  terminal: Pick<Terminal, 'note' | 'warn'>,
): Omit<ModelFrames, 'model' | 'metadata' | 'files'> {
  const { structure, renumber } = options;
  return {
    structure,
    renumber,
    reading: {
      ...trajectoryReading(options),
      ...timeRange(options),
      onWarning: (line) => terminal.warn(line),
    },
    onNote: (line) => terminal.note(line),
  };
}
