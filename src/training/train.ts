import { chooseRuntime, type Runtime } from '../runtimes/index.js';
import type { Dataset } from '../frames/index.js';
import { methods } from '../models/index.js';
import {
  type Reals,
  Saver,
  type CheckpointOptions,
  goesOn,
  fit,
  framesOf,
  trainingIdentity,
  type TrainingFrames,
  type Fit,
  type FitHooks,
  type FitProgress,
  solved,
  stillFalling,
  stillFallingWarning,
  unpackArrays,
  appliedGraph,
  names,
} from './loop/index.js';
import {
  encoderGraph,
  type EncoderGraph,
  analyseLatent,
  project,
  type LatentAnalysis,
  type TrainingRecord,
  slownessRecord,
  applySpread,
  fitSpread,
} from './outcome/index.js';
import {
  needsDouble,
  ranges,
  wholeInMemory,
  type PartSource,
  prepare,
  type Prepared,
  allSamples,
  type Samples,
} from './data/index.js';
import { LatentcvError } from '../support/index.js';
import { trainSettings, type TrainOptions, type TrainSettings } from './options.js';

/** A trained encoder, before it is written. */
export interface TrainedEncoder {
  method: string;
  /** Papers of the method. */
  references: readonly string[];
  /** `45-64-32-2 tanh` */
  network: string;
  graph: EncoderGraph;
  /** Names of the properties that it predicts. */
  properties?: string[];
  record: TrainingRecord;
  /** CVs of the training frames `[frames, k]`. */
  cv: Float64Array;
  /** State of each frame, of a method that labels frames itself. */
  states?: Int32Array;
  /** What the model has to be evaluated in, where single precision is not enough for its inputs. */
  precision?: 'double';
  /** The most epochs, where these ended it (or one of its restarts): more may make it better. */
  atMostEpochs?: number;
  /** Ranges of the CVs over the training frames. */
  outputs: { min: number[]; max: number[] };
  /** Ranges of the columns over the training frames. */
  inputs: { min: number[]; max: number[] };
}

/** What is told while an encoder is trained, and where it is kept. */
export interface TrainHooks extends FitHooks {
  checkpoint?: CheckpointOptions;
}

/**
 * `train` in the calling thread, which cannot do anything else meanwhile.
 * @throws LatentcvError as `train` does.
 */
export async function trainHere(
  dataset: Dataset,
  options: TrainOptions = {},
  hooks: TrainHooks = {},
): Promise<TrainedEncoder> {
  const settings = trainSettings(options);
  const prepared = prepare(dataset, settings);
  return trainPrepared(framesOf(dataset), { prepared, settings, parts: wholeInMemory(prepared) }, hooks);
}

/** A training whose data are checked and whose frames come from somewhere. */
export interface ReadyTraining {
  prepared: Prepared;
  settings: TrainSettings;
  parts: PartSource;
}

/** @param about all the data, of which `prepared` may hold a sample */
export async function trainPrepared(
  about: TrainingFrames,
  ready: ReadyTraining,
  hooks: TrainHooks,
): Promise<TrainedEncoder> {
  const { prepared, settings } = ready;
  const double = needsDouble(prepared.map, prepared.scaling).map((i) => prepared.inputs.columns[i].label);
  for (const warning of [...prepared.warnings, ...doubleWarning(double)]) hooks.onWarning?.(warning);
  const { runtime, reason } = await chooseRuntime(settings);
  const { course } = prepared;
  const identity = trainingIdentity(about, prepared);
  const saver = new Saver({ settings, identity, course }, hooks.checkpoint, hooks.onWarning);
  const { best, restart, atMostEpochs } = await fitted(ready, runtime, hooks, saver);
  const more = hooks.checkpoint && !saver.failed ? '--resume --epochs' : '--epochs';
  if (stillFalling(best, course.epochs)) hooks.onWarning?.(stillFallingWarning(course.epochs, more));
  const latent = await latentOf(prepared, best, runtime);
  const analysis = analyse(latent, prepared, settings);
  const even = project(latent, analysis.map);
  const spread = settings.spread > 0 ? fitSpread(even, settings.latent, settings.spread) : undefined;
  const cv = spread ? applySpread(spread, even) : even;
  const slowness = slownessRecord(cv, prepared, settings);
  const trained = unpackArrays(best.packings, best.values);
  const { method, map, scaling, inputs, shape } = prepared;
  return {
    method: prepared.name,
    references: methods[prepared.name].references,
    network: method.network ?? networkOf(shape.tables.width, settings),
    graph: encoderGraph(
      method,
      trained,
      inputs.columns.length,
      map,
      scaling,
      analysis.map,
      spread,
      prepared.propertyScaling,
    ),
    properties: prepared.propertyScaling && prepared.propertyScaling.names,
    record: {
      ...trainingRecord(about, settings, prepared, best, restart, analysis),
      ...(slowness && { slowness }),
      engine: `${runtime.name}, ${settings.device}: ${reason}`,
    },
    cv,
    states: best.states,
    atMostEpochs: atMostEpochs ? course.epochs : undefined,
    precision: double.length > 0 ? ('double' as const) : undefined,
    outputs: ranges(cv, settings.latent),
    inputs: ranges(inputs.data, inputs.columns.length),
  };
}

function doubleWarning(labels: readonly string[]): string[] {
  if (labels.length === 0) return [];
  const others = labels.length > 1 ? ` and ${labels.length - 1} more` : '';
  return [
    `the model is written in double precision: ${labels[0]}${others} varies by less of its size than single precision keeps ` +
      '(a column measured from its mean would not need it)',
  ];
}

const networkOf = (features: number, { hidden, latent, activation }: TrainSettings): string =>
  `${[features, ...hidden, latent].join('-')} ${activation}`;

/** The best of all restarts, and whether one of them was ended by its most epochs. */
export async function fitted(
  ready: ReadyTraining,
  runtime: Runtime,
  hooks: FitHooks,
  saver?: Saver,
): Promise<{ best: Fit; restart: number; atMostEpochs: boolean }> {
  const { prepared, settings } = ready;
  const { method } = prepared;
  if (method.solve) {
    const best = await solved(prepared, (table) => method.solve!(table), runtime);
    return { best, restart: 0, atMostEpochs: false };
  }
  warnOfOtherCourse(ready, hooks, saver);
  const fits: Fit[] = [];
  for (let restart = 0; restart < settings.restarts; restart++)
    fits.push(
      endedBefore(saver, restart, prepared) ?? (await fittedOnce(ready, restart, runtime, hooks, saver)),
    );
  saver?.save();
  const restart = fits.reduce((best, f, i) => (f.bestLoss < fits[best].bestLoss ? i : best), 0);
  return { best: fits[restart], restart, atMostEpochs: fits.some((each) => each.atMostEpochs) };
}

/** A restart that has ended and has no more epochs before it now. */
function endedBefore(saver: Saver | undefined, restart: number, { course }: Prepared): Fit | undefined {
  const found = saver?.found(restart);
  return found?.fit && (saver?.settled || !goesOn(found.progress, course)) ? found.fit : undefined;
}

/** Where rates and labels go by the most epochs, a training with more of them has another course than one from the start. */
function warnOfOtherCourse({ prepared, settings }: ReadyTraining, hooks: FitHooks, saver?: Saver): void {
  const before = saver?.epochsBefore;
  const now = prepared.course.epochs;
  if (before === undefined || before === now || saver?.settled) return;
  const what = [
    ...(settings.schedule === 'constant' ? [] : [`the learning rate (${settings.schedule})`]),
    ...(prepared.method.relabel ? ['the renewal of labels'] : []),
  ];
  if (what.length === 0) return;
  hooks.onWarning?.(
    `${what.join(' and ')} went by ${before} epochs and goes by ${now} from here: the model will be another than ` +
      `${now} epochs from the start give`,
  );
}

async function fittedOnce(
  ready: ReadyTraining,
  restart: number,
  runtime: Runtime,
  hooks: FitHooks,
  saver?: Saver,
): Promise<Fit> {
  const from = saver?.found(restart)?.progress;
  const reached = (progress: FitProgress): void => saver?.reached(restart, progress);
  try {
    const done = await fit(ready, restart, runtime, hooks, { from, reached });
    saver?.finish(restart, done);
    return done;
  } catch (error) {
    if (error instanceof LatentcvError && error.code === 'interrupted') saver?.save();
    throw error;
  }
}

export async function latentOf(
  { method, shape: { tables } }: Prepared,
  best: Fit,
  runtime: Runtime,
): Promise<Float64Array> {
  const outputs = appliedGraph((parameters, x) => method.encode(parameters, x), best.packings, tables.width);
  const program = await runtime.compile({ outputs });
  try {
    const parameters = best.packings.map(
      ({ name, size }, i) => [name, { shape: [size], data: best.values[i] }] as const,
    );
    const features = { shape: [tables.frames, tables.width], data: tables.features };
    const { output } = await program.run({ [names.features]: features, ...Object.fromEntries(parameters) });
    return Float64Array.from(output.data);
  } finally {
    await program.release();
  }
}

/** The rotation is fitted on all samples, training and validation together. */
function analyse(
  latent: Float64Array,
  { method, split, orientation, labels }: Prepared,
  settings: TrainSettings,
): LatentAnalysis {
  const samples = { ...allSamples(split), label: labels && labels.state };
  const sizes = { width: method.width ?? settings.latent, k: settings.latent };
  return analyseLatent(latent, sizes, samples, orientation, samples.later ? settings.lag : 0);
}

function trainingRecord(
  about: TrainingFrames,
  settings: TrainSettings,
  prepared: Prepared,
  best: Fit,
  restart: number,
  { eigenvalues, timescales }: LatentAnalysis,
): Omit<TrainingRecord, 'engine'> {
  const { split, reason, lagFrames, shape } = prepared;
  const { stepsPerEpoch, ...course } = prepared.course;
  const explained = varianceExplained(prepared, best);
  return {
    settings: { ...settings, ...course },
    reason,
    sources: [...new Set(about.segments.map((segment) => segment.source))],
    frames: about.frames,
    fingerprint: about.fingerprint,
    lagFrames,
    trainingPairs: split.train.now.length,
    validationPairs: split.validation.now.length,
    batch: course.batch,
    stepsPerEpoch,
    curves: best.curves,
    bestEpoch: best.bestEpoch,
    restart,
    ...(explained === undefined ? {} : { fractionOfVarianceExplained: explained }),
    ...(eigenvalues && timescales
      ? {
          eigenvaluesOf: 'the latent, before it was spread',
          eigenvalues,
          timescales: timescales.map((ps) => ps && ps * slowedBy(prepared, settings)),
        }
      : {}),
    ...(best.states ? { statePopulations: populations(best.states, shape.tables.stateCount) } : {}),
  };
}

/** Part of the frames in each state. */
function populations(states: Int32Array, count: number): number[] {
  const out = new Array<number>(count).fill(0);
  for (const state of states) out[state] += 1 / states.length;
  return out;
}

/** Reweighted time is counted in the run's own length; the unbiased system takes longer by this. */
function slowedBy({ roles }: Prepared, { reweightedTime }: TrainSettings): number {
  return reweightedTime ? Math.exp(roles.logAcceleration ?? 0) : 1;
}

/** 1 − reconstruction error / variance over the validation frames. */
export function varianceExplained({ split, shape }: Prepared, best: Fit): number | undefined {
  const error = best.curves.parts.reconstruction?.[best.bestEpoch];
  if (error === undefined) return undefined;
  const { features, width } = shape.tables;
  return 1 - error / meanVariance(features, width, split.validation);
}

/** Variance of the features over samples by their weight, mean over the features. */
function meanVariance(features: Reals, width: number, { now, weight }: Samples): number {
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  now.forEach((frame, at) => {
    const part = (weight?.[at] ?? 1) / now.length;
    for (let i = 0; i < width; i++) {
      const value = features[frame * width + i];
      mean[i] += part * value;
      square[i] += part * value * value;
    }
  });
  return square.reduce((sum, value, i) => sum + (value - mean[i] ** 2) / width, 0);
}
