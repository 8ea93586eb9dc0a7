/** Where atoms are, and the box that repeats them. */
export interface Places {
  /** `[atoms, 3]`, nm */
  readonly positions: Float64Array;
  /** Box vectors as rows, nm. */
  readonly box: Float64Array | undefined;
}

export type Triple = [number, number, number];

export const axes = [0, 1, 2] as const;

function cross(a: Triple, b: Triple): Triple {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

const square = (x: number): number => x * x;
const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** A box, or for atoms without one (or along axes without one) what bounds them. */
export class Lattice {
  readonly periodic: readonly boolean[];
  /** Rows of the inverse's transpose: fractional coordinate k of r is r · reciprocal[k]. */
  readonly reciprocal: readonly Triple[];
  readonly rows: readonly Triple[];
  readonly origin: Triple = [0, 0, 0];
  /** Distances between opposite faces, nm. */
  readonly heights: readonly number[];
  private readonly skewed: boolean;
  private readonly safeSquare: number;

  constructor({ positions, box }: Places) {
    const rows = axes.map((k): Triple => [box?.[3 * k] ?? 0, box?.[3 * k + 1] ?? 0, box?.[3 * k + 2] ?? 0]);
    this.periodic = rows.map((row) => Math.hypot(...row) > 0);
    for (const k of axes) {
      if (this.periodic[k]) continue;
      const [least, most] = extent(positions, k);
      this.origin[k] = least;
      rows[k] = [0, 0, 0];
      rows[k][k] = Math.max(most - least, 1e-3) * 1.0001;
    }
    const volume = dot(rows[0], cross(rows[1], rows[2]));
    this.rows = rows;
    this.reciprocal = axes.map((k) => {
      const [x, y, z] = cross(rows[(k + 1) % 3], rows[(k + 2) % 3]);
      return [x / volume, y / volume, z / volume];
    });
    this.heights = this.reciprocal.map((row) => 1 / Math.hypot(...row));
    this.skewed = rows.some(
      (row, k) => this.periodic[k] && axes.some((axis) => axis !== k && row[axis] !== 0),
    );
    this.safeSquare = Math.min(...this.heights.filter((_, k) => this.periodic[k])) ** 2 / 4;
  }

  /** Squared length of the shortest image of a difference. */
  squaredLength(dx: number, dy: number, dz: number): number {
    if (!this.skewed)
      return square(this.wrapped(dx, 0)) + square(this.wrapped(dy, 1)) + square(this.wrapped(dz, 2));
    const d: Triple = [dx, dy, dz];
    // of a triangle the last vector is wrapped first, so that what it adds to the others is wrapped after it
    for (const k of [2, 1, 0]) {
      if (!this.periodic[k]) continue;
      const times = Math.round(dot(d, this.reciprocal[k]));
      for (const axis of axes) d[axis] -= times * this.rows[k][axis];
    }
    const squared = dot(d, d);
    return squared > this.safeSquare ? this.shortest(d, squared) : squared;
  }

  /** Along an axis of a box with right angles. */
  private wrapped(d: number, k: number): number {
    return this.periodic[k] ? d - this.rows[k][k] * Math.round(d / this.rows[k][k]) : d;
  }

  /** Of a skewed box, a neighbouring image may be nearer. */
  private shortest(d: Triple, squared: number): number {
    const [a, b, c] = this.rows;
    const steps = this.periodic.map((periodic) => (periodic ? [-1, 0, 1] : [0]));
    let least = squared;
    for (const i of steps[0])
      for (const j of steps[1])
        for (const k of steps[2]) {
          const image = axes.map((axis) => d[axis] + i * a[axis] + j * b[axis] + k * c[axis]) as Triple;
          least = Math.min(least, dot(image, image));
        }
    return least;
  }
}

function extent(positions: Float64Array, axis: number): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (let at = axis; at < positions.length; at += 3) {
    if (positions[at] < least) least = positions[at];
    if (positions[at] > most) most = positions[at];
  }
  return least <= most ? [least, most] : [0, 1];
}

const lattices = new WeakMap<Float64Array, Lattice>();

/** The lattice of a structure, made once. */
export function latticeOf(places: Places): Lattice {
  const known = lattices.get(places.positions);
  if (known) return known;
  const lattice = new Lattice(places);
  lattices.set(places.positions, lattice);
  return lattice;
}

/** The length of the minimum image of i → j, nm. */
export function distanceIn(places: Places, i: number, j: number): number {
  const { positions: p } = places;
  return Math.sqrt(
    latticeOf(places).squaredLength(
      p[3 * j] - p[3 * i],
      p[3 * j + 1] - p[3 * i + 1],
      p[3 * j + 2] - p[3 * i + 2],
    ),
  );
}
