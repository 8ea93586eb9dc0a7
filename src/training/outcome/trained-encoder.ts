import type { Column, Dataset } from '../../frames/index.js';
import { narrowestBasins } from '../../kinetics/index.js';
import { methods } from '../../models/index.js';
import { offTheEnds } from './angles.js';
import { decoderGraph } from './decoder.js';
import { kolmogorovOf } from './kolmogorov-facts.js';
import { encoderGraph, type TrainedEncoderGraph } from './encoder.js';
import { analyseLatent, project, type LatentAnalysis } from './latent-map.js';
import { ratesRecord } from './rates.js';
import { trainingRecord, type TrainingRecord } from './record.js';
import { slownessRecord } from './slowness-record.js';
import { stateWidths } from './state-widths.js';
import { applySpread, fitSpread } from './spread.js';
import { allSamples } from '../all-samples.js';
import type { Learned } from '../learned.js';
import type { TrainSettings } from '../options.js';
import type { Prepared } from '../prepared.js';
import { ranges, type Ranges } from '../ranges.js';

/** A trained encoder, before it is written. */
export interface TrainedEncoder {
  method: string;
  /** Papers of the method. */
  references: readonly string[];
  /** `45-64-32-2 tanh` */
  network: string;
  graph: TrainedEncoderGraph;
  /** Names of the properties that it predicts. */
  properties?: string[];
  /** Of a committor whose run's temperature is known: what the bias from its gradient is. */
  kolmogorov?: ReturnType<typeof kolmogorovOf>;
  record: TrainingRecord;
  /** CVs of the training frames `[frames, k]`. */
  cv: Float64Array;
  /** State of each frame, of a method that labels frames itself. */
  states?: Int32Array;
  /** What the model has to be evaluated in, where single precision is not enough for its inputs. */
  precision?: 'double';
  /** The most epochs, where these ended it (or one of its restarts): more may make it better. */
  atMostEpochs?: number;
  /** Ranges of the CVs over the training frames, and how many of the CVs, the first ones, are angles. */
  outputs: Ranges & { angles?: number };
  /** The columns that were learned from, and their ranges over the training frames. */
  inputs: Ranges & { columns: Column[] };
  /** Training frames, as rows of inputs, whose CVs every loader of the model computes again. */
  check: number[][];
}

/**
 * What has been learned, as an encoder from columns to CVs: the latent is turned to its directions, scaled, spread.
 * @param engine what it was trained with, and why
 * @throws LatentcvError `bad-data` where a CV is constant over the frames
 */
export function encoderOf(prepared: Prepared, learned: Learned, engine: string): TrainedEncoder {
  const { course, map, method, name, propertyScaling, roles, scaling, settings, shape } = prepared;
  const { inputs } = roles;
  const { latent: k } = settings;
  const analysis = analyse(learned, prepared);
  const even = project(learned.latent, analysis.map);
  const angles = method.angles ?? 0;
  const spread = settings.spread > 0 && angles < k ? fitSpread(even, k, settings.spread, angles) : undefined;
  const cv = spread ? applySpread(spread, even) : even;
  const parts = {
    method,
    parameters: learned.parameters,
    columns: inputs.columns.length,
    map,
    scaling,
    latentMap: analysis.map,
    spread,
    propertyScaling,
  };
  const kolmogorov = kolmogorovOf(parts, inputs, settings.temperature);
  return {
    method: name,
    references: methods[name].references,
    network: method.network ?? networkOf(shape.tables.width, settings),
    graph: { ...encoderGraph({ ...parts, kolmogorov }), decoder: decoderGraph(parts, inputs.columns) },
    properties: propertyScaling?.names,
    ...(kolmogorov && { kolmogorov }),
    record: trainingRecord({
      ...{ prepared, learned, analysis, engine },
      rates: ratesRecord(prepared, learned, even),
      stateWidths: stateWidths(cv, k, prepared),
      // rows have no times, and nothing is biased along their latent
      ...(!settings.rows && {
        slowness: slownessRecord(cv, prepared),
        basinWidths: narrowestBasins(cv, k, roles.inputs, roles.weights),
      }),
    }),
    cv,
    states: learned.states,
    atMostEpochs: learned.atMostEpochs ? course.epochs : undefined,
    precision: prepared.double.length > 0 ? ('double' as const) : undefined,
    outputs: { ...ranges(cv, k), ...(angles > 0 && { angles }) },
    inputs: { columns: inputs.columns, ...prepared.inputRanges() },
    check: checkFrames(cv, k, angles).map((frame) => rowOf(inputs, frame)),
  };
}

const networkOf = (features: number, { hidden, latent, activation }: TrainSettings): string =>
  `${[features, ...hidden, latent].join('-')} ${activation}`;

/** The rotation is fitted on all samples, training and validation together. */
function analyse(
  { latent, eigenfunctions }: Learned,
  { method, split, orientation, labels, settings }: Prepared,
): LatentAnalysis {
  const samples = { ...allSamples(split), label: labels?.state, eigenfunctions };
  const { angles } = method;
  const sizes = { width: method.width ?? settings.latent, k: settings.latent, ...(angles && { angles }) };
  return analyseLatent(latent, sizes, samples, orientation, samples.later ? settings.lag : 0);
}

/**
 * Frames at the first CV's two ends and its median: they reach every part of the latent that matters. Those at the ends of an angle's
 * domain are left out, where rounding decides on which side they are.
 */
function checkFrames(cv: Float64Array, k: number, angles: number): number[] {
  const all = Int32Array.from({ length: cv.length / k }, (_, i) => i);
  const sure = angles > 0 ? all.filter((frame) => offTheEnds(cv, k, angles, frame)) : all;
  const frames = sure.length > 0 ? sure : all;
  const first = Float64Array.from(frames, (frame) => cv[frame * k]);
  const sorted = first.toSorted();
  return [0, sorted.length >> 1, sorted.length - 1].map((rank) => frames[frameOfRank(first, sorted, rank)]);
}

/** The frame that a stable sort puts at a rank; sorting the numbers alone takes a tenth of the time. */
function frameOfRank(values: Float64Array, sorted: Float64Array, rank: number): number {
  const value = sorted[rank];
  let frame = values.indexOf(value);
  for (let before = sorted.indexOf(value); before < rank; before++) frame = values.indexOf(value, frame + 1);
  return frame;
}

const rowOf = ({ data, columns }: Dataset, frame: number): number[] => [
  ...data.subarray(frame * columns.length, (frame + 1) * columns.length),
];
