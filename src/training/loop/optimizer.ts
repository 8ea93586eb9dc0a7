import { add, div, minimum, mul, reduceSum, sqrt, square, sub, type Tensor } from '../../graph/index.js';
import type { optimizers, Schedule } from '../choices.js';

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** What a training asks of its optimizer. */
export interface OptimizerSettings {
  optimizer: (typeof optimizers)[number];
  learningRate: number;
  schedule: Schedule;
  weightDecay: number;
  clip: number;
}

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
  /** What weight decay leaves of the parameters: 1 − learning rate × weight decay; `adamw` only. */
  keep?: Tensor;
}

/** One step of Adam (arXiv:1412.6980), of AdamW (arXiv:1711.05101) where the factors have `keep`. */
export function adam(state: AdamState, gradient: Tensor, factors: AdamFactors): AdamState {
  const first = add(mul(state.first, beta1), mul(gradient, 1 - beta1));
  const second = add(mul(state.second, beta2), mul(square(gradient), 1 - beta2));
  const update = mul(div(first, add(sqrt(second), factors.epsilon)), factors.rate);
  const kept = factors.keep ? mul(state.value, factors.keep) : state.value;
  return { value: sub(kept, update), first, second };
}

/** Gradients scaled down together to a norm of at most `most` (Pascanu et al. 2013, arXiv:1211.5063). */
export function clipped(gradients: Tensor[], most: number): Tensor[] {
  if (most === 0) return gradients;
  const sum = gradients.map((gradient) => reduceSum(square(gradient))).reduce((a, b) => add(a, b));
  const factor = minimum(div(most, add(sqrt(sum), 1e-12)), 1);
  return gradients.map((gradient) => mul(gradient, factor));
}

/** Part of the learning rate that a schedule by the number of epochs leaves at `progress` from 0 to 1. */
export function scheduled(schedule: Schedule, progress: number): number {
  if (schedule === 'cosine') return (1 + Math.cos(Math.PI * progress)) / 2;
  return schedule === 'linear' ? 1 - progress : 1;
}

/** The factors of steps `done + 1 … done + count` of `all`, so that the graph needs no powers of β. */
export function adamFactors(
  { learningRate, schedule, weightDecay }: Omit<OptimizerSettings, 'clip' | 'optimizer'>,
  done: number,
  count: number,
  all: number,
): { rate: Float64Array; epsilon: Float64Array; keep: Float64Array } {
  const [rate, scaledEpsilon, keep] = [0, 1, 2].map(() => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    const step = done + i + 1;
    const root = Math.sqrt(1 - beta2 ** step);
    const now = learningRate * scheduled(schedule, (step - 1) / all);
    rate[i] = (now * root) / (1 - beta1 ** step);
    scaledEpsilon[i] = epsilon * root;
    keep[i] = 1 - now * weightDecay;
  }
  return { rate, epsilon: scaledEpsilon, keep };
}
