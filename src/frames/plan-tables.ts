import { LatentcvError, expectDistinctFiles } from '../support/index.js';
import type { Column } from './dataset.js';
import { domainInWords, sameDomain } from './domains.js';
import { openTable, type Table, type TableReading } from './tables/index.js';
import { givenPeriods, type PeriodicColumns } from './periods.js';
import { isBiasOutput, selectColumns, unbiasedHint, type ColumnPattern } from './select-columns.js';
import { timelineOf, type RunFile } from './timeline/index.js';

export interface TablePlan {
  columns: Column[];
  /** In the order in which they are read. */
  parts: RunFile<Table>[];
  warnings: string[];
}

function sameColumns(first: Table, labels: readonly string[], table: Table, own: readonly string[]): void {
  const missing = labels.find((label) => !own.includes(label));
  const added = own.find((label) => !labels.includes(label));
  if (missing === undefined && added === undefined) return;
  const [label, has, lacks] = missing === undefined ? [added, table, first] : [missing, first, table];
  throw new LatentcvError(
    'bad-data',
    `expected the same columns in all files but ${has.path} has ${label} and ${lacks.path} has not`,
    isBiasOutput(label!) ? unbiasedHint : 'choose columns that all of them have',
  );
}

/** A file's columns, with those that it need not have, and the one that is added. */
function labelsOf({ labels, path }: Table, { absent, added }: TableReading): readonly string[] {
  const lacking = absent?.files.includes(path) ? absent.columns : [];
  return [...new Set([...labels, ...lacking, ...(added ? [added.label] : [])])];
}

function inOurUnits(column: Column, { factors = {} }: TableReading): Column {
  const factor = factors[column.label] ?? 1;
  if (!column.period || factor === 1) return column;
  const [lower, upper] = column.period;
  return { ...column, period: [lower * factor, upper * factor] };
}

/** The column as the first file knows it that tells its period: files in another order tell the same. */
function commonColumn(tables: readonly Table[], label: string): Column {
  const columns = tables.flatMap((table) =>
    table.labels.includes(label) ? [{ table, column: table.column(label) }] : [],
  );
  const periodic = columns.find(({ column }) => column.period);
  if (!periodic) return columns[0]?.column ?? { label };
  const other = columns.find(
    ({ column }) => column.period && !sameDomain(column.period, periodic.column.period),
  );
  if (!other) return periodic.column;
  throw new LatentcvError(
    'bad-data',
    `expected one period in all files but received ${domainInWords(periodic.column)} in ${periodic.table.path} ` +
      `and ${domainInWords(other.column)} in ${other.table.path}`,
    'convert one of them, or leave the column out',
  );
}

/** Which columns are read, and what is known of them beside the files. */
export interface ColumnChoice {
  /** Labels, patterns (`d*`) or regular expressions; all columns but `time` where left out. */
  columns?: readonly ColumnPattern[];
  /** Periods of columns whose file tells none. */
  periodic?: readonly PeriodicColumns[];
}

/**
 * First reading of all files: which columns and which frames the second one takes.
 * @throws LatentcvError `file-not-found`, `file-format`, `bad-data` (a column that is not there, or has several
 *   periods), `bad-argument` (a file that is given twice)
 */
export async function planTables(
  paths: readonly string[],
  { columns: patterns, periodic }: ColumnChoice,
  reading: TableReading,
): Promise<TablePlan> {
  const warnings: string[] = [];
  const onWarning = (line: string): void => void warnings.push(line);
  await expectDistinctFiles(paths);
  const tables: Table[] = [];
  for (const path of paths) tables.push(await openTable(path, { ...reading, onWarning }));
  const first = tables[0];
  if (!first) throw new LatentcvError('bad-argument', 'expected at least one table but received none');
  const labels = selectColumns(labelsOf(first, reading), first.path, patterns);
  for (const table of tables)
    sameColumns(first, labels, table, selectColumns(labelsOf(table, reading), table.path, patterns));
  const { parts, notes } = timelineOf(tables, { parts: reading.parts, unit: reading.timeUnit });
  const columns = labels.map((label) => inOurUnits(commonColumn(tables, label), reading));
  return { columns: givenPeriods(columns, first, periodic), parts, warnings: [...warnings, ...notes] };
}
