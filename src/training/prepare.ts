import { frameSpacing, type Dataset } from '../frames/index.js';
import { methods, type CvMethod, type MethodName } from '../models/index.js';
import { LatentcvError } from '../support/errors.js';
import {
  applyScaling,
  computeFeatures,
  featureCount,
  featureMap,
  fitScaling,
  type FeatureMap,
  type Scaling,
} from './features.js';
import type { TrainSettings } from './options.js';
import { splitByTime, type Split } from './splits.js';

/** A dataset ready for training, checked: everything that can be refused is refused here, before the first epoch. */
export interface Prepared {
  method: CvMethod;
  /** Why this method was taken. */
  reason: string;
  map: FeatureMap;
  scaling: Scaling;
  /** Scaled features `[frames, width]`. */
  features: Float32Array;
  frames: number;
  width: number;
  /** Lag of the pairs in frames, 0 where the method has none. */
  lagFrames: number;
  split: Split;
  batch: number;
}

export function prepare(dataset: Dataset, settings: TrainSettings): Prepared {
  checkFinite(dataset);
  const { name, reason } = chooseMethod(dataset, settings);
  const map = featureMap(dataset.columns);
  const width = featureCount(map);
  const method = methods[name]({ ...settings, features: width });
  const lagFrames = method.usesPairs ? lagInFrames(dataset, settings.lag) : 0;
  const split = splitByTime(dataset.segments, { lag: lagFrames });
  checkEnough(split, settings, lagFrames);
  const raw = computeFeatures(dataset, map);
  const scaling = fitScaling(raw, map, settings.scaling);
  const features = applyScaling(raw, scaling);
  const batch = Math.min(settings.batch, split.train.length);
  return { method, reason, map, scaling, features, frames: dataset.frames, width, lagFrames, split, batch };
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
  if (train.length >= least && validation.length >= least) return;
  const what = lag > 0 ? `pairs of frames ${lag} frames apart` : 'frames';
  throw new LatentcvError(
    'bad-data',
    `expected at least ${least} ${what} to train on and to validate with but received ${train.length} and ${validation.length}`,
    'give a longer trajectory or a shorter lag',
  );
}
