import { input, reshape, showShape, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/errors.js';
import { hasMetadata } from './decode-metadata.js';
import { modelNames } from './model-file.js';
import { positionInputs, type LengthUnit, type PositionInputs } from './position-ports.js';
import { DataType, type Precision } from './proto.js';
import { decodeOnnx, readGraph, realTypes, type OnnxFile, type Port } from './read.js';

/** A network that another program exported, as a graph from `x` `[n, d]` to `cv` `[n, k]`. */
export interface ForeignModel {
  x: Tensor;
  cv: Tensor;
  producer: string;
  opset: number;
  /** Where x is positions of atoms in nm, how many there are, and whether the nine numbers of the box follow. */
  positions?: { atoms: number; box: boolean };
  /** The file as it is. */
  file: OnnxFile;
  /** What its input is declared as; a network of double weights is `double` whatever its input. */
  inputType: Precision;
  precision: Precision;
  /** Whether x is the file's own input, and not what that is computed from. */
  ownInput: boolean;
  /** Whether the output is `[n, k]` in the file itself, not `[n]`. */
  cvIsMatrix: boolean;
  /** What the file calls its input and the output that was taken. */
  names: { input: string; output: string };
  /** Labels of inputs and names of CVs, where the exporter left them in `latentcv.inputs` and `latentcv.outputs`. */
  labels?: string[];
  cvNames?: string[];
}

/** How a foreign network is read. */
export interface ForeignReading {
  /** The output of the CVs: `cv`, or the only one, where left out. */
  output?: string;
  /** The network takes positions of atoms in this unit, and perhaps the box. */
  positions?: LengthUnit;
}

/**
 * Reads the forward pass of an ONNX file made elsewhere: one input `[n, d]` (or for a fixed number of frames), or
 * positions, and the output of the CVs, of shape `[n, k]` or `[n]`.
 * @throws LatentcvError `file-format` and `bad-model` as `readGraph` does; `bad-argument` for a file of ours.
 */
export function readForeignModel(bytes: Uint8Array, reading: ForeignReading = {}): ForeignModel {
  const file = decodeOnnx(bytes);
  if (hasMetadata(file.metadata))
    throw new LatentcvError('bad-argument', 'the file is a latentcv model already: it has its derivatives');
  const name = outputName(file, reading.output);
  const { x, inputs, positions } = reading.positions
    ? positionInputs(file.inputs, reading.positions)
    : plainInput(file);
  const port = file.inputs.find((one) => one.name in inputs)!;
  const graph = readGraph(file, { inputs, outputs: [name] });
  return {
    x,
    cv: asMatrix(name, graph.outputs[name]),
    producer: file.producer,
    opset: file.opset,
    file,
    inputType: port.type === 'DOUBLE' ? 'double' : 'float',
    precision: precisionOf(file, port),
    ownInput: inputs[port.name] === x,
    cvIsMatrix: graph.outputs[name].shape.length === 2,
    names: { input: Object.keys(inputs).join(', '), output: name },
    ...(positions && { positions }),
    ...listOf(file, 'latentcv.inputs', 'labels'),
    ...listOf(file, 'latentcv.outputs', 'cvNames'),
  };
}

function plainInput(file: OnnxFile): Omit<PositionInputs, 'positions'> & Partial<PositionInputs> {
  const { name, shape } = onlyInput(file);
  const x = input(modelNames.input, ['n', shape[1]]);
  return { x, inputs: { [name]: x } };
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
    throw new LatentcvError(
      'bad-model',
      `${wanted} but the file has ${names}`,
      'a network of positions and the box is read with --positions nm or --positions A',
    );
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
      ...(port.shape.length === 3
        ? ['a network of positions is read with --positions nm or --positions A']
        : []),
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
