import { LatentcvError } from '../support/errors.js';
import type { Numbers } from '../sampling/numbers.js';
import type { FrameRange } from '../sampling/frame-ranges.js';
import { axisSpacing, type GridAxis } from './grid.js';

/** How one value spreads over the cells of an axis: `count` cells and the part that each gets. */
interface Footprint {
  cells: Int32Array;
  parts: Float64Array;
  count: number;
}

/** Spreads a value over the cells of its axis. */
export type Smear = (value: number) => Footprint;

/** One coordinate of a density: its values `[frames]`, the grid, and how a value spreads over it. */
export interface DensityAxis {
  values: Float64Array;
  axis: GridAxis;
  smear: Smear;
}

export interface BlockDensities {
  /** Weighted density per block, `[cells]` each; the first axis runs fastest. */
  blocks: Float64Array[];
  /** Number of frames that a cell rests on, unweighted: 1 for one frame in the middle of it. */
  support: Float64Array;
}

/** Kernels are cut here, in bandwidths, where they have fallen to 1e-8. */
const reach = 6;

/**
 * A Gaussian of this width. On a periodic axis it is wrapped: all its images within reach are added up,
 * so the domain's ends are no different from its middle.
 */
export function gaussianSmear(axis: GridAxis, width: number): Smear {
  const spacing = axisSpacing(axis, 'points');
  const capacity = Math.ceil((2 * reach * width) / spacing) + 2;
  const footprint = { cells: new Int32Array(capacity), parts: new Float64Array(capacity), count: 0 };
  return (value) => {
    const first = Math.ceil((value - reach * width - axis.lower) / spacing);
    const last = Math.floor((value + reach * width - axis.lower) / spacing);
    footprint.count = 0;
    for (let cell = first; cell <= last; cell++) {
      const distance = (axis.lower + cell * spacing - value) / width;
      place(footprint, axis, cell, Math.exp(-0.5 * distance * distance));
    }
    return footprint;
  };
}

/** All of a value into the bin that holds it; the last bin of an axis that is not periodic holds its upper end. */
export function binSmear(axis: GridAxis): Smear {
  const spacing = axisSpacing(axis, 'bins');
  const footprint = { cells: new Int32Array(1), parts: new Float64Array(1), count: 0 };
  return (value) => {
    const cell = Math.floor((value - axis.lower) / spacing);
    footprint.count = 0;
    place(footprint, axis, value === axis.upper && !axis.periodic ? axis.points - 1 : cell, 1);
    return footprint;
  };
}

function place(footprint: Footprint, { points, periodic }: GridAxis, cell: number, part: number): void {
  if (!periodic && (cell < 0 || cell >= points)) return;
  footprint.cells[footprint.count] = ((cell % points) + points) % points;
  footprint.parts[footprint.count++] = part;
}

const oneCell: DensityAxis = {
  values: new Float64Array(),
  axis: { lower: 0, upper: 1, points: 1, periodic: false },
  smear: () => ({ cells: new Int32Array(1), parts: Float64Array.of(1), count: 1 }),
};

/** Weighted density of frames over one or two axes, block by block. Throws `bad-data` at a value that is not finite. */
export function blockDensities(
  weights: Numbers,
  blocks: readonly FrameRange[],
  x: DensityAxis,
  y: DensityAxis = oneCell,
): BlockDensities {
  const size = x.axis.points * y.axis.points;
  const support = new Float64Array(size);
  const densities = blocks.map(({ start, end }) => {
    const density = new Float64Array(size);
    for (let frame = start; frame < end; frame++) {
      const [px, py] = [x.smear(finite(x, frame)), y.smear(y === oneCell ? 0 : finite(y, frame))];
      deposit(density, support, weights[frame], px, py, x.axis.points);
    }
    return density;
  });
  return { blocks: densities, support };
}

function deposit(
  density: Float64Array,
  support: Float64Array,
  weight: number,
  x: Footprint,
  y: Footprint,
  stride: number,
): void {
  for (let j = 0; j < y.count; j++) {
    const row = y.cells[j] * stride;
    for (let i = 0; i < x.count; i++) {
      const part = x.parts[i] * y.parts[j];
      density[row + x.cells[i]] += weight * part;
      support[row + x.cells[i]] += part;
    }
  }
}

function finite({ values }: DensityAxis, frame: number): number {
  const value = values[frame];
  if (value === undefined || !Number.isFinite(value)) {
    throw new LatentcvError('bad-data', `expected a finite coordinate but frame ${frame} has ${value}`);
  }
  return value;
}
