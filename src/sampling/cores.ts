import type { Times, Segment } from '../frames/index.js';
import { isWithin, type Interval } from './intervals.js';
import type { Numbers } from './numbers.js';

/**
 * Which of several sets each frame is in: 0 for none, 1 for the first, … `[frames]`. Basins and their cores are told so;
 * at most 255.
 */
export type StateLabels = Uint8Array;

/** A condition on one column. */
export interface ColumnSet {
  values: Numbers;
  interval: Interval;
}

/** Labels frames by the first of the sets that holds them. Returns how many frames lie in more than one. */
export function labelFrames(
  frames: number,
  sets: readonly ColumnSet[],
): { labels: StateLabels; twice: number } {
  const labels = new Uint8Array(frames);
  let twice = 0;
  sets.forEach(({ values, interval }, set) => {
    for (let frame = 0; frame < frames; frame++) {
      if (!isWithin(values[frame], interval)) continue;
      if (labels[frame] === 0) labels[frame] = set + 1;
      else twice++;
    }
  });
  return { labels, twice };
}

const bins = 200;

/**
 * The core of a basin where none is given: the densest of 200 bins of its coordinate that hold half of its weight (or
 * another `part`), so that what flickers at its border is in no core. The frames of `ranges` decide, all frames in the
 * core are labelled. Returns the core's extent and whether its densest bin is the first or the last; undefined where the
 * basin was never visited.
 * @param inBasin the label of the basin in `basins`
 */
export function labelDensestHalf(
  cores: StateLabels,
  basins: StateLabels,
  inBasin: number,
  {
    values,
    weights,
    ranges,
    part = 0.5,
  }: { values: Numbers; weights: Numbers; ranges: readonly Segment[]; part?: number },
): { extent: readonly [number, number]; densest: 'lower' | 'upper' | 'inside' } | undefined {
  let [lower, upper] = [Infinity, -Infinity];
  eachFrame(ranges, (frame) => {
    if (basins[frame] !== inBasin) return;
    if (values[frame] < lower) lower = values[frame];
    if (values[frame] > upper) upper = values[frame];
  });
  if (!(lower <= upper)) return undefined;
  const binOf = (value: number): number =>
    upper > lower ? Math.min(bins - 1, Math.floor(((value - lower) / (upper - lower)) * bins)) : 0;
  const density = new Float64Array(bins);
  let total = 0;
  eachFrame(ranges, (frame) => {
    if (basins[frame] !== inBasin) return;
    density[binOf(values[frame])] += weights[frame];
    total += weights[frame];
  });
  const inside = densest(density, part * total);
  for (let frame = 0; frame < basins.length; frame++) {
    const value = values[frame];
    if (basins[frame] !== inBasin || !(value >= lower && value <= upper)) continue;
    if (inside[binOf(value)]) cores[frame] = inBasin;
  }
  const edge = (bin: number): number => lower + (bin * (upper - lower)) / bins;
  const peak = density.indexOf(density.reduce((most, value) => Math.max(most, value), 0));
  return {
    extent: [edge(inside.indexOf(1)), edge(inside.lastIndexOf(1) + 1)],
    densest: peak === 0 ? 'lower' : peak === bins - 1 ? 'upper' : 'inside',
  };
}

/** The fewest bins that hold so much. */
function densest(density: Float64Array, wanted: number): Uint8Array {
  const inside = new Uint8Array(density.length);
  let held = 0;
  for (const bin of Array.from(density.keys()).sort((a, b) => density[b] - density[a])) {
    if (held >= wanted && held > 0) break;
    inside[bin] = 1;
    held += density[bin];
  }
  return inside;
}

function eachFrame(ranges: readonly Segment[], visit: (frame: number) => void): void {
  for (const { start, end } of ranges) for (let frame = start; frame < end; frame++) visit(frame);
}

/** A transition to the other of two cores. */
export interface CoreEvent {
  frame: number;
  /** The core that was reached. */
  to: number;
}

/**
 * Transitions between two cores with hysteresis: a frame counts for the one of the two it last was in, so that
 * recrossings of the barrier's top do not count. None is counted across the end of a range.
 * @param every look at the run only so often, ps
 */
export function coreEvents(
  cores: StateLabels,
  [first, second]: readonly [number, number],
  ranges: readonly Segment[],
  looks?: { time: Times; every: number },
): CoreEvent[] {
  const events: CoreEvent[] = [];
  for (const range of ranges) {
    let last = 0;
    for (const frame of framesSeen(range, looks)) {
      const core = cores[frame];
      if (core !== first && core !== second) continue;
      if (last !== 0 && core !== last) events.push({ frame, to: core });
      last = core;
    }
  }
  return events;
}

/**
 * The way of each transition between two cores: the frames after the last one in the core that was left and before the first in the
 * other. Where one follows the other at once there are none, and no passage is told.
 */
export function corePassages(
  cores: StateLabels,
  [first, second]: readonly [number, number],
  ranges: readonly Segment[],
): Segment[] {
  const passages: Segment[] = [];
  for (const range of ranges) {
    let last = { core: 0, frame: -1 };
    for (let frame = range.start; frame < range.end; frame++) {
      const core = cores[frame];
      if (core !== first && core !== second) continue;
      if (last.core !== 0 && core !== last.core && frame - last.frame > 1)
        passages.push({ start: last.frame + 1, end: frame });
      last = { core, frame };
    }
  }
  return passages;
}

/** Frames at least `every` ps apart; a thousandth of it is forgiven, since times are printed rounded. */
function* framesSeen({ start, end }: Segment, looks?: { time: Times; every: number }): Generator<number> {
  let next = -Infinity;
  for (let frame = start; frame < end; frame++) {
    if (looks) {
      const time = looks.time.at(frame)!;
      if (time < next) continue;
      next = time + looks.every * 0.999;
    }
    yield frame;
  }
}
