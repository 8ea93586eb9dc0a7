import { z } from 'zod';
import {
  add,
  concat,
  div,
  identity,
  inverseSpd,
  jacobian,
  matmul,
  mul,
  neg,
  reduceSum,
  reshape,
  slice,
  square,
  sub,
  trace,
  type Tensor,
} from '../graph/index.js';
import { LatentcvError } from '../support/index.js';
import { byAtoms, byInputs, chosenPairs, gradientChoices, massWeighted } from './gradients.js';
import { defineMethod, type Batch, type DataShape } from './method.js';
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
      .default(1)
      .describe(
        'η in 1/ps, shift of the resolvent: between the rates of the slowest and the fastest CV, their geometric mean',
      ),
    alpha: z.number().min(0).default(0.1).describe('α, weight of the condition that latents are orthonormal'),
  }),
  create({ features, hidden, latent, activation }, options, data) {
    const { eta, alpha } = options;
    const encoder: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, latent], activation };
    const diffusion = diffusionOf(options, data);
    const encode = (parameters: Parameters, x: Tensor): Tensor => applyNetwork(encoder, parameters, x);
    const dissipation = (f: Tensor, batch: Batch): Tensor => productsOf(f, batch, diffusion);
    return {
      needs,
      parameters: networkParameters(encoder),
      encode,
      note: diffusion.gradients,
      generator: {
        dissipation: (parameters, batch) => dissipation(encode(parameters, batch.now), batch),
        dynamics: diffusion.dynamics,
        shift: eta,
      },
      loss: (parameters, batch) => {
        const f = encode(parameters, batch.now);
        const covariance = covarianceOf(f, batch.weight);
        const d = reshape(average(dissipation(f, batch), batch.weight), [latent, latent]);
        const regular = add(d, mul(identity(latent), ridge * eta));
        const shifted = add(mul(covariance, eta), regular);
        const lost = trace(matmul(inverseSpd(shifted), regular));
        const orthonormality = reduceSum(square(sub(covariance, identity(latent))));
        return {
          total: add(lost, mul(orthonormality, alpha)),
          parts: { resolvent: add(neg(lost), latent), orthonormality },
        };
      },
    };
  },
});

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
