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
