import { invalidArgument } from '../support/index.js';

/** Umbrella windows along one CV: harmonic restraints ½ κ (s − s₀)², alike but for their centres. */
export interface UmbrellaWindows {
  /** s₀ of each, in the unit of the CV. */
  centres: number[];
  /** Energy per unit of the CV squared. */
  kappa: number;
  /** √(kT/κ): how far the CV fluctuates in a window where the free energy is flat. */
  width: number;
  /** What neighbouring windows' distributions have in common, 0 to 1. */
  overlap: number;
}

export interface WindowRequest {
  /** First and last centre. */
  from: number;
  to: number;
  /** How many; as many as κ and the overlap need where left out with κ given, else 20. */
  count?: number;
  /** Wanted of neighbours, 0 to 1 (exclusive); 0.3 by default. */
  overlap?: number;
  /** Energy per unit of the CV squared; by the overlap where left out. */
  kappa?: number;
  /** In the unit of energy of κ. */
  kT: number;
}

export const defaultOverlap = 0.3;
export const defaultWindows = 20;
const mostWindows = 1000;

/**
 * Evenly spaced windows (Torrie & Valleau 1977, doi:10.1016/0021-9991(77)90121-8) whose neighbours overlap as wanted. Where the free
 * energy is flat a window is a Gaussian of variance kT/κ; two of them Δ apart overlap by O = 2 Φ(−x) with x = Δ/(2σ) (Inman &
 * Bradley 1989, doi:10.1080/03610928908830127), so that κ = 4 x² kT/Δ². On a slope windows shift and on a barrier they widen.
 * @throws LatentcvError `bad-argument`
 */
export function umbrellaWindows(request: WindowRequest): UmbrellaWindows {
  const { from, to, kT } = request;
  if (!(Number.isFinite(from) && Number.isFinite(to) && from !== to))
    throw invalidArgument('two different centres', 'from and to', `${from} and ${to}`);
  const wanted = request.overlap ?? defaultOverlap;
  if (!(wanted > 0 && wanted < 1)) throw invalidArgument('a number between 0 and 1', 'overlap', wanted);
  if (!(kT > 0)) throw invalidArgument('a positive energy', 'kT', kT);
  const count = countOf(request, wanted);
  const spacing = Math.abs(to - from) / (count - 1);
  const kappa = request.kappa ?? (4 * halfDistance(wanted) ** 2 * kT) / spacing ** 2;
  const width = Math.sqrt(kT / kappa);
  // twelve digits, as inputs have them: no 1e-16 in place of 0
  const centres = Array.from({ length: count }, (_, i) =>
    Number(((from * (count - 1 - i) + to * i) / (count - 1)).toPrecision(12)),
  );
  return { centres, kappa, width, overlap: commonPart(spacing / (2 * width)) };
}

function countOf({ from, to, count, kappa, kT }: WindowRequest, overlap: number): number {
  if (kappa !== undefined && !(kappa > 0)) throw invalidArgument('a positive number', 'kappa', kappa);
  const spacing = kappa === undefined ? undefined : 2 * halfDistance(overlap) * Math.sqrt(kT / kappa);
  const needed = spacing === undefined ? defaultWindows : Math.ceil(Math.abs(to - from) / spacing - 1e-9) + 1;
  const found = count ?? Math.max(2, needed);
  if (Number.isInteger(found) && found >= 2 && found <= mostWindows) return found;
  throw invalidArgument(`2 to ${mostWindows} windows`, 'windows', found);
}

/** 2 Φ(−x): what two Gaussians have in common that are 2x of their standard deviations apart. Simpson's rule, to 1e-9. */
function commonPart(x: number): number {
  const steps = 400;
  const h = x / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++)
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(-0.5 * (i * h) ** 2);
  return Math.max(0, 1 - Math.sqrt(2 / Math.PI) * sum * (h / 3));
}

/** The x of `commonPart`, by bisection. */
function halfDistance(overlap: number): number {
  let [low, high] = [0, 8];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (commonPart(middle) > overlap) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
