import { add, div, mul, sqrt, square, sub, type Tensor } from '../graph/index.js';

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** Parameters with Adam's two moments; all of one shape. */
export interface AdamState {
  value: Tensor;
  first: Tensor;
  second: Tensor;
}

/** What changes from step to step, as scalars of the graph. */
export interface AdamFactors {
  /** Step size with the bias corrections of both moments in it. */
  rate: Tensor;
  /** ε times the bias correction of the second moment. */
  epsilon: Tensor;
}

/**
 * One step of AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101): Adam (Kingma & Ba 2015) with weight decay
 * apart from the gradient; `decay` is learning rate × weight decay.
 */
export function adamW(state: AdamState, gradient: Tensor, factors: AdamFactors, decay: number): AdamState {
  const first = add(mul(state.first, beta1), mul(gradient, 1 - beta1));
  const second = add(mul(state.second, beta2), mul(square(gradient), 1 - beta2));
  const update = mul(div(first, add(sqrt(second), factors.epsilon)), factors.rate);
  return { value: sub(mul(state.value, 1 - decay), update), first, second };
}

/** The factors of steps `done + 1 … done + count`, so that the graph needs no powers of β. */
export function adamFactors(
  learningRate: number,
  done: number,
  count: number,
): { rate: Float64Array; epsilon: Float64Array } {
  const rate = new Float64Array(count);
  const scaledEpsilon = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const step = done + i + 1;
    const root = Math.sqrt(1 - beta2 ** step);
    rate[i] = (learningRate * root) / (1 - beta1 ** step);
    scaledEpsilon[i] = epsilon * root;
  }
  return { rate, epsilon: scaledEpsilon };
}
