import { invalidArgument } from '../support/errors.js';
import { BatchBuilder, type ColvarBatch } from './batch-builder.js';
import { FrameFilter, type FrameRange } from './frame-filter.js';
import { FrameReader, type FrameReaderOptions } from './frame-reader.js';
import { LineWalker } from './line-visitor.js';
import { planColvar, type ColvarPlan, type PlannedFile } from './plan-colvar.js';
import type { ColumnPattern } from './select-columns.js';
import { textBlocks } from './text-blocks.js';

export interface ColvarOptions extends FrameRange {
  /** Labels, patterns (`d*`) or regular expressions; all columns but `time` where left out. */
  columns?: readonly ColumnPattern[];
  /** ps per unit of the time column: 1 unless the PLUMED input has `UNITS TIME=`. */
  timeUnit?: number;
  /** What a NaN or infinite value in a wanted column does: stop (default), or leave the frame out. */
  nonFinite?: 'error' | 'drop';
  /** Told of everything unusual that does not stop the reading. */
  onWarning?: (message: string) => void;
  /** Bytes of text in memory at a time; 1 MiB by default. */
  chunkBytes?: number;
}

function checkOptions({ stride = 1, timeUnit = 1 }: ColvarOptions): void {
  if (!Number.isInteger(stride) || stride < 1) throw invalidArgument('a positive integer', 'stride', stride);
  if (!(timeUnit > 0)) throw invalidArgument('a positive number', 'timeUnit', timeUnit);
}

async function* readFile(
  file: PlannedFile,
  { columns }: ColvarPlan,
  filter: FrameFilter,
  options: ColvarOptions,
): AsyncGenerator<ColvarBatch> {
  const { timeUnit = 1, nonFinite = 'error', onWarning = () => undefined } = options;
  const readerOptions: FrameReaderOptions = { timeUnit, nonFinite, onWarning };
  const builder = new BatchBuilder(columns, file.scan.path);
  const reader = new FrameReader(file, columns.length, builder, filter, readerOptions);
  const walker = new LineWalker(reader);
  for await (const block of textBlocks(file.scan.path, options.chunkBytes)) {
    walker.walk(block);
    yield* builder.take();
  }
  reader.finish();
}

/** First reading: what `readPlannedBatches` needs, and an upper bound of the frames to come. */
export async function planBatches(
  paths: string | readonly string[],
  options: ColvarOptions,
): Promise<{ plan: ColvarPlan; mostFrames: number }> {
  checkOptions(options);
  const plan = await planColvar([paths].flat(), options.columns, options.chunkBytes);
  const blocks = plan.files.flatMap((file) => file.scan.blocks);
  const lines = blocks.reduce((sum, block) => sum + block.frames, 0);
  // A frame left out begins a new segment, of which the stride takes the first: then every line may come.
  const stride = options.nonFinite === 'drop' ? 1 : (options.stride ?? 1);
  return { plan, mostFrames: Math.ceil(lines / stride) + blocks.length };
}

/** Second reading of all files of a plan. */
export async function* readPlannedBatches(
  plan: ColvarPlan,
  options: ColvarOptions,
): AsyncGenerator<ColvarBatch> {
  for (const warning of plan.warnings) options.onWarning?.(warning);
  const filter = new FrameFilter(options);
  for (const file of plan.files) yield* readFile(file, plan, filter, options);
}

/**
 * Streams the frames of PLUMED tables in batches of `[frames, columns]`, in flat memory.
 *
 * Files are read twice: once for the times, so that frames which a later restart wrote again are left out, once
 * for the values. A file whose time starts over begins a new segment; so does what follows a hole. Plain or gzip.
 * Throws `file-not-found`, `file-format` (no FIELDS, ragged line, columns that change) and `bad-data` (a column that
 * is missing, a value that is no finite number), each with file, line and column.
 */
export async function* readColvarBatches(
  paths: string | readonly string[],
  options: ColvarOptions = {},
): AsyncGenerator<ColvarBatch> {
  const { plan } = await planBatches(paths, options);
  yield* readPlannedBatches(plan, options);
}
