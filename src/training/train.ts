import { createOnnxRuntimeEngine, type Engine } from '../engines/index.js';
import { fingerprint, type Dataset } from '../frames/index.js';
import { encoderGraph, type EncoderGraph } from './encoder.js';
import { moments, ranges } from './features.js';
import { fit, solved, type Fit, type FitHooks } from './fit.js';
import { analyseLatent, project, type LatentAnalysis } from './latent-map.js';
import { trainSettings, type TrainOptions, type TrainSettings } from './options.js';
import { prepare, type Prepared } from './prepare.js';
import type { TrainingRecord } from './record.js';
import { applySpread, fitSpread } from './spread.js';
import { unpackArrays } from './state.js';
import { allSamples } from './samples.js';
import { appliedGraph, names } from './step.js';

/** A trained encoder, before it is written. */
export interface TrainedEncoder {
  method: string;
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
  /** Ranges of the CVs over the training frames. */
  outputs: { min: number[]; max: number[] };
  /** Ranges of the columns over the training frames. */
  inputs: { min: number[]; max: number[] };
}

/**
 * Trains an encoder on a dataset `[frames, columns]` (COLVAR units: nm, rad, ps).
 * @throws LatentcvError `bad-argument` or `bad-data` before the first epoch where settings and data do not fit.
 */
export async function train(
  dataset: Dataset,
  options: TrainOptions = {},
  hooks: FitHooks = {},
): Promise<TrainedEncoder> {
  const settings = trainSettings(options);
  const prepared = prepare(dataset, settings);
  const engine = createOnnxRuntimeEngine({ threads: settings.threads, precision: 'float' });
  const { best, restart } = await fitted(prepared, settings, engine, hooks);
  const latent = await latentOf(prepared, best, engine);
  const analysis = analyse(latent, prepared, settings);
  const even = project(latent, analysis.map);
  const spread = settings.spread > 0 ? fitSpread(even, settings.latent, settings.spread) : undefined;
  const cv = spread ? applySpread(spread, even) : even;
  const trained = unpackArrays(best.packings, best.values);
  const { method, map, scaling, inputs, shape } = prepared;
  return {
    method: prepared.name,
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
    record: trainingRecord(dataset, settings, prepared, best, restart, analysis),
    ...(prepared.propertyScaling && { properties: prepared.propertyScaling.names }),
    cv,
    ...(best.states && { states: best.states }),
    outputs: ranges(cv, settings.latent),
    inputs: ranges(inputs.data, inputs.columns.length),
  };
}

const networkOf = (features: number, { hidden, latent, activation }: TrainSettings): string =>
  `${[features, ...hidden, latent].join('-')} ${activation}`;

async function fitted(
  prepared: Prepared,
  settings: TrainSettings,
  engine: Engine,
  hooks: FitHooks,
): Promise<{ best: Fit; restart: number }> {
  const { method } = prepared;
  if (method.solve) {
    const best = await solved(prepared, (table) => method.solve!(table), engine);
    return { best, restart: 0 };
  }
  const fits: Fit[] = [];
  for (let restart = 0; restart < settings.restarts; restart++) {
    fits.push(await fit(prepared, settings, restart, engine, hooks));
  }
  const restart = fits.reduce((best, f, i) => (f.bestLoss < fits[best].bestLoss ? i : best), 0);
  return { best: fits[restart], restart };
}

async function latentOf(
  { method, shape: { tables } }: Prepared,
  best: Fit,
  engine: Engine,
): Promise<Float64Array> {
  const outputs = appliedGraph((parameters, x) => method.encode(parameters, x), best.packings, tables.width);
  const program = await engine.compile({ outputs });
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
  const samples = { ...allSamples(split), ...(labels && { label: labels.state }) };
  const sizes = { width: method.width ?? settings.latent, k: settings.latent };
  return analyseLatent(latent, sizes, samples, orientation, samples.later ? settings.lag : 0);
}

function trainingRecord(
  dataset: Dataset,
  settings: TrainSettings,
  prepared: Prepared,
  best: Fit,
  restart: number,
  { eigenvalues, timescales }: LatentAnalysis,
): TrainingRecord {
  const { split, reason, lagFrames, batch, shape } = prepared;
  const explained = varianceExplained(prepared, best);
  return {
    settings,
    reason,
    sources: [...new Set(dataset.segments.map((segment) => segment.source))],
    frames: dataset.frames,
    fingerprint: fingerprint(dataset),
    lagFrames,
    trainingPairs: split.train.now.length,
    validationPairs: split.validation.now.length,
    batch,
    curves: best.curves,
    bestEpoch: best.bestEpoch,
    restart,
    ...(explained === undefined ? {} : { fractionOfVarianceExplained: explained }),
    ...(eigenvalues && timescales ? { eigenvalues, timescales } : {}),
    ...(best.states ? { statePopulations: populations(best.states, shape.tables.stateCount) } : {}),
  };
}

/** Part of the frames in each state. */
function populations(states: Int32Array, count: number): number[] {
  const out = new Array<number>(count).fill(0);
  for (const state of states) out[state] += 1 / states.length;
  return out;
}

/** 1 − reconstruction error / variance over the validation frames. */
function varianceExplained({ split, shape }: Prepared, best: Fit): number | undefined {
  const error = best.curves.parts.reconstruction?.[best.bestEpoch];
  if (error === undefined) return undefined;
  const { features, width } = shape.tables;
  const { now } = split.validation;
  const table = new Float64Array(now.length * width);
  now.forEach((frame, i) => table.set(features.subarray(frame * width, (frame + 1) * width), i * width));
  const variance = moments(table, width).variance.reduce((sum, v) => sum + v / width, 0);
  return 1 - error / variance;
}
