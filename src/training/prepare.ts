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
import type { BatchShape } from './batch.js';
import type { TrainSettings } from './options.js';
import { splitRoles, type Properties, type Roles, type StateLabels } from './roles.js';
import { splitByTime, type Split } from './samples.js';

/** A dataset ready for training, checked: everything that can be refused is refused here, before the first epoch. */
export interface Prepared {
  name: MethodName;
  method: CvMethod;
  orientation: Orientation;
  /** Why this method was taken. */
  reason: string;
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
  batch: number;
}

/** `(value − mean) / deviation` of each property. */
export interface PropertyScaling {
  names: string[];
  mean: number[];
  deviation: number[];
}

export function prepare(dataset: Dataset, settings: TrainSettings): Prepared {
  const roles = splitRoles(dataset, settings);
  const { inputs } = roles;
  checkFinite(inputs);
  const { name, reason } = chooseMethod(inputs, settings);
  const definition = methods[name];
  checkRoles(name, definition.needs, roles);
  const map = featureMap(inputs.columns);
  const width = featureCount(map);
  const data = {
    states: roles.labels?.names.length ?? 0,
    properties: roles.properties?.names.length ?? 0,
  };
  checkLatent(name, settings.latent, definition.mostLatent?.(data));
  const method = definition.create({ ...settings, features: width }, settings.methodOptions, data);
  const lagFrames = method.needs.pairs ? lagInFrames(inputs, settings.lag) : 0;
  const split = splitByTime(inputs.segments, {
    lag: lagFrames,
    ...(roles.weights && { weights: roles.weights }),
  });
  checkEnough(split, settings, lagFrames);
  const raw = computeFeatures(inputs, map);
  const scaling = fitScaling(raw, map, settings.scaling);
  const features = applyScaling(raw, scaling);
  const labels = roles.labels ?? ownLabels(method, { features, width, ...split.train });
  const properties = method.needs.properties ? scaleProperties(roles.properties!) : undefined;
  const tables = {
    frames: inputs.frames,
    features,
    width,
    ...(method.needs.labels && labels && { states: oneHot(labels) }),
    stateCount: labels?.names.length ?? 0,
    ...(properties && { properties: properties.data }),
    propertyCount: properties?.scaling.names.length ?? 0,
  };
  return {
    name,
    method,
    orientation: definition.orientation,
    reason,
    inputs,
    map,
    scaling,
    shape: { needs: method.needs, weighted: roles.weights !== undefined, tables },
    ...(labels && { labels }),
    ...(properties && { propertyScaling: properties.scaling }),
    lagFrames,
    split,
    batch: Math.min(settings.batch, split.train.now.length),
  };
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

function oneHot({ names, state }: StateLabels): Float32Array {
  const out = new Float32Array(state.length * names.length);
  state.forEach((s, frame) => {
    if (s >= 0) out[frame * names.length + s] = 1;
  });
  return out;
}

function scaleProperties({ names, data }: Properties): { data: Float32Array; scaling: PropertyScaling } {
  const { mean, variance } = moments(data, names.length);
  const constant = variance.findIndex((value) => !(value > 0));
  if (constant >= 0)
    throw new LatentcvError('bad-data', `expected a property that varies but ${names[constant]} is constant`);
  const deviation = variance.map(Math.sqrt);
  const scaled = Float32Array.from(
    data,
    (v, i) => (v - mean[i % names.length]) / deviation[i % names.length],
  );
  return { data: scaled, scaling: { names, mean: [...mean], deviation: [...deviation] } };
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
