import { LatentcvError } from '../support/errors.js';
import { expectDistinctFiles } from '../support/distinct-files.js';
import type { Column } from './dataset.js';
import { domainInWords, sameDomain } from './domains.js';
import { openTable } from './open-table.js';
import { givenPeriods, type PeriodicColumns } from './periods.js';
import { isBiasOutput, selectColumns, unbiasedHint, type ColumnPattern } from './select-columns.js';
import type { Table, TableReading } from './table.js';
import type { TimeBlock } from './time-blocks.js';

/** PLUMED prints times with six decimals: times closer than this are the same frame. */
const TIME_RESOLUTION = 2e-6;

/** What becomes of a stretch of growing time. */
export interface PlannedBlock {
  /** Frames at this time or later are left out: a later restart wrote them again. */
  until: number;
  /** True where a trajectory begins, false where a restart goes on. */
  startsTrajectory: boolean;
}

export interface PlannedFile {
  table: Table;
  blocks: PlannedBlock[];
}

export interface TablePlan {
  columns: Column[];
  files: PlannedFile[];
  warnings: string[];
}

interface Placed {
  table: Table;
  block: TimeBlock;
  plan: PlannedBlock;
}

/** Time goes back to the start (or before) in another file: a trajectory of its own. */
function startsOver(block: TimeBlock, trajectory: readonly Placed[]): boolean {
  const start = trajectory[0].block;
  const spacing = Number.isNaN(start.second) ? 0 : start.second - start.first;
  return block.first <= start.first + spacing + TIME_RESOLUTION;
}

/**
 * Each block ends where the earliest later block of its trajectory begins; where that is in another file, what is left out
 * is told, since the files may be runs of their own.
 */
function cut(trajectory: readonly Placed[], warnings: string[]): void {
  let until = Infinity;
  let next: Placed | undefined;
  for (const placed of trajectory.toReversed()) {
    const { table, block, plan } = placed;
    plan.until = until;
    if (next && next.table !== table && block.last >= until) warnings.push(replaced(placed, next, until));
    if (block.first - TIME_RESOLUTION < until) [until, next] = [block.first - TIME_RESOLUTION, placed];
  }
}

function replaced({ table, block }: Placed, { table: later, block: restart }: Placed, until: number): string {
  const spacing = (block.last - block.first) / Math.max(1, block.frames - 1);
  const frames = Math.min(block.frames, Math.floor((block.last - until) / spacing) + 1);
  return (
    `frames of ${table.path} from time ${restart.first} on, about ${frames}, are taken as replaced by ${later.path}, ` +
    'as after a restart; name runs of their own so that each that starts earlier comes later'
  );
}

function warnOfLoss(table: Table, block: TimeBlock, before: readonly Placed[], warnings: string[]): void {
  const start = before[0].block;
  if (block.first > start.first + TIME_RESOLUTION) return;
  const frames = before.reduce((sum, placed) => sum + placed.block.frames, 0);
  warnings.push(
    `${table.place(block.at)}: time goes back to ${block.first}, the start, so the ${frames} frames before it ` +
      'are taken as replaced; give trajectories of their own as separate files',
  );
}

function planBlocks(tables: readonly Table[], warnings: string[]): PlannedBlock[][] {
  let trajectory: Placed[] = [];
  const plans = tables.map((table) =>
    table.blocks.map((block, i) => {
      const startsTrajectory = trajectory.length === 0 || (i === 0 && startsOver(block, trajectory));
      if (startsTrajectory) {
        cut(trajectory, warnings);
        trajectory = [];
      } else warnOfLoss(table, block, trajectory, warnings);
      const plan = { until: Infinity, startsTrajectory };
      trajectory.push({ table, block, plan });
      return plan;
    }),
  );
  cut(trajectory, warnings);
  return plans;
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

/** A file's columns, with those that it need not have. */
function labelsOf({ labels, path }: Table, { absent }: TableReading): readonly string[] {
  return absent?.files.includes(path) ? [...new Set([...labels, ...absent.columns])] : labels;
}

function inOurUnits(column: Column, { factors = {} }: TableReading): Column {
  const factor = factors[column.label] ?? 1;
  if (!column.period || factor === 1) return column;
  const [lower, upper] = column.period;
  return { ...column, period: [lower * factor, upper * factor] };
}

/** The column as the first file knows it that tells its period: files in another order tell the same. */
function commonColumn(tables: readonly Table[], label: string): Column {
  const told = tables.flatMap((table) =>
    table.labels.includes(label) ? [{ table, column: table.column(label) }] : [],
  );
  const periodic = told.find(({ column }) => column.period);
  if (!periodic) return told[0]?.column ?? { label };
  const other = told.find(
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
 * Throws `file-not-found`, `file-format`, `bad-data` (a column that is not there, or has several periods),
 * `bad-argument` (a file that is given twice).
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
  const blocks = planBlocks(tables, warnings);
  const files = tables.map((table, i) => ({ table, blocks: blocks[i] }));
  const columns = labels.map((label) => inOurUnits(commonColumn(tables, label), reading));
  return { columns: givenPeriods(columns, first, periodic), files, warnings };
}
