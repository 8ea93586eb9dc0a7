import type { Tensor } from '../graph/index.js';
import type { Activation, Parameters, ParameterSpec } from './network.js';

/** What a method needs to know of the network. */
export interface Architecture {
  features: number;
  hidden: number[];
  latent: number;
  activation: Activation;
}

/** A batch of scaled features `[batch, features]`; `later` is the same trajectory one lag on. */
export interface Batch {
  now: Tensor;
  later?: Tensor;
}

/** A loss `total` to be minimised, and the parts that are reported beside it. All are scalars. */
export interface Loss {
  total: Tensor;
  parts: Record<string, Tensor>;
}

/** One way of learning CVs: an encoder and a loss, both written on graph. */
export interface CvMethod {
  name: string;
  /** True where the loss needs pairs of frames a lag time apart. */
  usesPairs: boolean;
  parameters: ParameterSpec[];
  /** Latent `[n, latent]` of scaled features `[n, features]`. */
  encode(parameters: Parameters, x: Tensor): Tensor;
  loss(parameters: Parameters, batch: Batch): Loss;
}
