import type ort from 'onnxruntime-node';
import { LatentcvError } from '../support/index.js';
import {
  bindLengths,
  type Feed,
  type Feeds,
  type Kind,
  type NdArray,
  type TensorOf,
} from '../graph/index.js';
import type { Precision } from '../onnx/index.js';
import { loadOnnxRuntime } from './onnxruntime-library.js';

/**
 * Runs a session, into the given tensors where there are some.
 * @throws LatentcvError `bad-data` with ONNX Runtime's words: row numbers outside the data, mostly.
 */
export async function runSession(
  session: ort.InferenceSession,
  feeds: ort.InferenceSession.OnnxValueMapType,
  fetches?: ort.InferenceSession.NullableOnnxValueMapType,
): Promise<ort.InferenceSession.OnnxValueMapType> {
  try {
    return await (fetches ? session.run(feeds, fetches) : session.run(feeds));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LatentcvError('bad-data', `ONNX Runtime stopped: ${reason}`);
  }
}

type Values = Float32Array | Float64Array | Int32Array;

/** Feeds as ONNX Runtime tensors, checked against the inputs they are for. */
export function toOrt(
  inputs: readonly TensorOf<'input'>[],
  feeds: Feeds,
  precision: Precision,
): Record<string, ort.Tensor> {
  bindLengths(inputs, feeds);
  return Object.fromEntries(
    inputs.map(({ name, kind }) => [name!, ortTensor(feeds[name!], kind, precision)]),
  );
}

/** Wraps values of the right type without copying them; others are converted. */
export function ortTensor({ data, shape }: Feed, kind: Kind, precision: Precision): ort.Tensor {
  const { Tensor } = loadOnnxRuntime();
  if (kind === 'index') return new Tensor('int32', typed(Int32Array, data), shape);
  return precision === 'float'
    ? new Tensor('float32', typed(Float32Array, data), shape)
    : new Tensor('float64', typed(Float64Array, data), shape);
}

/** Zeros that ONNX Runtime may write into. */
export function emptyOrt(kind: Kind, shape: readonly number[], precision: Precision): ort.Tensor {
  const length = shape.reduce((a, b) => a * b, 1);
  return ortTensor({ data: new Float64Array(length), shape }, kind, precision);
}

/** Results in double, copied out of ONNX Runtime's memory. */
export function fromOrt(results: ort.InferenceSession.OnnxValueMapType): Record<string, NdArray> {
  return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, ndArray(value)]));
}

export function ndArray(tensor: ort.Tensor): NdArray {
  return { shape: [...tensor.dims], data: Float64Array.from(tensor.data as Values) };
}

function typed<T extends Values>(
  Type: { new (length: number): T; from(values: ArrayLike<number>): T },
  data: ArrayLike<number>,
): T {
  return data instanceof Type ? data : Type.from(data);
}
