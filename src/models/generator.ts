import { z } from 'zod';
import {
  add,
  concat,
  div,
  identity,
  inverseSpd,
  jacobian,
  logDeterminantSpd,
  matmul,
  mul,
  neg,
  reduceSum,
  reshape,
  slice,
  square,
  stopGradient,
  sub,
  trace,
  type Tensor,
} from '../graph/index.js';
import { LatentcvError, digits } from '../support/index.js';
import { byAtoms, byInputs, chosenPairs, gradientChoices, massWeighted } from './gradients.js';
import {
  defineMethod,
  type Architecture,
  type Batch,
  type CvMethod,
  type DataShape,
  type Scouting,
} from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec, type Parameters } from './network.js';
import { frameMean } from './weighted.js';

const needs = { metric: 'optional' } as const;

/** Part of η by which a latent that has not spread yet is regularised: γ of the paper's ridge. */
const ridge = 1e-6;

/**
 * Slowest eigenfunctions of the infinitesimal generator L of overdamped Langevin dynamics, L f = −μ f, from frames that weigh as at
 * equilibrium, without a lag (Devergne, Kostic, Parrinello & Pontil 2024, arXiv:2406.09028; with descriptors: Devergne, Kostic,
 * Pontil & Parrinello 2025, doi:10.1063/5.0246248). With the covariance C = ⟨f fᵀ⟩ of the latents, D = −⟨f, L fᵀ⟩ = ⟨∇f K ∇fᵀ⟩
 * and W = ηC + D, mlcolvar (mlcolvar/core/loss/generator_loss.py, without its splitting of the batch) minimises
 *
 *   tr(C Λ W Λ − 2 C Λ) + α tr((1 − C)²)
 *
 * over the network and Λ = diag(λ²), the eigenvalues 1/(η + μ) of the resolvent (η − L)⁻¹. Here Λ is not trained: its best value,
 * W⁻¹ as a full matrix, is put in, which leaves −tr(W⁻¹ C); times η and with the number of CVs added, so that nothing cancels
 * where processes are slow,
 *
 *   loss = tr(W⁻¹ D) + α tr((1 − C)²),  tr(W⁻¹ D) = Σ μ/(η + μ).
 *
 * The constant function, of μ = 0, is taken out with the mean. K is kT/γ M⁻¹ by the atoms' coordinates (friction γ, masses M),
 * through the features, or one diffusion constant for all inputs.
 */
export const generator = defineMethod({
  summary: 'slowest eigenfunctions of the generator of diffusion, from biased frames without a lag',
  references: [
    'Devergne, Kostic, Parrinello & Pontil 2024, arXiv:2406.09028',
    'Devergne, Kostic, Pontil & Parrinello 2025, doi:10.1063/5.0246248',
  ],
  needs,
  orientation: 'eigenfunctions',
  options: z.object({
    gradient: z
      .enum(gradientChoices)
      .default('auto')
      .describe(
        "∇: by the atoms' mass-weighted coordinates, by the inputs, or by atoms where they are known",
      ),
    friction: z
      .number()
      .positive()
      .default(1)
      .describe('γ in 1/ps, by atoms: they diffuse with kT/(γ m), and rates are proportional to 1/γ'),
    diffusion: z
      .number()
      .positive()
      .default(1)
      .describe('diffusion constant of each input, by inputs: their unit squared per ps'),
    eta: z
      .number()
      .positive()
      .optional()
      .describe(
        'η in 1/ps, shift of the resolvent; default: the geometric mean of the rates of the slowest and the fastest CV, by a first part of the training',
      ),
    alpha: z.number().min(0).default(0.1).describe('α, weight of the condition that latents are orthonormal'),
  }),
  create(architecture, options, data) {
    const diffusion = diffusionOf(options, data);
    const parts = { alpha: options.alpha, diffusion };
    if (options.eta !== undefined) return ofShift(architecture, options.eta, parts);
    const scouting: Scouting = {
      loss: scoutingLoss(architecture, parts),
      settle: (rates) => {
        const eta = shiftBetween(rates);
        const method = ofShift(architecture, eta, parts);
        const found = rates.length > 1 ? 'slowest and fastest rates' : 'rate';
        const values = [...new Set([rates[0], rates[rates.length - 1]])].map((rate) => digits(rate, 2));
        const why = `η is ${digits(eta, 2)}/ps, by the ${found} of a first part of the training, ${values.join(' and ')}/ps`;
        return { ...method, scouting, note: `${method.note}; ${why}` };
      },
    };
    return { ...ofShift(architecture, 1, parts), scouting };
  },
});

/**
 * η among rates in 1/ps, slowest first: what a process gains by a better eigenfunction goes as ημ/(η + μ)², which their geometric mean
 * gives the slowest and the fastest alike.
 */
const shiftBetween = (rates: readonly number[]): number =>
  Number(Math.sqrt(rates[0] * rates[rates.length - 1]).toPrecision(2));

interface LossParts {
  alpha: number;
  diffusion: Diffusion;
}

/** Rates that are this part of that of the sum of the features, or less, are all alike to the first part of a training. */
const slowest = 1e-6;

/**
 * Σ ln (μ + ε) + α tr((1 − C)²), of which each process has the same part whatever its rate, so that it needs no shift: the loss by η,
 * averaged over the logarithm of η. It has no bound where a function jumps in a gap between frames, but for ε.
 */
function scoutingLoss(architecture: Architecture, { alpha, diffusion }: LossParts): Scouting['loss'] {
  const encoder = encoderOf(architecture);
  const one = identity(architecture.latent);
  return (parameters, batch) => {
    const f = applyNetwork(encoder, parameters, batch.now);
    const { covariance, dissipation } = momentsOf(f, batch, diffusion);
    const rate = stopGradient(rateOfSum(batch, diffusion));
    const regular = add(covariance, mul(one, ridge));
    const damped = add(dissipation, mul(regular, mul(rate, slowest)));
    const rates = sub(logDeterminantSpd(damped), logDeterminantSpd(regular));
    const orthonormality = reduceSum(square(sub(covariance, one)));
    return { total: add(rates, mul(orthonormality, alpha)), parts: { rates, orthonormality } };
  };
}

/** How fast the sum of all features relaxes, a scalar. */
function rateOfSum(batch: Batch, { product }: Diffusion): Tensor {
  const ones = add(mul(batch.now, 0), 1);
  const sum = reduceSum(batch.now, [1], true);
  const gamma = average(reduceSum(product(ones, ones, batch), [1], true), batch.weight);
  return div(reduceSum(gamma), add(reduceSum(covarianceOf(sum, batch.weight)), Number.MIN_VALUE));
}

const encoderOf = ({ features, hidden, latent, activation }: Architecture): NetworkSpec => ({
  name: 'encoder',
  sizes: [features, ...hidden, latent],
  activation,
});

function momentsOf(
  f: Tensor,
  batch: Batch,
  diffusion: Diffusion,
): { covariance: Tensor; dissipation: Tensor } {
  const latent = Number(f.shape[1]);
  const products = average(productsOf(f, batch, diffusion), batch.weight);
  return { covariance: covarianceOf(f, batch.weight), dissipation: reshape(products, [latent, latent]) };
}

/** The method by its shift η. */
function ofShift(architecture: Architecture, eta: number, { alpha, diffusion }: LossParts): CvMethod {
  const encoder = encoderOf(architecture);
  const one = identity(architecture.latent);
  const encode = (parameters: Parameters, x: Tensor): Tensor => applyNetwork(encoder, parameters, x);
  return {
    needs,
    parameters: networkParameters(encoder),
    encode,
    note: diffusion.gradients,
    generator: {
      dissipation: (parameters, batch) => productsOf(encode(parameters, batch.now), batch, diffusion),
      dynamics: diffusion.dynamics,
      shift: eta,
    },
    loss: (parameters, batch) => {
      const { covariance, dissipation } = momentsOf(encode(parameters, batch.now), batch, diffusion);
      const regular = add(dissipation, mul(one, ridge * eta));
      const shifted = add(mul(covariance, eta), regular);
      const lost = trace(matmul(inverseSpd(shifted), regular));
      const orthonormality = reduceSum(square(sub(covariance, one)));
      return {
        total: add(lost, mul(orthonormality, alpha)),
        parts: { resolvent: add(neg(lost), architecture.latent), orthonormality },
      };
    },
  };
}

/** How latents diffuse. */
interface Diffusion {
  /** Γ = ∇f K ∇gᵀ `[n, …]`, to be summed over its columns, of derivatives by the scaled features. */
  product: (f: Tensor, g: Tensor, batch: Batch) => Tensor;
  /** What ∇ is by, and what the dynamics is, in words. */
  gradients: string;
  dynamics: string;
}

interface Asked {
  gradient: (typeof gradientChoices)[number];
  friction: number;
  diffusion: number;
}

function diffusionOf({ gradient, friction, diffusion }: Asked, { metric, scales, kT }: DataShape): Diffusion {
  const pairs = chosenPairs(gradient, metric);
  if (pairs) {
    if (kT === undefined) throw noTemperature();
    return {
      product: (f, g, { metric: products }) => {
        if (!products) throw new Error('generator needs the metric that it was made for');
        return mul(massWeighted(f, g, { metric: products, pairs }), kT / friction);
      },
      gradients: byAtoms,
      dynamics: `overdamped dynamics of friction ${friction}/ps`,
    };
  }
  return {
    product: (f, g, { now }) => mul(mul(byInputs(f, now, scales), byInputs(g, now, scales)), diffusion),
    gradients: 'gradients by the inputs in their units, all of one diffusion constant',
    dynamics: `diffusion of ${diffusion} (unit of the inputs)²/ps`,
  };
}

/** Γ of each two latents, `[n, k²]`. */
function productsOf(f: Tensor, batch: Batch, { product }: Diffusion): Tensor {
  const [n, k] = [f.shape[0], Number(f.shape[1])];
  const slopes = jacobian(f, batch.now);
  const slope = Array.from({ length: k }, (_, i) =>
    reshape(slice(slopes, 1, i, i + 1), [n, Number(batch.now.shape[1])]),
  );
  const columns = new Map<string, Tensor>();
  for (let i = 0; i < k; i++)
    for (let j = i; j < k; j++)
      columns.set(`${i} ${j}`, reduceSum(product(slope[i], slope[j], batch), [1], true));
  const both = (i: number, j: number): Tensor => columns.get(`${Math.min(i, j)} ${Math.max(i, j)}`)!;
  const all = Array.from({ length: k * k }, (_, at) => both(Math.floor(at / k), at % k));
  return all.length === 1 ? all[0] : concat(all, 1);
}

/** Covariance `[k, k]` of latents `[n, k]`. */
function covarianceOf(f: Tensor, weight: Tensor | undefined): Tensor {
  const centred = sub(f, average(f, weight));
  const product = matmul(weight ? mul(centred, weight) : centred, centred, { transposeA: true });
  const total = weight ? reduceSum(weight) : Number(f.shape[0]);
  return div(product, total);
}

/** Mean over frames by their weight, whatever these add up to: those of a batch hardly ever have a mean of 1. */
function average(rows: Tensor, weight: Tensor | undefined): Tensor {
  const mean = frameMean(rows, weight);
  return weight ? div(mean, frameMean(weight)) : mean;
}

function noTemperature(): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    'expected the temperature of the run for the diffusion kT/(γ m) of its atoms but received none',
    'say ‘temperature’ (K), or take gradient=inputs with a diffusion constant of the inputs',
  );
}
