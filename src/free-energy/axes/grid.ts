import type { Numbers } from '../../sampling/index.js';
import { invalidArgument } from '../../support/index.js';
import type { CoordinateSpread } from './coordinate-spread.js';

/** A regular grid along a coordinate, in the coordinate's unit. On a periodic one `upper` is `lower` again. */
export interface GridAxis {
  lower: number;
  upper: number;
  points: number;
  periodic: boolean;
}

/** One coordinate of a density. */
export interface DensityAxis {
  /** `[frames]` */
  values: Numbers;
  /** Where they lie. */
  spread: CoordinateSpread;
  /** Where the density is wanted. */
  axis: GridAxis;
  /** Width of the kernels, or of the bins. */
  width: number;
}

export interface AxisOptions {
  /** Domain of a periodic coordinate (`[-Math.PI, Math.PI]` for a torsion); undefined: not periodic. */
  period?: readonly [number, number];
  /** Ends of the grid on a coordinate that is not periodic; default: the frames' range. */
  range?: readonly [number, number];
  /** Number of grid points or bins; default 200 (1D) or 100 (2D). */
  points?: number;
}

/** The grid that the options ask for over frames that lie from `lower` to `upper`. */
export function axisFor(
  sampled: { readonly lower: number; readonly upper: number },
  options: AxisOptions,
): GridAxis {
  const points = options.points ?? 200;
  if (!Number.isInteger(points) || points < 2) throw invalidArgument('an integer above 1', 'points', points);
  const [lower, upper] = options.period ?? options.range ?? [sampled.lower, sampled.upper];
  if (!(upper > lower)) throw invalidArgument('a range that is not empty', 'range', `${lower} to ${upper}`);
  return { lower, upper, points, periodic: options.period !== undefined };
}

/** Distance between neighbouring points (`points`) or bins (`bins`). */
export function axisSpacing(axis: GridAxis, kind: 'points' | 'bins'): number {
  const steps = axis.periodic || kind === 'bins' ? axis.points : axis.points - 1;
  return (axis.upper - axis.lower) / steps;
}

/** Grid points, which include the ends (on a periodic axis the lower one alone), or the middles of bins. */
export function axisValues(axis: GridAxis, kind: 'points' | 'bins'): Float64Array {
  const spacing = axisSpacing(axis, kind);
  const first = kind === 'bins' ? axis.lower + spacing / 2 : axis.lower;
  return Float64Array.from({ length: axis.points }, (_, i) => first + i * spacing);
}
