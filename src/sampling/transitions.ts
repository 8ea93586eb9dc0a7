import { invalidArgument } from '../support/errors.js';
import { wholeRun, type FrameRange } from './frame-ranges.js';
import { isWithin, type Interval } from './intervals.js';

export interface CoreSets {
  a: Interval;
  b: Interval;
}

export interface TransitionOptions {
  /** Replicas as ranges of frames; default: one run of all frames. */
  ranges?: readonly FrameRange[];
  /** Look at the run only this often, in ps (needs the times): counts depend on it. Default: every frame. */
  every?: number;
}

export interface Transition {
  /** Time in ps at which the other core was first seen, and the replica (index of its range). */
  time: number;
  replica: number;
  to: 'A' | 'B';
}

export interface Transitions {
  count: number;
  perReplica: number[];
  events: Transition[];
}

/**
 * Transitions between two core sets with hysteresis: a frame counts for the core it last was in, so that
 * recrossings of the barrier's top do not count. `values` and `time` (ps) are `[frames]`.
 * For alanine dipeptide the cores are −2.8 < φ < −0.6 and 0.5 < φ < 1.7 rad, seen every 0.5 ps.
 */
export function findTransitions(
  values: Float64Array,
  time: Float64Array,
  cores: CoreSets,
  options: TransitionOptions = {},
): Transitions {
  if (time.length !== values.length) throw invalidArgument(`${values.length} times`, 'time', time.length);
  const ranges = options.ranges ?? wholeRun(values.length);
  const events = ranges.flatMap((range, replica) =>
    eventsIn(values, time, cores, framesSeen(time, range, options.every)).map((event) => ({
      ...event,
      replica,
    })),
  );
  const perReplica = ranges.map((_, replica) => events.filter((event) => event.replica === replica).length);
  return { count: events.length, perReplica, events };
}

function eventsIn(
  values: Float64Array,
  time: Float64Array,
  cores: CoreSets,
  frames: Iterable<number>,
): Omit<Transition, 'replica'>[] {
  const events: Omit<Transition, 'replica'>[] = [];
  let core: 'A' | 'B' | undefined;
  for (const frame of frames) {
    const seen = coreOf(values[frame], cores);
    if (seen && core && seen !== core) events.push({ time: time[frame], to: seen });
    core = seen ?? core;
  }
  return events;
}

function coreOf(value: number, { a, b }: CoreSets): 'A' | 'B' | undefined {
  if (isWithin(value, a)) return 'A';
  return isWithin(value, b) ? 'B' : undefined;
}

/** Frames at least `every` ps apart; a thousandth of it is forgiven, since times are printed rounded. */
function* framesSeen(time: Float64Array, { start, end }: FrameRange, every = 0): Generator<number> {
  let next = -Infinity;
  for (let frame = start; frame < end; frame++) {
    if (time[frame] < next) continue;
    yield frame;
    next = time[frame] + every * 0.999;
  }
}
