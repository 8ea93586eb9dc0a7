import { kMeans } from '../models/index.js';
import type { Segment } from '../frames/index.js';
import type { Labels } from './basis.js';
import { pairsWithin, type PairOptions } from './pairs.js';

/** At most so many bins of equally many frames, and so many frames in each at least. */
const mostBins = 50;
const framesInBin = 50;
/** Each bin is cut in so many thresholds, among which the slowest are sought, and so many of them are taken. */
const finer = 8;
const extra = 4;
/** Clusters of several CVs together. */
const clusters = 50;
const framesClustered = 4000;

/**
 * Bins of a CV `[frames]` that hold equally many frames: 50 of them, fewer where a bin would hold less than 50 frames. To their
 * edges come the thresholds, up to four, whose sides exchange least at the lag, so that no bin holds frames of both sides of
 * a barrier, however few lie beyond it. Frames are told apart by their order alone: any strictly increasing function of
 * the CV has the same bins.
 * @param lag in frames
 */
export function quantileBins(
  cv: ArrayLike<number>,
  segments: readonly Segment[],
  lag: number,
  options: PairOptions = {},
): Labels {
  const sorted = Float64Array.from(cv).sort();
  const count = Math.max(2, Math.min(mostBins, Math.floor(sorted.length / framesInBin)));
  const edges = edgesOf(sorted, count);
  const thresholds = edgesOf(sorted, finer * count);
  const slow = slowestThresholds(labelled(cv, thresholds), segments, lag, options).map((i) => thresholds[i]);
  return labelled(
    cv,
    [...new Set([...edges, ...slow])].sort((a, b) => a - b),
  );
}

/** Quantiles of sorted values, each once, none of them the least. */
function edgesOf(sorted: Float64Array, count: number): number[] {
  const all = Array.from(
    { length: count - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / count)],
  );
  return [...new Set(all)].filter((edge) => edge > sorted[0]);
}

const labelled = (values: ArrayLike<number>, edges: readonly number[]): Labels => ({
  label: Int32Array.from(values, (value) => below(edges, value)),
  count: edges.length + 1,
});

/** How many of the sorted edges are not above the value. */
function below(edges: ArrayLike<number>, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Thresholds with the highest autocorrelation of being above them, each the highest within a bin's width. */
function slowestThresholds(
  { label, count }: Labels,
  segments: readonly Segment[],
  lag: number,
  options: PairOptions,
): number[] {
  const [both, either] = [new Float64Array(count), new Float64Array(count)];
  let all = 0;
  for (const segment of segments) {
    const { now, later, weight } = pairsWithin(segment, lag, options);
    for (let i = 0; i < now.length; i++) {
      const [a, b, w] = [label[now[i]], label[later[i]], weight?.[i] ?? 1];
      both[Math.min(a, b)] += w;
      either[a] += w / 2;
      either[b] += w / 2;
      all += w;
    }
  }
  const above = autocorrelations(both, either, all);
  const isHighest = (i: number): boolean =>
    above[i] > 0 && above.slice(Math.max(0, i - finer), i + finer + 1).every((value) => value <= above[i]);
  return [...above.keys()]
    .filter(isHighest)
    .sort((a, b) => above[b] - above[a])
    .slice(0, extra);
}

/** Of being above threshold i, which lies between labels i and i + 1. */
function autocorrelations(both: Float64Array, either: Float64Array, all: number): Float64Array {
  const out = new Float64Array(both.length - 1);
  let [pairs, frames] = [0, 0];
  for (let i = out.length - 1; i >= 0; i--) {
    pairs += both[i + 1];
    frames += either[i + 1];
    const p = frames / all;
    out[i] = p > 0 && p < 1 ? (pairs / all - p * p) / (p * (1 - p)) : 0;
  }
  return out;
}

/**
 * Clusters of frames by several CVs together, each CV by its rank among the frames: no increasing function of any of them
 * changes the clusters.
 */
export function jointClusters(cvs: readonly ArrayLike<number>[]): Labels {
  const [width, frames] = [cvs.length, cvs[0].length];
  const ranks = new Float64Array(frames * width);
  cvs.forEach((cv, j) => {
    const sorted = Float64Array.from(cv).sort();
    for (let i = 0; i < frames; i++) ranks[i * width + j] = below(sorted, cv[i]) / frames;
  });
  const count = Math.max(2, Math.min(clusters, Math.floor(frames / framesInBin)));
  return { label: kMeans(ranks, width, count, framesClustered), count };
}
