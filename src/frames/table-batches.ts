import { invalidArgument } from '../support/errors.js';
import { BatchBuilder, type FrameBatch } from './batch-builder.js';
import { Domains } from './domains.js';
import { FrameFilter, type FrameRange } from './frame-filter.js';
import { FrameSink, type RowLayout } from './frame-sink.js';
import { planTables, type ColumnChoice, type TablePlan, type PlannedFile } from './plan-tables.js';
import type { TableReading } from './table.js';

export interface TableOptions extends FrameRange, ColumnChoice, TableReading {
  /** What a NaN or infinite value in a wanted column does: stop (default), or leave the frame out. */
  nonFinite?: 'error' | 'drop';
}

function checkOptions({ stride = 1, timeUnit = 1, timestep = 1 }: TableOptions): void {
  if (!Number.isInteger(stride) || stride < 1) throw invalidArgument('a positive integer', 'stride', stride);
  if (!(timeUnit > 0)) throw invalidArgument('a positive number', 'timeUnit', timeUnit);
  if (!(timestep > 0)) throw invalidArgument('a positive number', 'timestep', timestep);
}

const nothing = { columns: [], files: [] };

async function* readFile(
  { table, blocks }: PlannedFile,
  { columns }: TablePlan,
  filter: FrameFilter,
  {
    timeUnit = 1,
    nonFinite = 'error',
    factors = {},
    absent = nothing,
    onWarning = () => undefined,
  }: TableOptions,
): AsyncGenerator<FrameBatch> {
  const { path } = table;
  const builder = new BatchBuilder(columns, path);
  const file = { path, place: (at: number) => table.place(at), found: table.blocks, planned: blocks };
  const labels = columns.map(({ label }) => label);
  const lacks = (label: string): boolean => absent.files.includes(path) && absent.columns.includes(label);
  const present = labels.filter((label) => table.labels.includes(label) && !lacks(label));
  const layout = rowLayout(labels, present, factors);
  const domains = new Domains(columns);
  const sink = new FrameSink(file, builder, filter, { timeUnit, nonFinite, domains, onWarning, layout });
  const rows = table.read(present, sink);
  for await (const filled of rows) yield* filled.take();
  sink.finish();
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

/** First reading: what `readPlannedBatches` needs, and an upper bound of the frames to come. */
export async function planBatches(
  paths: string | readonly string[],
  options: TableOptions,
): Promise<{ plan: TablePlan; mostFrames: number }> {
  checkOptions(options);
  const plan = await planTables([paths].flat(), options, options);
  const blocks = plan.files.flatMap((file) => file.table.blocks);
  const lines = blocks.reduce((sum, block) => sum + block.frames, 0);
  // A frame left out begins a new segment, of which the stride takes the first: then every line may come.
  const stride = options.nonFinite === 'drop' ? 1 : (options.stride ?? 1);
  return { plan, mostFrames: Math.ceil(lines / stride) + blocks.length };
}

/** Second reading of all files of a plan. */
export async function* readPlannedBatches(
  plan: TablePlan,
  options: TableOptions,
): AsyncGenerator<FrameBatch> {
  for (const warning of plan.warnings) options.onWarning?.(warning);
  const filter = new FrameFilter(options);
  for (const file of plan.files) yield* readFile(file, plan, filter, options);
}

/**
 * Streams the frames of tables (COLVAR, CSV, NPY, HDF5; told by what is in them) in batches of `[frames, columns]`, in
 * flat memory.
 *
 * Files are read twice: once for the times, so that frames which a later restart wrote again are left out, once
 * for the values. A file whose time starts over begins a new segment; so does what follows a hole. Text may be packed (gzip, bzip2, xz).
 * Throws `file-not-found`, `file-format` (no columns, ragged line, columns that change, wrong shape, cut off) and
 * `bad-data` (a column that is missing, a value that is no finite number), each with file, line or row, and column.
 */
export async function* readTableBatches(
  paths: string | readonly string[],
  options: TableOptions = {},
): AsyncGenerator<FrameBatch> {
  const { plan } = await planBatches(paths, options);
  yield* readPlannedBatches(plan, options);
}
