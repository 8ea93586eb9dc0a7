import { frameSpacing, type Dataset } from '../frames/index.js';
import { LatentcvError } from '../support/index.js';

/** A lag in ps as whole frames, at least one; undefined where frames are not evenly spaced. */
export function lagFrames(frames: Pick<Dataset, 'time' | 'segments'>, lag: number): number | undefined {
  const spacing = evenSpacing(frames);
  return spacing === undefined ? undefined : Math.max(1, Math.round(lag / spacing));
}

/** Between frames in ps; undefined where they are not evenly spaced. */
export function evenSpacing(frames: Pick<Dataset, 'time' | 'segments'>): number | undefined {
  try {
    return frameSpacing(frames).spacing;
  } catch (error) {
    if (error instanceof LatentcvError && error.code === 'bad-data') return undefined;
    throw error;
  }
}
