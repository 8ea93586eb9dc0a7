import { invalidArgument } from '../../support/index.js';
import type { Numbers } from '../../sampling/index.js';
import { axisSpacing, type GridAxis } from './grid.js';

/** Nodes along a coordinate that frames are laid down on before they are smoothed, finer than any kernel. */
export interface FineAxis {
  /** `[frames]` */
  values: Numbers;
  /** The first node. */
  lower: number;
  spacing: number;
  nodes: number;
  periodic: boolean;
  /** `cubic`: on four nodes, so that any cubic keeps its integral; `bin`: all of it into one bin. */
  scheme: 'cubic' | 'bin';
}

/** Kernels are cut here, in bandwidths, where they have fallen to 1e-8. */
export const reach = 6;

/**
 * Nodes for kernels of width h: 16 (two dimensions: 6) for each h, so that kernels over them differ from sums
 * over the frames themselves by 1e-4 of the density. They lie where frames are, `sampled`, and where the
 * kernels of the grid, or those of twice the width, can reach.
 */
export function fineAxisFor(
  values: Numbers,
  axis: GridAxis,
  sampled: { readonly lower: number; readonly upper: number },
  width: number,
  dimensions: 1 | 2,
): FineAxis {
  const perWidth = dimensions === 1 ? 16 : 6;
  const mostCells = dimensions === 1 ? 1 << 20 : 1 << 12;
  const far = 2 * reach * width;
  const lower = axis.periodic ? axis.lower : Math.max(sampled.lower, axis.lower - far);
  const upper = axis.periodic ? axis.upper : Math.min(sampled.upper, axis.upper + far);
  // On a periodic axis a whole number between two grid points, so that no point of it is special.
  const unit = axis.periodic ? axis.points : 1;
  const steps = unit * Math.ceil(Math.max(8, ((upper - lower) / width) * perWidth) / unit);
  if (steps > mostCells) {
    throw invalidArgument(`at least ${((upper - lower) * perWidth) / mostCells}`, 'the bandwidth', width);
  }
  // Where nothing was sampled within reach, nodes that nothing falls on.
  const spacing = upper > lower ? (upper - lower) / steps : width / perWidth;
  return {
    values,
    lower,
    spacing,
    nodes: axis.periodic ? steps : steps + 1,
    periodic: axis.periodic,
    scheme: 'cubic',
  };
}

/** The bins of a histogram as they are. */
export function binsFor(values: Numbers, axis: GridAxis): FineAxis {
  const { lower, points, periodic } = axis;
  return { values, lower, spacing: axisSpacing(axis, 'bins'), nodes: points, periodic, scheme: 'bin' };
}

/** Where one value goes: the nodes, and the part that each gets. */
export class Stencil {
  readonly nodes = new Int32Array(4);
  readonly parts = new Float64Array(4);
  readonly count: number;

  constructor(readonly axis: FineAxis) {
    this.count = axis.scheme === 'bin' ? 1 : 4;
    this.parts[0] = 1;
  }

  /** False where the value lies outside the nodes, which on a periodic axis none does. */
  place(value: number): boolean {
    const { lower, spacing, nodes, periodic } = this.axis;
    let at = (value - lower) / spacing;
    if (periodic) at -= nodes * Math.floor(at / nodes);
    return this.count === 1 ? this.inBin(at, nodes, periodic) : this.onNodes(at, nodes, periodic);
  }

  /** The last bin of an axis that is not periodic holds its upper end. */
  private inBin(at: number, bins: number, periodic: boolean): boolean {
    if (at < 0 || at > bins) return false;
    const bin = Math.floor(at);
    this.nodes[0] = bin < bins ? bin : periodic ? 0 : bins - 1;
    return true;
  }

  /** Lagrange's weights of four neighbouring nodes; at the ends of an axis the last four. */
  private onNodes(at: number, count: number, periodic: boolean): boolean {
    if (!periodic && (at < -1e-6 || at > count - 1 + 1e-6)) return false;
    let first = Math.floor(at) - 1;
    if (!periodic) first = Math.max(0, Math.min(count - 4, first));
    const [a, b, c, d] = [at - first, at - first - 1, at - first - 2, at - first - 3];
    this.parts[0] = (-b * c * d) / 6;
    this.parts[1] = (a * c * d) / 2;
    this.parts[2] = (-a * b * d) / 2;
    this.parts[3] = (a * b * c) / 6;
    for (let i = 0; i < 4; i++) {
      const node = first + i;
      this.nodes[i] = node < 0 ? node + count : node >= count ? node - count : node;
    }
    return true;
  }

  /** Which of its nodes is nearest to the value. */
  nearest(): number {
    let best = 0;
    for (let i = 1; i < this.count; i++) if (this.parts[i] > this.parts[best]) best = i;
    return this.nodes[best];
  }
}
