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

/** When each frame ends, the first beginning at 0. */
function endTimes(start: number, end: number, weights: Float64Array): Float64Array {
  const ends = weights.slice(start, end);
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
  return ends;
}
