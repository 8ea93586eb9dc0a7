import { input, reshape, showShape, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/errors.js';
import { hasMetadata } from './decode-metadata.js';
import { modelNames } from './model-file.js';
import { DataType, type Precision } from './proto.js';
import { decodeOnnx, readGraph, realTypes, type OnnxFile, type Port } from './read.js';

/** A network that another program exported, as a graph from `x` `[n, d]` to `cv` `[n, k]`. */
export interface ForeignModel {
  x: Tensor;
  cv: Tensor;
  producer: string;
  opset: number;
  /** The file as it is. */
  file: OnnxFile;
  /** What its input is declared as; a network of double weights is `double` whatever its input. */
  inputType: Precision;
  precision: Precision;
  /** Whether the output is `[n, k]` in the file itself, not `[n]`. */
  cvIsMatrix: boolean;
  /** What the file calls its input and the output that was taken. */
  names: { input: string; output: string };
  /** Labels of inputs and names of CVs, where the exporter left them in `latentcv.inputs` and `latentcv.outputs`. */
  labels?: string[];
  cvNames?: string[];
}

/**
 * Reads the forward pass of an ONNX file made elsewhere: one input `[n, d]` (or for a fixed number of frames) and
 * the output called `output`, or `cv`, or the only one, of shape `[n, k]` or `[n]`.
 * @throws LatentcvError `file-format` and `bad-model` as `readGraph` does; `bad-argument` for a file of ours.
 */
export function readForeignModel(bytes: Uint8Array, output?: string): ForeignModel {
  const file = decodeOnnx(bytes);
  if (hasMetadata(file.metadata))
    throw new LatentcvError('bad-argument', 'the file is a latentcv model already: it has its derivatives');
  const port = onlyInput(file);
  const name = outputName(file, output);
  const x = input(modelNames.input, ['n', port.shape[1]]);
  const graph = readGraph(file, { input: x, outputs: [name] });
  return {
    x,
    cv: asMatrix(name, graph.outputs[name]),
    producer: file.producer,
    opset: file.opset,
    file,
    inputType: port.type === 'DOUBLE' ? 'double' : 'float',
    precision: precisionOf(file, port),
    cvIsMatrix: graph.outputs[name].shape.length === 2,
    names: { input: port.name, output: name },
    ...listOf(file, 'latentcv.inputs', 'labels'),
    ...listOf(file, 'latentcv.outputs', 'cvNames'),
  };
}

/** Double where the file has anything in double: nothing is rounded that was not. */
function precisionOf({ graph }: OnnxFile, { type }: Port): Precision {
  const double =
    type === 'DOUBLE' || graph.initializer.some(({ dataType }) => dataType === (DataType.DOUBLE as number));
  return double ? 'double' : 'float';
}

function onlyInput({ inputs }: OnnxFile): Port {
  const [port, ...more] = inputs;
  const wanted = 'expected one input of shape [n, d]';
  if (!port || more.length > 0) {
    const names = inputs.map(({ name }) => name).join(', ') || 'none';
    throw new LatentcvError('bad-model', `${wanted} but the file has ${names}`);
  }
  if (
    port.shape.length !== 2 ||
    port.shape[0] === 0 ||
    typeof port.shape[1] !== 'number' ||
    !realTypes.includes(port.type)
  )
    throw new LatentcvError(
      'bad-model',
      `${wanted} with a known d but ${port.name} is ${port.type} ${showShape(port.shape)}`,
    );
  return port;
}

function outputName({ outputs }: OnnxFile, wanted?: string): string {
  const names = outputs.map(({ name }) => name);
  const found = wanted ?? (names.length === 1 ? names[0] : modelNames.cv);
  if (names.includes(found)) return found;
  throw new LatentcvError(
    'bad-model',
    `expected an output called ${found} but the file has ${names.join(', ')}`,
    'name the output that holds the CVs with --cv',
  );
}

function asMatrix(name: string, tensor: Tensor): Tensor {
  const { shape } = tensor;
  const matrix = shape.length === 1 ? reshape(tensor, [shape[0], 1]) : tensor;
  if (matrix.shape.length === 2 && matrix.shape[0] === 'n' && typeof matrix.shape[1] === 'number')
    return matrix;
  throw new LatentcvError(
    'bad-model',
    `expected the output ${name} to have one row per frame, [n, k], but it is ${showShape(shape)}`,
  );
}

function listOf<K extends string>({ metadata }: OnnxFile, key: string, as: K): Partial<Record<K, string[]>> {
  const text = metadata[key];
  return text === undefined ? {} : ({ [as]: text.split('\n') } as Partial<Record<K, string[]>>);
}
