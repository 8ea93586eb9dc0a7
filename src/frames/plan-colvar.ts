import { LatentcvError } from '../support/errors.js';
import type { Column } from './dataset.js';
import { scanColvar, type ColvarScan, type TimeBlock } from './scan-colvar.js';
import { selectColumns, type ColumnPattern } from './select-columns.js';

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
  scan: ColvarScan;
  blocks: PlannedBlock[];
  /** Per column of the file: which column of the result it becomes, or -1. */
  targets: Int32Array;
}

export interface ColvarPlan {
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

function warnOfLoss(scan: ColvarScan, block: TimeBlock, before: readonly Placed[], warnings: string[]): void {
  const start = before[0].block;
  if (block.first > start.first + TIME_RESOLUTION) return;
  const frames = before.reduce((sum, placed) => sum + placed.block.frames, 0);
  warnings.push(
    `${scan.path}:${block.line}: time goes back to ${block.first}, the start, so the ${frames} frames before it ` +
      'are taken as replaced; give trajectories of their own as separate files',
  );
}

function planBlocks(scans: readonly ColvarScan[], warnings: string[]): PlannedBlock[][] {
  let trajectory: Placed[] = [];
  const plans = scans.map((scan) =>
    scan.blocks.map((block, i) => {
      const startsTrajectory = trajectory.length === 0 || (i === 0 && startsOver(block, trajectory));
      if (startsTrajectory) {
        cut(trajectory);
        trajectory = [];
      } else warnOfLoss(scan, block, trajectory, warnings);
      const plan = { until: Infinity, startsTrajectory };
      trajectory.push({ block, plan });
      return plan;
    }),
  );
  cut(trajectory);
  return plans;
}

function sameColumns(
  first: ColvarScan,
  labels: readonly string[],
  scan: ColvarScan,
  own: readonly string[],
): void {
  const missing = labels.find((label) => !own.includes(label));
  const added = own.find((label) => !labels.includes(label));
  if (missing === undefined && added === undefined) return;
  const [label, has, lacks] = missing === undefined ? [added, scan, first] : [missing, first, scan];
  throw new LatentcvError(
    'bad-data',
    `expected the same columns in all files but ${has.path} has ${label} and ${lacks.path} has not`,
    'choose columns that all of them have',
  );
}

/**
 * First reading of all files: which columns and which frames the second one takes.
 * Throws `file-not-found`, `file-format`, `bad-data` (a column that is not there).
 */
export async function planColvar(
  paths: readonly string[],
  patterns: readonly ColumnPattern[] | undefined,
  chunkBytes: number | undefined,
): Promise<ColvarPlan> {
  const scans: ColvarScan[] = [];
  for (const path of paths) scans.push(await scanColvar(path, chunkBytes));
  const first = scans[0];
  if (!first) throw new LatentcvError('bad-argument', 'expected at least one COLVAR file but received none');
  const labels = selectColumns(first.header.fields, first.path, patterns);
  for (const scan of scans)
    sameColumns(first, labels, scan, selectColumns(scan.header.fields, scan.path, patterns));
  const warnings: string[] = [];
  const blocks = planBlocks(scans, warnings);
  const files = scans.map((scan, i) => {
    const targets = Int32Array.from(scan.header.fields, (field) => labels.indexOf(field));
    return { scan, blocks: blocks[i], targets };
  });
  return { columns: labels.map((label) => first.header.column(label)), files, warnings };
}
