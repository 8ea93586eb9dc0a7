import { add, div, mul, reduceSum, slice, square, sub, type Tensor } from '../graph/index.js';

/** One labelled state of a batch. */
export interface StateMoments {
  /** Part of the weight of all labelled frames that lies in it, a scalar. */
  share: Tensor;
  /** Weight of each frame of the batch in it, `[n, 1]`, adding up to 1 (to 0 where the batch has none). */
  weight: Tensor;
  /** `[1, k]` */
  mean: Tensor;
  /** Variance of each component, `[1, k]`. */
  variance: Tensor;
}

/** Keeps a state that a batch does not have from dividing by zero. */
const epsilon = 1e-12;

/** Moments of `latent` `[n, k]` in each of the states of one-hot `label` `[n, states]`, frames by their weight. */
export function stateMoments(latent: Tensor, label: Tensor, weight?: Tensor): StateMoments[] {
  const weighted = weight ? mul(label, weight) : label;
  const all = add(reduceSum(weighted), epsilon);
  return Array.from({ length: label.shape[1] as number }, (_, state) => {
    const column = slice(weighted, 1, state, state + 1);
    const total = reduceSum(column);
    const share = div(column, add(total, epsilon));
    const mean = reduceSum(mul(latent, share), [0], true);
    const variance = reduceSum(mul(square(sub(latent, mean)), share), [0], true);
    return { share: div(total, all), weight: share, mean, variance };
  });
}
