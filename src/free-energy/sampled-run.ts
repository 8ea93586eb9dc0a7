import { columnValues, readTables, tableLabels, type TableDataset } from '../frames/index.js';
import { biasColumns, type BiasColumns } from '../sampling/bias-columns.js';
import { thermalEnergy } from '../sampling/thermal.js';
import { framesBeyondWalls, wallsInWords } from '../sampling/walls.js';
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
  /** Which of the files' columns weigh; default: `biasColumns`, by their names. */
  biasColumns?: (labels: readonly string[]) => BiasColumns;
  /** kJ/mol per unit of the bias, ps per unit of time; default 1. */
  energyUnit?: number;
  timeUnit?: number;
  /** Initial fraction of every replica that is left out; default 0.2 of a biased run. */
  discard?: number;
  replicas?: 'independent' | 'shared';
  /** First and last time taken, ps. */
  begin?: number;
  end?: number;
  onWarning?: (line: string) => void;
  /** Told which columns weigh, and what walls did. */
  onNote?: (line: string) => void;
}

/** Frames of a run with their weights, and its columns by name. */
export interface SampledRun {
  dataset: TableDataset;
  sample: WeightedSample;
  /** Columns whose sum weighs; none for a run without a bias. */
  biasColumns: readonly string[];
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
  const choose = options.biasColumns ?? ((labels) => biasColumns(labels));
  const columns = choose(await tableLabels(files[0]));
  const dataset = await readColumns(files, columns, options);
  const values = (column: string): Float64Array => columnValues(dataset, column);
  const { temperature, replicas = 'independent', discard, energyUnit = 1 } = options;
  const weighing = {
    runs: replicasOf(dataset.segments),
    replicas,
    ...(discard !== undefined && { discard }),
  };
  const sample =
    columns.weigh.length === 0
      ? unbiasedSample(dataset.frames, temperature, weighing)
      : reweight(summed(columns.weigh.map(values), energyUnit), temperature, weighing);
  for (const note of columns.notes) options.onNote?.(note);
  if (columns.bound.length > 0) {
    const beyond = framesBeyondWalls(columns.bound.map(values), thermalEnergy(temperature) / energyUnit);
    options.onNote?.(wallsInWords(columns.bound, beyond, dataset.frames));
  }
  const period = (label: string) => dataset.columns.find((column) => column.label === label)?.period;
  return { dataset, sample, biasColumns: columns.weigh, values, period };
}

/** The bias of each frame `[frames]`, kJ/mol. */
function summed(columns: readonly Float64Array[], unit: number): Float64Array {
  const sum = new Float64Array(columns[0].length);
  for (const column of columns) for (let i = 0; i < sum.length; i++) sum[i] += unit * column[i];
  return sum;
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

async function readColumns(
  files: readonly string[],
  { weigh, bound }: BiasColumns,
  options: SampledRunOptions,
): Promise<TableDataset> {
  const { begin, end, question = {}, onWarning, timeUnit } = options;
  const asked = [question.basin?.column, question.basinA?.column, question.cores?.column];
  const wanted = [...options.columns, ...asked.filter((column) => column !== undefined)];
  return readTables(files, {
    columns: [...wanted, ...weigh, ...bound],
    ...(begin !== undefined && { begin }),
    ...(end !== undefined && { end }),
    ...(timeUnit !== undefined && { timeUnit }),
    ...(onWarning && { onWarning }),
  });
}
