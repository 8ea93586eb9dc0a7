import { expectObject } from '../support/index.js';
import { stat } from 'node:fs/promises';
import { readTables, type TableOptions } from '../frames/index.js';
import { withoutPackingEnding } from '../packing/index.js';
import { labelColumns, openFrames, trainSettings, type TrainSettings } from '../training/index.js';
import { ModelPlace } from './model-place.js';
import { framesInMemory, framesOnDisk, rulesAside, streamFrom, type OpenFrames } from './open-frames.js';
import { plumedActions, plumedDescriptors } from './plumed-descriptors.js';
import type { Describe } from './ready-frames.js';
import { withoutOthers } from './without-others.js';
import { trainInto, type TrainedModel, type TrainingJob } from './train-model.js';

export interface TrainFromTables extends TrainingJob {
  /** Tables (COLVAR, CSV, NPY, HDF5): each a run of its own, or a part of one (`reading.parts`). */
  files: readonly string[];
  /** Columns to learn from (without them, all that describe a structure), times, stride, … */
  reading?: TableOptions;
  /** The PLUMED input that wrote the tables: tells which atoms each column is of, so that `ATOMS=` works. */
  plumedInput?: string;
  /** Frames stay on disk (in a folder `<file>.frames` beside the first file); where left out, beyond files of 1 GiB. */
  stream?: boolean;
}

/**
 * From tables to a model file: read, check, train, write beside and rename.
 * @throws LatentcvError before the first epoch where files, columns and settings do not fit.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function trainFromTables(job: TrainFromTables): Promise<TrainedModel> {
  expectObject(job, 'job');
  return ModelPlace.whileHeld(job, async (place) => {
    const { plumedInput, reading, onWarning } = job;
    const settings = trainSettings(job.training ?? {});
    const actions = plumedInput === undefined ? undefined : await plumedActions(plumedInput);
    const found = await opened(job, settings);
    try {
      const frames = withoutOthers(found, settings, { named: reading?.columns, actions }, onWarning);
      return await trainInto(place, frames, job, describing(job));
    } finally {
      found.close?.();
    }
  });
}

/** The descriptors that the PLUMED input says the columns are. */
function describing({ plumedInput, reading, onWarning }: TrainFromTables): Describe | undefined {
  if (plumedInput === undefined) return undefined;
  return (columns) => plumedDescriptors(plumedInput, { columns }, onWarning, reading?.factors);
}

/** The frames in memory, or a sample of those on disk, and what trains on them. */
async function opened(job: TrainFromTables, settings: TrainSettings): Promise<OpenFrames> {
  const { files, onWarning, stream } = job;
  const reading = {
    ...job.reading,
    ...columnsToRead(job.reading, settings),
    ...(onWarning && { onWarning }),
    ...(job.hooks?.signal && { signal: job.hooks.signal }),
  };
  const chosen = (frames: OpenFrames): OpenFrames => rulesAside(frames, job.reading?.columns, settings);
  if (stream ?? (await bytesOf(files)) > streamFrom)
    return chosen(framesOnDisk(await openFrames(files, reading), settings));
  return chosen(framesInMemory(await readTables(files, reading), settings, onWarning));
}

/** Packed, columns of numbers are about four times smaller. */
async function bytesOf(files: readonly string[]): Promise<number> {
  const sizes = files.map(async (file) => {
    const size = (await stat(file).catch(() => undefined))?.size ?? 0;
    return withoutPackingEnding(file) === file ? size : 4 * size;
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
