import { z } from 'zod';
import { LatentcvError } from '../support/index.js';
import { add, constant, mul, reduceSum, sqrt, square, sub, type Tensor } from '../graph/index.js';
import { stateMoments } from './states.js';

/** What states are to look like along the CVs. */
export interface TargetStates {
  /** Mean of each state, `[states][CVs]`. */
  centres: number[][];
  /** Standard deviation of each state, along every CV. */
  deviations: number[];
}

/** How much each part of the loss counts. */
export interface TargetWeights {
  /** Of the means. */
  alpha: number;
  /** Of the deviations. */
  beta: number;
}

/** Keeps the slope of a standard deviation finite where a state has one frame. */
const tiny = 1e-12;

/**
 * Distance of labelled states from the Gaussians chosen for them, Σ_states Σ_CVs α (μ − μ*)² + β (σ − σ*)² (Trizio & Parrinello
 * 2021, doi:10.1021/acs.jpclett.1c02317), frames by their weight; those without a label count for nothing.
 * @param latent `[n, CVs]`
 * @param label `[n, states]`, 1 in the column of the frame's state
 */
export function targetLoss(
  latent: Tensor,
  { label, weight }: { label: Tensor; weight?: Tensor },
  { centres, deviations }: TargetStates,
  { alpha, beta }: TargetWeights,
): { total: Tensor; parts: { mean: Tensor; spread: Tensor } } {
  const moments = stateMoments(latent, label, weight);
  const mean = total(
    moments.map((state, i) =>
      reduceSum(square(sub(state.mean, constant(centres[i], [1, centres[i].length])))),
    ),
  );
  const spread = total(
    moments.map(({ variance }, i) => reduceSum(square(sub(sqrt(add(variance, tiny)), deviations[i])))),
  );
  return { total: add(mul(mean, alpha), mul(spread, beta)), parts: { mean, spread } };
}

const total = (terms: Tensor[]): Tensor => terms.reduce((a, b) => add(a, b));

/** Options of methods whose states have targets. */
export const targetOptions = {
  centres: z
    .array(z.array(z.number()))
    .optional()
    .describe('target means, one row of CVs for each state; default: 14 apart on a line, or a simplex'),
  deviation: z
    .union([z.number().positive(), z.array(z.number().positive())])
    .default(0.2)
    .describe('target standard deviation of each state: one number, or one for each in their order'),
  alpha: z.number().positive().default(1).describe('weight of the means'),
  beta: z.number().positive().default(100).describe('weight of the deviations'),
};

/**
 * The targets that options give.
 * @throws LatentcvError `bad-argument` where they do not fit the states and CVs
 */
export function targetStates(
  { centres, deviation }: { centres?: number[][] | undefined; deviation: number | number[] },
  states: number,
  latent: number,
): TargetStates {
  return {
    centres: centres ? checkedCentres(centres, states, latent) : defaultCentres(states, latent),
    deviations:
      typeof deviation === 'number'
        ? new Array<number>(states).fill(deviation)
        : checkedDeviations(deviation, states),
  };
}

const centreDistance = 14;

/** Equally far apart on a line for one CV; the corners of a regular simplex where there is a CV for each gap. */
function defaultCentres(states: number, latent: number): number[][] {
  if (latent === 1)
    return Array.from({ length: states }, (_, i) => [centreDistance * (i - (states - 1) / 2)]);
  if (latent === states - 1) return simplex(states).map((row) => row.map((value) => centreDistance * value));
  throw new LatentcvError(
    'bad-argument',
    `expected 1 or ${states - 1} CVs for ${states} states but received ${latent}`,
    'choose another ‘latent’, or give the centres',
  );
}

/** Corners of a regular simplex of edge 1 around the origin, `[corners][corners − 1]`. */
function simplex(corners: number): number[][] {
  const points = Array.from({ length: corners }, () => new Array<number>(corners - 1).fill(0));
  for (let axis = 0; axis < corners - 1; axis++) {
    const left = corners - axis;
    const height = Math.sqrt(left / (2 * (left - 1)));
    points[axis][axis] = height * ((left - 1) / left);
    for (let i = axis + 1; i < corners; i++) points[i][axis] = -height / left;
  }
  return points;
}

function checkedCentres(centres: number[][], states: number, latent: number): number[][] {
  if (centres.length === states && centres.every((row) => row.length === latent)) return centres;
  throw new LatentcvError(
    'bad-argument',
    `expected ${states} rows of ${latent} numbers for the centres but received ${centres.map((r) => r.length).join(', ')}`,
  );
}

function checkedDeviations(deviations: number[], states: number): number[] {
  if (deviations.length === states) return deviations;
  throw new LatentcvError(
    'bad-argument',
    `expected one deviation or ${states}, one for each state, but received ${deviations.length}`,
    'states are in the order of their labels',
  );
}
