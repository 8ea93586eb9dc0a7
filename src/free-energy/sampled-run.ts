import { columnValues, readTables, type ColumnPattern, type TableDataset } from '../frames/index.js';
import { LatentcvError } from '../support/errors.js';
import { deltaF, type DeltaF } from './basins.js';
import { framesWithin, type Interval } from '../sampling/intervals.js';
import { replicasOf } from '../sampling/replicas.js';
import { reweight, unbiasedSample, type WeightedSample } from '../sampling/reweight.js';
import { findTransitions, type CoreSets, type Transitions } from '../sampling/transitions.js';

/** An interval of one column. */
export interface ColumnInterval {
  column: string;
  interval: Interval;
}

/** Core sets on one column. */
export interface ColumnCores extends CoreSets {
  column: string;
}

/** What is asked of a run beside its free energies. */
export interface RunQuestion {
  /** Basin B; A is all the rest, or `basinA`. */
  basin?: ColumnInterval;
  basinA?: ColumnInterval;
  cores?: ColumnCores;
  /** Between two looks at the run for transitions, ps; default: every frame. */
  every?: number;
  /** Blocks for the error of ΔF; default: the plateau of the scan. */
  blocks?: number;
}

export interface SampledRunOptions {
  /** Columns that are wanted beside those of the question and the bias. */
  columns: readonly string[];
  question?: RunQuestion;
  /** K */
  temperature: number;
  /** Column of the bias, or `none`; default: the only one called `*.rbias` or `*.bias`. */
  bias?: string;
  /** Initial fraction of every replica that is left out; default 0.2 of a biased run. */
  discard?: number;
  replicas?: 'independent' | 'shared';
  /** First and last time taken, ps. */
  begin?: number;
  end?: number;
  onWarning?: (line: string) => void;
}

/** Frames of a run with their weights, and its columns by name. */
export interface SampledRun {
  dataset: TableDataset;
  sample: WeightedSample;
  /** Undefined for a run without a bias. */
  biasColumn: string | undefined;
  /** A column's values `[frames]`. */
  values: (column: string) => Float64Array;
  period: (column: string) => readonly [number, number] | undefined;
}

/**
 * Reads COLVAR files (parts or replicas of a run) and weighs their frames by the bias, in kJ/mol.
 * @throws LatentcvError `bad-data` or `bad-argument` where a column is missing or the bias is not clear.
 */
export async function readSampledRun(
  files: readonly string[],
  options: SampledRunOptions,
): Promise<SampledRun> {
  const dataset = await readColumns(files, options);
  const values = (column: string): Float64Array => columnValues(dataset, column);
  const biasColumn = chooseBias(dataset, options.bias);
  const { temperature, replicas = 'independent', discard } = options;
  const weighing = {
    runs: replicasOf(dataset.segments),
    replicas,
    ...(discard !== undefined && { discard }),
  };
  const sample =
    biasColumn === undefined
      ? unbiasedSample(dataset.frames, temperature, weighing)
      : reweight(values(biasColumn), temperature, weighing);
  const period = (label: string) => dataset.columns.find((column) => column.label === label)?.period;
  return { dataset, sample, biasColumn, values, period };
}

/** F(B) − F(A) where the question names a basin. */
export function deltaFOf(
  { sample, values }: SampledRun,
  { basin, basinA, blocks }: RunQuestion,
): DeltaF | undefined {
  if (!basin) return undefined;
  return deltaF({
    sample,
    inB: framesWithin(values(basin.column), basin.interval),
    ...(basinA && { inA: framesWithin(values(basinA.column), basinA.interval) }),
    ...(blocks !== undefined && { blocks }),
  });
}

/** Transitions over the whole run where the question names core sets. */
export function transitionsOf(
  { dataset, values }: SampledRun,
  { cores, every }: RunQuestion,
): Transitions | undefined {
  if (!cores) return undefined;
  const looks = { ranges: dataset.segments, ...(every !== undefined && { every }) };
  return findTransitions(values(cores.column), dataset.time, cores, looks);
}

/** Simulated time of all replicas together, ns. */
export function nanosecondsOf({ dataset: { segments, time } }: SampledRun): number {
  return segments.reduce((sum, { start, end }) => sum + (time[end - 1] - time[start]) / 1000, 0);
}

const anyBias = /.*\.r?bias/;

async function readColumns(files: readonly string[], options: SampledRunOptions): Promise<TableDataset> {
  const { bias, begin, end, question = {}, onWarning } = options;
  const asked = [question.basin?.column, question.basinA?.column, question.cores?.column];
  const wanted = [...options.columns, ...asked.filter((column) => column !== undefined)];
  const biasColumns: ColumnPattern[] = bias === 'none' ? [] : [bias ?? anyBias];
  const times = { ...(begin !== undefined && { begin }), ...(end !== undefined && { end }) };
  try {
    return await readTables(files, {
      columns: [...wanted, ...biasColumns],
      ...times,
      ...(onWarning && { onWarning }),
    });
  } catch (error) {
    if (!(error instanceof LatentcvError && error.message.includes(String(anyBias)))) throw error;
    throw new LatentcvError(
      'bad-data',
      `expected a column of the bias (*.bias or *.rbias) in ${files.join(', ')} but found none`,
      'name it with --bias, or say --bias none for a run without one',
    );
  }
}

/** The bias to weigh by: metadynamics' `rbias` before its `bias`. */
function chooseBias({ columns }: TableDataset, asked: string | undefined): string | undefined {
  if (asked !== undefined) return asked === 'none' ? undefined : asked;
  const found = columns.map((column) => column.label).filter((label) => /\.r?bias$/.test(label));
  const best = found.filter((label) => label.endsWith('.rbias'));
  const [column, ...more] = best.length > 0 ? best : found;
  if (more.length === 0) return column;
  throw new LatentcvError(
    'bad-argument',
    `expected one column of a bias but found ${found.join(', ')}`,
    `say which is to be taken, such as --bias ${column}`,
  );
}
