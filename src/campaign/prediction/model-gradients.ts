import type { Column, FrameBatch, FrameStream } from '../../frames/index.js';
import type { ModelGraph, ModelMetadata } from '../../onnx/index.js';
import { createOnnxRuntime } from '../../runtimes/index.js';
import { LatentcvError } from '../../support/index.js';
import { massMetric, systemColumns, type TrajectorySystem } from '../../trajectories/index.js';

/** Products of descriptors' gradients for a frame, beyond which lengths of CVs' gradients are refused. */
const mostPairs = 2 ** 20;

/** Where the products of the gradients of two inputs stand behind these, and of which they are. */
type InputPairs = readonly (readonly [number, number])[];

/** A system whose frames have the products of the descriptors' gradients by the positions, with their columns. */
export interface GradientSystem {
  system: TrajectorySystem;
  columns: Column[];
  pairs: InputPairs;
}

/**
 * Labels of the lengths of the CVs' gradients by the positions, as components of ONNX_MODEL with GRADIENT are called: one of each
 * CV, and of several the root of the determinant of all products.
 */
export function gradientLabels(outputs: readonly { name: string }[]): string[] {
  return [...outputs.map(({ name }) => `${name}-gradient`), ...(outputs.length > 1 ? ['gradient'] : [])];
}

/**
 * The system with what gradients by the atoms' positions, none weighed by its mass, need of its frames.
 * @param inputs columns of the model's inputs, in the order of the descriptors
 * @throws LatentcvError `bad-argument` where more pairs of descriptors have atoms in common than is reasonable
 */
export function gradientSystem(plain: TrajectorySystem, inputs: readonly Column[]): GradientSystem {
  const alike = new Float64Array(plain.atoms).fill(1);
  const metric = massMetric(plain.set, alike, undefined, mostPairs);
  if (typeof metric === 'string')
    throw new LatentcvError(
      'bad-argument',
      `expected gradients of fewer descriptors than ${inputs.length}: ${metric}`,
      'ONNX_MODEL with GRADIENT gives them in a run, or in PLUMED’s driver on the trajectory',
    );
  const system = { ...plain, metric };
  const products = systemColumns(system).slice(inputs.length);
  return { system, columns: [...inputs, ...products], pairs: metric.pairs };
}

/**
 * A stream with the lengths of the CVs' gradients, per nm, in place of the products of the inputs' gradients, behind all other
 * columns: ∇s·∇s' = Σ ∂s/∂a ∂s'/∂b ∇a·∇b over the inputs a, b.
 */
export function gradientStream(
  stream: FrameStream,
  { graph, outputs, pairs }: { graph: ModelGraph; outputs: ModelMetadata['outputs']; pairs: InputPairs },
): FrameStream {
  const inputs = Number(graph.x.shape[1]);
  const labels = gradientLabels(outputs);
  const others = [...stream.columns.keys()].filter((i) => i < inputs || i >= inputs + pairs.length);
  const columns = [...others.map((i) => stream.columns[i]), ...labels.map((label) => ({ label }))];
  async function* batches(): AsyncGenerator<FrameBatch> {
    const runtime = createOnnxRuntime({ precision: 'double' });
    const program = await runtime.compile({
      inputs: [graph.x],
      outputs: { jacobian: graph.jacobian },
    });
    try {
      for await (const batch of stream.batches()) {
        const x = chosen(batch, [...Array(inputs).keys()]);
        const { jacobian } = await program.run({
          [graph.x.name!]: { shape: [batch.frames, inputs], data: x },
        });
        const data = new Float64Array(batch.frames * columns.length);
        for (let frame = 0; frame < batch.frames; frame++) {
          const row = batch.data.subarray(frame * batch.columns.length, (frame + 1) * batch.columns.length);
          const products = row.subarray(inputs, inputs + pairs.length);
          const lengths = lengthsOf(gram(jacobian.data, { frame, inputs, pairs, products }, outputs.length));
          data.set([...others.map((i) => row[i]), ...lengths], frame * columns.length);
        }
        yield { ...batch, columns, data };
      }
    } finally {
      await program.release();
    }
  }
  return { columns, mostFrames: stream.mostFrames, batches };
}

function chosen({ frames, columns, data }: FrameBatch, places: readonly number[]): Float64Array {
  const values = new Float64Array(frames * places.length);
  for (let frame = 0; frame < frames; frame++)
    places.forEach((place, i) => (values[frame * places.length + i] = data[frame * columns.length + place]));
  return values;
}

/** What a frame's gradients are made of. */
interface FrameProducts {
  frame: number;
  inputs: number;
  pairs: InputPairs;
  /** Of the gradients of each pair of inputs. */
  products: Float64Array;
}

/** Products of the gradients of k CVs of a frame, `[k, k]`, of derivatives by the inputs `[frames, k, inputs]`. */
function gram(
  jacobian: ArrayLike<number>,
  { frame, inputs, pairs, products }: FrameProducts,
  k: number,
): number[][] {
  const slope = (cv: number, input: number): number => jacobian[(frame * k + cv) * inputs + input];
  return Array.from({ length: k }, (_, one) =>
    Array.from({ length: k }, (_, other) => {
      let sum = 0;
      pairs.forEach(([a, b], at) => {
        const both = slope(one, a) * slope(other, b);
        sum += products[at] * (a === b ? both : both + slope(one, b) * slope(other, a));
      });
      return sum;
    }),
  );
}

/** Lengths of the gradients and, of several CVs, the root of the determinant of their products. */
function lengthsOf(products: number[][]): number[] {
  const lengths = products.map((row, i) => Math.sqrt(Math.max(0, row[i])));
  return lengths.length > 1 ? [...lengths, rootOfDeterminant(products)] : lengths;
}

/** The root of the determinant of a symmetric matrix that is not negative, by Cholesky's factors. */
function rootOfDeterminant(matrix: readonly (readonly number[])[]): number {
  const factors = matrix.map((row) => [...row]);
  let root = 1;
  for (let j = 0; j < factors.length; j++) {
    for (let k = 0; k < j; k++)
      for (let i = j; i < factors.length; i++) factors[i][j] -= factors[i][k] * factors[j][k];
    if (!(factors[j][j] > 0)) return 0;
    const factor = Math.sqrt(factors[j][j]);
    for (let i = j; i < factors.length; i++) factors[i][j] /= factor;
    root *= factor;
  }
  return root;
}
