import { fromBinary } from '@bufbuild/protobuf';
import type { Dim, Shape } from '../../graph/index.js';
import { LatentcvError } from '../../support/index.js';
import {
  DataType,
  isOutside,
  ModelProtoSchema,
  type GraphProto,
  type ModelProto,
  type ValueInfoProto,
} from '../proto/index.js';
import { readInitializer } from './initializer.js';
import { measureOnnx, notOnnx } from './measure.js';
import { sklearnForms } from './operators/index.js';
import { validateModel } from './validate.js';

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

/** Types of inputs that stand for real numbers; the graph is computed in at least single precision. */
export const realTypes: readonly string[] = ['FLOAT', 'DOUBLE', 'FLOAT16', 'BFLOAT16'];

/** Operators before this set broadcast by other rules. */
export const oldestOpset = 7;

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
  const isOfSklearn = node.every(
    ({ domain, opType }) => domain === 'ai.onnx.ml' && Object.hasOwn(sklearnForms, opType),
  );
  return isOfSklearn && node.length > 0 ? oldestOpset : undefined;
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
