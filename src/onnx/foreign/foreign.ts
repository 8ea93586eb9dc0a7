import { input, reshape, showShape, type Shape, type Tensor } from '../../graph/index.js';
import { LatentcvError, expectObject, invalidArgument } from '../../support/index.js';
import { hasMetadata } from '../metadata/index.js';
import { modelNames } from '../model-file.js';
import { boxOf, inNanometres, positionsOfPorts, type LengthUnit, type Positions } from './positions.js';
import { DataType, type Precision } from '../proto/index.js';
import { frameSize, readByFrame, split, type FrameGraph } from './read-frame.js';
import { decodeOnnx, readGraph, realTypes, type OnnxFile, type Port } from '../reading/index.js';

/** A network that another program exported, as a graph from `x` `[n, d]` to `cv` `[n, k]`. */
export interface ForeignModel {
  x: Tensor;
  cv: Tensor;
  producer: string;
  opset: number;
  /** Where x is positions of atoms, which are in nm whatever the file's unit. */
  positions?: Positions;
  /** The file as it is. */
  file: OnnxFile;
  /** What its input is declared as; a network of double weights is `double` whatever its input. */
  inputType: Precision;
  precision: Precision;
  /** Whether x holds the file's own inputs, and not what those are computed from. */
  ownInput: boolean;
  /** Whether the output is `[n, k]` in the file itself, not `[n]`. */
  cvIsMatrix: boolean;
  /** What the file calls its input and the output that was taken. */
  names: { input: string; output: string };
  /** Of the file's input, frames in front where it takes several: `x` holds a frame's numbers in a row. */
  inputShape: Shape;
  /** Of the box, whose numbers stand behind the others in `x`. */
  boxShape?: Shape;
  /** Whether the file was read for one frame, all its lengths known: it may not take several. */
  byFrame: boolean;
  /** The CVs of two frames in one batch, row by row, where the file was read frame by frame but takes several. */
  ofTwo?: FrameGraph['ofTwo'];
  /** Labels of inputs and names of CVs, where the exporter left them in `latentcv.inputs` and `latentcv.outputs`. */
  labels?: string[];
  cvNames?: string[];
}

/** How a foreign network is read. */
export interface ForeignReading {
  /** The output of the CVs: `cv`, or the only one, where left out. */
  graphOutput?: string;
  /** The network takes positions of atoms in this unit, and perhaps the box. */
  positions?: LengthUnit;
}

/**
 * Reads the forward pass of an ONNX file made elsewhere: one input `[n, d]` or `[n, atoms, 3]` (or for a fixed number
 * of frames, or of one frame without that axis) and the output called `graphOutput`, or `cv`, or the only one, of shape
 * `[n, k]` or `[n]` (`[k]`, or one number).
 * @throws LatentcvError `file-format` and `bad-model` as `readGraph` does; `bad-argument` for a file of ours.
 */
export function readForeignModel(bytes: Uint8Array, reading: ForeignReading = {}): ForeignModel {
  if (!(bytes instanceof Uint8Array)) throw invalidArgument('the bytes of an ONNX file', 'bytes', bytes);
  expectObject(reading, 'reading');
  const file = decodeOnnx(bytes);
  if (hasMetadata(file.metadata))
    throw new LatentcvError('bad-argument', 'the file is a latentcv model already: it has its derivatives');
  const { graphOutput, positions: unit } = reading;
  const positions = unit && positionsOfPorts(file.inputs);
  const ports = findInputs(file, unit && boxOf(file.inputs));
  const [port, boxPort] = ports;
  const name = outputName(file, graphOutput);
  const forward = readForward(file, ports, name);
  return {
    ...(unit ? inNanometres(forward, unit) : forward),
    positions,
    ownInput: unit !== 'A',
    inputShape: port.shape,
    boxShape: boxPort?.shape,
    producer: file.producer,
    opset: file.opset,
    file,
    inputType: port.type === 'DOUBLE' ? 'double' : 'float',
    precision: precisionOf(file, port),
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

/** For any number of frames as the file is written, else frame by frame. */
function readForward(
  file: OnnxFile,
  ports: readonly Port[],
  name: string,
): Pick<ForeignModel, 'x' | 'cv' | 'cvIsMatrix' | 'byFrame' | 'ofTwo'> {
  try {
    const frames = ports.map((port) => ({ ...port, shape: ['n', ...port.shape.slice(1)] }));
    if (ports.some(({ shape }) => shape.length === 1))
      throw new LatentcvError('bad-model', 'expected frames along the first axis of each input');
    const x = frameInput(frames);
    const inputs = split(x, 1, frames, (shape) => shape);
    const { [name]: found } = readGraph(file, { inputs, outputs: [name] }).outputs;
    return { x, byFrame: false, cv: asMatrix(name, found), cvIsMatrix: found.shape.length === 2 };
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    const x = frameInput(ports);
    return { x, byFrame: true, cvIsMatrix: false, ...readByFrame(file, ports, name, x) };
  }
}

const frameInput = (ports: readonly Port[]): Tensor =>
  input(modelNames.input, ['n', ports.reduce((sum, port) => sum + frameSize(port), 0)]);

/** The one input, or the one beside the box, and then the box. */
function findInputs({ inputs }: OnnxFile, box: string | undefined): Port[] {
  const [port, ...more] = inputs.filter(({ name }) => name !== box);
  const wanted = 'expected one input of shape [n, d] or [n, atoms, 3]';
  const names = inputs.map(({ name }) => name).join(', ') || 'none';
  if (!port || more.length > 0)
    throw new LatentcvError(
      'bad-model',
      `${wanted} but the file has ${names}`,
      ...(more.length === 1
        ? ['a network of positions and the box is read with ‘positions: nm’ or ‘positions: A’']
        : []),
    );
  const found = inputs.find(({ name }) => name === box);
  const ports = found ? [port, found] : [port];
  for (const one of ports) expectKnown(one, wanted);
  return ports;
}

function expectKnown({ name, shape, type }: Port, wanted: string): void {
  const frame = shape.length === 1 ? shape : shape.slice(1);
  if (
    frame.every((dim) => typeof dim === 'number') &&
    [1, 2, 3].includes(shape.length) &&
    shape[0] !== 0 &&
    realTypes.includes(type)
  )
    return;
  throw new LatentcvError(
    'bad-model',
    `${wanted}, known but for the frames, but ${name} is ${type} ${showShape(shape)}`,
  );
}

function outputName({ outputs }: OnnxFile, wanted?: string): string {
  const names = outputs.map(({ name }) => name);
  const found = wanted ?? (names.length === 1 ? names[0] : modelNames.cv);
  if (names.includes(found)) return found;
  throw new LatentcvError(
    'bad-model',
    `expected an output called ${found} but the file has ${names.join(', ')}`,
    'name the output that holds the CVs with ‘graphOutput’',
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
