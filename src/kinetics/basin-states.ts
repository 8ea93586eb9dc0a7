import type { Segment, Times } from '../frames/index.js';
import type { Interval, Numbers } from '../sampling/index.js';
import { cvBasins } from './cv-basins.js';
import { openedCircle } from './circles.js';

/** A basin as states are told: the CV between its borders, and its core. */
export interface BasinState {
  /** On a periodic CV with `lower > upper` where it passes through the end of the domain. */
  interval: Interval;
  core: Interval;
  /** Part of all frames, by their weight. */
  fraction: number;
}

export interface BasinStatesOptions {
  /** Of the frames, mean 1. */
  weights?: ArrayLike<number>;
  /** The CV's domain, where it is periodic: cut open where the frames are fewest. */
  period?: readonly [number, number];
}

/**
 * The basins that the values of a CV `[frames]` show (`cvBasins`), as intervals that leave no gap; one alone, or none, is no
 * states.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function basinStates(
  cv: Numbers,
  time: Times,
  segments: readonly Segment[],
  { weights, period }: BasinStatesOptions = {},
): BasinState[] {
  if (cv.length === 0 || cv.every((value) => value === cv[0])) return [];
  if (!period) return statesOf(cvBasins(cv, time, segments, weights), (interval) => interval);
  const [lower, upper] = period;
  const length = upper - lower;
  const { values: opened, origin } = openedCircle(cv, period, weights);
  const back = (value: number): number =>
    value >= lower && value <= upper ? value : value - length * Math.floor((value - lower) / length);
  return statesOf(cvBasins(opened, time, segments, weights), ([from, to]) => [
    back(Math.max(from, origin)),
    back(Math.min(to, origin + length)),
  ]);
}

function statesOf(
  { basins }: ReturnType<typeof cvBasins>,
  placed: (interval: Interval) => Interval,
): BasinState[] {
  if (basins.length < 2) return [];
  return basins.map(({ lower, upper, core, fraction }) => ({
    interval: placed([lower, upper]),
    core: placed(core),
    fraction,
  }));
}
