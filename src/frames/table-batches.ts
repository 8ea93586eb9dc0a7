import {
  invalidArgument,
  expectNoStop,
  expectObject,
  expectPaths,
  expectChoice,
  expectList,
} from '../support/index.js';
import {
  BatchBuilder,
  type FrameBatch,
  FrameSink,
  type RowLayout,
  SegmentCounter,
  type TimeRange,
  type RunFile,
} from './timeline/index.js';
import { planTables, type ColumnChoice, type TablePlan } from './plan-tables.js';
import { Domains } from './domains.js';
import type { AddedColumn, Table, TableReading } from './tables/index.js';

export interface TableOptions extends TimeRange, ColumnChoice, TableReading {
  /** What a NaN or infinite value in a wanted column does: stop (default), or leave the frame out. */
  nonFinite?: 'error' | 'drop';
}

function checkOptions({ stride = 1, timeUnit = 1, timestep = 1 }: TableOptions): void {
  if (!Number.isInteger(stride) || stride < 1) throw invalidArgument('a positive integer', 'stride', stride);
  if (!(timeUnit > 0)) throw invalidArgument('a positive number', 'timeUnit', timeUnit);
  if (!(timestep > 0)) throw invalidArgument('a positive number', 'timestep', timestep);
}

const nothing = { columns: [], files: [] };

async function* readPart(
  { file: table, run, segments }: RunFile<Table>,
  { columns }: TablePlan,
  counter: SegmentCounter,
  {
    timeUnit = 1,
    nonFinite = 'error',
    factors = {},
    absent = nothing,
    added,
    signal,
    onWarning = () => undefined,
    ...range
  }: TableOptions,
): AsyncGenerator<FrameBatch> {
  const { path } = table;
  const builder = new BatchBuilder(columns, run);
  const file = { path, place: (at: number) => table.place(at), segments };
  const labels = columns.map(({ label }) => label);
  const lacks = (label: string): boolean => absent.files.includes(path) && absent.columns.includes(label);
  const isRead = (label: string): boolean =>
    table.labels.includes(label) && !lacks(label) && label !== added?.label;
  const present = labels.filter(isRead);
  const layout = rowLayout(labels, present, factors);
  const domains = new Domains(columns);
  const sink = new FrameSink(file, builder, counter, {
    range,
    timeUnit,
    nonFinite,
    domains,
    onWarning,
    layout,
  });
  const rows = table.read(present, sink);
  for await (const filled of rows) {
    expectNoStop(signal, 'the reading of frames');
    for (const batch of filled.take()) {
      if (added) fillAdded(batch, path, added);
      yield batch;
    }
  }
  sink.finish();
}

function fillAdded({ columns, frames, data, time }: FrameBatch, path: string, added: AddedColumn): void {
  const place = columns.findIndex(({ label }) => label === added.label);
  if (place < 0) return;
  for (let i = 0; i < frames; i++) data[i * columns.length + place] = added.at(path, time[i]);
}

/** Undefined where rows are taken as they are read. */
function rowLayout(
  labels: readonly string[],
  present: readonly string[],
  factors: Readonly<Record<string, number>>,
): RowLayout | undefined {
  const asRead = present.length === labels.length && labels.every((label) => (factors[label] ?? 1) === 1);
  if (asRead) return undefined;
  return {
    places: Int32Array.from(labels, (label) => present.indexOf(label)),
    factors: Float64Array.from(labels, (label) => factors[label] ?? 1),
  };
}

/**
 * First reading: what `readPlannedBatches` needs, and an upper bound of the frames to come.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function planBatches(
  paths: string | readonly string[],
  options: TableOptions,
): Promise<{ plan: TablePlan; mostFrames: number }> {
  expectPaths(paths, 'paths');
  expectObject(options, 'options');
  if (options.columns) expectList(options.columns, 'columns');
  if (options.nonFinite !== undefined) expectChoice(options.nonFinite, 'nonFinite', ['error', 'drop']);
  checkOptions(options);
  const plan = await planTables([paths].flat(), options, { words: new Map(), ...options });
  const segments = plan.parts.flatMap((part) => part.segments);
  const lines = segments.reduce((sum, segment) => sum + segment.frames, 0);
  // A frame left out begins a new segment, of which the stride takes the first: then every line may come.
  const stride = options.nonFinite === 'drop' ? 1 : (options.stride ?? 1);
  return { plan, mostFrames: Math.ceil(lines / stride) + segments.length };
}

/** Second reading of all files of a plan. */
export async function* readPlannedBatches(
  plan: TablePlan,
  options: TableOptions,
): AsyncGenerator<FrameBatch> {
  for (const warning of plan.warnings) options.onWarning?.(warning);
  const counter = new SegmentCounter(options.stride);
  for (const part of plan.parts) yield* readPart(part, plan, counter, options);
}

/**
 * Streams the frames of tables (COLVAR, CSV, NPY, HDF5; told by what is in them) in batches of `[frames, columns]`,
 * in flat memory.
 *
 * Files are read twice: once for the times, so that frames which a later restart wrote again are left out, once for
 * the values. Each file is a run of its own, or a part of one (see `timelineOf`); a run begins a new segment, and so
 * does what follows a hole that a restart left. Text may be packed (gzip, bzip2, xz).
 * @throws LatentcvError `file-not-found`, `file-format` (no columns, ragged line, columns that change, wrong shape,
 *   cut off) and `bad-data` (a column that is missing, a value that is no finite number), each with file, line or row,
 *   and column
 */
export async function* readTableBatches(
  paths: string | readonly string[],
  options: TableOptions = {},
): AsyncGenerator<FrameBatch> {
  const { plan } = await planBatches(paths, options);
  yield* readPlannedBatches(plan, options);
}
