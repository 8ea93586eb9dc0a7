import { digits } from '../support/index.js';
import type { Dataset, RunSegment } from './dataset.js';
import { evenWithin } from './timeline/index.js';

/**
 * Frames of runs that were printed at different strides, one time apart in all of them: of the denser runs every second, third,
 * … frame. The same frames where their spacing is one already, or the widest is no multiple of the others: methods with a lag
 * time refuse these with the place.
 * @param onNote told which frames are taken
 * @param runs by source, those of which a lag is taken; the others stay as they are; default: all
 */
export function evenStrides(
  dataset: Dataset,
  onNote?: (line: string) => void,
  runs?: ReadonlySet<string>,
): Dataset {
  const { segments } = dataset;
  const spacings = segments.map((segment) =>
    runs && !runs.has(segment.source) ? 0 : spacingIn(dataset.time, segment),
  );
  const widest = Math.max(...spacings);
  const strides = spacings.map((spacing) => (spacing === 0 ? 1 : Math.round(widest / spacing)));
  const fits = spacings.every(
    (spacing, i) => spacing === 0 || Math.abs(strides[i] * spacing - widest) <= evenWithin * widest,
  );
  if (!fits || strides.every((stride) => stride === 1)) return dataset;
  const denser = new Set(segments.filter((_, i) => strides[i] > 1).map(({ source }) => source));
  const coarsest = segments[spacings.indexOf(widest)].source;
  onNote?.(
    `frames are ${digits(widest, 6)} ps apart in ${coarsest} and closer in ${[...denser].join(', ')}, ` +
      `of which one in ${[...new Set(strides.filter((stride) => stride > 1))].join(', ')} is taken`,
  );
  return everyNth(dataset, strides);
}

/** Between its frames, ps; 0 for a single frame, NaN where they are not evenly spaced. */
function spacingIn(time: Float64Array, { start, end }: RunSegment): number {
  if (end - start < 2) return 0;
  const spacing = (time[end - 1] - time[start]) / (end - start - 1);
  for (let frame = start + 1; frame < end; frame++)
    if (Math.abs(time[frame] - time[frame - 1] - spacing) > evenWithin * spacing) return NaN;
  return spacing;
}

/** Of each segment every so many frames, from its first. */
function everyNth({ columns, data, time, segments }: Dataset, strides: readonly number[]): Dataset {
  const width = columns.length;
  const counts = segments.map(({ start, end }, i) => Math.ceil((end - start) / strides[i]));
  const frames = counts.reduce((sum, count) => sum + count, 0);
  const kept: Dataset = {
    ...{ columns, frames, segments: [] },
    data: new Float64Array(frames * width),
    time: new Float64Array(frames),
  };
  let next = 0;
  segments.forEach(({ start, end, source }, i) => {
    kept.segments.push({ start: next, end: next + counts[i], source });
    for (let frame = start; frame < end; frame += strides[i]) {
      kept.data.set(data.subarray(frame * width, (frame + 1) * width), next * width);
      kept.time[next++] = time[frame];
    }
  });
  return kept;
}
