import type { Segment } from '../frames/index.js';
import { firstEnds } from './koopman-weights.js';

/** Cells that frames are in, and which of them trajectories come back from. */
export interface ConnectedCells {
  /** The cell that each stands for: itself, or the nearest of those that are connected. */
  merged: Int32Array;
  /** Part of the pairs that begin in cells that stand for another. */
  cutOff: number;
}

/**
 * Finds the cells that trajectories pass between both ways, of which those with the most pairs are kept; a cell from which none
 * of these is reached is taken together with the nearest of them. Cells that are left and never entered stay: nothing of
 * the equilibrium is in them.
 * @param cell of each frame
 * @param lag in frames
 */
export function connectedCells(
  cell: Int32Array,
  centres: readonly Float64Array[],
  segments: readonly Segment[],
  lag: number,
): ConnectedCells {
  const count = centres.length;
  const reached = Array.from({ length: count }, (_, i) =>
    Uint8Array.from({ length: count }, (_, j) => Number(i === j)),
  );
  const pairs = new Float64Array(count);
  for (const { start, end } of firstEnds(segments, lag))
    for (let frame = start; frame < end; frame++) {
      reached[cell[frame]][cell[frame + lag]] = 1;
      pairs[cell[frame]]++;
    }
  close(reached);
  const kept = largest(reached, pairs);
  const merged = Int32Array.from(centres, (centre, i) =>
    kept.some((other) => reached[i][other]) ? i : nearestOf(kept, centre, centres),
  );
  const [all, cut] = [sumOf(pairs), sumOf(pairs.filter((_, i) => merged[i] !== i))];
  return { merged, cutOff: cut / all };
}

/** What is reached in any number of steps (Warshall 1962, doi:10.1145/321105.321107). */
function close(reached: Uint8Array[]): void {
  for (let via = 0; via < reached.length; via++)
    for (const row of reached)
      if (row[via]) for (let to = 0; to < row.length; to++) row[to] |= reached[via][to];
}

/** The cells that reach one another and have the most pairs. */
function largest(reached: readonly Uint8Array[], pairs: Float64Array): number[] {
  const sets = reached.map((row, i) => [...row.keys()].filter((j) => row[j] && reached[j][i]));
  const size = (set: readonly number[]): number => set.reduce((sum, i) => sum + pairs[i], 0);
  return sets.reduce((best, set) => (size(set) > size(best) ? set : best));
}

function nearestOf(kept: readonly number[], centre: Float64Array, centres: readonly Float64Array[]): number {
  const away = (i: number): number => centres[i].reduce((sum, value, j) => sum + (value - centre[j]) ** 2, 0);
  return kept.reduce((best, i) => (away(i) < away(best) ? i : best));
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
