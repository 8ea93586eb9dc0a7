import type { RunSegment, Segment } from '../frames/index.js';
import { replicasOf } from './replicas.js';
import { framesIn } from './segments.js';

/** Pairs of frames with the part of the time integral that each stands for. */
export interface RescaledPairs {
  now: number[];
  later: number[];
  weight: number[];
}

/** Overlaps shorter than this part of a frame are round-off. */
const shortest = 1e-9;

/**
 * Pairs a lag apart in rescaled time t' = ∫ e^{βV(t)} dt, in which a biased run samples the unbiased ensemble
 * (McCarty & Parrinello 2017, doi:10.1063/1.4998598; Yang & Parrinello 2018, doi:10.1021/acs.jctc.8b00231). A frame
 * lasts as long as its weight says; the correlation ∫ a(t') b(t' + lag) dt' of functions that are constant over a
 * frame is a sum over pairs, each weighed by how long the one frame, a lag on, overlaps the other.
 * @param lag in frames of weight 1
 */
export function rescaledPairs(
  { start, end }: { start: number; end: number },
  lag: number,
  weights: Float64Array,
): RescaledPairs {
  const pairs: RescaledPairs = { now: [], later: [], weight: [] };
  const ends = endTimes(start, end, weights);
  let [i, j] = [0, 0];
  while (j < ends.length && ends[j] <= lag) j++;
  let time = lag;
  while (i < ends.length && j < ends.length) {
    const until = Math.min(ends[i] + lag, ends[j]);
    if (until - time > shortest) {
      pairs.now.push(start + i);
      pairs.later.push(start + j);
      pairs.weight.push(until - time);
    }
    time = Math.max(time, until);
    if (ends[i] + lag <= until) i++;
    if (ends[j] <= until) j++;
  }
  return pairs;
}

/** How far pairs in rescaled time are those of a process that is seen in it. */
export interface RescaledTimeCover {
  /** Part of the rescaled time that is in pairs: the rest is within a lag of the ends. */
  kept: number;
  /** Part of the pairs that are of one frame with itself, as it lasts longer than the lag. */
  within: number;
  /** ln of what the second half of a run weighs against its first, of the run where its magnitude is largest. */
  drift?: { source: string; log: number };
}

/** What rescaled time makes of runs; see `rescaledPairs`. */
export function rescaledTimeCover(
  segments: readonly RunSegment[],
  lag: number,
  weights: Float64Array,
): RescaledTimeCover {
  let [all, paired, within] = [0, 0, 0];
  for (const segment of segments) {
    const { now, later, weight } = rescaledPairs(segment, lag, weights);
    weight.forEach((part, i) => {
      paired += part;
      if (now[i] === later[i]) within += part;
    });
    all += weightIn(weights, segment);
  }
  const drifts = replicasOf(segments).flatMap(({ source, ranges }) => {
    const log = Math.log(secondHalf(ranges, weights));
    return Number.isFinite(log) ? [{ source, log }] : [];
  });
  const drift = drifts.sort((a, b) => Math.abs(b.log) - Math.abs(a.log)).at(0);
  return { kept: paired / all, within: paired > 0 ? within / paired : 0, ...(drift && { drift }) };
}

/** What the second half of a run's frames weighs against the first. */
function secondHalf(ranges: readonly Segment[], weights: Float64Array): number {
  const half = framesIn(ranges) / 2;
  let [seen, first, second] = [0, 0, 0];
  for (const { start, end } of ranges)
    for (let frame = start; frame < end; frame++) {
      if (seen++ < half) first += weights[frame];
      else second += weights[frame];
    }
  return second / first;
}

function weightIn(weights: Float64Array, { start, end }: Segment): number {
  let sum = 0;
  for (let frame = start; frame < end; frame++) sum += weights[frame];
  return sum;
}

/** When each frame ends, the first beginning at 0. */
function endTimes(start: number, end: number, weights: Float64Array): Float64Array {
  const ends = weights.slice(start, end);
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
  return ends;
}
