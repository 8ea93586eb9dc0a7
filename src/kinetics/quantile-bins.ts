import { kMeans } from '../models/index.js';
import type { Labels } from './basis.js';

/** At most so many bins of equally many frames, and so many frames in each at least. */
const most = 50;
const framesInBin = 50;
/** The outermost bins are cut in halves so often, so that a rare state at an end has bins of its own. */
const halvings = 3;
/** Clusters of several CVs together. */
const clusters = 50;

/**
 * Bins of a CV `[frames]` that hold equally many frames each: 50 of them, fewer where a bin would hold less than 50 frames.
 * Frames are told apart by their order alone, so any strictly increasing function of the CV has the same bins.
 */
export function quantileBins(cv: ArrayLike<number>): Labels {
  const sorted = Float64Array.from(cv).sort();
  const frames = sorted.length;
  const count = Math.max(2, Math.min(most, Math.floor(frames / framesInBin)));
  const inner = Array.from({ length: count - 1 }, (_, i) => (i + 1) / count);
  const ends = Array.from({ length: halvings }, (_, i) => 1 / (count * 2 ** (i + 1)));
  const parts = [...ends, ...inner, ...ends.map((part) => 1 - part)].sort((a, b) => a - b);
  const edges = [...new Set(parts.map((part) => sorted[Math.floor(part * frames)]))].filter(
    (edge) => edge > sorted[0],
  );
  return { label: Int32Array.from(cv, (value) => below(edges, value)), count: edges.length + 1 };
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
  return { label: kMeans(ranks, width, count), count };
}

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
