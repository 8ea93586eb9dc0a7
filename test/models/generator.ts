import type { Landscape } from './langevin.js';

/** Grid points along one axis. */
export interface Axis {
  low: number;
  high: number;
  points: number;
}

/** Points higher than this above the lowest, in kT, are left out: nothing goes there. */
const highest = 25;

/**
 * The generator of overdamped Langevin dynamics with unit diffusion on a grid: jumps to neighbours at a distance h
 * with rate exp(−(U' − U)/2)/h², which keeps detailed balance exactly (Bicout & Szabo 1998, doi:10.1063/1.476810; the
 * error is of order h²). With √π taken to both sides it is symmetric: −1/h² for neighbours and the rate of leaving
 * on the diagonal.
 */
export class Generator {
  readonly size: number;
  /** Boltzmann weights √π, 0 for points that are left out. */
  private readonly root: Float64Array;
  private readonly leaving: Float64Array;

  constructor(
    landscape: Landscape,
    private readonly axes: Axis[],
  ) {
    this.size = axes.reduce((product, { points }) => product * points, 1);
    const energy = Float64Array.from({ length: this.size }, (_, i) => landscape.energy(this.point(i)));
    const lowest = energy.reduce((least, value) => Math.min(least, value), Infinity);
    this.root = energy.map((value) => (value - lowest > highest ? 0 : Math.exp((lowest - value) / 2)));
    this.leaving = energy.map((_, i) => {
      let sum = 0;
      this.eachNeighbour(i, (j, rate) => (sum += (rate * this.root[j]) / (this.root[i] || 1)));
      return this.root[i] > 0 ? sum : 1;
    });
  }

  /** Coordinates of a grid point. */
  point(index: number): number[] {
    let rest = index;
    return this.axes.map(({ low, high, points }) => {
      const along = rest % points;
      rest = Math.floor(rest / points);
      return low + ((high - low) * along) / (points - 1);
    });
  }

  /** Equilibrium probability of each point. */
  equilibrium(): Float64Array {
    const total = this.root.reduce((sum, value) => sum + value * value, 0);
    return this.root.map((value) => (value * value) / total);
  }

  /** The slowest `count` processes: rates, slowest first, and eigenfunctions with unit variance at equilibrium. */
  slowest(count: number): { rates: number[]; functions: Float64Array[] } {
    const found: Float64Array[] = [normalised(this.root)];
    const rates: number[] = [];
    const active = this.root.map((value) => Number(value > 0));
    for (let process = 0; process < count; process++) {
      let vector = normalised(
        orthogonal(
          this.root.map((v, i) => v * Math.sin(1 + i * 0.7 + process)),
          found,
        ),
      );
      let rate = Infinity;
      for (let round = 0; round < 100; round++) {
        const next = normalised(orthogonal(this.solve(vector, active, vector), found));
        const value = dot(next, this.apply(next, active));
        vector = next;
        if (Math.abs(value - rate) < 1e-7 * value) break;
        rate = value;
      }
      rates.push(dot(vector, this.apply(vector, active)));
      found.push(vector);
    }
    const norm = Math.sqrt(this.root.reduce((sum, value) => sum + value * value, 0));
    const functions = found
      .slice(1)
      .map((v) => v.map((x, i) => (this.root[i] > 0 ? (x * norm) / this.root[i] : 0)));
    return { rates, functions };
  }

  /** Probability to reach B before A from each grid point: L q = 0, q = 0 in A, 1 in B. */
  committor(inA: (x: number[]) => boolean, inB: (x: number[]) => boolean): Float64Array {
    const fixed = Float64Array.from({ length: this.size }, (_, i) => Number(inB(this.point(i))));
    const free = this.root.map((v, i) => Number(v > 0 && !fixed[i] && !inA(this.point(i))));
    const boundary = this.root.map((v, i) => v * fixed[i]);
    const all = this.root.map((v) => Number(v > 0));
    const right = this.apply(boundary, all).map((value, i) => -value * free[i]);
    const solved = this.solve(right, free, new Float64Array(this.size));
    return solved.map((value, i) => (free[i] ? value / this.root[i] : fixed[i]));
  }

  /** A field on the grid between its points, multilinear. */
  interpolate(field: Float64Array, x: ArrayLike<number>): number {
    let corners = [{ index: 0, part: 1 }];
    let stride = 1;
    this.axes.forEach(({ low, high, points }, axis) => {
      const along = Math.min(Math.max(((x[axis] - low) / (high - low)) * (points - 1), 0), points - 1.000001);
      const before = Math.floor(along);
      corners = corners.flatMap(({ index, part }) => [
        { index: index + before * stride, part: part * (1 - along + before) },
        { index: index + (before + 1) * stride, part: part * (along - before) },
      ]);
      stride *= points;
    });
    return corners.reduce((sum, { index, part }) => sum + field[index] * part, 0);
  }

  private eachNeighbour(index: number, visit: (neighbour: number, rate: number) => void): void {
    let [rest, stride] = [index, 1];
    for (const { low, high, points } of this.axes) {
      const along = rest % points;
      const rate = ((points - 1) / (high - low)) ** 2;
      if (along > 0) visit(index - stride, rate);
      if (along < points - 1) visit(index + stride, rate);
      rest = Math.floor(rest / points);
      stride *= points;
    }
  }

  /** The symmetric operator on the points of a mask. */
  private apply(vector: Float64Array, mask: Float64Array): Float64Array {
    return vector.map((value, i) => {
      if (!mask[i]) return 0;
      let sum = this.leaving[i] * value;
      this.eachNeighbour(i, (j, rate) => (sum -= mask[j] ? rate * vector[j] : 0));
      return sum;
    });
  }

  /** Conjugate gradients with the diagonal as preconditioner. */
  private solve(right: Float64Array, mask: Float64Array, guess: Float64Array): Float64Array {
    const x = Float64Array.from(guess);
    const residual = this.apply(x, mask).map((value, i) => mask[i] * right[i] - value);
    let direction = residual.map((value, i) => value / this.leaving[i]);
    let power = dot(residual, direction);
    const enough = 1e-22 * Math.max(power, dot(right, right));
    for (let round = 0; round < 5000 && power > enough; round++) {
      const image = this.apply(direction, mask);
      const length = power / dot(direction, image);
      direction.forEach((value, i) => {
        x[i] += length * value;
        residual[i] -= length * image[i];
      });
      const next = residual.map((value, i) => value / this.leaving[i]);
      const now = dot(residual, next);
      const kept = now / power;
      direction = next.map((value, i) => value + kept * direction[i]);
      power = now;
    }
    return x;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function normalised(vector: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / norm);
}

function orthogonal(vector: Float64Array, to: Float64Array[]): Float64Array {
  return to.reduce((rest, axis) => {
    const along = dot(rest, axis);
    return rest.map((value, i) => value - along * axis[i]);
  }, vector);
}
