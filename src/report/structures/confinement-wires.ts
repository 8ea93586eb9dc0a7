import { radiusAt, type Confinement } from '../../sampling/index.js';

type Vector = readonly [number, number, number];

/** A line of a confinement's picture, nm. */
export interface Wire {
  /** Its walls, its axis, or from where on the guest cannot touch the host. */
  kind: 'wall' | 'axis' | 'clear';
  points: Vector[];
}

const sides = 32;
const meridians = 8;
/** Between two rings along an axis, nm. */
const spacing = 0.3;

/** Sphere, cylinder or funnel as lines, where its origin lies and its axis leads to. */
export function confinementWires(
  confinement: Confinement,
  { origin, axis }: { origin: Vector; axis?: Vector },
): Wire[] {
  const { clear } = confinement;
  if (confinement.kind === 'sphere') {
    const great = (radius: number, kind: Wire['kind']): Wire[] =>
      [0, 1, 2].map((k): Wire => ({
        kind,
        points: circle(origin, [unitVector((k + 1) % 3), unitVector((k + 2) % 3)], radius),
      }));
    return [...great(confinement.radius, 'wall'), ...(clear === undefined ? [] : great(clear, 'clear'))];
  }
  if (!axis) return [];
  const across = acrossOf(axis);
  const at = (depth: number): Vector => moved(origin, axis, depth);
  const ring = (depth: number, kind: Wire['kind'] = 'wall'): Wire => ({
    kind,
    points: circle(at(depth), across, radiusAt(confinement, depth)),
  });
  const { from, to } = confinement;
  const bends = confinement.kind === 'funnel' && confinement.neck > from && confinement.neck < to;
  const kinks = bends ? [from, confinement.neck, to] : [from, to];
  const depths = kinks.slice(1).flatMap((end, i) => {
    const count = Math.max(1, Math.round((end - kinks[i]) / spacing));
    return Array.from({ length: count }, (_, k) => kinks[i] + ((end - kinks[i]) * k) / count);
  });
  const along = Array.from({ length: meridians }, (_, k): Wire => {
    const angle = (2 * Math.PI * k) / meridians;
    return {
      kind: 'wall',
      points: kinks.map((depth) => onCircle(at(depth), across, radiusAt(confinement, depth), angle)),
    };
  });
  const head = 0.06;
  const arrow: Wire = {
    kind: 'axis',
    points: [
      at(from),
      at(to),
      moved(at(to - 2 * head), across[0], head),
      at(to),
      moved(at(to - 2 * head), across[0], -head),
    ],
  };
  return [
    ...[...depths, to].map((depth) => ring(depth)),
    ...along,
    ...(clear === undefined ? [] : [ring(clear, 'clear')]),
    arrow,
  ];
}

const unitVector = (k: number): Vector => [0, 1, 2].map((i) => (i === k ? 1 : 0)) as unknown as Vector;

const moved = (a: Vector, b: Vector, t: number): Vector => [
  a[0] + t * b[0],
  a[1] + t * b[1],
  a[2] + t * b[2],
];

/** Two directions across an axis and each other. */
function acrossOf(axis: Vector): [Vector, Vector] {
  const least = [0, 1, 2].reduce((a, b) => (Math.abs(axis[b]) < Math.abs(axis[a]) ? b : a));
  const first = cross(axis, unitVector(least));
  const length = Math.hypot(...first);
  const unit: Vector = [first[0] / length, first[1] / length, first[2] / length];
  return [unit, cross(axis, unit)];
}

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

const onCircle = (centre: Vector, [u, v]: readonly [Vector, Vector], radius: number, angle: number): Vector =>
  moved(moved(centre, u, radius * Math.cos(angle)), v, radius * Math.sin(angle));

const circle = (centre: Vector, plane: readonly [Vector, Vector], radius: number): Vector[] =>
  Array.from({ length: sides + 1 }, (_, k) => onCircle(centre, plane, radius, (2 * Math.PI * k) / sides));
