import {
  evaluate,
  input,
  overFrames,
  reshape,
  showShape,
  slice,
  type Shape,
  type Tensor,
} from '../../graph/index.js';
import { LatentcvError } from '../../support/index.js';
import { readGraph, type OnnxFile, type Port } from '../reading/index.js';

/**
 * A file read as a function of one frame, all lengths being known, and made one of many: what is written for a batch of
 * one, for none, or computes with the number of frames (reshapes frames into heads, say) has a meaning that way.
 */
export interface FrameGraph {
  /** `[n, k]` */
  cv: Tensor;
  /** Values of two frames in one batch, where the file takes such. */
  ofTwo?: (rows: readonly [readonly number[], readonly number[]]) => number[];
}

/** The output of a file for frames `x` `[n, d]`, which hold what its inputs take one after the other. */
export function readByFrame(file: OnnxFile, ports: readonly Port[], output: string, x: Tensor): FrameGraph {
  const frame = input('frame', [x.shape[1]]);
  const batched = hasBatch(ports[0].shape);
  const one = readGraph(file, {
    inputs: split(frame, 0, ports, (shape) => (hasBatch(shape) ? [1, ...shape.slice(1)] : shape)),
    outputs: [output],
  }).outputs[output];
  if (!batched) expectNoBatch(ports[0], one.shape);
  const k = width(output, one.shape, batched);
  const cv = overFrames(reshape(one, [k]), frame, x);
  const free = ports.every(({ shape }) => typeof shape[0] === 'string' && hasBatch(shape));
  const two = free ? readTwo(file, ports, output) : undefined;
  return { cv, ofTwo: two };
}

/** A batch that is free or of one; any other first length is part of the frame. */
const hasBatch = ([first, ...rest]: Shape): boolean =>
  rest.length > 0 && (typeof first === 'string' || first === 1);

/** How many numbers of a frame an input takes. */
export function frameSize({ shape }: Port): number {
  const own = hasBatch(shape) ? shape.slice(1) : shape;
  return (own as number[]).reduce((a, b) => a * b, 1);
}

/** The inputs of a file out of the numbers that lie one after the other along an axis. */
export function split(
  x: Tensor,
  axis: number,
  ports: readonly Port[],
  shapeOf: (shape: Shape) => Shape,
): ReadonlyMap<string, Tensor> {
  let start = 0;
  return new Map(
    ports.map((port) => {
      const part = ports.length === 1 ? x : slice(x, axis, start, (start += frameSize(port)));
      return [port.name, reshape(part, shapeOf(port.shape))];
    }),
  );
}

/** A first length that is that of the output, too, was a number of frames. */
function expectNoBatch({ name, shape }: Port, [first]: Shape): void {
  if (shape.length === 1 || first !== shape[0]) return;
  throw new LatentcvError(
    'bad-model',
    `expected any number of frames but ${name} is for ${first} of them, ${showShape(shape)}, and what is done to them cannot be done to others`,
    'export the network for one frame, or with a free first axis (dynamic_axes, dynamic_shapes)',
  );
}

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
function readTwo(file: OnnxFile, ports: readonly Port[], output: string): FrameGraph['ofTwo'] {
  const pair = input('frames', [2, ports.reduce((sum, port) => sum + frameSize(port), 0)]);
  try {
    const inputs = split(pair, 1, ports, (shape) => [2, ...shape.slice(1)]);
    const { [output]: cv } = readGraph(file, { inputs, outputs: [output] }).outputs;
    if (cv.shape[0] !== 2) return undefined;
    return (rows) => {
      const feed = { shape: pair.shape as number[], data: rows.flat() };
      return [...evaluate({ cv }, { frames: feed }, [pair]).cv.data];
    };
  } catch (error) {
    // a file that takes one frame only
    if (error instanceof LatentcvError) return undefined;
    throw error;
  }
}
