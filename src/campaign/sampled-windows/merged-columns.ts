import {
  sameDomain,
  domainInWords,
  type Column,
  type FrameColumns,
  type RunSegment,
} from '../../frames/index.js';
import { LatentcvError } from '../../support/index.js';

/** Tables of several runs as one, of columns that all of them have. */
export function mergedColumns(tables: readonly FrameColumns[], labels: readonly string[]): FrameColumns {
  const frames = tables.reduce((sum, table) => sum + table.frames, 0);
  const columns = labels.map((label) => commonColumn(tables, label));
  const store = new Map(
    labels.map((label) => {
      const all = new Float64Array(frames);
      let at = 0;
      for (const table of tables) {
        all.set(table.values(label), at);
        at += table.frames;
      }
      return [label, all];
    }),
  );
  const times = new Float64Array(frames);
  const segments: RunSegment[] = [];
  let first = 0;
  for (const table of tables) {
    for (let i = 0; i < table.frames; i++) times[first + i] = table.time.at(i)!;
    segments.push(
      ...table.segments.map(({ start, end, source }) => ({ start: start + first, end: end + first, source })),
    );
    first += table.frames;
  }
  return {
    columns,
    frames,
    time: times,
    segments,
    single: tables.some(({ single }) => single),
    values: (label) => {
      const found = store.get(label);
      if (found) return found;
      throw new LatentcvError(
        'bad-argument',
        `expected a column ${label} among ${labels.join(', ')} but found none`,
      );
    },
    period: (label) => columns.find((column) => column.label === label)?.period,
  };
}

/** Some of the frames, in their order; what followed one another still does. */
export function rowsOf(table: FrameColumns, frames: Int32Array): FrameColumns {
  const store = new Map(
    table.columns.map(({ label }) => {
      const all = table.values(label);
      return [label, Float64Array.from(frames, (frame) => all[frame])];
    }),
  );
  let at = 0;
  const segments = table.segments.flatMap(({ end, source }) => {
    const start = at;
    while (at < frames.length && frames[at] < end) at++;
    return at > start ? [{ start, end: at, source }] : [];
  });
  return {
    ...table,
    frames: frames.length,
    time: Float64Array.from(frames, (frame) => table.time.at(frame)!),
    segments,
    values: (label) => store.get(label) ?? table.values(label),
  };
}

/** @throws LatentcvError `bad-data` where runs tell different periods of a column */
function commonColumn(tables: readonly FrameColumns[], label: string): Column {
  const known = tables.flatMap(({ columns, segments }) =>
    columns
      .filter((column) => column.label === label && column.period)
      .map((column) => ({ column, segments })),
  );
  const [first] = known;
  if (!first) return { label };
  const other = known.find(({ column }) => !sameDomain(column.period, first.column.period));
  if (!other) return first.column;
  throw new LatentcvError(
    'bad-data',
    `expected one period in all files but received ${domainInWords(first.column)} in ${first.segments[0]?.source} ` +
      `and ${domainInWords(other.column)} in ${other.segments[0]?.source}`,
  );
}
