import type { Seconds } from '../contestants/stopwatch.js';
import { median, shown, table } from '../table.js';
import type { EngineName } from './engines.js';
import type { Round, Timing } from './time-training.js';
import { networkOf, type TrainCase } from './train-case.js';

/** One network on so many frames with so many threads. */
export interface Result extends Round {
  network: TrainCase;
  frames: number;
  threads: number;
}

/** What `--json` prints an array of. */
export interface TrainRow {
  network: string;
  engine: EngineName;
  frames: number;
  threads: number;
  /** CPU time of the process with one thread, which other programs do not lengthen; with more, time on the wall. */
  clock: keyof Seconds;
  /** Smallest; of mlcolvar, whose steps cannot be had alone, its epoch divided by the steps in it. */
  stepMilliseconds: number | null;
  stepMillisecondsMedian: number | null;
  /** Smallest time of the products of matrices in a step, by ONNX Runtime; the step's smallest time against it. */
  arithmeticMilliseconds: number | null;
  ratioToArithmetic: number | null;
  epochSeconds: number;
  epochSecondsMedian: number;
  /** Times faster than mlcolvar, an epoch; than PyTorch eager, a step; by the smallest times. */
  ratioToMlcolvar: number | null;
  ratioToPytorch: number | null;
  peakMegabytes: number;
}

const batch = 256;

export function rowsOf(result: Result): TrainRow[] {
  const of = (name: EngineName): Timing | undefined => result.timings.find(({ engine }) => engine === name);
  const [mlcolvar, pytorch] = [of('mlcolvar'), of('pytorch')];
  const clock = result.threads === 1 ? 'cpu' : 'wall';
  const step = (timing: Timing): number[] => stepsOf(timing, result.frames, clock);
  const least = (timing: Timing | undefined, values: (timing: Timing) => number[]): number | null =>
    timing && values(timing).length > 0 ? Math.min(...values(timing)) : null;
  const epoch = (timing: Timing): number[] => timing.epochs.map((seconds) => seconds[clock]);
  const products = (timing: Timing): number[] => timing.arithmetic.map((seconds) => 1000 * seconds[clock]);
  const ratio = (a: number | null, b: number | null): number | null =>
    a === null || b === null ? null : a / b;
  return result.timings.map((timing) => ({
    ...{ network: result.network.name, engine: timing.engine, frames: result.frames },
    ...{ threads: result.threads, clock },
    stepMilliseconds: least(timing, step),
    stepMillisecondsMedian: step(timing).length > 0 ? median(step(timing)) : null,
    arithmeticMilliseconds: least(timing, products),
    ratioToArithmetic: ratio(least(timing, step), least(timing, products)),
    epochSeconds: Math.min(...epoch(timing)),
    epochSecondsMedian: median(epoch(timing)),
    ratioToMlcolvar: ratio(least(mlcolvar, epoch), least(timing, epoch)),
    ratioToPytorch: ratio(least(pytorch, step), least(timing, step)),
    peakMegabytes: timing.peakMegabytes,
  }));
}

/** Milliseconds. */
function stepsOf({ engine, steps, epochs }: Timing, frames: number, clock: keyof Seconds): number[] {
  const inEpoch = Math.ceil(frames / batch);
  if (engine === 'mlcolvar') return epochs.map((seconds) => (1000 * seconds[clock]) / inEpoch);
  return steps.map((seconds) => 1000 * seconds[clock]);
}

const both = (min: number | null, median: number | null): string =>
  min === null || median === null ? '–' : `${shown(min)} (${shown(median)})`;

/** Smallest and, in brackets, median times; expected ratios beside ours. */
export function trainTable(results: readonly Result[]): string {
  const head = [
    ...['network', 'frames', 'threads', 'engine', 'step, ms', 'its products alone, ms', 'epoch, s'],
    ...['epoch: times faster than mlcolvar', 'step: times faster than PyTorch eager', 'peak memory, MB'],
  ];
  const body = results.flatMap((result) => rowsOf(result).map((row) => cells(result, row)));
  return table([head, ...body]);
}

function cells({ network }: Result, row: TrainRow): string[] {
  const bars = row.engine === 'onnxruntime' && row.threads === 1 ? network.bars : undefined;
  const ratio = (value: number | null, bar: number | undefined): string =>
    value === null ? '–' : `${shown(value)}${bar === undefined ? '' : ` (≥ ${bar})`}`;
  return [
    ...[`${network.name} ${networkOf(network)}`, row.frames.toLocaleString('en-GB'), String(row.threads)],
    row.engine,
    both(row.stepMilliseconds, row.stepMillisecondsMedian),
    row.arithmeticMilliseconds === null
      ? '–'
      : `${shown(row.arithmeticMilliseconds)}: ${row.ratioToArithmetic!.toFixed(2)} times`,
    both(row.epochSeconds, row.epochSecondsMedian),
    ratio(row.ratioToMlcolvar, bars?.epoch),
    ratio(row.ratioToPytorch, bars?.step),
    shown(row.peakMegabytes),
  ];
}

/** What the reader of the table has to know. */
export function notes(results: readonly Result[]): string {
  const worst = Math.max(...results.map((result) => result.worst));
  const absent = new Map(results.flatMap((result) => result.absent).map(({ engine, why }) => [engine, why]));
  return [
    'Smallest (median) times, engines in turn, batch 256, Adam; CPU time of the process with one thread, time on the',
    'wall with more. Products alone: the matrices that a step multiplies, by the same ONNX Runtime, and what a step costs against them.',
    'An epoch ends with its validation on a quarter as many frames; the first is not counted.',
    `Losses of the first 78 steps were equal within ${worst.toExponential(1)}. mlcolvar's step is its epoch divided by the`,
    'steps in it; its own scaling of inputs is off.',
    ...[...absent].map(([engine, why]) => `${engine} is left out: ${why}`),
  ].join('\n');
}
