import { LatentcvError } from '../support/index.js';
import type { FrameBatch } from './timeline/index.js';
import { planBatches, readPlannedBatches, type TableOptions } from './table-batches.js';
import type { Dataset, RunSegment } from './dataset.js';
import { sharedNumbers } from './shared-numbers.js';

/** A dataset read from tables, with what was unusual about them. */
export interface TableDataset extends Dataset {
  warnings: string[];
}

/** Adds a batch to the segments it goes on with. */
export function extend(segments: RunSegment[], batch: FrameBatch): void {
  const start = segments.at(-1)?.end ?? 0;
  if (batch.segment < segments.length) segments[batch.segment].end += batch.frames;
  else segments.push({ start, end: start + batch.frames, source: batch.source });
}

/**
 * Reads tables (COLVAR, CSV, NPY, HDF5) into one dataset; see `readTableBatches` for what is read and thrown. The
 * result's `warnings` repeat what `onWarning` was told.
 * @throws LatentcvError `bad-data` where no frame is left
 */
export async function readTables(
  paths: string | readonly string[],
  options: TableOptions = {},
): Promise<TableDataset> {
  const { plan, mostFrames } = await planBatches(paths, options);
  const { columns } = plan;
  const data = sharedNumbers(mostFrames * columns.length);
  const time = sharedNumbers(mostFrames);
  const segments: RunSegment[] = [];
  const warnings: string[] = [];
  let frames = 0;
  const onWarning = (message: string): void => {
    warnings.push(message);
    options.onWarning?.(message);
  };
  for await (const batch of readPlannedBatches(plan, { ...options, onWarning })) {
    data.set(batch.data, frames * columns.length);
    time.set(batch.time, frames);
    extend(segments, batch);
    frames += batch.frames;
  }
  if (frames === 0) throw noFrames([paths].flat(), options);
  const values = { data: data.subarray(0, frames * columns.length), time: time.subarray(0, frames) };
  return { columns, frames, ...values, segments, warnings };
}

export function noFrames(paths: readonly string[], { begin, end }: TableOptions): LatentcvError {
  const range =
    begin === undefined && end === undefined ? '' : ` between ${begin ?? '-∞'} and ${end ?? '∞'} ps`;
  return new LatentcvError('bad-data', `expected frames${range} in ${paths.join(', ')} but found none`);
}
