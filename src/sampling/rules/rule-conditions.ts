import type { Interval } from '../intervals.js';

/** A range of one column; `lower > upper` on a periodic one passes through the end of its domain. */
export interface RangeCondition {
  kind: 'range';
  column: string;
  interval: Interval;
  /** Whether each end belongs to it. */
  closed: readonly [boolean, boolean];
}

/** What a frame has to meet to be in a state. */
export type Condition =
  | RangeCondition
  | { kind: 'order'; left: string; right: string; operator: Comparison }
  | { kind: 'all' | 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition };

/** A state by what its frames meet. */
export interface StateRule {
  /** Left out, its place gives it one: A, B, … */
  name?: string;
  condition: Condition;
  /** As it was written, without the name. */
  text: string;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** The columns that a condition is about, each once, in the order of the text. */
export function columnsIn(condition: Condition): string[] {
  const found = (each: Condition): string[] => {
    if (each.kind === 'range') return [each.column];
    if (each.kind === 'order') return [each.left, each.right];
    return each.kind === 'not' ? found(each.of) : each.of.flatMap(found);
  };
  return [...new Set(found(condition))];
}

/** The ranges of a condition that a frame in the state has to lie in, or out of. */
export function rangesIn(condition: Condition): RangeCondition[] {
  if (condition.kind === 'range') return [condition];
  if (condition.kind === 'order') return [];
  return condition.kind === 'not' ? rangesIn(condition.of) : condition.of.flatMap(rangesIn);
}

/** Where a column lies that compares so with a number. */
export function rangeOf(column: string, operator: Comparison, end: number): Condition {
  const open = { kind: 'range', column, closed: [false, false] } as const;
  switch (operator) {
    case '<':
      return { ...open, interval: [-Infinity, end] };
    case '<=':
      return { ...open, interval: [-Infinity, end], closed: [false, true] };
    case '>':
      return { ...open, interval: [end, Infinity] };
    case '>=':
      return { ...open, interval: [end, Infinity], closed: [true, false] };
    case '=':
      return { ...open, interval: [end, end], closed: [true, true] };
    case '!=':
      return { kind: 'not', of: { ...open, interval: [end, end], closed: [true, true] } };
  }
}

/** `-2 < phi < 1` is one range, which on a periodic column may pass through the end of its domain. */
export function merged(parts: readonly Condition[]): Condition {
  const [first, second] = parts;
  if (parts.length === 1) return first;
  if (parts.length > 2 || first.kind !== 'range' || second.kind !== 'range' || first.column !== second.column)
    return { kind: 'all', of: parts };
  const [above, below] = first.interval[1] === Infinity ? [first, second] : [second, first];
  return {
    ...first,
    interval: [above.interval[0], below.interval[1]],
    closed: [above.closed[0], below.closed[1]],
  };
}
