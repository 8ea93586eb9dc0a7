import { frameSpacing, type Dataset } from '../frames/index.js';
import {
  methods,
  type CvMethod,
  type MethodName,
  type Needs,
  type Orientation,
  type TrainingTable,
} from '../models/index.js';
import { LatentcvError } from '../support/errors.js';
import {
  applyScaling,
  computeFeatures,
  featureCount,
  featureMap,
  fitScaling,
  moments,
  type FeatureMap,
  type Scaling,
} from './features.js';
import type { BatchShape, Tables } from './batch.js';
import type { TrainSettings } from './options.js';
import { splitRoles, type Properties, type Roles, type StateLabels } from './roles.js';
import { splitOf, splitSamples, type Block, type Fold, type Split, type SplitOptions } from './samples.js';

/** A dataset ready for training, checked: everything that can be refused is refused here, before the first epoch. */
export interface Prepared {
  name: MethodName;
  method: CvMethod;
  orientation: Orientation;
  /** Why this method was taken. */
  reason: string;
  /** What the columns are. */
  roles: Roles;
  /** The columns that are learned from. */
  inputs: Dataset;
  map: FeatureMap;
  scaling: Scaling;
  shape: BatchShape;
  labels?: StateLabels;
  /** How properties are scaled for training. */
  propertyScaling?: PropertyScaling;
  /** Lag of the pairs in frames, 0 where the method has none. */
  lagFrames: number;
  split: Split;
  /** How further parts of the data are made into samples. */
  sampling: SplitOptions;
  batch: number;
  /** What is unusual about the data but does not stop the training. */
  warnings: string[];
}

/** `(value − mean) / deviation` of each property. */
export interface PropertyScaling {
  names: string[];
  mean: number[];
  deviation: number[];
}

/** Which frames validate, where the settings do not say it all. */
export interface Side {
  /** One of several folds. */
  fold?: Fold;
  /** Blocks whose sides are known: for a sample of a larger table. */
  blocks?: readonly Block[];
}

/** @throws LatentcvError `bad-argument` or `bad-data`, saying what does not fit. */
export function prepare(dataset: Dataset, settings: TrainSettings, { fold, blocks }: Side = {}): Prepared {
  const roles = splitRoles(dataset, settings);
  const { inputs } = roles;
  checkFinite(inputs);
  const { name, reason } = chooseMethod(inputs, settings);
  const definition = methods[name];
  checkRoles(name, definition.needs, roles);
  const map = featureMap(inputs.columns);
  const width = featureCount(map);
  checkWidth(settings, width);
  const data = {
    states: roles.labels?.names.length ?? 0,
    properties: roles.properties?.names.length ?? 0,
  };
  checkLatent(name, settings.latent, definition.mostLatent?.(data));
  const method = definition.create({ ...settings, features: width }, settings.methodOptions, data);
  const lagFrames = method.needs.pairs ? lagInFrames(inputs, settings.lag) : 0;
  const sampling = samplingOf(roles, settings, lagFrames, fold);
  const split = blocks ? splitOf(blocks, sampling) : splitSamples(inputs.segments, sampling);
  checkEnough(split, settings, lagFrames);
  const raw = computeFeatures(inputs, map);
  const scaling = fitScaling(raw, map, settings.scaling);
  const properties = method.needs.properties ? scalingOf(roles.properties!) : undefined;
  const given = tablesOf(roles, raw, {
    scaling,
    needs: method.needs,
    ...(properties && { properties }),
    double: settings.precision === 'double',
  });
  const labels = roles.labels ?? ownLabels(method, { ...given, ...split.train });
  const tables = labels && !roles.labels ? labelled(given, labels) : given;
  return {
    name,
    method,
    orientation: definition.orientation,
    reason,
    roles,
    inputs,
    map,
    scaling,
    shape: { needs: method.needs, weighted: roles.weights !== undefined, tables },
    ...(labels && { labels }),
    ...(properties && { propertyScaling: properties }),
    lagFrames,
    split,
    sampling,
    batch: Math.min(settings.batch, split.train.now.length),
    warnings: warningsOf(roles),
  };
}

/** The tables that batches are taken from, of frames with these raw features `[frames, width]`. */
export function tablesOf(
  { inputs: { frames }, labels, properties }: Roles,
  raw: Float64Array,
  by: { scaling: Scaling; needs: Needs; properties?: PropertyScaling; double: boolean },
): Tables {
  return {
    frames,
    features: applyScaling(raw, by.scaling, by.double),
    width: by.scaling.mean.length,
    ...(by.needs.labels && labels && { states: oneHot(labels) }),
    stateCount: labels?.names.length ?? 0,
    ...(by.properties && { properties: scaledProperties(properties!, by.properties) }),
    propertyCount: by.properties?.names.length ?? 0,
  };
}

function samplingOf(
  { weights }: Roles,
  { split, seed, reweightedTime }: TrainSettings,
  lag: number,
  fold?: Fold,
): SplitOptions {
  if (reweightedTime && !weights) {
    throw new LatentcvError(
      'bad-argument',
      'expected weights or a bias for reweighted time but received neither',
      'name the column of the bias and the temperature',
    );
  }
  return { lag, mode: split, seed, reweightedTime, ...(fold && { fold }), ...(weights && { weights }) };
}

/** Frames that count, by Kish's effective sample size (Σw)²/Σw². */
function effectiveFrames(weights: Float64Array): number {
  const sum = weights.reduce((total, w) => total + w, 0);
  return sum ** 2 / weights.reduce((total, w) => total + w * w, 0);
}

function warningsOf({ leftOut, weights }: Roles): string[] {
  const warnings = leftOut.map(({ label, why }) => `the column ${label} is left out: ${why}`);
  const count = weights ? effectiveFrames(weights) : Infinity;
  if (count < 1000 && count < 0.05 * weights!.length) {
    warnings.push(
      `the weights are so uneven that ${weights!.length} frames count as ${count.toFixed(0)}: a lower bias or a longer run gives more`,
    );
  }
  return warnings;
}

function checkWidth({ latent }: TrainSettings, width: number): void {
  if (latent <= width) return;
  throw new LatentcvError(
    'bad-argument',
    `expected at most as many CVs as the ${width} features of the columns but received ${latent}`,
    'ask for fewer CVs or give more columns',
  );
}

function checkRoles(name: MethodName, needs: Needs, { labels, properties }: Roles): void {
  if (needs.labels === 'required' && (labels?.names.length ?? 0) < 2) {
    throw new LatentcvError(
      'bad-argument',
      `expected at least two labelled states for ${name} but received ${labels?.names.length ?? 'no labels'}`,
      'name the column that holds the state of each frame, or `source` where each file is a state',
    );
  }
  if (needs.properties && !properties) {
    throw new LatentcvError(
      'bad-argument',
      `expected measured properties for ${name} but received none`,
      'name their columns',
    );
  }
}

function checkLatent(name: MethodName, latent: number, most = Infinity): void {
  if (latent <= most) return;
  throw new LatentcvError(
    'bad-argument',
    `expected at most ${most} ${most === 1 ? 'CV' : 'CVs'} for ${name} with these labels but received ${latent}`,
    `choose a latent of ${most}`,
  );
}

/** First states of a method that finds them itself. */
function ownLabels({ relabel }: CvMethod, table: TrainingTable): StateLabels | undefined {
  if (!relabel) return undefined;
  return { names: Array.from({ length: relabel.count }, (_, i) => String(i)), state: relabel.first(table) };
}

function labelled(tables: Tables, labels: StateLabels): Tables {
  return { ...tables, states: oneHot(labels), stateCount: labels.names.length };
}

function oneHot({ names, state }: StateLabels): Float32Array {
  const out = new Float32Array(state.length * names.length);
  state.forEach((s, frame) => {
    if (s >= 0) out[frame * names.length + s] = 1;
  });
  return out;
}

function scalingOf({ names, data }: Properties): PropertyScaling {
  const { mean, variance } = moments(data, names.length);
  const constant = variance.findIndex((value) => !(value > 0));
  if (constant >= 0)
    throw new LatentcvError('bad-data', `expected a property that varies but ${names[constant]} is constant`);
  return { names, mean: [...mean], deviation: [...variance.map(Math.sqrt)] };
}

function scaledProperties({ names, data }: Properties, { mean, deviation }: PropertyScaling): Float64Array {
  return data.map((v, i) => (v - mean[i % names.length]) / deviation[i % names.length]);
}

function chooseMethod(dataset: Dataset, { method }: TrainSettings): { name: MethodName; reason: string } {
  if (method !== 'auto') return { name: method, reason: 'asked for' };
  try {
    const { spacing } = frameSpacing(dataset);
    return { name: 'vamp-autoencoder', reason: `frames are ordered in time, ${spacing} ps apart` };
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    return { name: 'autoencoder', reason: `frames are not ordered in time (${error.message})` };
  }
}

function lagInFrames(dataset: Dataset, lag: number): number {
  const { spacing } = frameSpacing(dataset);
  const frames = Math.round(lag / spacing);
  const longest = dataset.segments.reduce((most, { start, end }) => Math.max(most, end - start - 1), 0);
  if (frames > longest) {
    throw new LatentcvError(
      'bad-argument',
      `expected a lag within a trajectory, at most ${longest * spacing} ps, but received ${lag} ps`,
      'give a shorter lag or longer trajectories',
    );
  }
  if (frames >= 1 && Math.abs(frames * spacing - lag) <= 1e-3 * lag) return frames;
  throw new LatentcvError(
    'bad-argument',
    `expected a lag that is a multiple of the ${spacing} ps between frames but received ${lag} ps`,
    `choose a multiple of ${spacing} ps`,
  );
}

function checkFinite({ data, columns }: Dataset): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const { label } = columns[at % columns.length];
  const frame = Math.floor(at / columns.length);
  throw new LatentcvError(
    'bad-data',
    `expected finite numbers but received ${data[at]} in ${label}, frame ${frame}`,
  );
}

function checkEnough({ train, validation }: Split, { latent }: TrainSettings, lag: number): void {
  const least = 20 * latent;
  if (train.now.length >= least && validation.now.length >= least) return;
  const what = lag > 0 ? `pairs of frames ${lag} frames apart` : 'frames';
  throw new LatentcvError(
    'bad-data',
    `expected at least ${least} ${what} to train on and to validate with but received ${train.now.length} and ${validation.now.length}`,
    'give a longer trajectory or a shorter lag',
  );
}
