import { fromBinary } from '@bufbuild/protobuf';
import {
  ModelProtoSchema,
  type GraphProto,
  type NodeProto,
  type ModelProto,
  type ValueInfoProto,
} from 'onnx-buf';
import { LatentcvError } from '../../support/index.js';
import { input, Simplifier, type Dim, type Shape, type Tensor } from '../../graph/index.js';
import { Budget } from './budget.js';
import { isOutside } from './external-data.js';
import { measureOnnx, notOnnx } from './measure.js';
import { DataType } from '../proto.js';
import { readForms, type ReadForm, settle, sklearnForms } from './operators/index.js';
import { describe, NodeReader, type ReadContext } from './read-node.js';
import { choiceOf } from './read-chosen.js';
import { asReal, readInitializer, type Value } from './read-values.js';
import { validateModel } from '../validate.js';

/** An input or output as the file declares it. */
export interface Port {
  name: string;
  /** `FLOAT`, `DOUBLE`, `INT32`, … */
  type: string;
  shape: Shape;
}

/** What stands in an ONNX file before its nodes are understood. */
export interface OnnxFile {
  producer: string;
  opset: number;
  irVersion: number;
  inputs: Port[];
  outputs: Port[];
  metadata: Record<string, string>;
  graph: GraphProto;
  /** Length of the file, to which what its graph may cost is held. */
  bytes: number;
}

/** An ONNX graph as expressions. */
export interface OnnxGraph {
  inputs: Record<string, Tensor>;
  outputs: Record<string, Tensor>;
}

/**
 * Decodes ONNX bytes without looking at the nodes.
 * @throws LatentcvError `file-format` for bytes that are not ONNX or end early, `bad-model` for external data
 * and whatever else of ONNX we refuse.
 */
export function decodeOnnx(bytes: Uint8Array): OnnxFile {
  const model = decode(bytes);
  const graph = model.graph;
  if (!graph || graph.output.length === 0) throw notOnnx('it holds no graph');
  const opset = opsetOf(model, graph);
  if (opset === undefined) throw withoutOpset(model);
  refuseUnread(model, graph);
  validateModel(model, graph);
  const weights = new Set(graph.initializer.map(({ name }) => name));
  return {
    producer: [model.producerName, model.producerVersion].filter(Boolean).join(' '),
    opset,
    irVersion: Number(model.irVersion),
    inputs: graph.input.filter(({ name }) => !weights.has(name)).map(readPort),
    outputs: graph.output.map(readPort),
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])),
    graph,
    bytes: bytes.length,
  };
}

/** What of a graph is read, and how; all of it as declared by default. */
export interface ReadOptions {
  /** Names of the outputs that are wanted. */
  outputs?: readonly string[];
  /** Stand for the graph's inputs: under other names, or for any number of frames where the file fixes it. */
  inputs?: ReadonlyMap<string, Tensor>;
}

/** Operators before this set broadcast by other rules. */
const oldestOpset = 7;

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

function decode(bytes: Uint8Array): ModelProto {
  measureOnnx(bytes);
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    throw notOnnx(error instanceof Error ? error.message : String(error));
  }
}

/** The operator set; any of ours where all operators are scikit-learn's own, which need none. */
function opsetOf({ opsetImport }: ModelProto, { node }: GraphProto): number | undefined {
  const own = opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  if (own) return Number(own.version);
  const apart = node.every(
    ({ domain, opType }) => domain === 'ai.onnx.ml' && Object.hasOwn(sklearnForms, opType),
  );
  return apart && node.length > 0 ? oldestOpset : undefined;
}

/** A file of ai.onnx.ml alone is one of scikit-learn or XGBoost: whole, but no function with derivatives. */
function withoutOpset({ opsetImport, graph }: ModelProto): LatentcvError {
  const domains = opsetImport.map(({ domain }) => domain).filter(Boolean);
  if (domains.length === 0) return notOnnx('it names no operator set, or ends early');
  const operators = [...new Set(graph?.node.map(({ opType }) => opType))].slice(0, 3).join(', ');
  const trees = graph?.node.some(({ opType }) => opType.startsWith('TreeEnsemble'));
  return new LatentcvError(
    'bad-model',
    trees
      ? `the model is a tree ensemble (${operators}), which has no derivative: its value is constant between jumps`
      : `the model uses the operators of ${domains.join(', ')} alone (${operators}), which are not read`,
    'a CV must be differentiable: a neural network, or a linear model',
  );
}

function refuseUnread(model: ModelProto, graph: GraphProto): void {
  const refused = {
    'functions of its own': model.functions.length,
    'sparse weights': graph.sparseInitializer.length,
  };
  const found = Object.entries(refused).find(([, count]) => count > 0);
  if (found) throw new LatentcvError('bad-model', `the model holds ${found[0]}, which are not read`);
  const outside = graph.initializer.find(isOutside);
  if (outside) readInitializer(outside);
}

function readPort({ name, type }: ValueInfoProto): Port {
  if (type?.value.case !== 'tensorType') throw new LatentcvError('bad-model', `${name} is not a tensor`);
  const { elemType, shape } = type.value.value;
  const dims = (shape?.dim ?? []).map(({ value }, i): Dim => {
    if (value.case === 'dimValue') return Number(value.value);
    return value.case === 'dimParam' && value.value !== '' ? value.value : `${name}.${i}`;
  });
  return { name, type: DataType[elemType] ?? String(elemType), shape: dims };
}

/** Types of inputs that stand for real numbers; the graph is computed in at least single precision. */
export const realTypes: readonly string[] = ['FLOAT', 'DOUBLE', 'FLOAT16', 'BFLOAT16'];

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

function formOf(domain: string, opType: string): ReadForm | undefined {
  const forms =
    domain === '' || domain === 'ai.onnx' ? readForms : domain === 'ai.onnx.ml' ? sklearnForms : {};
  return Object.hasOwn(forms, opType) ? forms[opType] : undefined;
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
