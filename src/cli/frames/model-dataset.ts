import { readTables, type Dataset } from '../../frames/index.js';
import type { ModelFile } from '../../onnx/index.js';
import { tableReading, timeRange, type FrameOptions } from '../options/index.js';
import type { TrajectoryOptions } from '../options/trajectories/index.js';
import { unitsReading, type UnitOptions } from '../options/weighing/index.js';
import type { Terminal } from '../terminal.js';
import { modelTrajectories } from './model-trajectories.js';

/** Options of what evaluates a model on frames. */
export type ModelFrameOptions = TrajectoryOptions &
  Partial<FrameOptions> &
  Partial<UnitOptions> &
  Parameters<typeof tableReading>[0];

/** The inputs of the model, from tables or by its descriptors from trajectories. */
export async function modelDataset(
  path: string,
  { metadata }: ModelFile,
  files: readonly string[],
  options: ModelFrameOptions,
  terminal: Pick<Terminal, 'note' | 'warn'>,
): Promise<Dataset> {
  const { modelPeriods, readModelFrames } = await import('../../campaign/index.js');
  const { names, dataset, periodic, lengthUnit } = options;
  const ofTables = { names, dataset, periodic, lengthUnit };
  const trajectories = await modelTrajectories(files, options, terminal, ofTables);
  if (trajectories) return readModelFrames({ ...trajectories, model: path, metadata, files });
  const reading = { ...tableReading(options), ...unitsReading(options, metadata?.inputs ?? []) };
  return readTables(files, {
    ...timeRange(options),
    ...reading,
    ...(metadata && {
      columns: metadata.inputs.map(({ label }) => label),
      periodic: [...modelPeriods(metadata), ...(reading.periodic ?? [])],
    }),
    onWarning: (line) => terminal.warn(line),
  });
}
