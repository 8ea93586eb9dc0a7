import { expectObject } from '../support/index.js';
import { createOnnxRuntime } from '../runtimes/index.js';
import { expectDataset, type Dataset } from '../frames/index.js';
import type { ModelGraph } from '../onnx/index.js';
import { inputScales } from './input-scales.js';

/** Lengths and sizes of a model's gradients, every input measured in its own deviation. */
export interface GradientSample {
  /** Frames that were looked at. */
  frames: Int32Array;
  /** |σ ∂cv/∂x| of each of them, `[frames, k]`. */
  length: Float64Array;
  /** Root mean square of σᵢ ∂cvⱼ/∂xᵢ over them, `[k, d]`. */
  sensitivity: Float64Array;
}

export interface ModelValues {
  /** `[frames, k]` */
  cv: Float64Array;
  gradient: GradientSample;
}

/** Gradients are looked at on so many frames, evenly spaced. */
const mostGradients = 20_000;
const chunk = 512;

/**
 * A model's CVs on all frames and its gradients on a part of them, in double, by ONNX Runtime.
 * @param inputs with the model's input columns, in its order
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function modelValues(graph: ModelGraph, inputs: Dataset): Promise<ModelValues> {
  expectObject(graph, 'graph', 'the graph of a model');
  expectDataset(inputs, 'inputs');
  const { x, cv, jacobian } = graph;
  const runtime = createOnnxRuntime({ precision: 'double' });
  const values = await runtime.compile({ inputs: [x], outputs: { cv } });
  const slopes = await runtime.compile({ inputs: [x], outputs: { jacobian } });
  try {
    const all = Int32Array.from({ length: inputs.frames }, (_, i) => i);
    const out: number[] = [];
    for (const rows of chunks(all))
      for (const value of (await values.run(feed(x.name!, inputs, rows))).cv.data) out.push(value);
    const k = out.length / inputs.frames;
    const stride = Math.max(1, Math.ceil(inputs.frames / mostGradients));
    const sums = new GradientSums(
      inputScales(inputs),
      k,
      all.filter((i) => i % stride === 0),
    );
    for (const rows of chunks(sums.frames))
      sums.add((await slopes.run(feed(x.name!, inputs, rows))).jacobian.data);
    return { cv: Float64Array.from(out), gradient: sums.result() };
  } finally {
    await values.release();
    await slopes.release();
  }
}

function* chunks(frames: Int32Array): Generator<Int32Array> {
  for (let start = 0; start < frames.length; start += chunk) yield frames.subarray(start, start + chunk);
}

function feed(name: string, { data, columns: { length: d } }: Dataset, rows: Int32Array) {
  const part = new Float64Array(rows.length * d);
  rows.forEach((row, i) => part.set(data.subarray(row * d, (row + 1) * d), i * d));
  return { [name]: { shape: [rows.length, d], data: part } };
}

/** Gathers gradients `[n, k, d]` chunk by chunk, so that they never stand in memory together. */
class GradientSums {
  private readonly length: Float64Array;
  private readonly squares: Float64Array;
  private seen = 0;

  constructor(
    private readonly scales: Float64Array,
    private readonly k: number,
    readonly frames: Int32Array,
  ) {
    this.length = new Float64Array(frames.length * k);
    this.squares = new Float64Array(k * scales.length);
  }

  /** The next frames' gradients. */
  add(jacobian: ArrayLike<number>): void {
    const d = this.scales.length;
    const size = this.k * d;
    for (let at = 0; at < jacobian.length; at++) {
      const square = (jacobian[at] * this.scales[at % d]) ** 2;
      this.squares[at % size] += square;
      this.length[this.seen * this.k + Math.floor(at / d)] += square;
    }
    this.seen += jacobian.length / size;
  }

  result(): GradientSample {
    return {
      frames: this.frames,
      length: this.length.map(Math.sqrt),
      sensitivity: this.squares.map((sum) => Math.sqrt(sum / this.seen)),
    };
  }
}
