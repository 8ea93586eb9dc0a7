/** One term `A exp(a (x−x0)² + b (x−x0)(y−y0) + c (y−y0)²)` of the surface. */
interface Term {
  height: number;
  a: number;
  b: number;
  c: number;
  x0: number;
  y0: number;
}

// Müller & Brown, Theor. Chim. Acta 53, 75 (1979), doi:10.1007/BF00547608
const terms: readonly Term[] = [
  { height: -200, a: -1, b: 0, c: -10, x0: 1, y0: 0 },
  { height: -100, a: -1, b: 0, c: -10, x0: 0, y0: 0.5 },
  { height: -170, a: -6.5, b: 11, c: -6.5, x0: -0.5, y0: 1.5 },
  { height: 15, a: 0.7, b: 0.6, c: 0.7, x0: -1, y0: 1 },
];

// scaled so that at kT = 1 the barriers are those of a slow molecule, and raised so that the lowest minimum is 0
const scale = 0.15;
const raise = 146.7;

/** The Müller–Brown surface, `0.15 (V + 146.7)`, in units of kT at temperature 1. */
export function muellerBrownEnergy(x: number, y: number): number {
  const sum = terms.reduce((total, term) => {
    const [dx, dy] = [x - term.x0, y - term.y0];
    return total + term.height * Math.exp(term.a * dx * dx + term.b * dx * dy + term.c * dy * dy);
  }, raise);
  return scale * sum;
}

/** The same surface as the formula of a PLUMED CUSTOM action in x and y. */
export function muellerBrownFormula(): string {
  const shifted = (name: string, by: number): string =>
    by === 0 ? name : `(${name}${by > 0 ? '-' : '+'}${Math.abs(by)})`;
  const sum = terms.map(({ height, a, b, c, x0, y0 }) => {
    const [dx, dy] = [shifted('x', x0), shifted('y', y0)];
    const mixed = b === 0 ? '' : `${signed(b)}*${dx}*${dy}`;
    return `${signed(height)}*exp(${a}*${dx}^2${mixed}${signed(c)}*${dy}^2)`;
  });
  return `${scale}*(${raise}${sum.join('')})`;
}

function signed(value: number): string {
  return value < 0 ? String(value) : `+${value}`;
}

/** A rectangle outside of which nothing matters at the temperatures used here. */
export const muellerBrownDomain = { x: [-2, 2], y: [-1, 2.6] } as const;

/** The deep minimum A, the shallow one between, and B. */
export const muellerBrownMinima = [
  { x: -0.558, y: 1.442 },
  { x: -0.05, y: 0.467 },
  { x: 0.623, y: 0.028 },
] as const;

/** Saddles between the first and second minimum, and the second and third. */
export const muellerBrownSaddles = [
  { x: -0.822, y: 0.624 },
  { x: 0.212, y: 0.293 },
] as const;

/**
 * How far along from B to A a point is, `y − x`: 2.0 at A's minimum, 1.45 on the main saddle, 0.5 at the
 * shallow minimum, −0.6 at B's.
 */
export const progressFormula = 'y-x';

/** Basin B (with the shallow minimum): `progress` below this. */
export const basinBoundary = 1.45;

/** Cores for counting transitions, as intervals of `progress`. */
export const progressCores = { a: [1.7, 3], b: [-2, 0] } as const;
