import type { Dataset } from '../../src/frames/index.js';
import { Random } from '../../src/support/random.js';

/** A potential in kT with its gradient, in one or two dimensions. */
export interface Landscape {
  energy(x: ArrayLike<number>): number;
  gradient(x: ArrayLike<number>): number[];
}

/** 3 (x² − 1)²: two wells, a barrier of 3 kT. */
export const doubleWell: Landscape = {
  energy: (at) => 3 * (at[0] * at[0] - 1) ** 2,
  gradient: (at) => [12 * at[0] * (at[0] * at[0] - 1)],
};

const terms = [
  { A: -200, a: -1, b: 0, c: -10, x: 1, y: 0 },
  { A: -100, a: -1, b: 0, c: -10, x: 0, y: 0.5 },
  { A: -170, a: -6.5, b: 11, c: -6.5, x: -0.5, y: 1.5 },
  { A: 15, a: 0.7, b: 0.6, c: 0.7, x: -1, y: 1 },
];
/** Brings the barrier from the deepest minimum, 106 in the paper's units, to 5.3 kT. */
const muellerBrownScale = 0.05;

/** The potential of Müller & Brown 1979 (doi:10.1007/BF00547608), 0.05 of it in kT. */
export const muellerBrown: Landscape = {
  energy: (at) => {
    let sum = 0;
    for (const term of terms) sum += valueOf(term, at[0] - term.x, at[1] - term.y);
    return sum;
  },
  gradient: (at) => {
    let [x, y] = [0, 0];
    for (const term of terms) {
      const [dx, dy] = [at[0] - term.x, at[1] - term.y];
      const value = valueOf(term, dx, dy);
      x += value * (2 * term.a * dx + term.b * dy);
      y += value * (term.b * dx + 2 * term.c * dy);
    }
    return [x, y];
  },
};

function valueOf({ A, a, b, c }: (typeof terms)[number], dx: number, dy: number): number {
  return muellerBrownScale * A * Math.exp(a * dx * dx + b * dx * dy + c * dy * dy);
}

/** Three equal wells at angles 0 and ±120° of a ring of radius about 1: 12 (r² − 1)² − 2.5 r³ cos 3θ. */
export const threeWells: Landscape = {
  energy: ({ 0: x, 1: y }) => 12 * (x * x + y * y - 1) ** 2 - 2.5 * (x ** 3 - 3 * x * y * y),
  gradient: ({ 0: x, 1: y }) => {
    const radial = 48 * (x * x + y * y - 1);
    return [radial * x - 7.5 * (x * x - y * y), radial * y + 15 * x * y];
  },
};

export interface Walk {
  start: number[];
  /** Time of one step; diffusion is 1 in every direction. */
  step: number;
  /** Steps between two frames. */
  stride: number;
  frames: number;
  seed: number;
}

/** Overdamped Langevin dynamics x' = x − ∇U dt + √(2 dt) ξ (Euler & Maruyama), `[frames, dimensions]`. */
export function overdamped(landscape: Landscape, walk: Walk): Float64Array {
  const random = new Random(walk.seed);
  const x = [...walk.start];
  const kick = Math.sqrt(2 * walk.step);
  const out = new Float64Array(walk.frames * x.length);
  for (let frame = 0; frame < walk.frames; frame++) {
    for (let step = 0; step < walk.stride; step++) {
      const slope = landscape.gradient(x);
      for (let i = 0; i < x.length; i++) x[i] += kick * random.normal() - slope[i] * walk.step;
    }
    out.set(x, frame * x.length);
  }
  return out;
}

/** A walk as a table, its time in ps. */
export function walkDataset(data: Float64Array, { start, step, stride, frames }: Walk): Dataset {
  return {
    columns: start.map((_, i) => ({ label: 'xy'[i] })),
    frames,
    data,
    time: Float64Array.from({ length: frames }, (_, i) => i * step * stride),
    segments: [{ start: 0, end: frames, source: 'walk' }],
  };
}
