import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { randomNumbers } from '../free-energy/random.js';

type Vector = readonly number[];

/** Euler steps of overdamped Langevin dynamics at kT = 1 and unit diffusion, one frame every `stride` steps; by coordinate. */
export function overdamped(
  force: (at: Vector) => Vector,
  start: Vector,
  { frames, stride, step, seed }: { frames: number; stride: number; step: number; seed: number },
): Float64Array[] {
  const { normal } = randomNumbers(seed);
  const at = [...start];
  const out = start.map(() => new Float64Array(frames));
  for (let frame = 0; frame < frames; frame++) {
    for (let i = 0; i < stride; i++)
      force(at).forEach((f, a) => (at[a] += f * step + Math.sqrt(2 * step) * normal()));
    at.forEach((value, a) => (out[a][frame] = value));
  }
  return out;
}

/** −dU/dx of U = h (x² − 1)². */
export const doubleWell =
  (h: number) =>
  (x: number): number =>
    -4 * h * x * (x * x - 1);

/**
 * Relaxation times of overdamped dynamics at kT = 1 and unit diffusion in one dimension, slowest first: eigenvalues of the
 * rate matrix on a grid whose rates obey detailed balance, exact as the grid is refined.
 */
export function relaxationTimes(
  energy: (x: number) => number,
  [lower, upper]: readonly [number, number],
  points: number,
): number[] {
  const step = (upper - lower) / (points - 1);
  const u = Array.from({ length: points }, (_, i) => energy(lower + i * step));
  // symmetric form: off-diagonal √(k₊ k₋) = 1/step², diagonal the rates out
  const matrix = Matrix.zeros(points, points);
  for (let i = 0; i + 1 < points; i++) {
    matrix.set(i, i + 1, 1 / step ** 2);
    matrix.set(i + 1, i, 1 / step ** 2);
    matrix.set(i, i, matrix.get(i, i) - Math.exp((u[i] - u[i + 1]) / 2) / step ** 2);
    matrix.set(i + 1, i + 1, matrix.get(i + 1, i + 1) - Math.exp((u[i + 1] - u[i]) / 2) / step ** 2);
  }
  const { realEigenvalues } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const rates = realEigenvalues.map((value) => -value).sort((a, b) => a - b);
  return rates.slice(1).map((rate) => 1 / rate);
}

const wells = [
  { height: -200, a: -1, b: 0, c: -10, x: 1, y: 0 },
  { height: -100, a: -1, b: 0, c: -10, x: 0, y: 0.5 },
  { height: -170, a: -6.5, b: 11, c: -6.5, x: -0.5, y: 1.5 },
  { height: 15, a: 0.7, b: 0.6, c: 0.7, x: -1, y: 1 },
];

/** −∇U/kT of Müller and Brown's surface (1979, doi:10.1007/BF00547608). */
export function muellerBrown(kT: number): (at: Vector) => Vector {
  return ([x, y]) => {
    let [fx, fy] = [0, 0];
    for (const { height, a, b, c, x: x0, y: y0 } of wells) {
      const [dx, dy] = [x - x0, y - y0];
      const e = (height / kT) * Math.exp(a * dx * dx + b * dx * dy + c * dy * dy);
      fx -= e * (2 * a * dx + b * dy);
      fy -= e * (b * dx + 2 * c * dy);
    }
    return [fx, fy];
  };
}
