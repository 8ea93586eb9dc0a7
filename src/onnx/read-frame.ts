import { evaluate, input, overFrames, reshape, showShape, type Dim, type Shape, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/errors.js';
import { readGraph, type OnnxFile, type Port } from './read.js';

/**
 * A file read as a function of one frame, all lengths being known, and made one of many: what is written for a batch of
 * one, for none, or computes with the number of frames (reshapes frames into heads, say) has a meaning that way.
 */
export interface FrameGraph {
  /** `[n, k]` */
  cv: Tensor;
  /** Value of two frames in one batch, where the file takes such. */
  ofTwo?: (rows: readonly [readonly number[], readonly number[]]) => number[];
}

/** The output of a file for frames `x` `[n, d]`, its input being of the port's shape. */
export function readByFrame(file: OnnxFile, port: Port, output: string, x: Tensor): FrameGraph {
  const batched = hasBatch(port.shape);
  const shape = batched ? [1, ...port.shape.slice(1)] : port.shape;
  const frame = input('frame', shape);
  const one = readGraph(file, { input: frame, outputs: [output] }).outputs[output];
  const k = width(output, one.shape, batched);
  const cv = overFrames(reshape(one, [k]), frame, reshape(x, [x.shape[0], ...shape]));
  const two = batched && typeof port.shape[0] === 'string' ? readTwo(file, port, output) : undefined;
  return { cv, ...(two && { ofTwo: two }) };
}

/** A batch that is free or of one; any other first length is part of the frame. */
export const hasBatch = ([first, ...rest]: Shape): boolean =>
  rest.length > 0 && (typeof first === 'string' || first === 1);

function width(name: string, shape: Shape, batched: boolean): number {
  const own = batched && shape.length > 1 && shape[0] === 1 ? shape.slice(1) : shape;
  const [k = 1] = own;
  if (own.length <= 1 && typeof k === 'number') return k;
  if (own.length === 2 && own[0] === 1 && typeof own[1] === 'number') return own[1];
  throw new LatentcvError(
    'bad-model',
    `expected the output ${name} to be a list of CVs, [k] or [n, k], but of one frame it is ${showShape(shape)}`,
  );
}

/** The file for two frames: whether they are kept apart is seen from their values. */
function readTwo(file: OnnxFile, { shape }: Port, output: string): FrameGraph['ofTwo'] {
  const pair = input('frame', [2, ...shape.slice(1)]);
  try {
    const { [output]: cv } = readGraph(file, { input: pair, outputs: [output] }).outputs;
    if ((cv.shape[0] as Dim) !== 2) return undefined;
    return (rows) => {
      const feed = { shape: pair.shape as number[], data: rows.flat() };
      return [...evaluate({ cv }, { frame: feed }, [pair]).cv.data];
    };
  } catch (error) {
    // a file that takes one frame only
    if (error instanceof LatentcvError) return undefined;
    throw error;
  }
}
