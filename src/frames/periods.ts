import type { Column } from './dataset.js';
import { selectColumns, type ColumnPattern } from './select-columns.js';
import type { Table } from './tables/index.js';

/** Columns that are periodic, where their file does not say so. */
export interface PeriodicColumns {
  columns: readonly ColumnPattern[];
  /** Domain in the columns' unit. */
  period: readonly [number, number];
}

/**
 * The columns with the periods that are given for them; what the file itself tells goes first.
 * @throws LatentcvError `bad-data` where a pattern names no column of the file
 */
export function givenPeriods(
  columns: Column[],
  { labels, path }: Pick<Table, 'labels' | 'path'>,
  periodic: readonly PeriodicColumns[] = [],
): Column[] {
  const periods = new Map(
    periodic.flatMap(({ columns: patterns, period }) =>
      selectColumns(labels, path, patterns).map((label) => [label, period] as const),
    ),
  );
  return columns.map((column) => {
    const period = column.period ?? periods.get(column.label);
    return period ? { ...column, period } : column;
  });
}
