import type { Segment } from '../frames/index.js';
import { CellKeys } from './cell-keys.js';
import { keyOf, stridesOf } from './cells.js';
import { cellOf, type ModeAxis } from './mode-axes.js';

/** How often the run came to the cells of a grid. */
export interface CellVisits {
  /** The cell of each frame that is looked at. */
  of: Int32Array;
  /** Of each cell. */
  visits: Float64Array;
}

interface OpenVisit {
  cell: number;
  place: Int32Array;
}

/**
 * Visits to the cells of a grid: a new one only where the run has been farther away in between than the cells around, since frames
 * of one visit say the same thing.
 * @param every one frame of so many is looked at
 */
export function visitsOfCells(
  axes: readonly ModeAxis[],
  ranges: readonly Segment[],
  every: number,
): CellVisits {
  const strides = stridesOf(axes);
  const keys = new CellKeys();
  const [visits, of]: [number[], number[]] = [[], []];
  for (const { start, end } of ranges) {
    let open: OpenVisit[] = [];
    let before = -1;
    for (let frame = start; frame < end; frame += every) {
      const cell = keys.add(keyOf(axes, strides, frame));
      of.push(cell);
      if (cell === before) continue;
      before = cell;
      if (cell === visits.length) visits.push(0);
      const place = Int32Array.from(axes, (axis) => cellOf(axis, axis.values[frame]));
      open = open.filter((other) => isBeside(axes, place, other.place));
      if (open.some((other) => other.cell === cell)) continue;
      visits[cell]++;
      open.push({ cell, place });
    }
  }
  return { of: Int32Array.from(of), visits: Float64Array.from(visits) };
}

function isBeside(axes: readonly ModeAxis[], a: Int32Array, b: Int32Array): boolean {
  return axes.every(({ cells, period }, k) => {
    const away = Math.abs(a[k] - b[k]);
    return (period ? Math.min(away, cells - away) : away) <= 1;
  });
}

/**
 * Of each frame that is looked at, the last of several grids, each finer than the one before, whose cell there the run came to
 * often enough; 0 where it came often enough to none.
 */
export function levelsByVisits(
  grids: readonly (readonly ModeAxis[])[],
  { ranges, every, least }: { ranges: readonly Segment[]; every: number; least: number },
): Uint8Array {
  let levels = new Uint8Array(0);
  for (const [level, axes] of grids.entries()) {
    const { of, visits } = visitsOfCells(axes, ranges, every);
    if (level === 0) levels = new Uint8Array(of.length);
    // a finer grid may count more: what comes seldom to a mode may move often within it
    of.forEach((cell, i) => {
      if (visits[cell] >= least) levels[i] = level;
    });
  }
  return levels;
}
