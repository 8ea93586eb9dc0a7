import { expectObject } from '../support/index.js';
import { stat } from 'node:fs/promises';
import { readTables, type TableOptions } from '../frames/index.js';
import { withoutPackingEnding } from '../packing/index.js';
import { labelColumns, openFrames, type TrainSettings } from '../training/index.js';
import { framesInMemory, framesOnDisk, rulesAside, streamFrom, type OpenFrames } from './open-frames.js';
import { keptDescriptors } from './kept-descriptors.js';
import { tableRows } from './table-rows.js';
import { plumedActions, plumedDescriptors } from './plumed-descriptors.js';
import type { Describe } from './ready-frames.js';
import { withoutOthers } from './without-others.js';
import type { TrainedModel, TrainingJob } from './train-model.js';
import { trainFrom, type FrameOpening, type TrainingSource } from './training-source.js';

/** Tables that are learned from. */
export interface TablesToLearn {
  /** Tables (COLVAR, CSV, NPY, HDF5): each a run of its own, or a part of one (`reading.parts`). */
  files: readonly string[];
  /** Columns to learn from (without them, all that describe a structure), times, stride, … */
  reading?: TableOptions;
  /** The PLUMED input that wrote the tables: tells which atoms each column is of, so that `ATOMS=` works. */
  plumedInput?: string;
  onWarning?: (message: string) => void;
}

export interface TrainFromTables extends TrainingJob, TablesToLearn {
  /** Frames stay on disk (in a folder `<file>.frames` beside the first file); where left out, beyond files of 1 GiB. */
  stream?: boolean;
}

/**
 * From tables to a model file: read, check, train, write beside and rename.
 * @throws LatentcvError before the first epoch where files, columns and settings do not fit.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function trainFromTables(job: TrainFromTables): Promise<TrainedModel> {
  expectObject(job, 'job');
  const { files, reading = {}, training = {} } = job;
  const rows = job.stream ? undefined : await tableRows(files, reading, training);
  for (const note of rows?.notes ?? []) job.onWarning?.(note);
  const whole = rows
    ? { ...job, reading: { ...reading, ...rows.reading }, training: { ...training, ...rows.training } }
    : job;
  return trainFrom(whole, (settings) => tableSource(whole, settings));
}

/** The frames of tables, without columns that describe no structure. */
export async function tableSource(tables: TablesToLearn, settings: TrainSettings): Promise<TrainingSource> {
  const { plumedInput, reading } = tables;
  const actions = plumedInput === undefined ? undefined : await plumedActions(plumedInput);
  return {
    open: async (opening) => {
      const found = await opened(tables, settings, opening);
      try {
        return withoutOthers(found, settings, { named: reading?.columns, actions }, opening.onWarning);
      } catch (error) {
        found.close?.();
        throw error;
      }
    },
    describe: await describing(tables),
  };
}

/** The descriptors that the PLUMED input says the columns are, or that the tables keep. */
async function describing({
  files,
  plumedInput,
  reading,
  onWarning,
}: TablesToLearn): Promise<Describe | undefined> {
  if (plumedInput === undefined) return keptDescriptors(files, onWarning);
  return (columns) => plumedDescriptors(plumedInput, { columns }, onWarning, reading?.factors);
}

/** The frames in memory, or a sample of those on disk, and what trains on them. */
async function opened(
  { files, reading: given }: TablesToLearn,
  settings: TrainSettings,
  { stream, onWarning, signal }: FrameOpening,
): Promise<OpenFrames> {
  const reading = {
    ...given,
    ...columnsToRead(given, settings),
    ...(onWarning && { onWarning }),
    ...(signal && { signal }),
  };
  const chosen = (frames: OpenFrames): OpenFrames => rulesAside(frames, given?.columns, settings);
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
function columnsToRead(
  { columns }: TableOptions = {},
  { weights, bias, labels, properties, group }: TrainSettings,
): Pick<TableOptions, 'columns'> {
  if (!columns) return {};
  const named = [weights, group].filter((name) => name !== undefined);
  const more = [...named, ...labelColumns(labels)];
  return { columns: [...columns, ...more, ...bias, ...properties] };
}
