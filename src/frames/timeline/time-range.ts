import { sameTime } from './tolerances.js';

/** Which frames to take. */
export interface TimeRange {
  /** First and last time in ps, both included. */
  begin?: number;
  end?: number;
  /** Every how many frames of a segment, counted from its first within `begin` and `end`. */
  stride?: number;
}

/** The ends of a range, widened so that a time which print or single precision made rounder still lies in it. */
export function endsOf({ begin, end }: TimeRange, spacing = NaN): readonly [number, number] {
  return [
    begin === undefined ? -Infinity : begin - sameTime(begin, spacing),
    end === undefined ? Infinity : end + sameTime(end, spacing),
  ];
}
