import type { LatentAnalysis } from './latent-map.js';
import type { SlownessRecord } from './slowness-record.js';
import { carriersOf } from './carriers.js';
import type { RatesRecord } from './rates.js';
import { varianceExplained } from './scores.js';
import type { KoopmanRecord, RescaledTimeRecord } from '../learnable.js';
import type { Curves, Learned } from '../learned.js';
import type { TrainSettings } from '../options.js';
import type { Prepared } from '../prepared.js';

/** What the model file says of its training, as JSON under `latentcv.training`. */
export interface TrainingRecord extends RatesRecord {
  /** With those that went by the number of frames. */
  settings: TrainSettings;
  /** Why this method was taken. */
  reason: string;
  /** What it was trained with, and why. */
  engine: string;
  sources: string[];
  frames: number;
  /** SHA-256 of labels and values. */
  fingerprint: string;
  lagFrames: number;
  trainingPairs: number;
  validationPairs: number;
  batch: number;
  /** Steps of an epoch. */
  stepsPerEpoch: number;
  curves: Curves;
  /** From 0, in the curves. */
  bestEpoch: number;
  /** Which of the restarts was kept, from 0. */
  restart: number;
  /** 1 − reconstruction error / variance, over the validation frames. */
  fractionOfVarianceExplained?: number;
  /** How slow the CVs are, as they are written; absent where frames are not evenly spaced. */
  slowness?: SlownessRecord;
  /** Width of the narrowest basin of each CV as it is written, in its units: what a bias along it takes for its kernels. */
  basinWidths?: number[];
  /** Of a committor: about how many frames its functional rests on, all of them in the transition state. */
  carriers?: number;
  /** Of labelled states that are told apart, by name: the part of the CV's range that 98 % of a state's frames take. */
  stateWidths?: Record<string, number>;
  /** What `eigenvalues` and `timescales` are of, in words. */
  eigenvaluesOf?: string;
  /** Autocorrelation at the lag of each direction of the latent, before it became a CV by its spread. */
  eigenvalues?: number[];
  /**
   * Implied time scale in ps that follows, null where no decay was seen at the lag; with reweighted time, that of the
   * unbiased system.
   */
  timescales?: (number | null)[];
  /** What weights rest on that are sought for pairs off equilibrium, and what reweighted time does. */
  koopmanWeights?: KoopmanRecord;
  rescaledTime?: RescaledTimeRecord;
  /** Part of the frames in each state, of a method that labels frames itself. */
  statePopulations?: number[];
}

/** What a record is made of. */
export interface Recorded {
  prepared: Prepared;
  learned: Learned;
  analysis: LatentAnalysis;
  slowness?: SlownessRecord;
  basinWidths?: number[];
  rates?: RatesRecord;
  stateWidths?: Record<string, number> | undefined;
  /** What it was trained with, and why. */
  engine: string;
}

export function trainingRecord({
  prepared,
  learned,
  analysis: { eigenvalues, timescales },
  slowness,
  basinWidths,
  rates,
  stateWidths,
  engine,
}: Recorded): TrainingRecord {
  const { split, reason, lagFrames, settings, shape } = prepared;
  const { stepsPerEpoch, ...course } = prepared.course;
  const { segments, frames, fingerprint } = prepared.all();
  const { curves, bestEpoch, restart, states } = learned;
  const explained = varianceExplained(prepared, learned);
  const carriers = carriersOf(prepared, learned);
  return {
    settings: { ...settings, ...course },
    reason,
    sources: [...new Set(segments.map((segment) => segment.source))],
    frames,
    fingerprint,
    lagFrames,
    trainingPairs: split.train.now.length,
    validationPairs: split.validation.now.length,
    batch: course.batch,
    stepsPerEpoch,
    curves,
    bestEpoch,
    restart,
    ...(explained === undefined ? {} : { fractionOfVarianceExplained: explained }),
    ...(carriers !== undefined && { carriers }),
    ...(eigenvalues && timescales
      ? {
          eigenvaluesOf: 'the latent, before it was spread',
          eigenvalues,
          timescales: timescales.map((ps) => ps && ps * slowedBy(prepared)),
        }
      : {}),
    ...rates,
    ...(states ? { statePopulations: populations(states, shape.tables.stateCount) } : {}),
    ...(prepared.equilibrium && { koopmanWeights: prepared.equilibrium.record }),
    ...(prepared.rescaledTime && { rescaledTime: prepared.rescaledTime }),
    ...(slowness && { slowness }),
    ...(basinWidths && { basinWidths }),
    ...(stateWidths && { stateWidths }),
    engine,
  };
}

/** Part of the frames in each state. */
function populations(states: Int32Array, count: number): number[] {
  const out = new Array<number>(count).fill(0);
  for (const state of states) out[state] += 1 / states.length;
  return out;
}

/** Reweighted time is counted in the run's own length; the unbiased system takes longer by this. */
function slowedBy({ roles, settings }: Prepared): number {
  return settings.reweightedTime ? Math.exp(roles.logAcceleration ?? 0) : 1;
}
