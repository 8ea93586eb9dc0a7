import type { Numbers } from '../sampling/index.js';
import { CellKeys } from './cell-keys.js';
import { cellOf, difference, middleOf, type ModeAxis } from './mode-axes.js';

/** Cells just as far away as is asked count, whatever division makes of it. */
const rounding = 1e-9;

/** The cells of a grid that frames lie in, with their weight; kernels have one width. */
export class Cells {
  private readonly keys = new CellKeys();
  private readonly strides: readonly number[];
  private readonly rows = new CellKeys();
  private readonly rowStrides: readonly number[];
  private readonly rowStarts: Int32Array;
  /** Places along the axes, `[cells, axes]`. */
  readonly places: Int32Array;
  /** Of the frames in each. */
  readonly weights: Float64Array;
  readonly frames: Float64Array;

  /** @param taken the frames that cells are made of */
  constructor(
    readonly axes: readonly ModeAxis[],
    weights: Numbers,
    taken: Iterable<number>,
  ) {
    this.strides = stridesOf(axes);
    const keys = new CellKeys();
    const [weight, frames, at]: [number[], number[], number[]] = [[], [], []];
    for (const frame of taken) {
      const key = keyOf(axes, this.strides, frame);
      const cell = keys.add(key);
      if (cell === weight.length) {
        weight.push(0);
        frames.push(0);
        at.push(key);
      }
      weight[cell] += weights[frame];
      frames[cell]++;
    }
    // in rows along the first axis
    const order = Uint32Array.from(at.keys()).sort((a, b) => at[a] - at[b]);
    this.weights = Float64Array.from(order, (cell) => weight[cell]);
    this.frames = Float64Array.from(order, (cell) => frames[cell]);
    this.places = new Int32Array(order.length * axes.length);
    this.rowStrides = this.strides.map((stride) => stride / axes[0].cells);
    const starts: number[] = [];
    order.forEach((from, cell) => {
      const key = at[from];
      this.keys.add(key);
      axes.forEach(({ cells }, k) => {
        this.places[cell * axes.length + k] = Math.floor(key / this.strides[k]) % cells;
      });
      if (this.rows.add(Math.floor(key / axes[0].cells)) === starts.length) starts.push(cell);
    });
    this.rowStarts = Int32Array.from([...starts, order.length]);
  }

  get size(): number {
    return this.weights.length;
  }

  /** The cell of a frame, or −1 where none that was taken lies in it. */
  ofFrame(frame: number): number {
    return this.keys.find(keyOf(this.axes, this.strides, frame));
  }

  /** The middle of a cell. */
  middle(cell: number): number[] {
    const d = this.axes.length;
    return this.axes.map((axis, k) => middleOf(axis, this.places[cell * d + k]));
  }

  /** How far the middle of a cell is from a place, in widths of the kernels, squared. */
  squaredFrom(place: ArrayLike<number>, cell: number): number {
    const d = this.axes.length;
    let sum = 0;
    for (let k = 0; k < d; k++) {
      const axis = this.axes[k];
      const away = difference(axis.period, place[k], middleOf(axis, this.places[cell * d + k]));
      sum += (away / axis.width) ** 2;
    }
    return sum;
  }

  /** Calls `visit` for the cells whose middle is within `reach` widths of a place. */
  eachNear(place: ArrayLike<number>, reach: number, visit: (cell: number, squared: number) => void): void {
    const most = reach * reach + rounding;
    this.eachRow(place, this.axes.length - 1, 0, most, (row, squared) => {
      const axis = this.axes[0];
      const [first, last] = spanOf(axis, place[0], Math.sqrt(most - squared));
      for (let round = Math.floor(first / axis.cells); round * axis.cells <= last; round++)
        this.eachInRow(row, first - round * axis.cells, last - round * axis.cells, (cell, at) => {
          const sum = squared + squaredAway(axis, place[0], at);
          if (sum <= most) visit(cell, sum);
        });
    });
  }

  /** Rows along the first axis, by how far they are along the others. */
  private eachRow(
    place: ArrayLike<number>,
    k: number,
    row: number,
    most: number,
    visit: (row: number, squared: number) => void,
    squared = 0,
  ): void {
    if (k === 0) {
      const found = this.rows.find(row);
      if (found >= 0) visit(found, squared);
      return;
    }
    const axis = this.axes[k];
    const [first, last] = spanOf(axis, place[k], Math.sqrt(most - squared));
    for (let at = first; at <= last; at++) {
      const sum = squared + squaredAway(axis, place[k], at);
      if (sum > most) continue;
      const cell = at - axis.cells * Math.floor(at / axis.cells);
      this.eachRow(place, k - 1, row + cell * this.rowStrides[k], most, visit, sum);
    }
  }

  private eachInRow(
    row: number,
    first: number,
    last: number,
    visit: (cell: number, at: number) => void,
  ): void {
    let [low, high] = [this.rowStarts[row], this.rowStarts[row + 1]];
    const end = high;
    const d = this.axes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.places[middle * d] < first) low = middle + 1;
      else high = middle;
    }
    for (; low < end && this.places[low * d] <= last; low++) visit(low, this.places[low * d]);
  }
}

/** First and last cell within so many widths of a value; of a periodic axis each once, beyond its ends too. */
function spanOf(
  { lower, cell, cells, period, width }: ModeAxis,
  value: number,
  widths: number,
): [number, number] {
  const along = widths * width;
  const first = Math.ceil((value - along - lower) / cell - 0.5);
  const last = Math.floor((value + along - lower) / cell - 0.5);
  if (!period) return [Math.max(0, first), Math.min(cells - 1, last)];
  return last - first >= cells ? [0, cells - 1] : [first, last];
}

const squaredAway = (axis: ModeAxis, value: number, at: number): number =>
  (difference(axis.period, value, middleOf(axis, at)) / axis.width) ** 2;

export function stridesOf(axes: readonly ModeAxis[]): number[] {
  let stride = 1;
  return axes.map(({ cells }) => {
    const own = stride;
    stride *= cells;
    return own;
  });
}

/** A number of the cell that a frame lies in, its own along axes with these strides. */
export function keyOf(axes: readonly ModeAxis[], strides: readonly number[], frame: number): number {
  let key = 0;
  for (let k = 0; k < axes.length; k++) key += cellOf(axes[k], axes[k].values[frame]) * strides[k];
  return key;
}
