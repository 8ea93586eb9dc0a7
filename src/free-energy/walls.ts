import type { Numbers } from '../sampling/index.js';
import type { ErrorBlock } from './block-moments.js';
import { type CoordinateSpread, spreadBins } from './axes/index.js';

/** So many separate blocks must have been at an end for it to be called a wall. */
const fewestVisits = 5;

/**
 * The ends of a coordinate that are hard walls, infinite where they are not: a density that falls off leaves few frames at its
 * end, a wall as many as a bandwidth further in. The end of what was sampled is a wall where at least five
 * blocks came within a bandwidth of it, with at least half as many frames as in the next bandwidth.
 */
export function hardEnds(
  values: Numbers,
  blocks: readonly ErrorBlock[],
  spread: CoordinateSpread,
  width: number,
): [number, number] {
  const { lower, upper } = spread;
  const isHard = (from: number, to: number, side: 1 | -1) =>
    framesFrom(spread, from, from + side * width) >=
      framesFrom(spread, from + side * width, from + 2 * side * width) / 2 &&
    visits(values, blocks, from, to);
  return [
    isHard(lower, lower + width, 1) ? lower : -Infinity,
    isHard(upper, upper - width, -1) ? upper : Infinity,
  ];
}

/** Frames between two places, by whole bins. */
function framesFrom({ lower, upper, frames }: CoordinateSpread, from: number, to: number): number {
  const bin = (value: number) => Math.round(((value - lower) / (upper - lower)) * spreadBins);
  const [first, last] = [bin(Math.min(from, to)), bin(Math.max(from, to))];
  return frames.subarray(Math.max(0, first), Math.max(0, last)).reduce((a, b) => a + b, 0);
}

/** Whether enough blocks have a frame between two places. */
function visits(values: Numbers, blocks: readonly ErrorBlock[], from: number, to: number): boolean {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  let visited = 0;
  for (const block of blocks) {
    if (block.some((range) => isVisited(values, range.start, range.end, low, high))) visited++;
    if (visited === fewestVisits) return true;
  }
  return false;
}

function isVisited(values: Numbers, start: number, end: number, low: number, high: number): boolean {
  for (let frame = start; frame < end; frame++)
    if (values[frame] >= low && values[frame] <= high) return true;
  return false;
}
