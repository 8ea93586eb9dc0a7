import { expectFloats, expectNumber, expectObject, invalidArgument } from '../support/index.js';
import type { Segment } from '../frames/index.js';
import {
  countedRanges,
  mbarWeights,
  mbarWindows,
  solveMbar,
  type MbarInput,
  type MbarSolution,
} from './mbar/index.js';
import { effectiveSampleSize, type WeightedSample } from './reweight.js';
import { framesIn } from './segments.js';

export interface MbarSampleOptions {
  /** The frames run by run, across whose ends nothing is correlated; default: all that count, window by window. */
  ranges?: readonly Segment[];
  /** Reduced energies `[frames]` of the state that the sample is to be of; default 0, as for `mbarWeights`. */
  target?: Float64Array;
  /** The solution where it is known already. */
  solution?: MbarSolution;
}

/**
 * Frames of several states (umbrella windows, static biases, temperatures) as one sample of the unbiased ensemble, or of a target, by
 * MBAR. Differences, profiles and surfaces of it have errors that hold what the free energies of the states are not known to.
 * @param temperature of the ensemble that the sample is of, K
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 * @throws LatentcvError `bad-data` where an energy is not finite, or where states fall apart into groups that share no frame
 */
export function mbarSample(
  input: MbarInput,
  temperature: number,
  options: MbarSampleOptions = {},
): WeightedSample & Required<Pick<WeightedSample, 'mbar'>> {
  expectNumber(temperature, 'temperature', { positive: true });
  expectObject(options, 'options');
  const { target } = options;
  const solution = options.solution ?? solveMbar(input);
  if (target !== undefined) expectFloats(target, 'options.target', input.origin.length);
  const windows = mbarWindows(input, solution, options.ranges ?? countedRanges(input.origin));
  const told = windows.reduce((sum, { frames }) => sum + frames, 0);
  const counted = framesIn(countedRanges(input.origin));
  if (told !== counted) throw invalidArgument(`ranges with all ${counted} frames`, 'options.ranges', told);
  const weights = mbarWeights(solution, target);
  const ranges = windows.flatMap((window) => window.ranges).sort((a, b) => a.start - b.start);
  return {
    weights,
    replicas: [{ source: '', ranges }],
    ranges,
    temperature,
    effectiveSize: effectiveSampleSize(weights),
    mbar: { input, solution, windows },
  };
}
