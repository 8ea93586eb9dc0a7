import { LatentcvError, expectList, expectObject } from '../support/index.js';
import { isBiasOutput } from '../frames/index.js';
import {
  columnsAsked,
  statesOf,
  type DeltaF,
  type RunQuestion,
  type RunStates,
  type SampledRun,
} from '../free-energy/index.js';
import { framesIn } from '../sampling/index.js';
import { findModes, type FoundModes, type ModeOptions } from './find-modes.js';
import { foundAgain, foundFrom, type ModesOfPart } from './found-again.js';
import type { ModeColumn } from './mode-axes.js';
import { joinMode } from './join-modes.js';
import { passages } from './passages.js';
import { freeEnergiesAgainst, populations, type Population } from './populations.js';
import { representatives } from './representatives.js';
import { splitModes } from './split-modes.js';
import { tellApart, type ColumnDifference } from './tell-apart.js';

/** What is asked of the states of a run. */
export interface StatesRequest extends ModeOptions {
  /** Columns that modes are looked for along, and by which frames are near one another. */
  cv: readonly string[];
  /** Columns that may tell states apart; default: all of the run but its bias. */
  columns?: readonly string[];
  /** Whether modes are split where one of these columns shows more than one structure; default true. */
  split?: boolean;
  /** States by rules (`basins`) in place of modes; their cores; how errors are found. */
  question?: RunQuestion;
  /** Which frames may stand for a state; default: all. */
  usable?: (frame: number) => boolean;
  /** How many more frames there are for a state beside the one that stands for it; default 10. */
  examples?: number;
}

/** A frame of a run. */
export interface StateFrame {
  /** In the run's columns. */
  frame: number;
  /** The run, by its first file, and ps. */
  source: string;
  time: number;
  /** The CVs there. */
  values: Record<string, number>;
}

/** A state, with what is known of it; energies in kJ/mol. */
export interface StateOfRun {
  name: string;
  /** Part of the unbiased ensemble. */
  population: number;
  /** Standard error; null where transitions do not determine it. */
  error: number | null;
  /** Free energy above the most populated state, which has 0. */
  deltaF: number | null;
  deltaFError: number | null;
  /** Why an error is not known, of the population or else of ΔF. */
  reason: string | null;
  /** Between it and all others, both ways, in the frames that count. */
  transitions: number;
  /** There and back again, with the state that it exchanged most with. */
  roundTrips: number;
  /** Frames that count. */
  frames: number;
  /** Where the density is highest; null of states by rules. */
  peak: Record<string, number> | null;
  /** Lowest barrier out of it, kT, and its error; null where it touches no other mode, or states are by rules. */
  barrier: { to: string; height: number; error: number } | null;
  /** Columns by which it was split from other modes of one basin of the CVs. */
  splitBy: string[];
  /** Whether both halves of the frames, and each run of several, show it; null of states by rules. */
  foundAgain: boolean | null;
  /** Run by run, where there are several. */
  replicas: Population['replicas'];
  /** Columns by which it differs from the others, the largest difference first. */
  differences: ColumnDifference[];
  /** null where no frame may stand for it. */
  representative: StateFrame | null;
  examples: StateFrame[];
  warnings: string[];
}

/** The states of a run. */
export interface StatesOfRun {
  states: StateOfRun[];
  /** `[from][to]`, passages between cores, and round trips, in the order of the states. */
  transitions: number[][];
  roundTrips: number[][];
  /** Saddles between modes that touch: above each of their peaks in kT, the standard error of the lower, and where, along a column that splits or the CVs. */
  barriers: {
    between: [string, string];
    heights: readonly [number, number];
    error: number;
    saddle: Record<string, number>;
  }[];
  /** What parts of the frames show on their own; none of states by rules. */
  parts: (Omit<ModesOfPart, 'alike'> & { alike: Record<string, number | null> })[];
  /** Widths of the kernels by column; null of states by rules. */
  widths: Record<string, number> | null;
  /** What modes are joined below, kT; null of states by rules. */
  mergeBelow: number | null;
  /** Part of the ensemble that is in none of the states. */
  outside: number;
  /** `[frames]`, from 1, and of the cores. */
  labels: RunStates;
  notes: string[];
}

/**
 * The states of a run: modes of its reweighted density along `cv`, or states by rules, heaviest first.
 * @throws LatentcvError `bad-argument` where neither CVs nor rules are given, `bad-data` where a CV does not vary
 */
export function statesOfRun(run: SampledRun, request: StatesRequest): StatesOfRun {
  expectObject(run, 'run', 'a run, as readSampledRun gives it,');
  expectObject(request, 'request');
  expectList(request.cv, 'request.cv');
  const { question = {}, examples = 10 } = request;
  const byRules = (question.basins ?? []).length > 0;
  const names = request.cv.length > 0 ? request.cv : columnsAsked(question);
  if (names.length === 0)
    throw new LatentcvError(
      'bad-argument',
      'expected columns (‘cv’) or rules (‘basin’) for states but received neither',
    );
  const cvs = names.map((label) => columnOf(run, label));
  const described = describedColumns(run, request).map((label) => columnOf(run, label));
  const splitting = request.split === false ? [] : described.filter(({ label }) => !names.includes(label));
  const { modes, again } = byRules
    ? { modes: undefined, again: [] }
    : shownAgain(cvs, splitting, run, request);
  const labels = modes ? modeStates(modes) : byWeight(statesOf(run, question)!, run);
  const amounts = populations(run, labels, question);
  const reference = amounts.findIndex(
    ({ value }) => value === Math.max(...amounts.map((each) => each.value)),
  );
  const deltaFs = freeEnergiesAgainst(reference, run, labels, question);
  const differences = tellApart(described, labels.states, labels.names.length, run.sample);
  const looks = question.every === undefined ? undefined : { time: run.dataset.time, every: question.every };
  const { counts, roundTrips } = passages(labels.cores, labels.names.length, run.sample.ranges, looks);
  const place = (frame: number): StateFrame => frameOf(run, cvs, frame);
  const states = labels.names.map((name, i): StateOfRun => {
    const { medoid, more } = representatives(cvs, labels.states, i + 1, run.sample, {
      count: examples,
      ...(request.usable && { usable: request.usable }),
    });
    return {
      name,
      ...amountsOf(amounts[i], deltaFs[i], i === reference),
      roundTrips: Math.max(0, ...roundTrips[i]),
      frames: framesOf(labels.states, i + 1, run),
      peak: modes ? byColumn(cvs, modes.modes[i].peak) : null,
      barrier: modes ? lowestBarrier(modes, labels.names, i) : null,
      splitBy: modes ? splitBy(modes, i) : [],
      foundAgain: modes ? isFoundAgain(again, i) : null,
      differences: differences[i],
      representative: medoid === undefined ? null : place(medoid),
      examples: more.map(place),
    };
  });
  return {
    states,
    transitions: counts,
    roundTrips,
    barriers: (modes?.barriers ?? []).map(({ between, saddle, heights, error, along }) => ({
      between: [labels.names[between[0]], labels.names[between[1]]],
      ...{ heights, error, saddle: along === undefined ? byColumn(cvs, saddle) : { [along]: saddle[0] } },
    })),
    parts: again.map(({ alike, ...part }) => ({
      ...part,
      alike: Object.fromEntries(labels.names.map((name, i) => [name, alike[i]])),
    })),
    widths: modes ? byColumn(cvs, modes.widths) : null,
    mergeBelow: modes ? modes.mergeBelow : null,
    outside: outsideOf(labels.states, run),
    labels,
    notes: labels.notes,
  };
}

/** Modes, split, without those that neither half of the frames shows: they are joined to their neighbours. */
function shownAgain(
  cvs: readonly ModeColumn[],
  splitting: readonly ModeColumn[],
  { sample }: SampledRun,
  options: ModeOptions,
): { modes: FoundModes; again: ModesOfPart[] } {
  let modes = splitModes(findModes(cvs, sample, options), splitting, sample, options);
  for (;;) {
    // of a part no other columns are asked than those that split all frames
    const asked = new Set(modes.modes.flatMap(({ splits = [] }) => splits.map(({ column }) => column)));
    const along = splitting.filter(({ label }) => asked.has(label));
    const again = foundAgain(cvs, sample, modes.labels, options, (columns, part, own) =>
      splitModes(findModes(columns, part, own), along, part, own ?? {}),
    );
    const halves = again.slice(0, 2);
    const lost = modes.modes.findLastIndex((_, i) =>
      halves.every(({ alike }) => (alike[i] ?? 0) < foundFrom),
    );
    if (lost < 0 || modes.modes.length === 1) return { modes, again };
    modes = joinMode(modes, lost, cvs);
  }
}

/** Columns that part a mode from another that is still there. */
function splitBy({ modes }: FoundModes, mode: number): string[] {
  const others = modes.filter((_, i) => i !== mode).flatMap(({ splits = [] }) => splits);
  return (modes[mode].splits ?? [])
    .filter(({ basin }) => others.some((other) => other.basin === basin))
    .map(({ column }) => column);
}

const columnOf = ({ values, period }: SampledRun, label: string): ModeColumn => ({
  label,
  values: values(label),
  period: period(label),
});

/** All columns that are read but the bias and what belongs to it, or those that are named. */
function describedColumns({ dataset, bias }: SampledRun, { columns }: StatesRequest): readonly string[] {
  if (columns) return columns;
  const actions = [...bias.weigh, ...bias.bound].map((label) => label.slice(0, label.lastIndexOf('.')));
  return dataset.columns
    .map(({ label }) => label)
    .filter((label) => !isBiasOutput(label) && !actions.some((action) => label.startsWith(`${action}.`)));
}

function modeStates({ modes, labels, cores }: FoundModes): RunStates {
  return { names: modes.map((_, i) => `M${i + 1}`), states: labels, cores, notes: [], doubts: [] };
}

/** States by rules in the order of their weight. */
function byWeight({ names, states, cores, ...words }: RunStates, { sample }: SampledRun): RunStates {
  const weight = names.map(() => 0);
  for (const { start, end } of sample.ranges)
    for (let frame = start; frame < end; frame++)
      if (states[frame] > 0) weight[states[frame] - 1] += sample.weights[frame];
  const order = names.map((_, i) => i).sort((a, b) => weight[b] - weight[a]);
  const renamed = Uint8Array.from([0, ...names.map((_, i) => order.indexOf(i) + 1)]);
  return {
    ...words,
    names: order.map((i) => names[i]),
    states: states.map((label) => renamed[label]),
    cores: cores.map((label) => renamed[label]),
  };
}

function amountsOf(
  { value, error, reason, transitions, replicas, warnings }: Population,
  against: DeltaF | null,
  isReference: boolean,
): Pick<
  StateOfRun,
  'population' | 'error' | 'deltaF' | 'deltaFError' | 'reason' | 'transitions' | 'replicas' | 'warnings'
> {
  return {
    ...{ population: value, error },
    deltaF: isReference ? 0 : (against?.value ?? null),
    deltaFError: isReference ? 0 : (against?.error ?? null),
    reason: reason ?? against?.reason ?? null,
    ...{ transitions, replicas },
    warnings: [...new Set([...warnings, ...(against?.error == null ? [] : against.warnings)])],
  };
}

function framesOf(labels: Uint8Array, label: number, { sample }: SampledRun): number {
  let count = 0;
  for (const { start, end } of sample.ranges)
    for (let frame = start; frame < end; frame++) if (labels[frame] === label) count++;
  return count;
}

function outsideOf(labels: Uint8Array, { sample }: SampledRun): number {
  let [outside, all] = [0, 0];
  if (framesIn(sample.ranges) === 0) return 0;
  for (const { start, end } of sample.ranges)
    for (let frame = start; frame < end; frame++) {
      all += sample.weights[frame];
      if (labels[frame] === 0) outside += sample.weights[frame];
    }
  return outside / all;
}

function byColumn(columns: readonly ModeColumn[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(columns.map(({ label }, i) => [label, values[i]]));
}

function lowestBarrier(
  { barriers }: FoundModes,
  names: readonly string[],
  mode: number,
): StateOfRun['barrier'] {
  const own = barriers
    .filter(({ between }) => between.includes(mode))
    .map(({ between, heights, error }) => {
      const side = between.indexOf(mode);
      return { to: names[between[1 - side]], height: heights[side], error };
    });
  return own.sort((a, b) => a.height - b.height).at(0) ?? null;
}

const isFoundAgain = (parts: readonly ModesOfPart[], mode: number): boolean =>
  parts.every(({ alike }) => (alike[mode] ?? 0) >= foundFrom);

function frameOf({ dataset }: SampledRun, cvs: readonly ModeColumn[], frame: number): StateFrame {
  const segment = dataset.segments.find(({ start, end }) => start <= frame && frame < end)!;
  const values = byColumn(
    cvs,
    cvs.map(({ values: column }) => column[frame]),
  );
  return { frame, source: segment.source, time: dataset.time.at(frame)!, values };
}
