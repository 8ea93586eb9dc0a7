import {
  invalidArgument,
  LatentcvError,
  expectChoice,
  expectFunction,
  expectNumber,
  expectNumbers,
  expectObject,
  expectWhole,
} from '../support/index.js';
import { axisValues, type GridAxis } from './axes/index.js';

export type Potential2D = (x: number, y: number) => number;

/** A rectangle in which the potential is integrated; it must hold all that matters at this kT. */
export interface Domain2D {
  x: readonly [number, number];
  y: readonly [number, number];
  /** Points along each side; default 500. */
  points?: number;
}

interface Boltzmann {
  x: Float64Array;
  y: Float64Array;
  /** `[y, x]`, normalised to sum 1. */
  weights: Float64Array;
}

/** Boltzmann weights of a potential at the midpoints of a grid: the midpoint rule, spectral for smooth wells. */
function boltzmann(potential: Potential2D, domain: Domain2D, kT: number): Boltzmann {
  if (!(kT > 0)) throw invalidArgument('a positive energy', 'kT', kT);
  const points = domain.points ?? 500;
  const [x, y] = [midpoints(domain.x, points), midpoints(domain.y, points)];
  const energies = new Float64Array(points * points);
  for (let j = 0; j < points; j++) {
    for (let i = 0; i < points; i++) energies[j * points + i] = potential(x[i], y[j]);
  }
  const lowest = energies.reduce((a, b) => Math.min(a, b), Infinity);
  const weights = energies.map((energy) => Math.exp(-(energy - lowest) / kT));
  const sum = weights.reduce((a, b) => a + b, 0);
  if (!Number.isFinite(sum))
    throw new LatentcvError('bad-data', 'expected finite energies from the potential');
  return { x, y, weights: weights.map((weight) => weight / sum) };
}

function midpoints([lower, upper]: readonly [number, number], points: number): Float64Array {
  const axis: GridAxis = { lower, upper, points, periodic: false };
  return axisValues(axis, 'bins');
}

/**
 * Exact `ΔF = −kT ln(∫_B e^{−U/kT} / ∫_A e^{−U/kT})` of a 2D potential, in the unit of kT, by quadrature on
 * a grid; A is the complement of B unless given. The reference for runs on model surfaces such as Müller–Brown.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function exactDeltaF(
  potential: Potential2D,
  domain: Domain2D,
  kT: number,
  inB: (x: number, y: number) => boolean,
  inA: (x: number, y: number) => boolean = (x, y) => !inB(x, y),
): number {
  expectPotential(potential, domain, kT);
  expectFunction(inB, 'inB');
  const { x, y, weights } = boltzmann(potential, domain, kT);
  let [a, b] = [0, 0];
  weights.forEach((weight, index) => {
    const [xi, yi] = [x[index % x.length], y[Math.floor(index / x.length)]];
    if (inB(xi, yi)) b += weight;
    else if (inA(xi, yi)) a += weight;
  });
  return -kT * Math.log(b / a);
}

/**
 * Exact free energy along one axis of a 2D potential, `−kT ln ∫ e^{−U/kT}` over the other, minimum 0.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function exactProfile(
  potential: Potential2D,
  domain: Domain2D,
  kT: number,
  along: 'x' | 'y',
): { coordinate: Float64Array; energy: Float64Array } {
  expectPotential(potential, domain, kT);
  expectChoice(along, 'along', ['x', 'y']);
  const { x, y, weights } = boltzmann(potential, domain, kT);
  const coordinate = along === 'x' ? x : y;
  const density = new Float64Array(coordinate.length);
  weights.forEach((weight, index) => {
    density[along === 'x' ? index % x.length : Math.floor(index / x.length)] += weight;
  });
  const highest = density.reduce((a, b) => Math.max(a, b), 0);
  return { coordinate, energy: density.map((value) => -kT * Math.log(value / highest)) };
}

function expectPotential(potential: Potential2D, domain: Domain2D, kT: number): void {
  expectFunction(potential, 'potential');
  expectObject(domain, 'domain', 'a rectangle, x and y,');
  for (const side of ['x', 'y'] as const) {
    expectNumbers(domain[side], `domain.${side}`, 2);
    for (const end of domain[side]) expectNumber(end, `domain.${side}`);
  }
  if (domain.points !== undefined) expectWhole(domain.points, 'domain.points', 2, 100_000);
  expectNumber(kT, 'kT', { positive: true });
}
