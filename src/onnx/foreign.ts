import { input, reshape, showShape, type Shape, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/errors.js';
import { hasMetadata } from './decode-metadata.js';
import { modelNames } from './model-file.js';
import { hasBatch, readByFrame, type FrameGraph } from './read-frame.js';
import { decodeOnnx, readGraph, type OnnxFile, type Port } from './read.js';

/** A network that another program exported, as a graph from `x` `[n, d]` to `cv` `[n, k]`. */
export interface ForeignModel {
  x: Tensor;
  cv: Tensor;
  producer: string;
  opset: number;
  /** What the file calls its input and the output that was taken. */
  names: { input: string; output: string };
  /** Of the file's input, frames in front where it takes several: `x` holds a frame's numbers in a row. */
  inputShape: Shape;
  /** The CVs of two frames in one batch, row by row, where the file was read frame by frame but takes several. */
  ofTwo?: FrameGraph['ofTwo'];
  /** Labels of inputs and names of CVs, where the exporter left them in `latentcv.inputs` and `latentcv.outputs`. */
  labels?: string[];
  cvNames?: string[];
}

/**
 * Reads the forward pass of an ONNX file made elsewhere: one input `[n, d]` or `[n, atoms, 3]` (or for a fixed number
 * of frames, or of one frame without that axis) and the output called `output`, or `cv`, or the only one, of shape
 * `[n, k]` or `[n]` (`[k]`, or one number).
 * @throws LatentcvError `file-format` and `bad-model` as `readGraph` does; `bad-argument` for a file of ours.
 */
export function readForeignModel(bytes: Uint8Array, output?: string): ForeignModel {
  const file = decodeOnnx(bytes);
  if (hasMetadata(file.metadata))
    throw new LatentcvError('bad-argument', 'the file is a latentcv model already: it has its derivatives');
  const port = onlyInput(file);
  const name = outputName(file, output);
  return {
    ...readForward(file, port, name),
    inputShape: port.shape,
    producer: file.producer,
    opset: file.opset,
    names: { input: port.name, output: name },
    ...listOf(file, 'latentcv.inputs', 'labels'),
    ...listOf(file, 'latentcv.outputs', 'cvNames'),
  };
}

/** For any number of frames as the file is written, else frame by frame. */
function readForward(file: OnnxFile, port: Port, name: string): Pick<ForeignModel, 'x' | 'cv' | 'ofTwo'> {
  const behind = port.shape.slice(1);
  try {
    if (behind.length === 0) throw new LatentcvError('bad-model', `${port.name} has no axis of frames`);
    const x = input(modelNames.input, ['n', count(behind)]);
    const frames = reshape(x, ['n', ...behind]);
    return { x, cv: asMatrix(name, readGraph(file, { input: frames, outputs: [name] }).outputs[name]) };
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    const x = input(modelNames.input, ['n', count(hasBatch(port.shape) ? behind : port.shape)]);
    return { x, ...readByFrame(file, port, name, x) };
  }
}

const count = (shape: Shape): number => (shape as number[]).reduce((a, b) => a * b, 1);

function onlyInput({ inputs }: OnnxFile): Port {
  const [port, ...more] = inputs;
  const wanted = 'expected one input of shape [n, d] or [n, atoms, 3]';
  if (!port || more.length > 0) {
    const names = inputs.map(({ name }) => name).join(', ') || 'none';
    throw new LatentcvError('bad-model', `${wanted} but the file has ${names}`);
  }
  const frame = port.shape.length === 1 ? port.shape : port.shape.slice(1);
  if (!frame.every((dim) => typeof dim === 'number') || port.shape.length > 3 || port.type === 'INT32')
    throw new LatentcvError(
      'bad-model',
      `${wanted}, known but for the frames, but ${port.name} is ${port.type} ${showShape(port.shape)}`,
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
