import { expectTimes } from './expect-sample.js';
import { expectSegments, type Times, type Segment } from '../frames/index.js';
import { invalidArgument, expectNumber, expectNumbers, expectObject } from '../support/index.js';
import { coreEvents, labelFrames } from './cores.js';
import { wholeRun } from './segments.js';
import type { Interval } from './intervals.js';
import type { Numbers } from './numbers.js';

export interface CoreSets {
  a: Interval;
  b: Interval;
}

export interface TransitionOptions {
  /** Segments; default: one run of all frames. */
  ranges?: readonly Segment[];
  /** Look at the run only this often, in ps (needs the times): counts depend on it. Default: every frame. */
  every?: number;
}

export interface Transition {
  /** Time in ps at which the other core was first seen, and the index of its range. */
  time: number;
  range: number;
  to: 'A' | 'B';
}

export interface Transitions {
  count: number;
  events: Transition[];
}

/**
 * Transitions between two core sets with hysteresis (see `coreEvents`). `values` and `time` (ps) are `[frames]`.
 * For alanine dipeptide the cores are −2.8 < φ < −0.6 and 0.5 < φ < 1.7 rad, seen every 0.5 ps.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function findTransitions(
  values: Numbers,
  time: Times,
  cores: CoreSets,
  { ranges = wholeRun(values.length), every }: TransitionOptions = {},
): Transitions {
  expectNumbers(values, 'values');
  expectTimes(time, values.length);
  expectObject(cores, 'cores', 'two cores, a and b,');
  const { a, b } = cores;
  expectNumbers(a, 'cores.a', 2);
  expectNumbers(b, 'cores.b', 2);
  expectSegments(ranges, values.length, 'ranges');
  if (every !== undefined) expectNumber(every, 'every', { positive: true });
  if (time.length !== values.length) throw invalidArgument(`${values.length} times`, 'time', time.length);
  const { labels } = labelFrames(values.length, [
    { values, interval: a },
    { values, interval: b },
  ]);
  const looks = every === undefined ? undefined : { time, every };
  const events = ranges.flatMap((range, i) =>
    coreEvents(labels, [1, 2], [range], looks).map(({ frame, to }) => ({
      time: time.at(frame)!,
      range: i,
      to: to === 1 ? ('A' as const) : ('B' as const),
    })),
  );
  return { count: events.length, events };
}
