export type Point = readonly [number, number, number];

/**
 * An atom placed by a bond to `at[0]`, an angle with `at[1]` and a torsion about the bond `at[0]`–`at[1]`
 * seen from `at[2]` (IUPAC sign: clockwise is positive). The first three atoms need fewer of them.
 */
export interface InternalAtom {
  name: string;
  at: readonly string[];
  /** Bond length in the unit the points shall have. */
  bond?: number;
  /** Degrees. */
  angle?: number;
  torsion?: number;
}

const degree = Math.PI / 180;

export function subtract(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function unit(a: Point): Point {
  const length = Math.sqrt(dot(a, a));
  return [a[0] / length, a[1] / length, a[2] / length];
}

/** Torsion a–b–c–d in degrees, from −180 to 180. */
export function torsionOf(a: Point, b: Point, c: Point, d: Point): number {
  const axis = unit(subtract(c, b));
  const first = cross(subtract(b, a), axis);
  const second = cross(axis, subtract(d, c));
  return Math.atan2(dot(cross(first, second), axis), dot(first, second)) / degree;
}

/**
 * Cartesian points from internal coordinates, by the natural extension reference frame
 * (Parsons et al., J. Comput. Chem. 26, 1063 (2005), doi:10.1002/jcc.20237).
 */
export function placeAtoms(atoms: readonly InternalAtom[]): Map<string, Point> {
  const points = new Map<string, Point>();
  for (const atom of atoms) points.set(atom.name, placeAtom(atom, points));
  return points;
}

function placeAtom(atom: InternalAtom, points: ReadonlyMap<string, Point>): Point {
  const [bonded, angled, twisted] = atom.at.map((name) => points.get(name));
  if (bonded === undefined) return [0, 0, 0];
  if (angled === undefined) return [bonded[0] + atom.bond!, bonded[1], bonded[2]];
  // before a fourth atom there is nothing to measure a torsion from: any point off the axis will do
  const from = twisted ?? [angled[0], angled[1] + 1, angled[2]];
  const along = unit(subtract(bonded, angled));
  const normal = unit(cross(subtract(angled, from), along));
  const inPlane = cross(normal, along);
  const [angle, torsion] = [atom.angle! * degree, (atom.torsion ?? 0) * degree];
  const a = -atom.bond! * Math.cos(angle);
  const p = atom.bond! * Math.sin(angle) * Math.cos(torsion);
  const n = atom.bond! * Math.sin(angle) * Math.sin(torsion);
  const at = (axis: 0 | 1 | 2): number =>
    bonded[axis] + a * along[axis] + p * inPlane[axis] + n * normal[axis];
  return [at(0), at(1), at(2)];
}
