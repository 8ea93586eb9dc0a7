import { frameSpacing, type Dataset } from '../../frames/index.js';
import type { MethodName } from '../../models/index.js';
import { LatentcvError } from '../../support/index.js';
import type { TrainSettings } from '../options.js';

/** The method asked for, or the one that fits the frames, and why. */
export function chooseMethod(
  dataset: Dataset,
  { method, rows, properties }: TrainSettings,
): { name: MethodName; reason: string } {
  if (method !== 'auto') return { name: method, reason: 'asked for' };
  if (rows && properties.length > 0) return { name: 'regression', reason: 'rows have properties' };
  if (rows) return { name: 'autoencoder', reason: 'rows are independent of one another' };
  try {
    const { spacing } = frameSpacing(dataset);
    return { name: 'vamp-autoencoder', reason: `frames are ordered in time, ${spacing} ps apart` };
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    return { name: 'autoencoder', reason: `frames are not ordered in time (${error.message})` };
  }
}

/** @throws LatentcvError `bad-argument` where it is no multiple of the spacing or longer than every trajectory. */
export function lagInFrames(dataset: Dataset, lag: number): number {
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
