import { readColumns, tableLabels, type Column, type FrameColumns } from '../frames/index.js';
import {
  LatentcvError,
  digits,
  fixed,
  expectList,
  expectNumber,
  expectObject,
  expectPaths,
} from '../support/index.js';
import {
  biasColumns,
  sameBiasColumns,
  coreEvents,
  framesBeyondWalls,
  framesIn,
  replicasOf,
  reweight,
  thermalEnergy,
  unbiasedSample,
  wallsInWords,
  type BiasColumns,
  type Numbers,
  type WeightedSample,
} from '../sampling/index.js';
import { differingStaticBiases } from './bias-course.js';
import { stateSums, type StateSums } from './delta-f.js';
import { columnsAsked, runStates, type RunQuestion, type RunStates } from './states.js';

export interface SampledRunOptions {
  /** Columns that are wanted beside those of the question and the bias; the first is the CV. */
  columns: readonly string[];
  question?: RunQuestion;
  /** K */
  temperature: number;
  /** Which of the files' columns weigh; default: `biasColumns`, by their names. */
  biasColumns?: (labels: readonly string[]) => BiasColumns;
  /** kJ/mol per unit of the bias, ps per unit of time; default 1. */
  energyUnit?: number;
  timeUnit?: number;
  /** Initial fraction of every run that is left out; default 0.2 of a biased run, 0 of one without a bias. */
  discard?: number;
  replicas?: 'independent' | 'shared';
  /** First and last time taken, ps. */
  begin?: number;
  end?: number;
  /** Files of one folder are parts of one run, whose bias has one zero. */
  parts?: boolean;
  /** Why no error of a free energy by these frames is known, in words. */
  problem?: string | undefined;
  onWarning?: (line: string) => void;
}

/** Frames of a run with their weights, and its columns by name. */
export interface SampledRun {
  dataset: FrameColumns;
  sample: WeightedSample;
  bias: BiasColumns;
  /** What changes its numbers, one sentence each: the bias taken, frames left out. */
  notes: string[];
  /** What speaks against all of its numbers, a sentence each: that it was not at its temperature. */
  doubts?: readonly string[];
  /** A column's values `[frames]`. */
  values: (column: string) => Numbers;
  period: (column: string) => readonly [number, number] | undefined;
}

/**
 * Reads COLVAR files (replicas of a run, or with `parts` its parts) and weighs their frames by the bias.
 * @throws LatentcvError `bad-data` or `bad-argument` where a column is missing, the bias is not clear, or files were run
 * under static biases that differ
 */
export async function readSampledRun(
  files: readonly string[],
  options: SampledRunOptions,
): Promise<SampledRun> {
  expectPaths(files, 'files');
  expectObject(options, 'options');
  expectList(options.columns, 'options.columns');
  expectNumber(options.temperature, 'options.temperature', { positive: true });
  const { dataset, bias } = await readFrames(files, options);
  return weighRun(dataset, bias, { ...options, consume: true });
}

/** How frames that are in memory are weighed. */
export interface WeighOptions extends Pick<
  SampledRunOptions,
  'columns' | 'question' | 'temperature' | 'energyUnit' | 'discard' | 'replicas' | 'problem'
> {
  /** The columns of the bias may be written over, so that a long run takes less memory; default: they stay as they are. */
  consume?: boolean;
}

/**
 * Weighs the frames of a run by its bias.
 * @throws LatentcvError `bad-data` where runs were made under static biases that differ, or a bias is not finite
 */
export function weighRun(
  dataset: FrameColumns,
  bias: BiasColumns,
  { consume = false, ...options }: WeighOptions,
): SampledRun {
  const { columns, question = {}, temperature, replicas = 'independent', discard, problem } = options;
  const { values } = dataset;
  const wanted = [...columns, ...columnsAsked(question)];
  const overwrite = consume && dataset.single && !wanted.includes(bias.weigh[0]);
  const [first, ...others] = bias.weigh.map(values);
  const columnsOfBias = first && [consume ? first : first.slice(), ...others];
  const total = summed(columnsOfBias ?? [], options.energyUnit ?? 1);
  const weighing = { runs: replicasOf(dataset.segments), replicas, overwrite, discard };
  const weighted = total
    ? reweight(total, temperature, weighing)
    : unbiasedSample(dataset.frames, temperature, weighing);
  const sample = problem === undefined ? weighted : { ...weighted, problem };
  const cv = columns[0] ?? columnsAsked(question)[0];
  if (total && cv !== undefined && !bias.builtUp) refuseWindows(values(cv), sample);
  const notes = [...bias.notes, ...wallNotes(dataset, bias, options), ...framesNote(dataset, sample)];
  return { dataset, sample, bias, notes, values, period: dataset.period };
}

/**
 * The states that a question is about, and the sums that answer it for two of them.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function statesOf(run: SampledRun, question: RunQuestion): RunStates | undefined {
  expectObject(run, 'run', 'a run, as readSampledRun gives it,');
  expectObject(run.dataset, 'run.dataset', 'a run, as readSampledRun gives it,');
  const { dataset, sample, values } = run;
  const column = (label: string): Column => dataset.columns.find((each) => each.label === label)!;
  const place = (frame: number): string => {
    const segment = dataset.segments.find(({ end }) => frame < end);
    return `at ${digits(dataset.time.at(frame)!, 9)} ps of ${segment?.source ?? 'the run'}`;
  };
  return runStates(
    { frames: dataset.frames, column, values, weights: sample.weights, ranges: sample.ranges, place },
    question,
  );
}

/** For two of the states, by their labels (default 1 and 2). */
export function sumsOf(
  { dataset, sample }: SampledRun,
  { names, states, cores }: RunStates,
  { every }: RunQuestion,
  pair: readonly [number, number] = [1, 2],
): StateSums {
  const looks = every === undefined ? undefined : { time: dataset.time, every };
  const [a, b] = pair;
  const called = [names[a - 1], names[b - 1]] as const;
  return stateSums({ sample, states, cores, pair, names: called, looks });
}

/**
 * Transitions between two of the states in all frames, those that are left out too.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function runTransitions(
  run: SampledRun,
  states: RunStates,
  question: RunQuestion,
  pair: readonly [number, number] = [1, 2],
): number {
  expectObject(run, 'run', 'a run, as readSampledRun gives it,');
  expectObject(states, 'states', 'states, as statesOf gives them,');
  expectObject(question, 'question');
  const [{ dataset }, { cores }, { every }] = [run, states, question];
  const looks = every === undefined ? undefined : { time: dataset.time, every };
  return coreEvents(cores, pair, dataset.segments, looks).length;
}

/** Simulated time of all runs together, ns. */
export function nanosecondsOf({ dataset: { segments, time } }: SampledRun): number {
  return segments.reduce((sum, { start, end }) => sum + (time.at(end - 1)! - time.at(start)!) / 1000, 0);
}

async function readFrames(
  files: readonly string[],
  { columns, question = {}, timeUnit, begin, end, parts, onWarning, ...options }: SampledRunOptions,
): Promise<{ dataset: FrameColumns; bias: BiasColumns }> {
  const choose = options.biasColumns ?? ((labels) => biasColumns(labels));
  const tables = await Promise.all(files.map(async (path) => ({ path, labels: await tableLabels(path) })));
  const bias = sameBiasColumns(tables, choose);
  const dataset = await readColumns(files, {
    columns: [...new Set([...columns, ...columnsAsked(question), ...bias.weigh, ...bias.bound])],
    timeUnit,
    begin,
    end,
    parts: parts ? parts : undefined,
    onWarning,
  });
  return { dataset, bias };
}

/** The sum of columns in kJ/mol, put into the first of them; undefined for none. */
function summed(columns: readonly Numbers[], unit: number): Numbers | undefined {
  const [total, ...more] = columns;
  if (!total) return undefined;
  for (const column of more) for (let i = 0; i < total.length; i++) total[i] += column[i];
  if (unit !== 1) for (let i = 0; i < total.length; i++) total[i] *= unit;
  return total;
}

function refuseWindows(cv: Numbers, sample: WeightedSample): void {
  const two = differingStaticBiases(cv, sample);
  if (!two) return;
  throw new LatentcvError(
    'bad-data',
    `expected runs under one bias, or each under one that was built as it ran, but those of ${two[0].source} and ${two[1].source} are static and differ`,
    'windows combine by MBAR, which takes the PLUMED input of each: lay it beside its table as plumed.dat, without ‘bias’ and ‘plumed’',
  );
}

function wallNotes(
  { values, frames }: FrameColumns,
  { bound }: BiasColumns,
  { temperature, energyUnit = 1 }: SampledRunOptions,
): string[] {
  if (bound.length === 0) return [];
  const beyond = framesBeyondWalls(bound.map(values), thermalEnergy(temperature) / energyUnit);
  return [wallsInWords(bound, beyond, frames)];
}

function framesNote({ frames, single }: FrameColumns, sample: WeightedSample): string[] {
  const kept = framesIn(sample.ranges);
  const runs = sample.replicas.length;
  return [
    `${kept} of ${frames} frames are analysed` +
      (kept < frames
        ? `: the first ${frames - kept}${runs > 1 ? `, the beginnings of ${runs} runs,` : ''} are left out (‘discard’)`
        : '') +
      `; their effective sample size is ${fixed(sample.effectiveSize, 0)}`,
    ...(single ? ['columns are held in single precision, since they are long'] : []),
  ];
}
