import { expectNumbers, expectObject } from '../../support/index.js';
import { expectMbarInput } from './input.js';
import { influenceError, Influences, type MbarFrames } from './influence.js';
import { expectSolution, mbarWeights, sampledStates } from './solution.js';

/**
 * Standard errors of the reduced free energies f_k against the first state with frames `[states]`; see `Influences`.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function mbarErrors(frames: MbarFrames): Float64Array {
  expectFrames(frames);
  const { input, solution, windows } = frames;
  const influences = new Influences(frames);
  const [first] = sampledStates(solution);
  const ofFirst = mbarWeights(solution, input.energies[first]);
  return Float64Array.from(input.states, (_, state) => {
    if (state === first) return 0;
    const direct = mbarWeights(solution, input.energies[state]);
    for (let frame = 0; frame < direct.length; frame++) direct[frame] = ofFirst[frame] - direct[frame];
    return influenceError(windows, influences.of(direct).frames);
  });
}

/** An average with its standard error, in the unit of what is averaged. */
export interface MbarMean {
  value: number;
  error: number;
}

/**
 * Average of a quantity `[frames]` in a state.
 * @param target reduced energies of the frames in it `[frames]`; default 0, as for `mbarWeights`
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function mbarMean(values: Float64Array, frames: MbarFrames, target?: Float64Array): MbarMean {
  expectFrames(frames);
  expectNumbers(values, 'values', frames.input.origin.length);
  const weights = mbarWeights(frames.solution, target);
  let value = 0;
  for (let frame = 0; frame < weights.length; frame++)
    if (weights[frame] > 0) value += weights[frame] * values[frame];
  const direct = weights.map((weight, frame) => (weight > 0 ? weight * (values[frame] - value) : 0));
  return { value, error: influenceError(frames.windows, new Influences(frames).of(direct).frames) };
}

function expectFrames(frames: MbarFrames): void {
  expectObject(frames, 'frames', 'input, solution and windows');
  expectMbarInput(frames.input);
  expectSolution(frames.solution);
}
