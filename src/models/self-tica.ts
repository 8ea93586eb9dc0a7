import { z } from 'zod';
import { add, matmul, mul, reduceSum, square, sub, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/index.js';
import { defineMethod } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec, type Parameters } from './network.js';
import { frameMean } from './weighted.js';

const needs = { pairs: true };

/**
 * SelfTICA (Zhu, Zhang, Novelli, Hou & Bonati 2026, arXiv:2606.15495; Turri, Bonati, Zhu, Pontil & Novelli 2025, arXiv:2505.18671; as
 * mlcolvar 2.0 has it, cvs/timelagged/selftica.py and core/loss/contrastive_loss.py): an encoder φ of several components and a predictor
 * P, such that Pφ(x(t)) is like φ(x(t+τ)) of its own pair and unlike that of all others. The CVs are the slow directions, by TICA, of the
 * trained φ. No matrix is inverted in the loss.
 */
export const selfTica = defineMethod({
  summary: 'slowest modes of a representation that tells what follows from what does not (SelfTICA)',
  references: [
    'Zhu, Zhang, Novelli, Hou & Bonati 2026, arXiv:2606.15495',
    'Turri, Bonati, Zhu, Pontil & Novelli 2025, arXiv:2505.18671',
  ],
  needs,
  orientation: 'slow',
  options: z.object({
    width: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(5)
      .describe('components of the representation, among which the CVs are the slowest directions'),
    predictor: z
      .number()
      .int()
      .min(0)
      .default(0)
      .describe(
        'hidden layers of the predictor, as wide as the representation; 0: linear, for unbiased runs',
      ),
    regularization: z
      .number()
      .min(0)
      .default(1e-5)
      .describe('λ, weight of the squares of the representation, summed over 1000 pairs'),
  }),
  create({ features, hidden, latent, activation }, { width, predictor: depth, regularization }) {
    if (width < latent) throw tooNarrow(width, latent);
    const encoder: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, width], activation };
    const predictor: NetworkSpec = {
      name: 'predictor',
      sizes: new Array<number>(depth + 2).fill(width),
      activation: 'relu',
    };
    const encode = (parameters: Parameters, x: Tensor): Tensor => applyNetwork(encoder, parameters, x);
    return {
      needs,
      width,
      network: `${encoder.sizes.join('-')} ${activation}, ${latent} of ${width} directions`,
      parameters: [...networkParameters(encoder), ...networkParameters(predictor)],
      encode,
      loss: (parameters, { now, later, weight }) => {
        if (!later) throw new Error('self-tica needs pairs');
        const predicted = applyNetwork(predictor, parameters, encode(parameters, now));
        const ends = { predicted, later: encode(parameters, later) };
        const { contrast, squares } = contrastiveLoss(ends, weight);
        return { total: add(contrast, mul(squares, 1000 * regularization)), parts: { contrast, squares } };
      },
    };
  },
});

/** What is predicted of the second ends of pairs, and what they are, `[n, width]` both. */
interface PairEnds {
  predicted: Tensor;
  later: Tensor;
}

/**
 * `contrast`: 1/(n(n−1)) (Σ_ij wᵢ wⱼ Dᵢⱼ² − Σ wᵢ Dᵢᵢ²) − 2/n Σ wᵢ Dᵢᵢ with Dᵢⱼ = ⟨pᵢ, yⱼ⟩, both about their means, as if a pair of weight 2
 * were two; with the best linear predictor
 * it is −‖C₀₀^(-1/2) C₀τ Cττ^(-1/2)‖², the negative VAMP-2 score, but for the pairs i = j that are left out. `squares`: ½ the mean of
 * |p|² + |y|². The paper and mlcolvar know no weights in it, and sum squares over the batch, whatever its size.
 */
export function contrastiveLoss(
  { predicted, later }: PairEnds,
  weight?: Tensor,
): { contrast: Tensor; squares: Tensor } {
  const n = predicted.shape[0] as number;
  const [p, y] = [predicted, later].map((rows) => sub(rows, frameMean(rows, weight)));
  const weighted = (rows: Tensor): Tensor => (weight ? mul(rows, weight) : rows);
  const moments = (rows: Tensor): Tensor => matmul(weighted(rows), rows, { transposeA: true });
  // Σ_ij wᵢ wⱼ ⟨pᵢ, yⱼ⟩² = ⟨Σ wᵢ pᵢ pᵢᵀ, Σ wⱼ yⱼ yⱼᵀ⟩: no matrix of n by n
  const all = reduceSum(mul(moments(p), moments(y)));
  const own = reduceSum(mul(p, y), [1], true);
  const others = mul(sub(all, reduceSum(weighted(square(own)))), 1 / (n * (n - 1)));
  const lengths = add(reduceSum(weighted(square(p))), reduceSum(weighted(square(y))));
  return {
    contrast: sub(others, mul(reduceSum(weighted(own)), 2 / n)),
    squares: mul(lengths, 1 / (2 * n)),
  };
}

function tooNarrow(width: number, latent: number): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected a representation of at least ${latent} components, one for each CV, but received ${width}`,
    "give the method's option width a larger number, or ask for fewer CVs (‘latent’)",
  );
}
