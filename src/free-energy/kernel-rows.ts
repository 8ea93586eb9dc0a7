import { axisValues, type FineAxis, type GridAxis, reach } from './axes/index.js';

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
  const [zeroth, first] = alongX(amounts, width, x);
  if (!y) return [zeroth, first];
  return [
    alongY(zeroth, x.points, y, y.zeroth),
    alongY(first, x.points, y, y.zeroth),
    alongY(zeroth, x.points, y, y.first),
  ];
}

/** Both moments, each `[y nodes, x points]`; rows of nodes on which nothing lies stay zero. */
function alongX(amounts: Float64Array, width: number, x: KernelRows): [Float64Array, Float64Array] {
  const height = amounts.length / width;
  const [zeroth, first] = [new Float64Array(height * x.points), new Float64Array(height * x.points)];
  for (let row = 0; row < height; row++) {
    const nodes = amounts.subarray(row * width, (row + 1) * width);
    if (nodes.every((amount) => amount === 0)) continue;
    for (let point = 0; point < x.points; point++) {
      let [sum, moment] = [0, 0];
      for (let k = x.starts[point]; k < x.starts[point + 1]; k++) {
        const amount = nodes[x.nodes[k]];
        sum += x.zeroth[k] * amount;
        moment += x.first[k] * amount;
      }
      zeroth[row * x.points + point] = sum;
      first[row * x.points + point] = moment;
    }
  }
  return [zeroth, first];
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
