import { LatentcvError, rounded } from '../../support/index.js';
import type { Dataset, RunSegment } from '../dataset.js';
import { evenWithin } from './tolerances.js';

function uneven(segment: RunSegment, frame: number, actual: number, spacing: number): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected frames every ${spacing} ps but received ${actual} ps between frames ${frame - 1} and ${frame} ` +
      `(${segment.source})`,
    'methods with a lag time need evenly spaced frames: choose files with one print stride, or a method without a lag',
  );
}

/** The middle of the sorted differences: one odd gap does not decide what is odd. */
function medianSpacing(time: Float64Array, segments: readonly RunSegment[]): number {
  const differences = segments.flatMap(({ start, end }) =>
    Array.from({ length: Math.max(0, end - start - 1) }, (_, i) => time[start + i + 1] - time[start + i]),
  );
  return Float64Array.from(differences).sort()[differences.length >> 1] ?? NaN;
}

/**
 * The time between neighbouring frames in ps, the same in all segments: what a lag time is counted in.
 * @throws LatentcvError `bad-data` where the spacing differs by more than 1 %, naming the first such frame, or where
 *   no two frames follow one another
 */
export function frameSpacing({ time, segments }: Pick<Dataset, 'time' | 'segments'>): { spacing: number } {
  const spacing = rounded(medianSpacing(time, segments), 6);
  if (!(spacing > 0)) {
    throw new LatentcvError(
      'bad-data',
      'expected at least two frames that follow one another but found none',
    );
  }
  for (const segment of segments) {
    for (let frame = segment.start + 1; frame < segment.end; frame++) {
      const actual = time[frame] - time[frame - 1];
      if (Math.abs(actual - spacing) > evenWithin * spacing) throw uneven(segment, frame, actual, spacing);
    }
  }
  return { spacing };
}
