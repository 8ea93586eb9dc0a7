import type { StateLabels, WeightedSample } from '../sampling/index.js';
import { spreadOf } from './kernel-widths.js';
import { difference, type ModeColumn } from './mode-axes.js';

/** Frames that stand for a state. */
export interface Representatives {
  /** The medoid; undefined where no frame of the state counts. */
  medoid: number | undefined;
  /** More of them, drawn evenly by weight along the run, in its order. */
  more: number[];
}

/** Frames of equal weight that a medoid is found among. */
const mostCandidates = 1000;

/**
 * Of a state the frame that is nearest to all others by their weights, the medoid (Kaufman & Rousseeuw 1987), and more: the
 * frames of the state are drawn evenly along their summed weights (systematic resampling), a thousand for the medoid and
 * `count` for the others. Distances are Euclidean over the columns, each in units of its spread in the state.
 * @param label of the state
 * @param usable which frames may be taken; all where left out
 */
export function representatives(
  columns: readonly ModeColumn[],
  labels: StateLabels,
  label: number,
  sample: WeightedSample,
  { count = 10, usable = () => true }: { count?: number; usable?: (frame: number) => boolean } = {},
): Representatives {
  const frames: number[] = [];
  for (const { start, end } of sample.ranges)
    for (let frame = start; frame < end; frame++)
      if (labels[frame] === label && sample.weights[frame] > 0 && usable(frame)) frames.push(frame);
  if (frames.length === 0) return { medoid: undefined, more: [] };
  const medoid = medoidOf(scaledPlaces(columns, frames, sample), drawn(frames, sample, mostCandidates));
  const others = frames.filter((frame) => frame !== medoid);
  return { medoid, more: [...new Set(drawn(others, sample, count))] };
}

/** So many of the frames, evenly along their summed weights; a frame of much weight comes several times. */
function drawn(frames: readonly number[], { weights }: WeightedSample, count: number): number[] {
  if (frames.length === 0) return [];
  const total = frames.reduce((sum, frame) => sum + weights[frame], 0);
  const found: number[] = [];
  let [sum, at] = [0, 0];
  for (let i = 0; i < count; i++) {
    const wanted = ((i + 0.5) / count) * total;
    while (at < frames.length - 1 && sum + weights[frames[at]] < wanted) sum += weights[frames[at++]];
    found.push(frames[at]);
  }
  return found;
}

interface Place extends Pick<ModeColumn, 'values' | 'period'> {
  scale: number;
}

function scaledPlaces(
  columns: readonly ModeColumn[],
  frames: readonly number[],
  sample: WeightedSample,
): Place[] {
  return columns.map(({ values, period }) => {
    const away = (frame: number): number => difference(period, values[frames[0]], values[frame]);
    const { deviation } = spreadOf(frames, away, sample);
    return { values, period, scale: deviation > 0 ? 1 / deviation : 0 };
  });
}

function medoidOf(places: readonly Place[], candidates: readonly number[]): number {
  const distance = (a: number, b: number): number => {
    let sum = 0;
    for (const { values, period, scale } of places)
      sum += (scale * difference(period, values[a], values[b])) ** 2;
    return Math.sqrt(sum);
  };
  let [best, least] = [candidates[0], Infinity];
  for (const frame of new Set(candidates)) {
    let sum = 0;
    for (const other of candidates) sum += distance(frame, other);
    if (sum < least) [best, least] = [frame, sum];
  }
  return best;
}
