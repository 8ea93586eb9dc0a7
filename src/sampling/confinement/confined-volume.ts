import { radiusAt, type AxialConfinement, type Confinement, type Coordinate } from './confinement.js';

/** Bounds of a region by the coordinates of a confinement, nm; a coordinate that is left out is not bounded. */
export type VolumeBounds = Partial<Record<Coordinate, readonly [number, number]>>;

/** Where exp(−U/kT) is nothing to double precision. */
const negligible = 40;

/**
 * The volume that a confinement leaves to the guest's centre where nothing else acts on it, ∫ exp(−U/kT) dr over a region, nm³, U being
 * the walls' κ (x − a)². By Gauss–Legendre quadrature between the places where U or the region has a kink.
 * @param kT kJ/mol
 */
export function confinedVolume(confinement: Confinement, kT: number, bounds: VolumeBounds = {}): number {
  const soft = Math.sqrt((negligible * kT) / confinement.kappa);
  const weight = (excess: number): number =>
    excess > 0 ? Math.exp((-confinement.kappa * excess ** 2) / kT) : 1;
  if (confinement.kind === 'sphere') {
    const { radius } = confinement;
    const [low, high] = clipped(bounds.distance, 0, radius + soft);
    return integral(low, high, [radius], (r) => 4 * Math.PI * r ** 2 * weight(r - radius));
  }
  return axialVolume(confinement, { soft, kT, weight }, bounds);
}

function axialVolume(
  confinement: AxialConfinement,
  { soft, kT, weight }: { soft: number; kT: number; weight: (excess: number) => number },
  { depth, radial, distance }: VolumeBounds,
): number {
  const { from, to } = confinement;
  const [low, high] = clipped(depth, from - soft, to + soft);
  const area = (z: number): number => {
    const wall = radiusAt(confinement, z);
    if (!radial && !distance) return wholeArea(wall, kT / confinement.kappa);
    const [inner, outer] = shell(distance, z);
    const [least, most] = clipped(radial, inner, Math.min(outer, wall + soft));
    return integral(Math.max(least, inner), most, [wall], (rho) => 2 * Math.PI * rho * weight(rho - wall));
  };
  const kinks = [from, to, ...(confinement.kind === 'funnel' ? [confinement.neck] : [])];
  // where spheres about the origin begin, end, and leave the sides
  const spheres = (distance ?? []).filter(Number.isFinite).flatMap((r) => [-r, r]);
  const sides = (distance ?? []).filter(Number.isFinite).flatMap((r) => crossings(confinement, r, low, high));
  const edges = radial ? coneCrossings(confinement, radial) : [];
  return integral(
    low,
    high,
    [...kinks, ...spheres, ...sides, ...edges],
    (z) => weight(Math.max(from - z, z - to)) * area(z),
  );
}

/** ∫ 2πρ exp(−κ(ρ − R)²/kT) dρ with ρ to infinity, and exp 1 within R: s is kT/κ. */
function wholeArea(radius: number, s: number): number {
  return Math.PI * (radius ** 2 + radius * Math.sqrt(Math.PI * s) + s);
}

/** The radii that a range of distances leaves at a depth. */
function shell(distance: readonly [number, number] | undefined, z: number): [number, number] {
  if (!distance) return [0, Infinity];
  const [low, high] = distance.map((r) => (r === Infinity ? r : Math.sqrt(Math.max(0, r ** 2 - z ** 2))));
  return [distance[0] <= 0 ? 0 : low, high];
}

/** Depths at which the side lies at a distance from the origin. */
function crossings(confinement: AxialConfinement, r: number, low: number, high: number): number[] {
  const away = (z: number): number => Math.hypot(z, radiusAt(confinement, z)) - r;
  const steps = 400;
  const found: number[] = [];
  for (let i = 0; i < steps; i++) {
    let [a, b] = [0, 1].map((k) => low + ((high - low) * (i + k)) / steps);
    if (away(a) * away(b) >= 0) continue;
    const rising = away(b) > 0;
    for (let k = 0; k < 60; k++) {
      const middle = (a + b) / 2;
      if (away(middle) > 0 === rising) b = middle;
      else a = middle;
    }
    found.push((a + b) / 2);
  }
  return found;
}

/** Depths at which a cone has one of these radii. */
function coneCrossings(confinement: AxialConfinement, radii: readonly number[]): number[] {
  if (confinement.kind === 'cylinder') return [];
  const { neck, radius, angle } = confinement;
  return radii.filter(Number.isFinite).map((r) => neck - (r - radius) / Math.tan(angle));
}

function clipped(range: readonly [number, number] | undefined, low: number, high: number): [number, number] {
  return [Math.max(low, range?.[0] ?? low), Math.min(high, range?.[1] ?? high)];
}

/** Of sixteen points, on [−1, 1]: those above 0 and their weights (Abramowitz & Stegun, table 25.4). */
const nodes = [
  [0.09501250983763744, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.4580167776572274, 0.1691565193950025],
  [0.6178762444026438, 0.1495959888165767],
  [0.755404408355003, 0.1246289712555339],
  [0.8656312023878318, 0.09515851168249279],
  [0.9445750230732326, 0.06225352393864789],
  [0.9894009349916499, 0.02715245941175409],
] as const;
/** Panels between two kinks. */
const panels = 4;

function integral(low: number, high: number, kinks: readonly number[], f: (x: number) => number): number {
  if (!(high > low)) return 0;
  const ends = [low, ...kinks.filter((x) => x > low && x < high).sort((a, b) => a - b), high];
  let sum = 0;
  for (let i = 1; i < ends.length; i++) {
    const half = (ends[i] - ends[i - 1]) / (2 * panels);
    for (let k = 0; k < panels; k++) {
      const middle = ends[i - 1] + (2 * k + 1) * half;
      for (const [x, w] of nodes) sum += half * w * (f(middle - half * x) + f(middle + half * x));
    }
  }
  return sum;
}
