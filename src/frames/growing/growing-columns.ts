import { LatentcvError } from '../../support/index.js';
import type { RunSegment } from '../dataset.js';
import type { FrameColumns } from '../read-columns.js';
import { SegmentCounter, spacingOf, timelineOf, type PlannedSegment, type Times } from '../timeline/index.js';
import type { GrowingTable } from './growing-table.js';

/** Rows of a table that count, one after the other. */
interface Kept {
  table: GrowingTable;
  start: number;
  end: number;
}

/**
 * The frames of growing tables that count at this time, each file a run of its own, as `readColumns` gives them; undefined
 * where there are none yet. The values hold until the next look at a table.
 * @param labels of columns that all of the tables have
 */
export function growingColumns(
  tables: readonly GrowingTable[],
  labels: readonly string[],
): FrameColumns | undefined {
  const { parts } = timelineOf(tables);
  const counter = new SegmentCounter();
  const segments: RunSegment[] = [];
  const kept: Kept[] = [];
  let frames = 0;
  for (const { file: table, run, segments: planned } of parts)
    for (const segment of planned) {
      const rows = rowsOf(table, segment);
      counter.seam(segment.startsRun);
      if (rows.start === rows.end) continue;
      const start = frames;
      frames += rows.end - rows.start;
      if (begins(counter, rows, segment)) segments.push({ start, end: frames, source: run });
      else segments.at(-1)!.end = frames;
      kept.push(rows);
    }
  if (frames === 0) return undefined;
  const columns = labels.map(
    (label) => tables.map((table) => table.column(label)).find(({ period }) => period) ?? { label },
  );
  const single = tables.some((table) => table.single);
  return {
    columns,
    frames,
    time: joinedTimes(kept, frames),
    segments,
    single,
    values: (label) => joined(kept, label, { frames, single }),
    period: (label) => columnOf(columns, label).period,
  };
}

/** The rows of a segment before the time from which on a restart wrote them again. */
function rowsOf(table: GrowingTable, { at, frames, until }: PlannedSegment): Kept {
  let [low, high] = [0, frames];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table.time.at(at + middle)! < until) low = middle + 1;
    else high = middle;
  }
  return { table, start: at, end: at + low };
}

function begins(counter: SegmentCounter, { table, start, end }: Kept, segment: PlannedSegment): boolean {
  const first = table.time.at(start)!;
  counter.passBy(first);
  const begun = counter.read();
  const last = table.time.at(end - 1)!;
  counter.leave(end - start, last, end - start > 1 ? (last - first) / (end - start - 1) : spacingOf(segment));
  return begun;
}

function joined(
  kept: readonly Kept[],
  label: string,
  { frames, single }: { frames: number; single: boolean },
): Float64Array | Float32Array {
  const [only, ...more] = kept;
  if (more.length === 0) return only.table.values(label).subarray(only.start, only.end);
  const all = single ? new Float32Array(frames) : new Float64Array(frames);
  let at = 0;
  for (const { table, start, end } of kept) {
    all.set(table.values(label).subarray(start, end), at);
    at += end - start;
  }
  return all;
}

function joinedTimes(kept: readonly Kept[], frames: number): Times {
  let at = 0;
  const pieces = kept.map(({ table, start, end }) => {
    const from = at;
    at += end - start;
    return { from, to: at, start, time: table.time };
  });
  return {
    length: frames,
    at: (frame) => {
      const piece = pieces.find(({ to }) => frame < to);
      return piece && frame >= 0 ? piece.time.at(frame - piece.from + piece.start) : undefined;
    },
  };
}

function columnOf(columns: FrameColumns['columns'], label: string): FrameColumns['columns'][number] {
  const found = columns.find((column) => column.label === label);
  if (found) return found;
  throw new LatentcvError('bad-argument', `expected a column ${label} but it was not read`);
}
