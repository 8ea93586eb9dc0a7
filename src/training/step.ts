import { gather, gradient, input, mapValues, simplify, type Tensor } from '../graph/index.js';
import { nextName, type StepGraph } from '../onnx/index.js';
import type { Batch, CvMethod, Loss } from '../models/index.js';
import { adamW } from './optimizer.js';
import { packedInput, packTensors, unpackTensors, type Packing } from './state.js';

/** Names of the training graph's inputs. */
export const names = {
  data: 'data',
  now: 'now',
  later: 'later',
  rate: 'rate',
  epsilon: 'epsilon',
  loss: 'loss',
};

export interface StepSizes {
  frames: number;
  width: number;
  batch: number;
  /** Learning rate × weight decay. */
  decay: number;
}

/**
 * One training step as a graph: gather the batch, loss, gradients by reverse mode, AdamW. States are
 * `<packing>`, `<packing>.m1`, `<packing>.m2`.
 */
export function trainingStep(method: CvMethod, packings: Packing[], sizes: StepSizes): StepGraph {
  const data = input(names.data, [sizes.frames, sizes.width]);
  const rows = [names.now, ...(method.usesPairs ? [names.later] : [])].map((name) =>
    input(name, [sizes.batch], 'index'),
  );
  const factors = { rate: input(names.rate, []), epsilon: input(names.epsilon, []) };
  const values = packings.map((packing) => packedInput(packing, ''));
  const { loss, gradients } = lossAndGradients(
    method,
    packings,
    values,
    batchOf(rows.map((row) => gather(data, row))),
  );
  const updates = packings.map((packing, i) => {
    const state = {
      value: values[i],
      first: packedInput(packing, '.m1'),
      second: packedInput(packing, '.m2'),
    };
    return { packing, state, next: adamW(state, gradients[i], factors, sizes.decay) };
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
    perStep: [...rows, factors.rate, factors.epsilon],
    captured: [data],
    outputs: { loss },
  });
}

/** The loss and its parts over given frames, without gradients: for validation. */
export function lossGraph(
  method: CvMethod,
  packings: Packing[],
  frames: number,
  width: number,
): Record<string, Tensor> {
  const tables = [names.now, ...(method.usesPairs ? [names.later] : [])].map((name) =>
    input(name, [frames, width]),
  );
  const packed = packings.map((packing) => packedInput(packing, ''));
  const { total, parts } = method.loss(unpackTensors(packings, packed), batchOf(tables));
  return simplify({ [names.loss]: total, ...parts });
}

/** The latent of scaled features, for the rotation to slow directions. */
export function latentGraph(method: CvMethod, packings: Packing[], width: number): Record<string, Tensor> {
  const packed = packings.map((packing) => packedInput(packing, ''));
  return simplify({
    latent: method.encode(unpackTensors(packings, packed), input(names.data, ['n', width])),
  });
}

function batchOf([now, later]: Tensor[]): Batch {
  return later ? { now, later } : { now };
}

/** Gradients are taken with respect to each parameter and packed afterwards: no padding of slices. */
function lossAndGradients(
  method: CvMethod,
  packings: Packing[],
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
