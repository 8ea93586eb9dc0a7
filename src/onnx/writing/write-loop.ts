import { create } from '@bufbuild/protobuf';
import {
  DataType,
  dataType,
  GraphProtoSchema,
  valueInfo,
  type GraphProto,
  type Precision,
} from '../proto/index.js';
import { LatentcvError } from '../../support/index.js';
import { mapValues, sameShape, showShape, topological, type Tensor } from '../../graph/index.js';
import { countUses, emitGraph } from './emit-graph.js';
import { checkInputs, Emitter, Names } from './emitter.js';
import { claimExactly, modelBytes } from './write.js';

/** One step of an iteration, told as a graph. */
export interface StepGraph {
  /** What is carried from step to step: an input, and its value after the step. */
  state: Readonly<Record<string, { current: Tensor; next: Tensor }>>;
  /** Inputs that differ from step to step; K steps are fed as `[K, …shape]`. At least one. */
  perStep: readonly Tensor[];
  /** Inputs that stay the same: data to gather from, weights of the loss. */
  captured: readonly Tensor[];
  /** Values of each step, returned as `[K, …shape]`. */
  outputs: Readonly<Record<string, Tensor>>;
}

/** Name of the axis that counts steps. */
const stepsAxis = 'steps';

/** Output name of a state after the last step. */
export function nextName(state: string): string {
  return `${state}.next`;
}

/**
 * K steps as one ONNX model around a Loop. Inputs: captured, then per-step ones `[steps, …]`, then the
 * states by key; outputs: the states as `<key>.next`, then the step's outputs `[steps, …]`. What depends on
 * captured inputs alone is computed once, before the loop.
 * @throws LatentcvError `bad-graph` where a state changes its shape or an input is not told of.
 */
export function writeLoop(step: StepGraph, precision: Precision): Uint8Array<ArrayBuffer> {
  checkStep(step);
  const names = new Names();
  const outer = new Emitter(precision, names);
  const inputs = claimInputs(outer, step);
  for (const name of loopOutputs(step)) claimExactly(names, name);
  const results = stepResults(step);
  const order = topological(results);
  const uses = countUses(order, results);
  const varying = variesByStep(order, step);
  emitGraph(
    outer,
    order.filter((tensor) => !varying.has(tensor)),
    {},
    uses,
  );
  const body = writeBody(
    outer,
    step,
    order.filter((tensor) => varying.has(tensor)),
    uses,
  );
  writeLoopNode(outer, step, body);
  return modelBytes(
    create(GraphProtoSchema, {
      name: 'steps',
      node: outer.nodes,
      initializer: outer.initializers,
      input: inputs,
      output: outputInfos(step, precision),
    }),
  );
}

const currents = (step: StepGraph) => Object.values(step.state).map((state) => state.current);
const stepResults = (step: StepGraph) => [
  ...Object.values(step.state).map((state) => state.next),
  ...Object.values(step.outputs),
];
const loopOutputs = (step: StepGraph) => [
  ...Object.keys(step.state).map(nextName),
  ...Object.keys(step.outputs),
];

function checkStep(step: StepGraph): void {
  checkInputs(stepResults(step), [...step.captured, ...step.perStep, ...currents(step)]);
  if (step.perStep.length === 0) throw new LatentcvError('bad-graph', 'expected at least one per-step input');
  for (const [name, { current, next }] of Object.entries(step.state)) {
    if (sameShape(current.shape, next.shape) && current.kind === next.kind) continue;
    const change = `${showShape(current.shape)} to ${showShape(next.shape)}`;
    throw new LatentcvError('bad-graph', `the state ${name} changes its shape from ${change}`);
  }
}

/** Inputs of the whole model, known to the outer emitter; states and per-step inputs differ inside the body. */
function claimInputs(outer: Emitter, step: StepGraph): ReturnType<typeof valueInfo>[] {
  const { names, precision } = outer;
  for (const tensor of step.captured) outer.set(tensor, claimExactly(names, tensor.name!));
  for (const tensor of step.perStep) claimExactly(names, tensor.name!);
  for (const name of Object.keys(step.state)) claimExactly(names, name);
  const info = (name: string, { kind }: Tensor, shape: Tensor['shape']) =>
    valueInfo(name, dataType(kind, precision), shape);
  return [
    ...step.captured.map((tensor) => info(tensor.name!, tensor, tensor.shape)),
    ...step.perStep.map((tensor) => info(tensor.name!, tensor, [stepsAxis, ...tensor.shape])),
    ...Object.entries(step.state).map(([name, { current }]) => info(name, current, current.shape)),
  ];
}

function outputInfos(step: StepGraph, precision: Precision): ReturnType<typeof valueInfo>[] {
  const info = (name: string, { kind }: Tensor, shape: Tensor['shape']) =>
    valueInfo(name, dataType(kind, precision), shape);
  return [
    ...Object.entries(step.state).map(([name, { next }]) => info(nextName(name), next, next.shape)),
    ...Object.entries(step.outputs).map(([name, tensor]) => info(name, tensor, [stepsAxis, ...tensor.shape])),
  ];
}

/** The tensors that depend on the state or on a per-step input. */
function variesByStep(order: readonly Tensor[], step: StepGraph): Set<Tensor> {
  const varying = new Set<Tensor>([...currents(step), ...step.perStep]);
  for (const tensor of order) if (tensor.inputs.some((input) => varying.has(input))) varying.add(tensor);
  return varying;
}

function writeBody(
  outer: Emitter,
  step: StepGraph,
  order: readonly Tensor[],
  uses: ReadonlyMap<Tensor, number>,
): GraphProto {
  const { names, precision } = outer;
  const body = new Emitter(precision, names, outer);
  const [iteration, go, goOn] = [names.claim('iteration'), names.claim('go'), names.claim('go_on')];
  const states = mapValues(step.state, ({ current }, name) => ({
    current,
    name: names.claim(`${name}.current`),
  }));
  for (const { current, name } of Object.values(states)) body.set(current, name);
  for (const tensor of step.perStep)
    body.set(tensor, body.node('Gather', [tensor.name!, iteration], { axis: 0 }));
  const results = bodyResults(step, names);
  body.node('Identity', [go], {}, goOn);
  emitGraph(body, order, results, uses);
  const info = (name: string, { kind, shape }: Tensor) => valueInfo(name, dataType(kind, precision), shape);
  return create(GraphProtoSchema, {
    name: 'step',
    node: body.nodes,
    initializer: body.initializers,
    input: [
      valueInfo(iteration, DataType.INT64, []),
      valueInfo(go, DataType.BOOL, []),
      ...Object.values(states).map(({ name, current }) => info(name, current)),
    ],
    output: [
      valueInfo(goOn, DataType.BOOL, []),
      ...Object.entries(results).map(([name, tensor]) => info(name, tensor)),
    ],
  });
}

/** What one step yields, under names of its own: states first, then outputs. */
function bodyResults(step: StepGraph, names: Names): Record<string, Tensor> {
  const states = Object.entries(step.state).map(
    ([name, { next }]) => [names.claim(`${name}.after`), next] as const,
  );
  const outputs = Object.entries(step.outputs).map(
    ([name, tensor]) => [names.claim(`${name}.step`), tensor] as const,
  );
  return Object.fromEntries([...states, ...outputs]);
}

function writeLoopNode(outer: Emitter, step: StepGraph, body: GraphProto): void {
  const length = outer.node('Shape', [step.perStep[0].name!], { start: 0, end: 1 });
  const count = outer.node('Squeeze', [length, outer.int64([0])]);
  const always = outer.initializer(DataType.BOOL, [1], [], 'always');
  outer.loop([count, always, ...Object.keys(step.state)], loopOutputs(step), body);
}
