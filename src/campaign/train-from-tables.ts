import { stat } from 'node:fs/promises';
import { readTables, type TableOptions } from '../frames/index.js';
import { labelColumns, openFrames, trainSettings, type TrainSettings } from '../training/index.js';
import { framesInMemory, framesOnDisk, rulesAside, type OpenFrames } from './open-frames.js';
import { plumedActions, plumedDescriptors } from './plumed-descriptors.js';
import { withoutOthers } from './without-others.js';
import { trainModel, type TrainedModel, type TrainModel } from './train-model.js';

export interface TrainFromTables extends TrainModel {
  /** Tables (COLVAR, CSV, NPY, HDF5), in order; restarts of one another or separate trajectories. */
  files: readonly string[];
  /** Columns to learn from (without them, all that describe a structure), times, stride, … */
  reading?: TableOptions;
  /** The PLUMED input that wrote the tables: tells which atoms each column is of, so that `ATOMS=` works. */
  plumedInput?: string;
  /** Frames stay on disk (in a folder `<file>.frames` beside the first file); where left out, beyond files of 1 GiB. */
  stream?: boolean;
}

/** Bytes of files beyond which frames stay on disk. */
const streamFrom = 2 ** 30;

/**
 * From tables to a model file: read, check, train, write beside and rename.
 * @throws LatentcvError before the first epoch where files, columns and settings do not fit.
 */
export async function trainFromTables(job: TrainFromTables): Promise<TrainedModel> {
  const { plumedInput, onWarning } = job;
  const settings = trainSettings(job.training ?? {});
  const actions = plumedInput === undefined ? undefined : await plumedActions(plumedInput);
  const choice = { named: job.reading?.columns, actions };
  const frames = withoutOthers(await opened(job, settings), settings, choice, onWarning);
  if (plumedInput === undefined) return trainModel(job, frames);
  return trainModel(job, frames, (columns) =>
    plumedDescriptors(plumedInput, { columns }, onWarning, job.reading?.factors),
  );
}

/** The frames in memory, or a sample of those on disk, and what trains on them. */
async function opened(job: TrainFromTables, settings: TrainSettings): Promise<OpenFrames> {
  const { files, onWarning, stream } = job;
  const reading = {
    ...job.reading,
    ...columnsToRead(job.reading, settings),
    ...(onWarning && { onWarning }),
  };
  const chosen = (frames: OpenFrames): OpenFrames => rulesAside(frames, job.reading?.columns, settings);
  if (stream ?? (await bytesOf(files)) > streamFrom)
    return chosen(framesOnDisk(await openFrames(files, reading), settings));
  return chosen(framesInMemory(await readTables(files, reading), settings));
}

/** gzip makes columns of numbers about four times smaller. */
async function bytesOf(files: readonly string[]): Promise<number> {
  const sizes = files.map(async (file) => {
    const size = (await stat(file).catch(() => undefined))?.size ?? 0;
    return file.endsWith('.gz') ? 4 * size : size;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** The chosen columns and those that settings name: weights, biases, labels, properties. */
export function columnsToRead(
  { columns }: TableOptions = {},
  { weights, bias, labels, properties }: TrainSettings,
): Pick<TableOptions, 'columns'> {
  if (!columns) return {};
  const more = [...(weights === undefined ? [] : [weights]), ...labelColumns(labels)];
  return { columns: [...columns, ...more, ...bias, ...properties] };
}
