import type { Dataset } from '../frames/index.js';
import type { Roles } from './learnable.js';
import type { TrainSettings } from './options.js';

/** The frames with those segments alone of which pairs a lag apart count: lag and spacing are theirs. */
export function framesOfPairs<Frames extends Pick<Dataset, 'segments'>>(
  frames: Frames,
  { ownDynamics }: Pick<Roles, 'ownDynamics'>,
  { reweightedTime }: Pick<TrainSettings, 'reweightedTime'>,
): Frames {
  if (!ownDynamics || reweightedTime) return frames;
  return { ...frames, segments: frames.segments.filter(({ source }) => ownDynamics.sources.has(source)) };
}
