import { input, Simplifier, type Tensor } from '../../graph/index.js';
import { LatentcvError } from '../../support/index.js';
import type { GraphProto, NodeProto } from '../proto/index.js';
import { Budget } from './budget.js';
import { choiceOf } from './chosen.js';
import { decodeOnnx, oldestOpset, realTypes, type OnnxFile, type Port } from './decode.js';
import { readInitializer } from './initializer.js';
import { describe, NodeReader, type ReadContext, type ReadForm } from './node-reader.js';
import { formOf } from './operators/index.js';
import { asReal, settle, type Value } from './values.js';

/** An ONNX graph as expressions. */
export interface OnnxGraph {
  inputs: Record<string, Tensor>;
  outputs: Record<string, Tensor>;
}

/** What of a graph is read, and how; all of it as declared by default. */
export interface ReadOptions {
  /** Names of the outputs that are wanted. */
  outputs?: readonly string[];
  /** Stand for the graph's inputs: under other names, or for any number of frames where the file fixes it. */
  inputs?: ReadonlyMap<string, Tensor>;
}

/**
 * Understands the nodes that the outputs need as our own ops.
 * @throws LatentcvError `bad-model` naming an op we do not read, or what is wrong with a node or weight.
 */
export function readGraph(file: OnnxFile, options: ReadOptions = {}): OnnxGraph {
  const { graph, inputs, outputs, opset } = file;
  if (opset < oldestOpset)
    throw new LatentcvError(
      'bad-model',
      `expected operator set ${oldestOpset} or later but received ${opset}`,
    );
  const wanted = options.outputs ?? outputs.map(({ name }) => name);
  const budget = new Budget(file.bytes);
  const context: ReadContext = {
    opset,
    budget,
    simplifier: new Simplifier(),
    ...fixedRows(inputs, options.inputs),
    choices: new Map(),
    run: runInside,
  };
  const values = new Map<string, Value>();
  const read = inputs.map((port) => [port.name, options.inputs?.get(port.name) ?? readInput(port)] as const);
  for (const [name, tensor] of read) {
    budget.count(tensor);
    values.set(name, tensor);
  }
  readWeights(graph, values, context);
  readNodes(graph, wanted, values, context);
  return {
    inputs: Object.fromEntries(read),
    outputs: Object.fromEntries(wanted.map((name) => [name, outputTensor(name, values, context)])),
  };
}

function readWeights({ initializer }: GraphProto, values: Map<string, Value>, { budget }: ReadContext): void {
  for (const proto of initializer) {
    const value = readInitializer(proto);
    budget.countWeight(value);
    values.set(proto.name, value);
  }
}

function readNodes(
  graph: GraphProto,
  wanted: readonly string[],
  values: Map<string, Value>,
  context: ReadContext,
): void {
  for (const proto of neededNodes(graph, wanted)) {
    const node = new NodeReader(proto, values, context);
    const raw = readNode(node);
    for (const value of raw) context.budget.count(value);
    const results = raw.map(settle);
    const choice = node.chosenHere ?? choiceOf(node, node.choices(), results);
    results.forEach((value, i) => {
      values.set(proto.output[i], value);
      if (choice) context.choices.set(proto.output[i], choice);
    });
  }
}

/** A graph inside a node: its own weights and inputs, and the values around it. */
function runInside(
  this: ReadContext,
  graph: GraphProto,
  inputs: readonly Value[],
  around: ReadonlyMap<string, Value>,
): Value[] {
  const values = new Map(around);
  readWeights(graph, values, this);
  graph.input.forEach(({ name }, i) => values.set(name, inputs[i]));
  const wanted = graph.output.map(({ name }) => name);
  readNodes(graph, wanted, values, this);
  return wanted.map((name) => knownValue(name, values));
}

/** The nodes that some outputs are computed from, in the file's order. */
export function neededNodes({ node }: GraphProto, outputs: readonly string[]): NodeProto[] {
  const names = new Set(outputs);
  const needed = node.toReversed().filter(({ input, output, attribute }) => {
    if (!output.some((name) => name !== '' && names.has(name))) return false;
    for (const name of input) names.add(name);
    for (const name of namesInside(attribute)) names.add(name);
    return true;
  });
  return needed.reverse();
}

/** What graphs inside a node may read of what is around it. */
function namesInside(attributes: NodeProto['attribute']): string[] {
  return attributes.flatMap(({ g }) =>
    g
      ? [
          ...g.output.map(({ name }) => name),
          ...g.node.flatMap((n) => [...n.input, ...namesInside(n.attribute)]),
        ]
      : [],
  );
}

function fixedRows([port]: readonly Port[], given?: ReadOptions['inputs']): Pick<ReadContext, 'rows'> {
  const [fixed, free] = [port?.shape[0], port && given?.get(port.name)?.shape[0]];
  return typeof fixed === 'number' && typeof free === 'string' ? { rows: { fixed, free } } : {};
}

/** Decodes and understands ONNX bytes in one go. */
export function readOnnx(bytes: Uint8Array): OnnxGraph {
  return readGraph(decodeOnnx(bytes));
}

function readInput({ name, type, shape }: Port): Tensor {
  if (type !== 'INT32' && !realTypes.includes(type)) {
    throw new LatentcvError(
      'bad-model',
      `expected ${realTypes.join(', ')} or INT32 but the input ${name} has the type ${type}`,
    );
  }
  return input(name, shape, type === 'INT32' ? 'index' : 'real');
}

function readNode(node: NodeReader): readonly Value[] {
  const { opType, domain, output } = node.proto;
  const form = formOf(domain, opType);
  if (!form) {
    const op = domain === '' ? opType : `${domain}.${opType}`;
    throw new LatentcvError(
      'bad-model',
      `the node ${describe(node.proto)} uses the operator ${op}, which is not read`,
    );
  }
  const values = [buildNode(form, node)].flat<readonly (Value | readonly Value[])[]>();
  if (values.length < output.length) throw node.bad(`has ${output.length} outputs`);
  return values.slice(0, output.length);
}

/** Shapes that do not fit are the file's fault here, not the graph builder's. */
function buildNode(form: ReadForm, node: NodeReader): Value | readonly Value[] {
  try {
    return form(node);
  } catch (error) {
    if (error instanceof LatentcvError && error.code === 'bad-graph')
      throw node.bad(`does not fit: ${error.message}`);
    throw error;
  }
}

function outputTensor(name: string, values: ReadonlyMap<string, Value>, { choices }: ReadContext): Tensor {
  const value = knownValue(name, values);
  if (choices.has(name))
    throw new LatentcvError('bad-model', `the output ${name} has as many values as are chosen by their size`);
  if (value.op === 'lengths') return asReal(value);
  if (value.op === 'sequence' || value.op === 'whole')
    throw new LatentcvError('bad-model', `the output ${name} is not one of real numbers`);
  return value;
}

function knownValue(name: string, values: ReadonlyMap<string, Value>): Value {
  const value = values.get(name);
  if (!value) throw new LatentcvError('bad-model', `no node writes the output ${name}`);
  return value;
}
