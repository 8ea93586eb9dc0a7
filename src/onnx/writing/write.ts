import { create, toBinary } from '@bufbuild/protobuf';
import {
  dataType,
  GraphProtoSchema,
  ModelProtoSchema,
  OperatorSetIdProtoSchema,
  opsetVersion,
  StringStringEntryProtoSchema,
  valueInfo,
  type GraphProto,
  type Precision,
} from '../proto/index.js';
import { LatentcvError } from '../../support/index.js';
import { topological, type Tensor } from '../../graph/index.js';
import { checkInputs, Emitter, Names } from './emitter.js';
import { countUses, emitGraph } from './emit-graph.js';

/** Of the file: what PyTorch and ONNX Runtime of the last years share. */
const ours = { irVersion: 8, opset: opsetVersion };

export interface OnnxModel {
  /** The model's inputs in order; all that the outputs use where left out. */
  inputs?: readonly Tensor[];
  outputs: Readonly<Record<string, Tensor>>;
  precision: Precision;
  /** Keys and values of the file's `metadata_props`, in order. */
  metadata?: Readonly<Record<string, string>>;
}

/**
 * A graph as ONNX bytes: one input per graph input, named as it, and one output per key. The same graph
 * gives the same bytes.
 * @throws LatentcvError `bad-graph` where inputs are missing or an axis' length cannot be known.
 */
export function writeOnnx(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const tensors = Object.values(model.outputs);
  const inputs = checkInputs(tensors, model.inputs);
  const order = topological(tensors);
  const names = new Names();
  const emitter = new Emitter(model.precision, names);
  for (const tensor of inputs) emitter.set(tensor, claimExactly(names, tensor.name!));
  for (const name of Object.keys(model.outputs)) claimExactly(names, name);
  emitGraph(emitter, order, model.outputs, countUses(order, tensors));
  return modelBytes(graphProto('graph', emitter, inputs, model.outputs), model.metadata);
}

/** The finished graph around an emitter's nodes. */
export function graphProto(
  name: string,
  emitter: Emitter,
  inputs: readonly Tensor[],
  outputs: Readonly<Record<string, Tensor>>,
): GraphProto {
  const info = (label: string, { kind, shape }: Tensor) =>
    valueInfo(label, dataType(kind, emitter.precision), shape);
  return create(GraphProtoSchema, {
    name,
    node: emitter.nodes,
    initializer: emitter.initializers,
    input: inputs.map((tensor) => info(tensor.name!, tensor)),
    output: Object.entries(outputs).map(([label, tensor]) => info(label, tensor)),
  });
}

/**
 * A whole file around a graph, without metadata for an engine alone. Nodes of another file keep its operator set and IR
 * version.
 */
export function modelBytes(
  graph: GraphProto,
  metadata?: Readonly<Record<string, string>>,
  { irVersion, opset } = ours,
): Uint8Array<ArrayBuffer> {
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(irVersion),
    // A file of ours without metadata was cut off: graphs written for engines go by another name.
    producerName: metadata ? 'latentcv' : 'latentcv graph',
    opsetImport: [create(OperatorSetIdProtoSchema, { version: BigInt(opset) })],
    graph,
    metadataProps: Object.entries(metadata ?? {}).map(([key, value]) =>
      create(StringStringEntryProtoSchema, { key, value }),
    ),
  });
  return toBinary(ModelProtoSchema, model);
}

/** Reserves the name of an input or output, which must be free. */
export function claimExactly(names: Names, name: string): string {
  if (names.claim(name) !== name) throw new LatentcvError('bad-graph', `two values are called ${name}`);
  return name;
}
