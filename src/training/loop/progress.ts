import { mapValues, type Feeds } from '../../graph/index.js';
import { startLinear } from './linear-start.js';
import type { TrainSettings } from '../options.js';
import { type Prepared, Random } from '../data/index.js';
import type { Curves } from '../outcome/index.js';
import type { LabellingProgress } from './relabel.js';
import { initialValues, type Packing } from './state.js';

/** What is told after every epoch. */
export interface EpochReport {
  /** From 1. */
  epoch: number;
  epochs: number;
  restart: number;
  restarts: number;
  train: number;
  validation: number;
  /** Best validation loss so far in this restart. */
  best: number;
  /** Training frames (pairs) a second. */
  rate: number;
  /** Seconds left if no restart stops early. */
  secondsLeft: number;
}

export interface FitHooks {
  onEpoch?: (report: EpochReport) => void;
  /** Told of everything unusual that does not stop the training. */
  onWarning?: (message: string) => void;
  /** Looked at after every few hundred steps; an `AbortSignal` does. */
  signal?: { readonly aborted: boolean };
}

/** Where one training stands after an epoch: all that the rest of it depends on. */
export interface FitProgress {
  /** Epochs done. */
  epoch: number;
  /** Steps done. */
  steps: number;
  /** State of the random generator. */
  random: readonly number[];
  /** Parameters and Adam's moments. */
  state: Record<string, Float64Array>;
  best: { loss: number; epoch: number; values: Float64Array[] };
  curves: Curves;
  /** Of a method that labels frames itself. */
  labelling?: LabellingProgress;
}

/** Where a training goes on from, and who keeps what it has reached. */
export interface FitSaving {
  from?: FitProgress;
  /** Called after every epoch. */
  reached?: (progress: FitProgress) => void;
}

/** One finished training: values at the best epoch. */
export interface Fit {
  packings: Packing[];
  values: Float64Array[];
  curves: Curves;
  bestEpoch: number;
  bestLoss: number;
  /** State of each frame, of a method that labels frames itself. */
  states?: Int32Array;
  /** It had its most epochs before its patience was at an end. */
  atMostEpochs?: boolean;
}

/** Where a training of these seeds begins. */
export function beginning(
  prepared: Prepared,
  settings: TrainSettings,
  packings: Packing[],
  restart: number,
): FitProgress {
  const random = new Random(settings.seed + 7919 * restart);
  const values = initialValues(packings, random);
  if (settings.start === 'linear') startLinear(prepared, settings, packings, values);
  const state = Object.fromEntries(
    packings.flatMap(({ name, size }, i) => [
      [name, values[i]],
      [`${name}.m1`, new Float64Array(size)],
      [`${name}.m2`, new Float64Array(size)],
    ]),
  ) as FitProgress['state'];
  const best = { loss: Infinity, epoch: -1, values };
  return {
    epoch: 0,
    steps: 0,
    random: random.state,
    state,
    best,
    curves: { train: [], validation: [], parts: {} },
  };
}

/** The parameters as feeds. */
export function valueFeeds(packings: Packing[], values: Float64Array[]): Feeds {
  return Object.fromEntries(
    packings.map(({ name, size }, i) => [name, { shape: [size], data: values[i] }] as const),
  );
}

/** The state of a training as feeds. */
export function flatFeeds(state: Record<string, Float64Array>): Feeds {
  return mapValues(state, (data) => ({ shape: [data.length], data }));
}
