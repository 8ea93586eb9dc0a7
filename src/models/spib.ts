import { z } from 'zod';
import {
  add,
  broadcastTo,
  div,
  exp,
  log,
  logSumExp,
  matmul,
  mul,
  neg,
  reduceSum,
  reshape,
  sigmoid,
  softmax,
  square,
  sub,
  transpose,
  type Tensor,
} from '../graph/index.js';
import { gaussianSample } from './gaussian.js';
import { kMeans } from './k-means.js';
import { defineMethod } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import { frameMean } from './weighted.js';

/** Keeps a state without frames in the batch from dividing by, or the logarithm of, zero. */
const epsilon = 1e-6;

/**
 * State predictive information bottleneck (Wang & Tiwary 2021, doi:10.1063/5.0038198): a latent z ~ N(μ(x), σ²), σ one
 * number for each component, from which a decoder tells the state y one lag on. Loss: cross-entropy of the state +
 * β (log p(z|x) − log r(z)) with the prior r(z) = Σ_i w_i N(z; μ(x_i), σ²) over the states, x_i the mean frame of a
 * state and w_i its share of the batch. As training goes on each frame is labelled anew with the state that the decoder
 * finds likeliest for it, so that states that interconvert within a lag merge. The CVs are μ.
 */
export const spib = defineMethod({
  summary: 'tells the metastable state one lag on, and finds those states (SPIB)',
  references: ['Wang & Tiwary 2021, doi:10.1063/5.0038198'],
  needs: { pairs: true, labels: 'optional' },
  orientation: 'slow',
  options: z.object({
    beta: z.number().min(0).default(0.01).describe('β, how much the latent pays for what it knows'),
    states: z.int().min(2).max(100).default(10).describe('first states, by k-means, where none are labelled'),
    every: z.int().min(1).default(5).describe('epochs between two labellings'),
  }),
  create({ features, hidden, latent, activation }, { beta, states: wanted, every }, data) {
    const states = data.states > 0 ? data.states : wanted;
    const encoder: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, latent], activation };
    const sizes = [latent, ...hidden.toReversed(), states];
    const decoder: NetworkSpec = { name: 'decoder', sizes, activation };
    return {
      needs: { pairs: true, labels: 'required', noise: latent },
      parameters: [
        ...networkParameters(encoder),
        ...networkParameters(decoder),
        { name: varianceName, shape: [1, latent], bound: 0 },
      ],
      encode: (parameters, x) => applyNetwork(encoder, parameters, x),
      loss: (parameters, { now, label, laterLabel, weight, noise }) => {
        if (!label || !laterLabel) throw new Error('spib needs pairs with labels');
        const mean = applyNetwork(encoder, parameters, now);
        const logVariance = mul(sigmoid(parameters.get(varianceName)!), -10);
        const sample = gaussianSample({ mean, logVariance: broadcastTo(logVariance, mean.shape) }, noise);
        const logits = applyNetwork(decoder, parameters, sample);
        const prediction = frameMean(crossEntropy(logits, laterLabel), weight);
        const { frames, shares } = meanFrames(now, label, weight);
        const centres = applyNetwork(encoder, parameters, frames);
        const prior = logPrior(sample, { centres, shares, logVariance });
        const own = noise ? mul(reduceSum(square(noise), [1], true), -0.5) : 0;
        const information = reduceSum(frameMean(sub(own, prior), weight));
        const crossEntropyMean = reduceSum(prediction);
        return {
          total: add(crossEntropyMean, mul(information, beta)),
          parts: { crossEntropy: crossEntropyMean, information },
        };
      },
      relabel: {
        count: states,
        every,
        first: ({ features: table, width }) => kMeans(table, width, states),
        states: (parameters, x) =>
          softmax(applyNetwork(decoder, parameters, applyNetwork(encoder, parameters, x))),
      },
    };
  },
});

/** log σ² is −10·σ(this), as the authors' own code has it: it starts at −5 and stays between −10 and 0. */
const varianceName = 'variance';

/** −Σ y log softmax of each row, `[n, 1]`; 0 for a frame of no state. */
function crossEntropy(logits: Tensor, label: Tensor): Tensor {
  return neg(reduceSum(mul(label, sub(logits, logSumExp(logits))), [1], true));
}

/** The mean frame of each state, `[states, features]`, and the states' shares, `[1, states]`. */
function meanFrames(now: Tensor, label: Tensor, weight?: Tensor): { frames: Tensor; shares: Tensor } {
  const members = weight ? mul(label, weight) : label;
  const sizes = add(reduceSum(members, [0], true), epsilon);
  const sums = matmul(members, now, { transposeA: true });
  return { frames: div(sums, transpose(sizes)), shares: div(sizes, reduceSum(sizes)) };
}

interface Prior {
  centres: Tensor;
  shares: Tensor;
  logVariance: Tensor;
}

/** log Σ_i w_i exp(−½ |z − c_i|²/σ²), `[n, 1]`: the prior without the factor that p(z|x) has as well. */
function logPrior(sample: Tensor, { centres, shares, logVariance }: Prior): Tensor {
  const [n, latent] = sample.shape;
  const states = centres.shape[0];
  const difference = sub(reshape(sample, [n, 1, latent]), reshape(centres, [1, states, latent]));
  const precision = reshape(exp(neg(logVariance)), [1, 1, latent]);
  const squared = reduceSum(mul(square(difference), precision), [2]);
  return logSumExp(sub(log(shares), mul(squared, 0.5)));
}
