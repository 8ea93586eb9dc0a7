import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { digits } from '../../support/index.js';
import type { Pose } from './pose.js';
import { clearanceAlong, leastOpening, widestWay } from './way-out.js';

type Vector = readonly [number, number, number];

/** An axis along which a guest may leave its host. */
export interface AxisProposal {
  direction: Vector;
  /** A point on it, nm. */
  through: Vector;
  /** From the guest, how far the host's atoms keep from the way, and from the way back, nm. */
  width: number;
  backWidth: number;
  /** Where it comes from, in words. */
  reason: string;
}

/** Moments of a symmetric top differ by less than this, and its third by more. */
const alike = 0.25;
const unlike = 0.4;
/** The host's axis is taken where the way out leads along it, to this angle. */
const along = (30 * Math.PI) / 180;
/** More of the directions that are free than this, and the guest lies on the host, not in it. */
const outside = 0.2;

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const times = (a: Vector, t: number): Vector => [t * a[0], t * a[1], t * a[2]];
const unit = (a: Vector): Vector => times(a, 1 / Math.hypot(...a));
const degrees = (angle: number): string => `${digits((angle * 180) / Math.PI, 2)} degrees`;

/**
 * The axis that is proposed for a pose: the host's own, where it is a ring or a tube and the widest way out of it leads along that; else
 * the widest way out through the guest's centre; and where the guest lies on the host, from the host's centre through the guest's.
 */
export function proposedAxis({ host, guest }: Pose): AxisProposal {
  const way = widestWay(guest.centre, host.places);
  const made = (direction: Vector, through: Vector, reason: string): AxisProposal => ({
    ...{ direction, through, reason },
    width: clearanceAlong(guest.centre, direction, host.places),
    backWidth: clearanceAlong(guest.centre, times(direction, -1), host.places),
  });
  const own = topAxis(host.places);
  if (way.open > outside) {
    const out = minus(guest.centre, host.centre);
    if (Math.hypot(...out) > 1e-6)
      return made(
        unit(out),
        host.centre,
        `from the host's centre to the guest's, which lies open: ${digits(100 * way.open, 2)} % of all ways from it are free`,
      );
  }
  const words = `the widest way out of the pocket, ${digits(way.width, 2)} nm from the nearest atom`;
  if (!own) return made(way.direction, guest.centre, words);
  const angle = Math.acos(Math.min(1, Math.abs(dot(own, way.direction))));
  const reason = `the host's own axis, ${degrees(angle)} from ${words}`;
  if (angle < along) return made(dot(own, way.direction) < 0 ? times(own, -1) : own, host.centre, reason);
  return made(way.direction, guest.centre, `${words}, ${degrees(angle)} from the host's own axis`);
}

/** The axis of a ring or a tube, with its centre. */
export interface RingAxis {
  direction: Vector;
  centre: Vector;
}

/** The axis of a host that is a ring, a tube or a cup about it, through which a guest gets on one side at least; undefined of others. */
export function ringAxis(places: readonly Vector[]): RingAxis | undefined {
  const direction = topAxis(places);
  if (!direction) return undefined;
  const centre = [0, 1, 2].map(
    (k) => places.reduce((sum, x) => sum + x[k], 0) / places.length,
  ) as unknown as Vector;
  const isOpen = [direction, times(direction, -1)].some(
    (each) => clearanceAlong(centre, each, places) >= leastOpening,
  );
  return isOpen ? { direction, centre } : undefined;
}

/** The axis of a symmetric top: that of the moment which is not like the other two; undefined of others. */
function topAxis(places: readonly Vector[]): Vector | undefined {
  if (places.length < 3) return undefined;
  const centre = [0, 1, 2].map((k) => places.reduce((sum, x) => sum + x[k], 0) / places.length);
  const moments = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => places.reduce((sum, x) => sum + (x[i] - centre[i]) * (x[j] - centre[j]), 0)),
  );
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(moments), {
    assumeSymmetric: true,
  });
  const order = [0, 1, 2].sort((a, b) => realEigenvalues[a] - realEigenvalues[b]);
  const [low, middle, high] = order.map((k) => realEigenvalues[k]);
  const column = (k: number): Vector => unit(eigenvectorMatrix.getColumn(order[k]) as unknown as Vector);
  const differ = (a: number, b: number): number => (b - a) / b;
  if (differ(middle, high) < alike && differ(low, middle) > unlike) return column(0);
  if (differ(low, middle) < alike && differ(middle, high) > unlike) return column(2);
  return undefined;
}
