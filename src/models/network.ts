import { affine, elu, relu, sigmoid, sin, softplus, tanh, type Tensor } from '../graph/index.js';

/** A trainable array: its shape and how its first values are drawn. */
export interface ParameterSpec {
  name: string;
  shape: number[];
  /** First values are uniform in `[-bound, bound]`. */
  bound: number;
}

/** Parameters by name, as tensors of a graph. */
export type Parameters = ReadonlyMap<string, Tensor>;

export const activations = { tanh, sigmoid, relu, elu, softplus, sin } as const;
export type Activation = keyof typeof activations;

/** A fully connected network: `sizes` are the widths from input to output, the last layer is affine. */
export interface NetworkSpec {
  name: string;
  sizes: number[];
  activation: Activation;
}

/** Weights `[in, out]` and biases `[out]`, uniform in ±1/√in (He et al. 2015 with a = √5, PyTorch's default). */
export function networkParameters({ name, sizes }: NetworkSpec): ParameterSpec[] {
  return sizes.slice(1).flatMap((width, layer) => {
    const bound = 1 / Math.sqrt(sizes[layer]);
    return [
      { name: `${name}.${layer}.weight`, shape: [sizes[layer], width], bound },
      { name: `${name}.${layer}.bias`, shape: [width], bound },
    ];
  });
}

/** The network's output `[n, last]` for `x` `[n, first]`. */
export function applyNetwork(
  { name, sizes, activation }: NetworkSpec,
  parameters: Parameters,
  x: Tensor,
): Tensor {
  const last = sizes.length - 2;
  return sizes.slice(1).reduce((h, _, layer) => {
    const weight = parameter(parameters, `${name}.${layer}.weight`);
    const out = affine(h, weight, parameter(parameters, `${name}.${layer}.bias`));
    return layer === last ? out : activations[activation](out);
  }, x);
}

function parameter(parameters: Parameters, name: string): Tensor {
  const tensor = parameters.get(name);
  if (!tensor) throw new Error(`no parameter ${name}`);
  return tensor;
}
