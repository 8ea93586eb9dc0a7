import { LatentcvError, closestName } from '../support/index.js';
import { type FrameBatch, FrameTimes, type Times } from './timeline/index.js';
import type { Column, RunSegment } from './dataset.js';
import { extend } from './frame-stream.js';
import { noFrames } from './read-tables.js';
import { planBatches, readPlannedBatches, type TableOptions } from './table-batches.js';

/** Frames column by column, for runs of many frames of which few columns are wanted. */
export interface FrameColumns {
  columns: Column[];
  frames: number;
  time: Times;
  segments: RunSegment[];
  /** Whether values are held in single precision, as those of long runs are. */
  single: boolean;
  /**
   * A column's values `[frames]`.
   * @throws LatentcvError `bad-argument` where there is none
   */
  values: (label: string) => Float64Array | Float32Array;
  /** Ends of a column's domain, where it is periodic. */
  period: (label: string) => readonly [number, number] | undefined;
}

/** More numbers than this (256 MiB) are held in single precision. */
const mostInDouble = 2 ** 25;

/**
 * Reads tables column by column; see `readTableBatches` for what is read and thrown.
 * @throws LatentcvError `bad-data` for no frames
 */
export async function readColumns(
  paths: string | readonly string[],
  options: TableOptions & { mostInDouble?: number } = {},
): Promise<FrameColumns> {
  const { plan, mostFrames } = await planBatches(paths, options);
  const { columns } = plan;
  const single = mostFrames * columns.length > (options.mostInDouble ?? mostInDouble);
  const store = columns.map(() => (single ? new Float32Array(mostFrames) : new Float64Array(mostFrames)));
  const time = new FrameTimes();
  const segments: RunSegment[] = [];
  for await (const batch of readPlannedBatches(plan, options)) {
    scatter(batch, store, time);
    extend(segments, batch);
  }
  const frames = time.length;
  if (frames === 0) throw noFrames([paths].flat(), options);
  const place = (label: string): number => placeOf(columns, label);
  return {
    columns,
    frames,
    time,
    segments,
    single,
    values: (label) => store[place(label)].subarray(0, frames),
    period: (label) => columns[place(label)].period,
  };
}

function scatter(
  { data, frames, time }: FrameBatch,
  store: readonly (Float64Array | Float32Array)[],
  times: FrameTimes,
): void {
  const [first, width] = [times.length, store.length];
  store.forEach((column, j) => {
    for (let i = 0; i < frames; i++) column[first + i] = data[i * width + j];
  });
  for (let i = 0; i < frames; i++) times.push(time[i]);
}

function placeOf(columns: readonly Column[], label: string): number {
  const place = columns.findIndex((column) => column.label === label);
  if (place >= 0) return place;
  const labels = columns.map((column) => column.label);
  const closest = closestName(label, labels);
  throw new LatentcvError(
    'bad-argument',
    `expected a column ${label} among ${labels.join(', ')} but found none`,
    closest === undefined ? undefined : `did you mean ${closest}?`,
  );
}
