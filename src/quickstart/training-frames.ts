import { join } from 'node:path';
import {
  trainFromTables,
  trainFromTrajectory,
  type TrainedModel,
  type TrainFromTables,
} from '../campaign/index.js';
import { columnValues, readTables, type RunSegment } from '../frames/index.js';
import { parseDefinition, readTrajectory } from '../trajectories/index.js';
import type { QuickstartSystem } from './system.js';

type TrainingFrames = QuickstartSystem['training']['frames'];

/** The files that training runs left in their folders. */
export function filesToLearnFrom(frames: TrainingFrames, folders: readonly string[]): string[] {
  return folders.map((folder) => join(folder, frames.kind === 'colvar' ? 'COLVAR' : frames.file));
}

/** Trains as a user does from such files. */
export function trainOnFrames(
  frames: TrainingFrames,
  folders: readonly string[],
  job: Pick<TrainFromTables, 'output' | 'training' | 'hooks'>,
): Promise<TrainedModel> {
  const files = filesToLearnFrom(frames, folders);
  if (frames.kind === 'colvar')
    return trainFromTables({ ...job, files, reading: { columns: frames.columns } });
  const { structure, descriptors } = frames;
  return trainFromTrajectory({ ...job, files, structure, definition: parseDefinition([descriptors]) });
}

/** What of `latentcv train` says the same, without the files. */
export function trainingOptionsAsTyped(frames: TrainingFrames, shown: (path: string) => string): string {
  if (frames.kind === 'colvar') return `--columns '${frames.columns.join(',')}'`;
  return `--structure ${shown(frames.structure)} --descriptors '${frames.descriptors}'`;
}

/** The two columns that a chemist knows, in every frame that was learned from. */
export async function judgedFrames(
  frames: TrainingFrames,
  folders: readonly string[],
  against: readonly [string, string],
): Promise<{ columns: [Float64Array, Float64Array]; time: Float64Array; segments: RunSegment[] }> {
  const files = filesToLearnFrom(frames, folders);
  const dataset =
    frames.kind === 'colvar'
      ? await readTables(files, { columns: [...against] })
      : await readTrajectory(files, { set: frames.against, atoms: frames.atoms });
  const labels = frames.kind === 'colvar' ? against : dataset.columns.map(({ label }) => label);
  const [x, y] = labels.map((label) => columnValues(dataset, label));
  return { columns: [x, y], time: dataset.time, segments: dataset.segments };
}
