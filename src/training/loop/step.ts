import { add, gradient, input, mapValues, mul, simplify, type Tensor } from '../../graph/index.js';
import { nextName, type StepGraph } from '../../onnx/index.js';
import type { Batch, CvMethod, Loss, Parameters } from '../../models/index.js';
import { gatheredBatch, plainBatch } from './batch.js';
import { adam, clipped, type OptimizerSettings } from './optimizer.js';
import { packedInput, packTensors, unpackTensors, type ParameterPack } from './state.js';
import type { BatchShape } from '../learnable.js';

/** Names of the training graph's inputs and outputs beside the batch. */
export const names = {
  rate: 'rate',
  epsilon: 'epsilon',
  keep: 'keep',
  loss: 'loss',
  features: 'features',
};

/** What a step is of. */
export interface Step {
  method: CvMethod;
  packings: ParameterPack[];
  shape: BatchShape;
  /** Frames (pairs) of its batch. */
  size: number;
  optimizer: OptimizerSettings;
}

/**
 * One training step as a graph: gather the batch, loss, gradients by reverse mode, Adam or AdamW. States are
 * `<packing>`, `<packing>.m1`, `<packing>.m2`.
 */
export function trainingStep({ method, packings, shape, size, optimizer }: Step): StepGraph {
  const { batch, captured, perStep } = gatheredBatch(shape, size);
  const decays = optimizer.optimizer === 'adamw' && optimizer.weightDecay > 0;
  const factors = {
    rate: input(names.rate, []),
    epsilon: input(names.epsilon, []),
    ...(decays && { keep: input(names.keep, []) }),
  };
  const values = packings.map((packing) => packedInput(packing, ''));
  const { loss, gradients: raw } = lossAndGradients(method, packings, values, batch);
  const short = clipped(raw, optimizer.clip);
  const inGradient = optimizer.optimizer === 'adam' && optimizer.weightDecay > 0;
  const gradients = inGradient
    ? short.map((gradient, i) => add(gradient, mul(values[i], optimizer.weightDecay)))
    : short;
  const updates = packings.map((packing, i) => {
    const state = {
      value: values[i],
      first: packedInput(packing, '.m1'),
      second: packedInput(packing, '.m2'),
    };
    return { packing, state, next: adam(state, gradients[i], factors) };
  });
  const state = Object.fromEntries(
    updates.flatMap(({ packing, state: now, next }) => [
      [packing.name, { current: now.value, next: next.value }],
      [`${packing.name}.m1`, { current: now.first, next: next.first }],
      [`${packing.name}.m2`, { current: now.second, next: next.second }],
    ]),
  ) as StepGraph['state'];
  return simplified({
    state,
    perStep: [...perStep, ...Object.values(factors)],
    captured,
    outputs: { loss },
  });
}

/** The loss and its parts over given frames, without gradients: for validation. */
export function lossGraph(
  method: CvMethod,
  packings: ParameterPack[],
  shape: BatchShape,
  frames: number,
): Record<string, Tensor> {
  const packed = packings.map((packing) => packedInput(packing, ''));
  const { total, parts } = method.loss(unpackTensors(packings, packed), plainBatch(shape, frames));
  return simplify({ [names.loss]: total, ...parts });
}

/** What the trained method makes of scaled features `[n, width]`. */
export function appliedGraph(
  apply: (parameters: Parameters, x: Tensor) => Tensor,
  packings: ParameterPack[],
  width: number,
): { output: Tensor } {
  const packed = packings.map((packing) => packedInput(packing, ''));
  return simplify({ output: apply(unpackTensors(packings, packed), input(names.features, ['n', width])) });
}

/** Gradients are taken with respect to each parameter and packed afterwards: no padding of slices. */
function lossAndGradients(
  method: CvMethod,
  packings: ParameterPack[],
  packed: Tensor[],
  batch: Batch,
): { loss: Tensor; gradients: Tensor[] } {
  const parameters = unpackTensors(packings, packed);
  const { total }: Loss = method.loss(parameters, batch);
  const tensors = gradient(total, [...parameters.values()]);
  const byName = new Map([...parameters.keys()].map((name, i) => [name, tensors[i]] as const));
  return { loss: total, gradients: packTensors(packings, byName) };
}

/** All results simplified together, so that what they share is computed once. */
function simplified(step: StepGraph): StepGraph {
  const states = Object.keys(step.state);
  const next = simplify({
    ...mapValues(step.outputs, (tensor) => tensor),
    ...Object.fromEntries(states.map((name) => [nextName(name), step.state[name].next])),
  });
  return {
    ...step,
    state: mapValues(step.state, ({ current }, name) => ({ current, next: next[nextName(name)] })),
    outputs: mapValues(step.outputs, (_, name) => next[name]),
  };
}
