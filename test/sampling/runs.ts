import type { Replica } from '../../src/sampling/replicas.js';

/** Runs of one stretch of frames each, called 0, 1, … */
export function runsOf(...ranges: [number, number][]): Replica[] {
  return ranges.map(([start, end], i) => ({ source: String(i), ranges: [{ start, end }] }));
}
