import type { Numbers } from '../sampling/index.js';
import { Cells } from './cells.js';
import type { ModeAxis } from './mode-axes.js';

/** Beyond so many widths a kernel counts for nothing. */
const kernelReach = 3;

/** Frames that cells are made of, and the layer of each. */
export interface LayeredFrames {
  frames: Int32Array;
  levels: Uint8Array;
}

/**
 * Cells of several sizes: a layer's hold the frames whose kernels have its widths. Numbers of cells count on from layer to
 * layer, from the widest on.
 */
export class Layers {
  private readonly layers: readonly Cells[];
  private readonly first: readonly number[];
  /** Layer of each cell. */
  private readonly layerOf: Uint8Array;
  private readonly middles: Float64Array;
  private readonly dimensions: number;
  readonly size: number;
  /** Of the frames in each cell. */
  readonly weights: Float64Array;
  readonly frames: Float64Array;

  /** @param axes of each layer, the widest first */
  constructor(axes: readonly (readonly ModeAxis[])[], weights: Numbers, { frames, levels }: LayeredFrames) {
    this.dimensions = axes[0].length;
    this.layers = axes.map(
      (own, level) =>
        new Cells(
          own,
          weights,
          frames.filter((_, i) => levels[i] === level),
        ),
    );
    let size = 0;
    this.first = this.layers.map((layer) => (size += layer.size) - layer.size);
    this.size = size;
    this.weights = new Float64Array(size);
    this.frames = new Float64Array(size);
    this.layerOf = new Uint8Array(size);
    this.middles = new Float64Array(size * this.dimensions);
    this.layers.forEach((layer, level) => {
      const first = this.first[level];
      this.weights.set(layer.weights, first);
      this.frames.set(layer.frames, first);
      this.layerOf.fill(level, first, first + layer.size);
      for (let cell = 0; cell < layer.size; cell++)
        this.middles.set(layer.middle(cell), (first + cell) * this.dimensions);
    });
  }

  /** The middle of a cell. */
  middle(cell: number): Float64Array {
    return this.middles.subarray(cell * this.dimensions, (cell + 1) * this.dimensions);
  }

  /** Widths of the kernels of a cell's frames. */
  widths(cell: number): number[] {
    return this.layers[this.layerOf[cell]].axes.map(({ width }) => width);
  }

  /** How far another cell is from one, in widths of the latter's kernels, squared. */
  squaredFrom(cell: number, other: number): number {
    const level = this.layerOf[cell];
    return this.layers[level].squaredFrom(this.middle(other), cell - this.first[level]);
  }

  /** The density at each cell, by Gaussian kernels over all, up to a factor. Frames stand in the middle of their cell. */
  density(): Float64Array {
    const density = new Float64Array(this.size);
    for (const layer of this.layers) {
      const peak = 1 / layer.axes.reduce((product, { width }) => product * width, 1);
      for (let cell = 0; cell < this.size && layer.size > 0; cell++)
        layer.eachNear(this.middle(cell), kernelReach, (other, squared) => {
          density[cell] += peak * layer.weights[other] * Math.exp(-0.5 * squared);
        });
    }
    return density;
  }

  /** Other cells within `reach` widths of the wider kernels of both, of each cell. */
  neighbours(reach: number): readonly (readonly number[])[] {
    const lists: number[][] = Array.from({ length: this.size }, () => []);
    for (let cell = 0; cell < this.size; cell++) {
      const own = this.layerOf[cell];
      for (let level = 0; level <= own; level++)
        this.layers[level].eachNear(this.middle(cell), reach, (local) => {
          const other = this.first[level] + local;
          if (level === own && other <= cell) return;
          lists[cell].push(other);
          lists[other].push(cell);
        });
    }
    return lists;
  }

  /** The cell that a frame of a layer lies in; −1 where it was not among those that cells were made of. */
  ofFrame(frame: number, level: number): number {
    const cell = this.layers[level].ofFrame(frame);
    return cell < 0 ? -1 : this.first[level] + cell;
  }

  /** The smallest cell that holds any frame, or else the nearest in widths of its kernels. */
  around(frame: number): number {
    for (let level = this.layers.length - 1; level >= 0; level--) {
      const cell = this.ofFrame(frame, level);
      if (cell >= 0) return cell;
    }
    const place = this.layers[0].axes.map(({ values }) => values[frame]);
    let [found, least] = [-1, Infinity];
    const nearer = (cell: number, squared: number): void => {
      if (squared < least) [found, least] = [cell, squared];
    };
    this.layers.forEach((layer, level) =>
      layer.eachNear(place, kernelReach, (cell, squared) => nearer(this.first[level] + cell, squared)),
    );
    if (found >= 0) return found;
    this.layers.forEach((layer, level) => {
      for (let cell = 0; cell < layer.size; cell++)
        nearer(this.first[level] + cell, layer.squaredFrom(place, cell));
    });
    return found;
  }
}
