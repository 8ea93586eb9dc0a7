import { rounded } from '../../support/index.js';
import { singleRoundoff } from '../../frames/index.js';

/** XTC files keep the lower 32 bits of a step. */
const stepsAround = 2 ** 32;

/** Steps as they were counted, from the first on. */
function unwrapped(steps: Float64Array): Float64Array {
  const out = new Float64Array(steps.length);
  for (let i = 1; i < steps.length; i++) {
    const step = steps[i] - steps[i - 1];
    out[i] = out[i - 1] + step - stepsAround * Math.round(step / stepsAround);
  }
  return out;
}

/** The number between two with the fewest digits. */
function roundestBetween(low: number, high: number): number {
  const middle = (low + high) / 2;
  for (let digits = 1; digits < 16; digits++) {
    const short = rounded(middle, digits);
    if (short >= low && short <= high) return short;
  }
  return middle;
}

/** The time step that all times agree with to single precision; undefined where none does. */
function timestepOf(times: Float64Array, steps: Float64Array): number | undefined {
  let [low, high] = [0, Infinity];
  for (let i = 1; i < times.length; i++) {
    if (steps[i] === 0) {
      if (Math.abs(times[i] - times[0]) > singleRoundoff(times[0])) return undefined;
      continue;
    }
    const slack = singleRoundoff(times[i]);
    const ends = [times[i] - times[0] - slack, times[i] - times[0] + slack].map((end) => end / steps[i]);
    low = Math.max(low, Math.min(...ends));
    high = Math.min(high, Math.max(...ends));
  }
  return low <= high && high < Infinity && high > 0 ? roundestBetween(low, high) : undefined;
}

/**
 * Times of frames from their steps, where the file keeps times in single precision: 5·10⁷ ps has a resolution of 4 ps. Times
 * that do not go with the steps, to single precision, are none of those: undefined.
 * @param times ps, as the file tells them
 * @param steps MD steps, of which a file may keep the lower 32 bits
 */
export function timesBySteps(times: Float64Array, steps: Float64Array): Float64Array | undefined {
  if (times.length < 2 || times.some((time) => Math.fround(time) !== time)) return undefined;
  const counted = unwrapped(steps);
  const timestep = timestepOf(times, counted);
  if (timestep === undefined) return undefined;
  // most runs count their time from step 0
  const around = Math.round((times[0] / timestep - steps[0]) / stepsAround);
  const fromZero = timestep * (steps[0] + around * stepsAround);
  const first = Math.abs(fromZero - times[0]) <= singleRoundoff(times[0]) ? fromZero : times[0];
  return counted.map((step) => first + step * timestep);
}
