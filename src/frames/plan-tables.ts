import { LatentcvError } from '../support/errors.js';
import type { Column } from './dataset.js';
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
  block: TimeBlock;
  plan: PlannedBlock;
}

/** Time goes back to the start (or before) in another file: a trajectory of its own. */
function startsOver(block: TimeBlock, trajectory: readonly Placed[]): boolean {
  const start = trajectory[0].block;
  const spacing = Number.isNaN(start.second) ? 0 : start.second - start.first;
  return block.first <= start.first + spacing + TIME_RESOLUTION;
}

/** Each block ends where the earliest later block of its trajectory begins. */
function cut(trajectory: readonly Placed[]): void {
  let until = Infinity;
  for (const { block, plan } of trajectory.toReversed()) {
    plan.until = until;
    until = Math.min(until, block.first - TIME_RESOLUTION);
  }
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
        cut(trajectory);
        trajectory = [];
      } else warnOfLoss(table, block, trajectory, warnings);
      const plan = { until: Infinity, startsTrajectory };
      trajectory.push({ block, plan });
      return plan;
    }),
  );
  cut(trajectory);
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

/** Which columns are read, and what is known of them beside the files. */
export interface ColumnChoice {
  /** Labels, patterns (`d*`) or regular expressions; all columns but `time` where left out. */
  columns?: readonly ColumnPattern[];
  /** Periods of columns whose file tells none. */
  periodic?: readonly PeriodicColumns[];
}

/**
 * First reading of all files: which columns and which frames the second one takes.
 * Throws `file-not-found`, `file-format`, `bad-data` (a column that is not there).
 */
export async function planTables(
  paths: readonly string[],
  { columns: patterns, periodic }: ColumnChoice,
  reading: TableReading,
): Promise<TablePlan> {
  const warnings: string[] = [];
  const onWarning = (line: string): void => void warnings.push(line);
  const tables: Table[] = [];
  for (const path of paths) tables.push(await openTable(path, { ...reading, onWarning }));
  const first = tables[0];
  if (!first) throw new LatentcvError('bad-argument', 'expected at least one table but received none');
  const labels = selectColumns(labelsOf(first, reading), first.path, patterns);
  for (const table of tables)
    sameColumns(first, labels, table, selectColumns(labelsOf(table, reading), table.path, patterns));
  const blocks = planBlocks(tables, warnings);
  const files = tables.map((table, i) => ({ table, blocks: blocks[i] }));
  const columns = labels.map((label) => inOurUnits(first.column(label), reading));
  return { columns: givenPeriods(columns, first, periodic), files, warnings };
}
