import type { RunSegment } from '../../../frames/index.js';
import { laggedCovariances, slowDirections } from '../../../models/index.js';
import { fixed } from '../../../support/index.js';
import type { Fold, Samples, SplitOptions, Tables } from '../../learnable.js';
import { samplesOf, sideBlocks, usualFold } from './samples.js';

/** Part of a process's variance that the frames to train on should keep. */
const enough = 0.5;
/** A process whose autocorrelation at the lag is below this has decayed. */
const slow = 0.5;
/** Processes that are looked at. */
const mostProcesses = 3;
/** Pairs times features squared that the covariances may cost. */
const mostProducts = 3e8;
const mostPairs = 20_000;

/** Which fifth of the blocks validates, and why where it is not the usual one. */
export interface ValidatingFold {
  fold: Fold;
  reason?: string;
}

/**
 * Blocks of time that validate. Where the usual ones hold more than half of the variance of a slow linear process (TICA over all
 * pairs), which could then not be learned from the others, those that leave the most of it; the usual ones where none leaves
 * more, or where there are too many features to look.
 * @param features scaled, `[frames, width]`
 */
export function validatingFold(
  { features, width }: Pick<Tables, 'features' | 'width'>,
  segments: readonly RunSegment[],
  sampling: SplitOptions,
): ValidatingFold {
  const usual = { fold: usualFold };
  const pairs = thinned(samplesOf(segments, { ...sampling, reweightedTime: false }), width);
  if (pairs.now.length < 10 * width) return usual;
  const { mean, eigenvalues, directions } = slowDirections(laggedCovariances(features, width, pairs));
  const processes = eigenvalues.slice(0, mostProcesses).findLastIndex((value) => value > slow) + 1;
  if (processes === 0) return usual;
  const projected = Array.from({ length: processes }, (_, process) =>
    Float64Array.from(pairs.now, (frame) => {
      let sum = 0;
      for (let i = 0; i < width; i++)
        sum += (features[frame * width + i] - mean[i]) * directions.get(i, process);
      return sum;
    }),
  );
  const all = projected.map((values) => variance(values, pairs.weight));
  const { count } = usualFold;
  const left = Array.from({ length: count }, (_, index) => {
    const trains = trainedRows(segments, { ...sampling, fold: { index, count } }, pairs);
    return Math.min(...projected.map((values, i) => variance(values, trains) / all[i]));
  });
  const best = left.indexOf(Math.max(...left));
  if (left[usualFold.index] >= enough || left[best] < enough) return usual;
  return {
    fold: { index: best, count },
    reason:
      `every fifth block from the ${ordinals[best]} validates, not from the ${ordinals[usualFold.index]}: those hold ` +
      `${fixed(100 * (1 - left[usualFold.index]), 0)} % of a slow process, these ${fixed(Math.max(0, 100 * (1 - left[best])), 0)} %`,
  };
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** So many pairs, at even distances, as their covariances may cost. */
function thinned({ now, later, weight }: Samples, width: number): Samples {
  const step = Math.ceil(now.length / Math.min(mostPairs, mostProducts / width ** 2));
  const kept = <T extends Int32Array | Float32Array>(values: T): T =>
    values.filter((_, i) => i % step === 0) as T;
  return { now: kept(now), later: later && kept(later), weight: weight && kept(weight) };
}

/** Weights of the pairs that begin in a block to train on; 0 of the others. */
function trainedRows(
  segments: readonly RunSegment[],
  options: SplitOptions,
  { now, weight }: Samples,
): Float64Array {
  const blocks = sideBlocks(segments, options);
  let block = 0;
  return Float64Array.from(now, (frame, i) => {
    while (frame >= blocks[block].end) block++;
    return blocks[block].side === 'train' ? (weight?.[i] ?? 1) : 0;
  });
}

function variance(values: Float64Array, weights?: ArrayLike<number>): number {
  let [total, first, second] = [0, 0, 0];
  values.forEach((value, i) => {
    const weight = weights?.[i] ?? 1;
    total += weight;
    first += weight * value;
    second += weight * value * value;
  });
  return total > 0 ? second / total - (first / total) ** 2 : 0;
}
