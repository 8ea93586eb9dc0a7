import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { LatentcvError, digits } from '../../support/index.js';

/** nm, or a direction. */
export type Vector = readonly [number, number, number];

/** Atoms of a host with weights, whose weighted mean is a place that goes with it. */
export interface WeightedCentre {
  /** From 0, within the host's list. */
  atoms: number[];
  /** They sum to 1; some may be negative. */
  weights: number[];
}

/** An axis that goes with a host, as centres of its atoms. */
export interface HostFrame {
  /** The axis leads from one to the other; or, of a flat host, is the normal of two such lines. */
  lines: [low: WeightedCentre, high: WeightedCentre][];
  origin: WeightedCentre;
  /** What the axis and its origin are in the pose; `turned` is by how much the axis is not the one asked for, rad. */
  axis: Vector;
  at: Vector;
  turned: number;
}

/** √Σ(x·u)² that atoms need along u so that their places tell it: thermal motion of 0.03 nm then turns it by 0.2 rad at most. */
const leastLever = 0.15;
/** A flat host tells its normal, and directions in its plane: those that are nearly one of them are taken for it. */
const mostTurned = (20 * Math.PI) / 180;

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const along = (a: Vector, b: Vector, t: number): Vector => [
  a[0] + t * b[0],
  a[1] + t * b[1],
  a[2] + t * b[2],
];
export const unit = (a: Vector): Vector => {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** The mean of places. */
export function meanOf(places: readonly Vector[]): Vector {
  return [0, 1, 2].map((k) => places.reduce((sum, x) => sum + x[k], 0) / places.length) as unknown as Vector;
}

/**
 * An axis and a point on it as weighted centres of a host's atoms, which the host takes along exactly as it moves and turns: the
 * point is Σ (1/N + (x_i − c)ᵀ M⁻¹ (p − c)) x_i, the axis Σ (x_i − c)ᵀ M⁻¹ n x_i, M = Σ (x_i − c)(x_i − c)ᵀ in the pose. Their
 * weights are the smallest that do.
 * @throws LatentcvError `bad-argument` where the atoms do not tell the axis
 */
export function hostFrame(places: readonly Vector[], direction: Vector, at: Vector): HostFrame {
  const axis = unit(direction);
  const centre = meanOf(places);
  const away = places.map((x) => minus(x, centre));
  const { held, free } = leversOf(away);
  const inPlane = held.map((lever) => dot(lever.direction, axis));
  const told = Math.hypot(...inPlane);
  const offset = minus(at, centre);
  const origin = centreAt(away, held, offset);
  const reached = held.reduce<Vector>(
    (sum, lever) => along(sum, lever.direction, dot(lever.direction, offset)),
    centre,
  );
  // the normal of a flat host goes through any point of it
  if (free.length === 1 && told < Math.sin(mostTurned)) {
    const normal = dot(free[0], axis) < 0 ? along([0, 0, 0], free[0], -1) : free[0];
    const a = held[0].direction;
    const b = cross(normal, a);
    return {
      lines: [a, b].map((each) => lineAlong(away, held, each)),
      ...{ origin, axis: normal, at: reached, turned: Math.asin(told) },
    };
  }
  if (told < Math.cos(mostTurned)) throw notTold(free.length, axis);
  const taken = unit(
    held.reduce<Vector>((sum, lever, k) => along(sum, lever.direction, inPlane[k]), [0, 0, 0]),
  );
  return {
    lines: [lineAlong(away, held, taken)],
    ...{ origin, axis: taken, at: reached, turned: Math.acos(Math.min(1, told)) },
  };
}

interface Lever {
  direction: Vector;
  /** Σ (x·u)², nm². */
  square: number;
}

/** Directions in which the atoms are spread far enough to tell them, and those in which they are not. */
function leversOf(away: readonly Vector[]): { held: Lever[]; free: Vector[] } {
  const moments = [0, 1, 2].map((i) => [0, 1, 2].map((j) => away.reduce((sum, x) => sum + x[i] * x[j], 0)));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(moments), {
    assumeSymmetric: true,
  });
  const all = realEigenvalues
    .map((square, k): Lever => ({
      square,
      direction: unit(eigenvectorMatrix.getColumn(k) as unknown as Vector),
    }))
    .sort((a, b) => b.square - a.square);
  const isHeld = ({ square }: Lever): boolean => square >= leastLever ** 2;
  return { held: all.filter(isHeld), free: all.filter((lever) => !isHeld(lever)).map((l) => l.direction) };
}

/** (x_i − c)ᵀ M⁻¹ v of each atom, in the directions that are held. */
const pulls = (away: readonly Vector[], held: readonly Lever[], v: Vector): number[] =>
  away.map((x) =>
    held.reduce((sum, { direction, square }) => sum + (dot(x, direction) * dot(v, direction)) / square, 0),
  );

function centreAt(away: readonly Vector[], held: readonly Lever[], offset: Vector): WeightedCentre {
  const weights = pulls(away, held, offset).map((pull) => 1 / away.length + pull);
  return { atoms: weights.map((_, i) => i), weights };
}

function lineAlong(
  away: readonly Vector[],
  held: readonly Lever[],
  direction: Vector,
): [WeightedCentre, WeightedCentre] {
  const weights = pulls(away, held, direction);
  const largest = Math.max(...weights.map(Math.abs));
  const side = (sign: number): WeightedCentre => {
    const atoms = weights.flatMap((w, i) => (sign * w > 1e-9 * largest ? [i] : []));
    const sum = atoms.reduce((total, i) => total + weights[i], 0);
    return { atoms, weights: atoms.map((i) => weights[i] / sum) };
  };
  return [side(-1), side(1)];
}

function notTold(free: number, axis: Vector): LatentcvError {
  const shape = ['', 'flat', 'on a line', 'in one place'][free];
  const hint = {
    1: 'an axis of it lies in its plane or stands on it, to 20 degrees; or select more of the host',
    2: 'an axis of it is that line, to 20 degrees; or select more of the host; a sphere needs no axis',
    3: 'select more of the host; a sphere needs no axis',
  }[free];
  return new LatentcvError(
    'bad-argument',
    `expected host atoms that tell the axis (${axis.map((x) => digits(x, 3)).join(', ')}) but they are ${shape}`,
    hint,
  );
}
