import {
  invalidArgument,
  LatentcvError,
  packageVersion,
  expectChoice,
  expectObject,
} from '../support/index.js';
import { evaluate, input, showShape, simplify, type Tensor } from '../graph/index.js';
import { decodedRows, readDecoder, writeDecoder, type DecoderGraph } from './decoder.js';
import { derive } from './derive.js';
import type { Uncertainty } from './ensemble.js';
import {
  decodeMetadata,
  encodeMetadata,
  hasMetadata,
  verifyCheckVectors,
  type CheckVectors,
  type ModelMetadata,
  type Sides,
} from './metadata/index.js';
import type { Precision } from './proto/index.js';
import { decodeOnnx, readGraph, type OnnxFile, type Port, type ReadOptions } from './reading/index.js';
import { checkSides, mapSides, sideTensors, sidesOf, type SideGraph } from './side-outputs.js';
import { writeOnnx } from './writing/index.js';

/** Names of the file's input and outputs. */
export const modelNames = {
  input: 'x',
  cv: 'cv',
  jacobian: 'jacobian',
  uncertainty: 'uncertainty',
  uncertaintyGradient: 'uncertainty_gradient',
  property: 'property',
  propertyJacobian: 'property_jacobian',
  propertyUncertainty: 'property_uncertainty',
} as const;

/** Metadata as the exporter knows it: the model's answers to the check inputs are computed on writing. */
export type NewModelMetadata = Omit<ModelMetadata, 'generator' | 'check' | 'decoder'> & {
  generator?: string;
  check: { inputs: number[][] };
};

export interface NewModel {
  /** The input, `[n, d]`. */
  x: Tensor;
  /** The CVs, `[n, k]`, computed from x row by row. */
  cv: Tensor;
  /** Of an ensemble, as `ensembleGraph` gives it. */
  uncertainty?: Uncertainty;
  /** Properties `[n, p]` that the model predicts; `metadata.properties` names them. */
  property?: Tensor;
  /** Written into the metadata as an ONNX file of its own. */
  decoder?: DecoderGraph;
  /** Of an ensemble, `[n, p]`: how far its members disagree on each property, in its unit. */
  propertyUncertainty?: Tensor;
  /** Side outputs, `[n, 1]` each; `metadata.kolmogorov` says what that one is. */
  sides?: Sides<Tensor>;
  /** What the file computes in, and its weights are; default `float`. */
  precision?: Precision;
  metadata: NewModelMetadata;
}

/** A model's graph, from `x` `[n, d]` to `cv` `[n, k]` and `jacobian` `[n, k, d]`. */
export interface ModelGraph {
  x: Tensor;
  cv: Tensor;
  /** From the file, or derived where the file has none. */
  jacobian: Tensor;
  /** Of an ensemble: `[n, 1]`, and its derivatives `[n, 1, d]` where the file has them. */
  uncertainty?: Tensor;
  uncertaintyGradient?: Tensor;
  /** Predicted properties, `[n, p]`. */
  property?: Tensor;
  /** Their derivatives `[n, p, d]`, and, of an ensemble, how far its members disagree `[n, p]`, where the file has them. */
  propertyJacobian?: Tensor;
  propertyUncertainty?: Tensor;
  sides?: Sides<SideGraph>;
}

export interface ModelFile {
  /** Whether the file carries our metadata; one exported elsewhere does not. */
  hasMetadata: boolean;
  metadata?: ModelMetadata;
  producer: string;
  opset: number;
  inputs: Port[];
  outputs: Port[];
  /** Undefined where the file was made elsewhere and uses what we do not read: `problem` says what. */
  graph?: ModelGraph;
  /** From CVs back to inputs and properties, where the file has that. */
  decoder?: DecoderGraph;
  problem?: LatentcvError;
}

/**
 * The encoder, its Jacobian and the metadata as one ONNX file, in float32 unless asked otherwise. The check vectors are computed in
 * double from the weights as the file holds them.
 * @throws LatentcvError `bad-model` where shapes and metadata disagree.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function writeModelFile(model: NewModel): Uint8Array<ArrayBuffer> {
  expectObject(model, 'model', 'a model, as newModel gives it,');
  const { x, cv, uncertainty, property, propertyUncertainty, sides, decoder, metadata } = model;
  const { precision = 'float' } = model;
  expectObject(metadata, 'model.metadata');
  expectObject(x, 'model.x', 'a tensor');
  expectObject(cv, 'model.cv', 'a tensor');
  expectChoice(precision, 'model.precision', ['float', 'double']);
  checkShapes({ x, cv, ...(property && { property }) }, metadata);
  if (x.name !== modelNames.input)
    throw new LatentcvError('bad-model', `expected the input to be called x but received ${x.name}`);
  if (uncertainty) expectNoPeriods(metadata);
  checkSides(sides, metadata.kolmogorov);
  const outputs = simplify<string>({
    [modelNames.cv]: cv,
    [modelNames.jacobian]: derive(cv, x),
    ...(uncertainty && {
      [modelNames.uncertainty]: uncertainty.value,
      [modelNames.uncertaintyGradient]: uncertainty.gradient,
    }),
    ...(property && {
      [modelNames.property]: property,
      [modelNames.propertyJacobian]: derive(property, x),
    }),
    ...(propertyUncertainty && { [modelNames.propertyUncertainty]: propertyUncertainty }),
    ...(sides && sideTensors(sides, x)),
  });
  const written = { inputs: [x], outputs, precision };
  if (decoder) checkDecoder(decoder, metadata);
  const finished = finishedMetadata(writeOnnx(written), metadata);
  return writeOnnx({ ...written, metadata: encodeMetadata(withDecoder(finished, decoder, precision)) });
}

/** The metadata with what the file's graph gives at the check vectors, in double from the weights as they are in it. */
export function finishedMetadata(bytes: Uint8Array, metadata: NewModelMetadata): ModelMetadata {
  const check = answers(modelGraph(decodeOnnx(bytes)), metadata.check.inputs);
  const { generator = `latentcv ${packageVersion()}` } = metadata;
  return { ...metadata, generator, check };
}

/** With the decoder, and with what it gives at the check vectors' CVs, of its weights as they are in the file. */
function withDecoder(
  metadata: ModelMetadata,
  decoder: DecoderGraph | undefined,
  precision: Precision,
): ModelMetadata {
  if (!decoder) return metadata;
  const bytes = writeDecoder(decoder, precision);
  const reconstruction = decodedRows(readDecoder(bytes), metadata.check.cv);
  return {
    ...metadata,
    decoder: bytes,
    check: { ...metadata.check, ...(reconstruction && { reconstruction }) },
  };
}

/**
 * Reads a model file and recomputes its check vectors. A file without our metadata is read as far as it goes.
 * @throws LatentcvError `bad-argument` for anything but bytes; `file-format` for bytes that are not (all of) an ONNX file; `bad-model` for external
 * data, weights that are not finite, operators we do not read, metadata that does not fit, and check vectors
 * that do not reproduce.
 */
export function readModelFile(bytes: Uint8Array): ModelFile {
  if (!(bytes instanceof Uint8Array))
    throw invalidArgument('the bytes of a model file (loadModel takes its path)', 'bytes', bytes);
  const file = decodeOnnx(bytes);
  const { producer, opset, inputs, outputs } = file;
  const ports = { producer, opset, inputs, outputs };
  if (!hasMetadata(file.metadata)) return { hasMetadata: false, ...ports, ...foreignGraph(file) };
  const metadata = decodeMetadata(file.metadata);
  const graph = modelGraph(file);
  checkShapes(graph, metadata);
  checkSides(graph.sides, metadata.kolmogorov);
  const decoder = metadata.decoder && readDecoder(metadata.decoder);
  if (decoder) checkDecoder(decoder, metadata);
  const reconstruction = decoder && decodedRows(decoder, metadata.check.cv);
  verifyCheckVectors(metadata.check, { ...answers(graph, metadata.check.inputs), reconstruction });
  return { hasMetadata: true, metadata, ...ports, graph, ...(decoder && { decoder }) };
}

/** What the graph gives at rows of inputs, in double. */
export function answers(
  { x, cv, jacobian, uncertainty, uncertaintyGradient, property, propertyJacobian, sides }: ModelGraph,
  inputs: readonly (readonly number[])[],
): CheckVectors {
  const width = x.shape[1] as number;
  const feeds = { [x.name!]: { shape: [inputs.length, width], data: inputs.flat() } };
  const results = evaluate<string>(
    {
      cv,
      jacobian,
      ...(uncertainty && { uncertainty }),
      ...(uncertaintyGradient && { uncertaintyGradient }),
      ...(property && propertyJacobian && { property, propertyJacobian }),
      ...flatSides(sides),
    },
    feeds,
    [x],
  );
  const rows = (name: string): number[][] => rowsOf(results[name].data, inputs.length);
  return {
    inputs: inputs.map((row) => [...row]),
    cv: rows('cv'),
    jacobian: rows('jacobian'),
    uncertainty: uncertainty && rows('uncertainty'),
    uncertaintyGradient: uncertaintyGradient && rows('uncertaintyGradient'),
    ...(property &&
      propertyJacobian && { property: rows('property'), propertyJacobian: rows('propertyJacobian') }),
    ...(sides && {
      sides: mapSides(sides, (_, name) => ({ value: rows(name), gradient: rows(`${name}Gradient`) })),
    }),
  };
}

/** The tensors of side outputs by names of their own. */
function flatSides(sides: Sides<SideGraph> = {}): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  mapSides(sides, ({ value, gradient }, name) => {
    tensors[name] = value;
    tensors[`${name}Gradient`] = gradient;
  });
  return tensors;
}

function rowsOf(data: Float64Array, count: number): number[][] {
  const width = data.length / Math.max(count, 1);
  return Array.from({ length: count }, (_, row) => [...data.subarray(row * width, (row + 1) * width)]);
}

/** A file for one frame at a time is read for any number of them. */
function freeRows({ inputs: [port, ...more] }: OnnxFile): Pick<ReadOptions, 'inputs'> {
  const { name, shape, type } = port ?? { name: '', shape: [], type: '' };
  const one = more.length === 0 && shape.length === 2 && shape[0] === 1 && type !== 'INT32';
  return one ? { inputs: new Map([[name, input(name, ['n', shape[1]])]]) } : {};
}

/** One input `[n, d]`; the outputs by their names, or the only one. */
function modelGraph(file: OnnxFile, wanted?: readonly string[]): ModelGraph {
  const { inputs, outputs } = readGraph(file, { ...freeRows(file), outputs: wanted });
  const [x, ...more] = Object.values(inputs);
  if (!x || more.length > 0)
    throw new LatentcvError(
      'bad-model',
      `expected one input but received ${Object.keys(inputs).join(', ') || 'none'}`,
    );
  const names = Object.keys(outputs);
  const cv = outputs[modelNames.cv] ?? (names.length === 1 ? outputs[names[0]] : undefined);
  if (!cv)
    throw new LatentcvError('bad-model', `expected an output called cv but received ${names.join(', ')}`);
  const uncertainty = outputs[modelNames.uncertainty];
  const uncertaintyGradient = outputs[modelNames.uncertaintyGradient];
  const property = outputs[modelNames.property];
  const sides = sidesOf(outputs);
  return {
    x,
    cv,
    jacobian: outputs[modelNames.jacobian] ?? simplify({ j: derive(cv, x) }).j,
    uncertainty,
    uncertaintyGradient,
    property,
    propertyJacobian: outputs[modelNames.propertyJacobian],
    propertyUncertainty: outputs[modelNames.propertyUncertainty],
    ...(sides && { sides }),
  };
}

function foreignGraph(file: OnnxFile): Pick<ModelFile, 'graph' | 'problem'> {
  if (file.producer === 'latentcv') {
    throw new LatentcvError(
      'file-format',
      'the file was written by latentcv but lacks its metadata',
      'it was cut off; copy it again',
    );
  }
  try {
    const names = file.outputs.map(({ name }) => name);
    const ours = names.filter((name) => name === modelNames.cv || name === modelNames.jacobian);
    return { graph: modelGraph(file, names.includes(modelNames.cv) ? ours : names) };
  } catch (error) {
    if (error instanceof LatentcvError) return { problem: error };
    throw error;
  }
}

function checkShapes(
  { x, cv, property }: Pick<ModelGraph, 'x' | 'cv' | 'property'>,
  { inputs, outputs, properties }: Pick<ModelMetadata, 'inputs' | 'outputs' | 'properties'>,
): void {
  expectShape('x', x, inputs.length);
  expectShape('cv', cv, outputs.length);
  if (!property !== !properties)
    throw new LatentcvError(
      'bad-model',
      'expected names of properties with an output of them, and no name without',
    );
  if (property && properties) expectShape('property', property, properties.length);
}

function checkDecoder(
  { cv, reconstruction, property }: DecoderGraph,
  { inputs, outputs, properties = [] }: Pick<ModelMetadata, 'inputs' | 'outputs' | 'properties'>,
): void {
  expectShape('cv of the decoder', cv, outputs.length);
  if (reconstruction) expectShape('reconstruction', reconstruction, inputs.length);
  if (property) expectShape('property of the decoder', property, properties.length);
}

/** The mean of angles is no angle's mean. */
function expectNoPeriods({ outputs }: Pick<ModelMetadata, 'outputs'>): void {
  const periodic = outputs.find(({ period }) => period);
  if (periodic)
    throw new LatentcvError(
      'bad-model',
      `expected an ensemble of CVs without periods but ${periodic.name} has one`,
    );
}

function expectShape(name: string, { shape }: Tensor, width: number): void {
  if (shape.length === 2 && shape[1] === width) return;
  throw new LatentcvError(
    'bad-model',
    `expected ${name} of shape [n, ${width}], as the metadata has it, but received ${showShape(shape)}`,
  );
}
