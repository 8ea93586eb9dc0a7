import type { Segment } from '../frames/index.js';
import type { Numbers } from '../sampling/index.js';
import { CellKeys } from './cell-keys.js';
import { cellOf, type ModeAxis } from './mode-axes.js';

/** Another cell as seen from one: steps along each axis, what that adds to its key where no axis ends in between, and how far it is in widths of kernels, squared. */
interface Step {
  steps: readonly number[];
  key: number;
  squared: number;
}

/** Beyond so many widths a kernel counts for nothing. */
const kernelReach = 3;
/** Cells just as far away as is asked count, whatever division makes of it. */
const rounding = 1e-9;

/** Keys beyond both ends of an axis that is not periodic: no step leads from one row into the next. */
const padding = 8;

/** The cells of a grid that frames lie in, with their weight. */
export class Cells {
  private readonly keys = new CellKeys();
  private readonly strides: readonly number[];
  /** Key of each cell. */
  private readonly keyAt: Float64Array;
  /** Places along the axes, `[cells, axes]`. */
  readonly places: Int32Array;
  /** Of the frames in each. */
  readonly weights: Float64Array;
  readonly frames: Float64Array;

  /** @param every one frame of so many is taken */
  constructor(
    readonly axes: readonly ModeAxis[],
    weights: Numbers,
    ranges: readonly Segment[],
    every = 1,
  ) {
    let stride = 1;
    this.strides = axes.map(({ cells, period }) => {
      const own = stride;
      stride *= cells + (period ? 0 : 2 * padding);
      return own;
    });
    const [weight, frames, places, keys]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (const { start, end } of ranges)
      for (let frame = start; frame < end; frame += every) {
        const key = this.keyOf(frame);
        const cell = this.keys.add(key);
        if (cell === weight.length) {
          keys.push(key);
          weight.push(0);
          frames.push(0);
          for (const axis of axes) places.push(cellOf(axis, axis.values[frame]));
        }
        weight[cell] += weights[frame];
        frames[cell]++;
      }
    this.weights = Float64Array.from(weight);
    this.frames = Float64Array.from(frames);
    this.places = Int32Array.from(places);
    this.keyAt = Float64Array.from(keys);
  }

  get size(): number {
    return this.weights.length;
  }

  /** The cell of each of the frames that count, −1 of others; of those in no cell that was taken, the nearest. */
  ofFrames(frames: number, ranges: readonly Segment[]): Int32Array {
    const cells = new Int32Array(frames).fill(-1);
    const elsewhere = new Map<number, number>();
    const around = this.stepsWithin(kernelReach).sort((a, b) => a.squared - b.squared);
    for (const { start, end } of ranges)
      for (let frame = start; frame < end; frame++) {
        const key = this.keyOf(frame);
        let cell = this.keys.find(key);
        if (cell < 0) {
          cell =
            elsewhere.get(key) ??
            this.nearest(
              this.axes.map((axis) => cellOf(axis, axis.values[frame])),
              around,
            );
          elsewhere.set(key, cell);
        }
        cells[frame] = cell;
      }
    return cells;
  }

  /**
   * Calls `visit` for every two cells of which one is within `reach` widths of the other, each pair once, and for no cell with
   * itself.
   */
  eachPair(reach: number, visit: (a: number, b: number, squared: number) => void): void {
    const steps = this.stepsWithin(reach).filter(({ steps }) => isForward(steps));
    for (let cell = 0; cell < this.size; cell++) this.eachBeside(cell, steps, visit);
  }

  /** Other cells within `reach` widths, for one cell after the other. */
  neighboursWithin(reach: number): (cell: number, visit: (cell: number, other: number) => void) => void {
    const steps = this.stepsWithin(reach);
    return (cell, visit) => this.eachBeside(cell, steps, visit);
  }

  /** How far two cells are apart in widths of kernels, squared. */
  squaredBetween(a: number, b: number): number {
    return this.squaredFrom(this.placeOf(a), b);
  }

  private placeOf(cell: number): Int32Array {
    const d = this.axes.length;
    return this.places.subarray(cell * d, (cell + 1) * d);
  }

  private squaredFrom(place: ArrayLike<number>, cell: number): number {
    const d = this.axes.length;
    return this.axes.reduce((sum, { cells, period, cell: size, width }, k) => {
      const away = Math.abs(place[k] - this.places[cell * d + k]);
      return sum + ((period ? Math.min(away, cells - away) : away) * (size / width)) ** 2;
    }, 0);
  }

  /** Of a place that no cell has: among the cells around it, or where those are empty too, among all. */
  private nearest(place: readonly number[], around: readonly Step[]): number {
    for (const { steps } of around) {
      const cell = this.keys.find(this.keyAround(place, steps));
      if (cell >= 0) return cell;
    }
    let [found, least] = [0, Infinity];
    for (let cell = 0; cell < this.size; cell++) {
      const squared = this.squaredFrom(place, cell);
      if (squared < least) [found, least] = [cell, squared];
    }
    return found;
  }

  private keyOf(frame: number): number {
    let key = 0;
    for (let k = 0; k < this.axes.length; k++) {
      const axis = this.axes[k];
      key += (cellOf(axis, axis.values[frame]) + (axis.period ? 0 : padding)) * this.strides[k];
    }
    return key;
  }

  private eachBeside(
    cell: number,
    steps: readonly Step[],
    visit: (cell: number, other: number, squared: number) => void,
  ): void {
    const inside = this.isInside(cell);
    const own = this.keyAt[cell];
    for (const step of steps) {
      const other = this.keys.find(inside ? own + step.key : this.keyAround(this.placeOf(cell), step.steps));
      if (other >= 0 && other !== cell) visit(cell, other, step.squared);
    }
  }

  /** Whether no step leads over the end of a period. */
  private isInside(cell: number): boolean {
    const d = this.axes.length;
    return this.axes.every(({ cells, period }, k) => {
      const at = this.places[cell * d + k];
      return !period || (at >= padding && at < cells - padding);
    });
  }

  private keyAround(place: ArrayLike<number>, steps: readonly number[]): number {
    let key = 0;
    for (let k = 0; k < steps.length; k++) {
      const { cells, period } = this.axes[k];
      const at = place[k] + steps[k];
      key += (period ? (at + cells) % cells : at + padding) * this.strides[k];
    }
    return key;
  }

  private stepsWithin(reach: number): Step[] {
    let found: Step[] = [{ steps: [], key: 0, squared: 0 }];
    for (const [k, { cell, width, cells, period }] of this.axes.entries()) {
      const most = Math.floor((reach * width) / cell + rounding);
      // around a short period every cell is met once
      const on = period ? Math.min(most, Math.floor((cells - 1) / 2)) : most;
      const along = Array.from({ length: 2 * on + 1 }, (_, i) => i - on);
      found = found.flatMap(({ steps, key, squared }) =>
        along
          .map((step) => ({
            steps: [...steps, step],
            key: key + step * this.strides[k],
            squared: squared + ((step * cell) / width) ** 2,
          }))
          .filter((each) => each.squared <= reach * reach + rounding),
      );
    }
    return found;
  }
}

/** Of a step and its opposite, one. */
function isForward(steps: readonly number[]): boolean {
  const first = steps.find((step) => step !== 0);
  return first !== undefined && first > 0;
}

/**
 * The density at each cell, by Gaussian kernels over the others, up to a factor.
 * Frames stand in the middle of their cell.
 */
export function cellDensity(cells: Cells): Float64Array {
  const density = cells.weights.slice();
  cells.eachPair(kernelReach, (a, b, squared) => {
    const kernel = Math.exp(-0.5 * squared);
    density[a] += kernel * cells.weights[b];
    density[b] += kernel * cells.weights[a];
  });
  return density;
}
