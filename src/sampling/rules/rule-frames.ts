import type { Column } from '../../frames/index.js';
import { LatentcvError, expectList, expectObject } from '../../support/index.js';
import type { StateLabels } from '../cores.js';
import type { Numbers } from '../numbers.js';
import { expectInDomain, shown } from '../sampled-intervals.js';
import {
  columnsIn,
  rangesIn,
  stateNames,
  type Comparison,
  type Condition,
  type RangeCondition,
  type StateRule,
} from './state-rules.js';

/** Frames that rules are held to. */
export interface RuledFrames {
  frames: number;
  column: (label: string) => Column;
  values: (label: string) => Numbers;
}

/** Frames by state. */
export interface RuledStates {
  names: string[];
  /** 0: in none, 1: in the first. */
  labels: StateLabels;
  /** Frames in each state. */
  counts: number[];
  /** Frames in more than one, the first of them, and two of its states. */
  twice: { frames: number; first: number; states: readonly [string, string] } | undefined;
}

/** Labels are bytes. */
export const mostStates = 255;

/**
 * Which of the states each frame is in; a frame in several is labelled by the first of them.
 * @param what a state is called in messages: `state`, `basin`, `core`
 * @throws LatentcvError `bad-argument` for a range that its column cannot be in
 */
export function statesByRules(run: RuledFrames, rules: readonly StateRule[], what: string): RuledStates {
  expectObject(run, 'run', 'frames of a run');
  expectList(rules, 'rules');
  if (rules.length > mostStates)
    throw new LatentcvError(
      'bad-argument',
      `expected at most ${mostStates} states but received ${rules.length}`,
    );
  const names = stateNames(rules);
  rules.forEach(({ condition }, i) => expectRanges(run, condition, `${what} ${names[i]}`));
  const labels = new Uint8Array(run.frames);
  const counts = names.map(() => 0);
  let twice: RuledStates['twice'];
  rules.forEach(({ condition }, state) => {
    const holds = predicate(condition, run);
    for (let frame = 0; frame < run.frames; frame++) {
      if (!holds(frame)) continue;
      counts[state]++;
      if (labels[frame] === 0) labels[frame] = state + 1;
      else twice = again(twice, frame, [names[labels[frame] - 1], names[state]]);
    }
  });
  return { names, labels, counts, twice };
}

function again(
  before: RuledStates['twice'],
  frame: number,
  states: readonly [string, string],
): RuledStates['twice'] {
  if (!before) return { frames: 1, first: frame, states };
  const frames = before.frames + 1;
  return frame < before.first ? { frames, first: frame, states } : { ...before, frames };
}

/** Refuses ranges that no value can lie in as they are meant. */
function expectRanges({ column }: RuledFrames, condition: Condition, what: string): void {
  for (const range of rangesIn(condition)) {
    const [lower, upper] = range.interval;
    const ordered = lower === upper && range.closed[0] && range.closed[1];
    if (ordered && !column(range.column).period) continue;
    expectInDomain({ what, column: column(range.column), interval: range.interval });
  }
}

/** Whether a frame meets the condition; NaN meets no comparison. */
function predicate(condition: Condition, run: RuledFrames): (frame: number) => boolean {
  if (condition.kind === 'range') return rangePredicate(condition, run);
  if (condition.kind === 'order') {
    const [left, right, compare] = [
      run.values(condition.left),
      run.values(condition.right),
      order[condition.operator],
    ];
    return (frame) => compare(left[frame], right[frame]);
  }
  if (condition.kind === 'not') {
    const holds = predicate(condition.of, run);
    const columns = columnsIn(condition.of).map((label) => run.values(label));
    return (frame) => !holds(frame) && columns.every((values) => !Number.isNaN(values[frame]));
  }
  const parts = condition.of.map((part) => predicate(part, run));
  return condition.kind === 'all'
    ? (frame) => parts.every((holds) => holds(frame))
    : (frame) => parts.some((holds) => holds(frame));
}

const order: Record<Comparison, (left: number, right: number) => boolean> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '=': (left, right) => left === right,
  '!=': (left, right) => left < right || left > right,
};

function rangePredicate(
  { column, interval: [lower, upper], closed }: RangeCondition,
  run: RuledFrames,
): (frame: number) => boolean {
  const values = run.values(column);
  const above = order[closed[0] ? '>=' : '>'];
  const below = order[closed[1] ? '<=' : '<'];
  return lower <= upper
    ? (frame) => above(values[frame], lower) && below(values[frame], upper)
    : (frame) => above(values[frame], lower) || below(values[frame], upper);
}

/**
 * What is told of a state that no frame is in: where the frames are in its columns, and whether another unit would
 * explain it.
 */
export function unmet(
  run: RuledFrames,
  { condition, text }: StateRule,
  what: string,
): { message: string; hint?: string } {
  const columns = columnsIn(condition);
  const where = columns.map(
    (label) => `${label} goes from ${extent(run.values(label)).map(shown).join(' to ')}`,
  );
  const hint = otherUnit(run, condition);
  return {
    message: `no frame lies in ${what}, ${text}: of ${run.frames} frames ${where.join(', ')}`,
    ...(hint !== undefined && { hint }),
  };
}

function extent(values: Numbers): [number, number] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return [lowest, highest];
}

/** Degrees in radians, Å in nm, and the other way round. */
const units = [Math.PI / 180, 180 / Math.PI, 0.1, 10];

/** Told where frames would meet a condition whose numbers were in another unit. */
function otherUnit(run: RuledFrames, condition: Condition): string | undefined {
  const found = units.some((factor) => {
    const holds = predicate(scaled(condition, factor), run);
    for (let frame = 0; frame < run.frames; frame++) if (holds(frame)) return true;
    return false;
  });
  return found
    ? 'are its numbers in another unit? Columns are as read: nm and rad of trajectories'
    : undefined;
}

function scaled(condition: Condition, factor: number): Condition {
  if (condition.kind === 'order') return condition;
  if (condition.kind === 'range') {
    const [lower, upper] = condition.interval;
    return { ...condition, interval: [lower * factor, upper * factor] };
  }
  return condition.kind === 'not'
    ? { ...condition, of: scaled(condition.of, factor) }
    : { ...condition, of: condition.of.map((part) => scaled(part, factor)) };
}
