import type { RunQuestion, SampledRun } from '../../free-energy/index.js';
import type { Segment } from '../../frames/index.js';
import { columnsAsked } from '../../free-energy/index.js';
import {
  discardInitial,
  framesIn,
  mbarSample,
  replicasOf,
  sameTemperature,
  temperatureOf,
  thermalEnergy,
  type MbarFrames,
  type MbarSolution,
  type Replica,
} from '../../sampling/index.js';
import { digits, fixed, LatentcvError } from '../../support/index.js';
import { meanOf } from './mean.js';
import { reducedEnergies } from './energies.js';
import { potentialEnergy, type EnergySources } from './potential-energy.js';
import { readWindows } from './read-windows.js';
import { statesOfRuns, type WindowStates } from './states.js';
import { unlikeWindows, type UnlikePair, type WindowFrames } from './unlike-windows.js';
import { windowsWarnings } from './warnings.js';
import type { WindowPart } from './window-part.js';
import type { ReadWindows, WindowReading } from './window-reading.js';
import type { WindowRun } from './window-runs.js';

export interface WindowsRequest extends WindowReading {
  /** Columns that are wanted beside those of the question; the first is the CV. */
  columns: readonly string[];
  question?: RunQuestion;
  /** K, of the ensemble that is asked about; default: the first run's. */
  temperature?: number;
  /** Initial part of every biased run that is left out; default 0.1. */
  discard?: number;
  /** Where the potential energy is told, which runs of several temperatures are weighed by. */
  sources?: EnergySources;
}

/** Where a biased window begins is seldom a frame of its own ensemble. */
export const discardedOfWindows = 0.1;

/** How runs under several biases were weighed. */
export interface WindowsAnalysis {
  /** K */
  temperature: number;
  windows: WindowPart[];
  /** Names of the states, and what MBAR says of them. */
  states: { name: string; temperature: number; freeEnergy: number; mean: number }[];
  /** `[state][state]` */
  overlap: number[][];
  solution: MbarSolution;
  /** What speaks against the windows, a sentence each. */
  warnings: string[];
}

/** Frames of windows, weighed, and how. */
export interface WeighedWindows {
  run: SampledRun;
  analysis: WindowsAnalysis;
  /** Paths of the runs that sampled the ensemble that is asked about as it is, without a bias. */
  unbiased: string[];
  /** Where energies are from that the tables do not hold, a sentence each. */
  energiesFrom: string[];
}

/**
 * Weighs the frames of runs under static biases, none among them, to the unbiased ensemble, by MBAR (`solveMbar`); what bounds all
 * runs alike stays.
 * @throws LatentcvError `bad-data` where windows do not overlap, or a run's input is not the one that ran
 */
export async function weighWindows(
  runs: readonly WindowRun[],
  {
    columns,
    question = {},
    temperature: asked = runs[0]?.temperature,
    discard,
    sources = {},
    ...reading
  }: WindowsRequest,
): Promise<WeighedWindows> {
  const wanted = [...new Set([...columns, ...columnsAsked(question)])];
  const alike = (each: number | undefined) =>
    asked !== undefined && each !== undefined && sameTemperature(each, asked);
  const temperature = runs.find((run) => alike(run.temperature))?.temperature ?? asked;
  const untold = runs.find((run) => run.temperature === undefined);
  if (untold || temperature === undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected the temperature of ${untold?.path ?? 'the runs'} but nothing tells it`,
      'say it with ‘temperature’',
    );
  const all = await readWindows(runs, wanted, reading);
  const states = statesOfRuns(all.windows);
  const hot = states.states.some((state) => state.temperature !== temperature);
  const told = hot ? await potentialEnergy(all.windows, all.dataset, sources) : undefined;
  const read = told ? { ...all, dataset: told.dataset } : all;
  const { dataset } = read;
  const replicas = withoutBeginnings(read, discard);
  const origin = originOf(dataset.frames, replicas, runs, states);
  const { energies, target } = reducedEnergies(states, dataset, temperature, told?.potential);
  const input = { states: states.states.map(({ name }) => name), energies, origin };
  const ranges = replicas.flatMap((replica) => replica.ranges);
  const sample = mbarSample(input, temperature, { ranges, ...(target && { target }) });
  const cv = wanted[0] ?? (read.driven ? undefined : dataset.columns[0].label);
  const unlike = cv === undefined ? [] : unlikeWindows(framesAlong(cv, { read, states, replicas }), cv);
  const analysis = analysisOf({ read, states, replicas, mbar: sample.mbar, temperature, cv, unlike });
  const cuts = cutsOf(unlike, columnsAsked(question), cv);
  return {
    analysis,
    energiesFrom: [...(read.driven ?? []), ...(told?.notes ?? [])],
    unbiased: states.states
      .filter((state) => state.biases.length === 0 && state.temperature === temperature)
      .flatMap((state) => state.runs.map((i) => runs[i].path)),
    run: {
      dataset,
      sample: { ...sample, mbar: { ...sample.mbar, cuts } },
      bias: { weigh: [], bound: [], notes: [] },
      notes: [...notesOf(read, states, replicas, analysis, discard), ...(told?.notes ?? [])],
      values: dataset.values,
      period: dataset.period,
    },
  };
}

/** The runs without their beginnings; of runs without a bias nothing is left out unless asked. */
function withoutBeginnings({ windows, dataset }: ReadWindows, discard: number | undefined): Replica[] {
  const biased = new Map(windows.map(({ run, biases }) => [run.path, biases.length > 0]));
  return replicasOf(dataset.segments).flatMap((replica) =>
    discardInitial([replica], discard ?? (biased.get(replica.source) ? discardedOfWindows : 0)),
  );
}

/** Which state each frame that counts was sampled in. */
function originOf(
  frames: number,
  replicas: readonly Replica[],
  runs: readonly WindowRun[],
  { states }: WindowStates,
): Int32Array {
  const origin = new Int32Array(frames).fill(-1);
  const ofRun = new Map(states.flatMap((state, i) => state.runs.map((run) => [runs[run].path, i])));
  for (const { source, ranges } of replicas)
    for (const { start, end } of ranges) origin.fill(ofRun.get(source)!, start, end);
  return origin;
}

interface Solved {
  read: ReadWindows;
  states: WindowStates;
  replicas: readonly Replica[];
  mbar: MbarFrames;
  temperature: number;
  cv: string | undefined;
  unlike: readonly UnlikePair[];
}

/** Between neighbours that surely hold something else in a column of the states that are asked about: each knows but one side of it. */
function cutsOf(
  unlike: readonly UnlikePair[],
  asked: readonly string[],
  cv: string | undefined,
): NonNullable<MbarFrames['cuts']> {
  return unlike.flatMap(({ between, below, surely }) => {
    const column = surely.find((each) => asked.includes(each));
    if (column === undefined) return [];
    return [
      { beyond: below, why: `windows ${between.join(' and ')} hold another ${column} at the same ${cv}` },
    ];
  });
}

function analysisOf({ read, states, replicas, mbar, temperature, cv, unlike }: Solved): WindowsAnalysis {
  const { dataset, windows } = read;
  const { solution } = mbar;
  const parts = windows.map(({ run, biases }, i): WindowPart => {
    const ranges = rangesOf(run, replicas);
    const state = states.states.findIndex((each) => each.runs.includes(i));
    const own = cv === undefined ? new Float64Array() : valuesIn(dataset.values(cv), ranges);
    const { inefficiency = 1 } = mbar.windows.find((window) => window.state === state) ?? {};
    const frames = dataset.segments.filter(({ source }) => source === run.path);
    return {
      name: run.name,
      path: run.path,
      state,
      temperature: run.temperature!,
      frames: frames.reduce((sum, { start, end }) => sum + end - start, 0),
      analysedFrames: framesIn(ranges),
      mean: meanOf(own, cv === undefined ? undefined : dataset.period(cv)),
      biases: biases.map(({ statement, label }) => wordsOf(label, statement)),
      inefficiency,
      effectiveFrames: framesIn(ranges) / inefficiency,
    };
  });
  return {
    temperature,
    windows: parts,
    states: states.states.map(({ name, temperature: own, runs }, i) => ({
      name,
      temperature: own,
      freeEnergy: solution.f[i] * thermalEnergy(own),
      mean: parts[runs[0]].mean,
    })),
    overlap: solution.overlap.map((row) => [...row]),
    solution,
    warnings: [
      ...windowsWarnings(
        solution,
        parts,
        states.states.map(({ runs }) => parts[runs[0]].mean),
        cv,
      ),
      ...unlike.map(({ words }) => words),
    ],
  };
}

/** Frames that count of the windows at one temperature whose biases act on the CV alone, with the other columns that were read. */
function framesAlong(
  cv: string,
  { read: { dataset, windows }, states: { states }, replicas }: Pick<Solved, 'read' | 'states' | 'replicas'>,
): WindowFrames[] {
  const alone = states.filter(
    ({ biases, temperature }) =>
      temperature === states[0].temperature &&
      biases.every(({ columns }) => columns.every((each) => each === cv)),
  );
  const others = dataset.columns.map(({ label }) => label).filter((label) => label !== cv);
  if (dataset.period(cv) !== undefined) return [];
  return alone.flatMap(({ runs }) =>
    runs.map((i) => {
      const { run } = windows[i];
      const ranges = rangesOf(run, replicas);
      const own = (label: string): Float64Array => valuesIn(dataset.values(label), ranges);
      return {
        name: run.name,
        state: states.findIndex((each) => each.runs.includes(i)),
        coordinate: own(cv),
        others: others.map((label) => ({ label, values: own(label), period: dataset.period(label) })),
      };
    }),
  );
}

/** Where the frames of a run lie that count. */
const rangesOf = ({ path }: WindowRun, replicas: readonly Replica[]): Segment[] =>
  replicas.filter(({ source }) => source === path).flatMap((replica) => replica.ranges);

/** A column's values in some ranges, one after the other. */
function valuesIn(values: Float32Array | Float64Array, ranges: readonly Segment[]): Float64Array {
  const found = new Float64Array(framesIn(ranges));
  let at = 0;
  for (const { start, end } of ranges) {
    found.set(values.subarray(start, end), at);
    at += end - start;
  }
  return found;
}

function wordsOf(
  label: string,
  { action, keywords }: { action: string; keywords: Map<string, string> },
): string {
  return [`${label}: ${action}`, ...[...keywords].map(([key, value]) => `${key}=${value}`)].join(' ');
}

/** What changes the numbers, one sentence each. */
function notesOf(
  { dataset, checked, unchecked, driven, windows: runs }: ReadWindows,
  { states, common }: WindowStates,
  replicas: readonly Replica[],
  { temperature, windows }: WindowsAnalysis,
  discard: number | undefined,
): string[] {
  const kept = replicas.reduce((sum, { ranges }) => sum + framesIn(ranges), 0);
  const left = dataset.frames - kept;
  const independent = windows.reduce((sum, { effectiveFrames }) => sum + effectiveFrames, 0);
  const actions = [...new Set(states.flatMap(({ biases }) => biases.map(({ action }) => action)))];
  return [
    `${windows.length} runs under ${states.length} ${states.length === 1 ? 'state' : 'different biases or temperatures'} are weighed together by MBAR, to the ensemble without bias at ${runs[0].run.units.natural ? `kT = ${digits(temperature / temperatureOf(1), 6)}` : `${digits(temperature, 6)} K`}`,
    ...(driven ?? [
      `energies are those of the runs' own statements (${actions.join(', ') || 'no bias'}) on printed columns` +
        (checked + unchecked === 0
          ? ''
          : `; ${checked} of ${checked + unchecked} were compared with what the runs printed of them, and agree`),
    ]),
    ...(common.length > 0
      ? [
          `${common.map(({ label, action }) => `${label} (${action})`).join(', ')} acts on all runs alike and stays in the ensemble`,
        ]
      : []),
    `${kept} of ${dataset.frames} frames are analysed` +
      (left > 0
        ? `: the first ${discard ?? discardedOfWindows} of every ${discard === undefined ? 'biased ' : ''}run is left out (‘discard’)`
        : '') +
      `; they are worth ${fixed(independent, 0)} independent ones`,
  ];
}
