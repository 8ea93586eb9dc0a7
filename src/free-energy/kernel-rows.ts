import { reach, type FineAxis } from './fine-axis.js';
import { axisValues, type GridAxis } from './grid.js';

/**
 * For every grid point of an axis, which nodes its kernel reaches and with how much: a matrix
 * `[points, nodes]` of which only what is not zero is kept, row after row.
 */
export interface KernelRows {
  points: number;
  /** Where each row starts, `[points + 1]`. */
  starts: Int32Array;
  nodes: Int32Array;
  /** exp(−t²/2), t the distance of node and grid point in bandwidths. */
  zeroth: Float64Array;
  /** t exp(−t²/2) */
  first: Float64Array;
}

/** Gaussians of this width; on a periodic axis with all their images within reach. */
export function gaussianRows(axis: GridAxis, fine: FineAxis, width: number): KernelRows {
  const points = axisValues(axis, 'points');
  const starts = new Int32Array(points.length + 1);
  const [nodes, zeroth, first]: [number[], number[], number[]] = [[], [], []];
  points.forEach((point, row) => {
    const at = (point - fine.lower) / fine.spacing;
    const span = (reach * width) / fine.spacing;
    const low = fine.periodic ? Math.ceil(at - span) : Math.max(0, Math.ceil(at - span));
    const high = fine.periodic ? Math.floor(at + span) : Math.min(fine.nodes - 1, Math.floor(at + span));
    for (let node = low; node <= high; node++) {
      const t = ((node - at) * fine.spacing) / width;
      nodes.push(((node % fine.nodes) + fine.nodes) % fine.nodes);
      zeroth.push(Math.exp(-0.5 * t * t));
      first.push(t * Math.exp(-0.5 * t * t));
    }
    starts[row + 1] = nodes.length;
  });
  return {
    points: points.length,
    starts,
    nodes: Int32Array.from(nodes),
    zeroth: Float64Array.from(zeroth),
    first: Float64Array.from(first),
  };
}

/** Every bin for itself. */
export function binRows({ points }: GridAxis): KernelRows {
  const starts = Int32Array.from({ length: points + 1 }, (_, i) => i);
  const [ones, zeros] = [new Float64Array(points).fill(1), new Float64Array(points)];
  return { points, starts, nodes: starts.slice(0, points), zeroth: ones, first: zeros };
}

/** An axis that is not there. */
export const noRows = binRows({ lower: 0, upper: 1, points: 1, periodic: false });

/**
 * Moments of amounts on nodes `[y, x]` under the kernel of each grid point `[y, x]`: their sum, and the sum
 * times the distance along x, and along y where there is one, in bandwidths.
 */
export function kernelMoments(
  amounts: Float64Array,
  width: number,
  rows: readonly KernelRows[],
): Float64Array[] {
  const [x, y] = rows;
  if (!y) return [product(amounts, x, x.zeroth), product(amounts, x, x.first)];
  const zeroth = alongX(amounts, width, x, x.zeroth);
  const first = alongX(amounts, width, x, x.first);
  return [
    alongY(zeroth, x.points, y, y.zeroth),
    alongY(first, x.points, y, y.zeroth),
    alongY(zeroth, x.points, y, y.first),
  ];
}

function product(amounts: Float64Array, rows: KernelRows, kernel: Float64Array, offset = 0): Float64Array {
  const result = new Float64Array(rows.points);
  for (let point = 0; point < rows.points; point++) {
    let sum = 0;
    for (let k = rows.starts[point]; k < rows.starts[point + 1]; k++)
      sum += kernel[k] * amounts[offset + rows.nodes[k]];
    result[point] = sum;
  }
  return result;
}

/** `[y nodes, x points]`; rows of nodes on which nothing lies stay zero. */
function alongX(amounts: Float64Array, width: number, x: KernelRows, kernel: Float64Array): Float64Array {
  const height = amounts.length / width;
  const result = new Float64Array(height * x.points);
  for (let row = 0; row < height; row++) {
    let empty = true;
    for (let node = row * width; empty && node < (row + 1) * width; node++) empty = amounts[node] === 0;
    if (!empty) result.set(product(amounts, x, kernel, row * width), row * x.points);
  }
  return result;
}

function alongY(amounts: Float64Array, width: number, y: KernelRows, kernel: Float64Array): Float64Array {
  const result = new Float64Array(y.points * width);
  for (let point = 0; point < y.points; point++) {
    for (let k = y.starts[point]; k < y.starts[point + 1]; k++) {
      const [factor, row] = [kernel[k], y.nodes[k] * width];
      for (let i = 0; i < width; i++) result[point * width + i] += factor * amounts[row + i];
    }
  }
  return result;
}
