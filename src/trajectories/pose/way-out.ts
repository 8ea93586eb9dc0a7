type Vector = readonly [number, number, number];

/** A straight way from a place outwards. */
export interface WayOut {
  direction: Vector;
  /** From the line to the nearest of the atoms that lie ahead, nm; Infinity where none does. */
  width: number;
  /** Part of all directions that are as wide as it is wide where nothing is in the way. */
  open: number;
}

/** How far atoms keep from a line that starts at a place, nm; those behind do not count. */
export function clearanceAlong(from: Vector, direction: Vector, atoms: readonly Vector[]): number {
  let least = Infinity;
  for (const atom of atoms) {
    const away = [0, 1, 2].map((k) => atom[k] - from[k]);
    const ahead = away[0] * direction[0] + away[1] * direction[1] + away[2] * direction[2];
    if (ahead <= 0) continue;
    least = Math.min(least, Math.hypot(...away) ** 2 - ahead ** 2);
  }
  return Math.sqrt(Math.max(0, least));
}

/** A guest's centre gets through where atoms keep so far away, nm. */
export const leastOpening = 0.25;
/** Between places that are looked at, nm. */
const spacing = 0.05;

/**
 * How far behind a place on an axis a way about it is closed, nm: no place of that slice within the radius is an opening's width from
 * all atoms. Undefined where it stays open until no atom lies farther behind.
 */
export function closedBehind(
  from: Vector,
  direction: Vector,
  radius: number,
  atoms: readonly Vector[],
): number | undefined {
  const [across, beside] = perpendicular(direction);
  const seen = atoms.map((atom) => {
    const away = [0, 1, 2].map((k) => atom[k] - from[k]) as unknown as Vector;
    return { behind: -dot(away, direction), x: dot(away, across), y: dot(away, beside) };
  });
  const last = Math.max(0, ...seen.map(({ behind }) => behind));
  const disc = discOf(radius);
  for (let at = 0; at < last; at += spacing) {
    const near = seen.filter(({ behind }) => Math.abs(behind - at) < leastOpening);
    const isOpen = disc.some(([x, y]) =>
      near.every((atom) => Math.hypot(atom.x - x, atom.y - y, atom.behind - at) >= leastOpening),
    );
    if (!isOpen) return at;
  }
  return undefined;
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Two directions across one, and across each other. */
function perpendicular(direction: Vector): [Vector, Vector] {
  const [x, y, z] = direction;
  const least = Math.abs(x) < 0.6 ? ([1, 0, 0] as const) : ([0, 1, 0] as const);
  const along = dot(least, direction);
  const rest = [0, 1, 2].map((k) => least[k] - along * direction[k]) as unknown as Vector;
  const length = Math.hypot(...rest);
  const [u, v, w] = rest.map((value) => value / length);
  return [
    [u, v, w],
    [y * w - z * v, z * u - x * w, x * v - y * u],
  ];
}

/** Places of a disc on a square lattice, its centre among them. */
function discOf(radius: number): [number, number][] {
  const count = Math.floor(radius / spacing);
  const along = Array.from({ length: 2 * count + 1 }, (_, i) => (i - count) * spacing);
  return along.flatMap((x) =>
    along.flatMap((y): [number, number][] => (Math.hypot(x, y) <= radius ? [[x, y]] : [])),
  );
}

const directions = 2000;
/** A way that is wider is in nobody's way, nm: beyond a molecule of water beside the guest's axis. */
const wide = 0.6;

/** The direction from a place in which atoms keep farthest from the way, found on 2000 directions and then nearby. */
export function widestWay(from: Vector, atoms: readonly Vector[]): WayOut {
  let best: Vector = [0, 0, 1];
  let width = -1;
  let open = 0;
  for (let i = 0; i < directions; i++) {
    const direction = spiral(i);
    const own = clearanceAlong(from, direction, atoms);
    if (own > wide) open++;
    if (own > width) [best, width] = [direction, own];
  }
  for (let step = 0.05; step > 1e-4; step /= 2)
    for (let i = 0; i < 60; i++) {
      const turned = added(best, spiral((i * directions) / 60), step);
      const own = clearanceAlong(from, turned, atoms);
      if (own > width) [best, width] = [turned, own];
    }
  return { direction: best, width, open: open / directions };
}

/** Directions that cover the sphere evenly, on a spiral of golden angles. */
function spiral(i: number): Vector {
  const z = 1 - (2 * i + 1) / directions;
  const angle = i * Math.PI * (3 - Math.sqrt(5));
  const r = Math.sqrt(1 - z * z);
  return [r * Math.cos(angle), r * Math.sin(angle), z];
}

function added(a: Vector, b: Vector, t: number): Vector {
  const sum = [a[0] + t * b[0], a[1] + t * b[1], a[2] + t * b[2]];
  const length = Math.hypot(...sum);
  return [sum[0] / length, sum[1] / length, sum[2] / length];
}
