import { LatentcvError, expectNoStop } from '../../support/index.js';
import type { Column } from '../dataset.js';
import type { FrameStream } from '../frame-stream.js';
import { readColumns } from '../read-columns.js';
import {
  fitsColumn,
  isBiasOutput,
  selectColumns,
  unbiasedHint,
  type ColumnPattern,
} from '../select-columns.js';
import type { TableOptions } from '../table-batches.js';
import { openTable, tableLabels } from '../tables/index.js';
import { BatchBuilder, SegmentCounter, type FrameBatch } from '../timeline/index.js';
import { JoinedRun, type JoinedWords } from './joined-run.js';
import { RunRows } from './run-rows.js';

/** Tables whose columns are joined to the frames of runs. */
export interface JoinedTables {
  /** By the first file of a run's frames: the tables that were written beside them, one or its parts. */
  tables: Readonly<Record<string, readonly string[]>>;
  /** Labels or patterns of the columns that are wanted of them. */
  columns: readonly ColumnPattern[];
  /** Of these, those that are 0 in the frames of a run without a table: a bias that did not act. */
  absent?: readonly ColumnPattern[];
  /** Units, names and values of the tables; `begin`, `end` and `stride` are of the joined frames. */
  reading?: TableOptions;
  /** Told of what has no partner only because one of both is written more often. */
  onNote?: (line: string) => void;
}

/**
 * The frames of a stream that have a row in their run's tables, with its columns behind their own, set aside: nothing is
 * learned from them unless a setting names them. Frames and rows without a partner are left out, which is told by run.
 * @throws LatentcvError `bad-data` where a run has none at common times, a table lacks a column, or time goes back
 */
export async function joinTables(frames: FrameStream, joined: JoinedTables): Promise<FrameStream> {
  const own = frames.columns.map(({ label }) => label);
  const columns = (await joinedColumns(joined)).filter(({ label }) => !own.includes(label));
  const all = [...frames.columns, ...columns.map((column) => ({ ...column, aside: true as const }))];
  return {
    columns: all,
    // each frame may begin a segment, of which the stride takes the first
    mostFrames: frames.mostFrames,
    batches: () => joinedBatches(frames, joined, all),
  };
}

/** The wanted columns as the first of the tables tells them, all of which have them. */
async function joinedColumns({ tables, columns, reading = {} }: JoinedTables): Promise<Column[]> {
  const files = [...new Set(Object.values(tables).flat())];
  const labels: string[][] = [];
  const { added } = reading;
  for (const file of files) {
    const own = [...(await tableLabels(file, reading)), ...(added ? [added.label] : [])];
    labels.push(selectColumns(own, file, [...columns]));
  }
  if (files.length === 0 || labels[0].length === 0) return [];
  const table = await openTable(files[0], reading);
  return labels[0].map((label) => (label === added?.label ? { label } : table.column(label)));
}

async function* joinedBatches(
  frames: FrameStream,
  joined: JoinedTables,
  columns: Column[],
): AsyncGenerator<FrameBatch> {
  const { reading = {} } = joined;
  const counter = new SegmentCounter(reading.stride);
  const runs = new Runs(joined, columns.slice(frames.columns.length));
  const width = frames.columns.length;
  let run: JoinedRun | undefined;
  let builder: BatchBuilder | undefined;
  for await (const batch of frames.batches()) {
    expectNoStop(reading.signal, 'the reading of frames');
    if (run?.source !== batch.source || !builder) {
      runs.leave(run);
      run = await runs.of(batch.source);
      builder = new BatchBuilder(columns, batch.source);
      counter.break();
    }
    run.enter(batch.segment);
    for (let i = 0; i < batch.frames; i++) {
      const found = run.partnerOf(batch.time[i]);
      if (!found) continue;
      if (found.begins) counter.break();
      if (!counter.take(batch.time[i])) continue;
      const at = builder.offset;
      builder.data.set(batch.data.subarray(i * width, (i + 1) * width), at);
      run.put(found.row, builder.data, at + width);
      builder.add(batch.time[i], counter.segment);
    }
    yield* builder.take();
  }
  runs.leave(run);
  runs.tell();
}

/** The runs of a stream one after the other, so that the tables of one are in memory at a time. */
class Runs {
  private readonly usual: JoinedWords[] = [];

  constructor(
    private readonly joined: JoinedTables,
    private readonly columns: readonly Column[],
  ) {}

  /**
   * @throws LatentcvError `bad-data` where it has no table and a column is no bias
   */
  async of(source: string): Promise<JoinedRun> {
    const { tables, reading = {}, absent = [] } = this.joined;
    const { timeUnit = 1, onWarning } = reading;
    const files = tables[source] ?? [];
    const labels = this.columns.map(({ label }) => label);
    const lacking = labels.find((label) => !absent.some((pattern) => fitsColumn(pattern, label)));
    if (files.length === 0 && lacking !== undefined) throw noTable(source, lacking);
    const rows =
      files.length === 0 || labels.length === 0
        ? undefined
        : new RunRows(
            await readColumns(files, { ...reading, columns: labels, stride: 1, parts: true, onWarning }),
            labels,
          );
    return new JoinedRun(source, files, rows, timeUnit, labels.length);
  }

  leave(run: JoinedRun | undefined): void {
    const words = run?.finish();
    if (words?.usual) this.usual.push(words);
    else if (words) this.joined.reading?.onWarning?.(words.line);
  }

  /** Of runs that are alike in that, one is told. */
  tell(): void {
    const [first, ...more] = this.usual;
    if (!first) return;
    const alike = more.length === 0 ? '' : `; so it is in ${more.length} more`;
    this.joined.onNote?.(`${first.line}${alike}`);
  }
}

function noTable(source: string, column: string): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected a table with ${column} for the frames of ${source} but received none`,
    isBiasOutput(column) ? unbiasedHint : undefined,
  );
}
