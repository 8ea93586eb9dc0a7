import { clone } from '@bufbuild/protobuf';
import {
  dataType,
  NodeProtoSchema,
  TensorProtoSchema,
  valueInfo,
  type DataType,
  type GraphProto,
  type NodeProto,
  type TensorProto,
} from '../proto/index.js';
import { showShape, topological, type Tensor } from '../../graph/index.js';
import { LatentcvError } from '../../support/index.js';
import type { Differentiated } from './differentiate.js';
import { countUses, emitGraph, Emitter, graphProto, modelBytes, Names } from '../writing/index.js';
import type { ForeignModel } from './foreign.js';
import { encodeMetadata } from '../metadata/index.js';
import { finishedMetadata, modelNames } from '../model-file.js';
import { neededNodes, readInitializer } from '../reading/index.js';

/**
 * A model file around the nodes of a foreign file as they are: what evaluated them evaluates them still, to the last
 * bit, where a file written from our graph would have other operators and rounded constants. The derivatives stand
 * beside them, as nodes of our own.
 */

/** What our nodes mean is what they mean from this operator set on; with an older one the derivatives are left out. */
export const oldestWithJacobian = 16;

/**
 * The bytes of the model file. The check vectors are computed from them.
 * @throws LatentcvError `bad-model` where the file's input is no `[n, d]`, as the input of a model file is.
 */
export function writeKept(
  foreign: ForeignModel,
  { model: { metadata }, jacobian }: Pick<Differentiated, 'model' | 'jacobian'>,
): Uint8Array<ArrayBuffer> {
  expectRows(foreign);
  const graph = keptGraph(foreign, foreign.file.opset >= oldestWithJacobian ? jacobian : undefined);
  const bare = modelBytes(graph, undefined, foreign.file);
  return modelBytes(graph, encodeMetadata(finishedMetadata(bare, metadata)), foreign.file);
}

function expectRows({ byFrame, inputShape, boxShape, ownInput }: ForeignModel): void {
  if (ownInput && !byFrame && inputShape.length === 2 && !boxShape) return;
  const found = byFrame ? 'one frame' : `frames of another shape, ${showShape(inputShape)}`;
  throw new LatentcvError(
    'bad-model',
    `expected a network on rows of features but its nodes are for ${found}`,
  );
}

/** The nodes that the CVs need under their own names, but for those of input and output; then the derivatives. */
function keptGraph(foreign: ForeignModel, jacobian: Tensor | undefined): GraphProto {
  const { file, names, x, cv } = foreign;
  const nodes = neededNodes(file.graph, [names.output]);
  const read = new Set(nodes.flatMap(({ input }) => input));
  const weights = file.graph.initializer.filter(({ name }) => read.has(name));
  const claimed = new Names();
  for (const name of Object.values(modelNames)) claimed.claim(name);
  const rename = renaming(foreign, nodes, weights, claimed);
  const emitter = new Emitter(foreign.inputType, claimed, undefined, file.opset);
  emitter.initializers.push(...weights.map((proto) => renamedWeight(proto, rename)));
  emitter.nodes.push(...nodes.map((proto) => renamedNode(proto, rename)));
  if (rename(names.output) !== modelNames.cv)
    emitter.node(
      'Reshape',
      [rename(names.output), emitter.int64([-1, cv.shape[1] as number])],
      {},
      modelNames.cv,
    );
  emitter.set(x, modelNames.input);
  if (jacobian) emitJacobian(jacobian, emitter, weights, rename);
  const graph = graphProto('graph', emitter, [x], { [modelNames.cv]: cv, ...(jacobian && { jacobian }) });
  const [declared] = file.inputs;
  graph.input = [valueInfo(modelNames.input, dataType('real', emitter.precision), declared.shape)];
  return graph;
}

type Rename = (name: string) => string;

/** The input becomes x and the output cv (where it is a matrix); who is called so already gets another name. */
function renaming(
  { names, cvIsMatrix }: ForeignModel,
  nodes: readonly NodeProto[],
  weights: readonly TensorProto[],
  claimed: Names,
): Rename {
  const renamed = new Map<string, string>([[names.input, modelNames.input]]);
  if (cvIsMatrix && names.output !== names.input) renamed.set(names.output, modelNames.cv);
  for (const name of [...weights.map((proto) => proto.name), ...nodes.flatMap(({ output }) => output)])
    if (name !== '' && !renamed.has(name)) renamed.set(name, claimed.claim(name));
  return (name) => renamed.get(name) ?? name;
}

/** Without what exporters tell of where a node came from, which names files of the machine it was made on. */
function renamedNode(proto: NodeProto, rename: Rename): NodeProto {
  const node = clone(NodeProtoSchema, proto);
  node.input = node.input.map(rename);
  node.output = node.output.map(rename);
  node.metadataProps = [];
  node.docString = '';
  return node;
}

function renamedWeight(proto: TensorProto, rename: Rename): TensorProto {
  return { ...clone(TensorProtoSchema, proto), name: rename(proto.name), docString: '' };
}

function emitJacobian(
  jacobian: Tensor,
  emitter: Emitter,
  weights: readonly TensorProto[],
  rename: Rename,
): void {
  const order = topological([jacobian]);
  const type = dataType('real', emitter.precision);
  const known = new Map(
    weights.filter(({ dataType }) => (dataType as DataType) === type).map((proto) => [proto.name, proto]),
  );
  for (const tensor of order) {
    const proto = tensor.op === 'constant' && tensor.name !== undefined ? known.get(tensor.name) : undefined;
    if (proto && isThat(tensor, proto)) emitter.set(tensor, rename(proto.name));
  }
  emitGraph(emitter, order, { [modelNames.jacobian]: jacobian }, countUses(order, [jacobian]));
}

/** Whether a constant is this weight, value for value: another may have taken its name. */
function isThat(tensor: Tensor, proto: TensorProto): boolean {
  const weight = readInitializer(proto);
  if (tensor.op !== 'constant' || weight.op !== 'constant' || tensor.shape.join() !== weight.shape.join())
    return false;
  const [a, b] = [tensor.attributes.values, weight.attributes.values];
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
