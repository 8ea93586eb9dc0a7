import { input, matmul, slice, type Tensor } from '../../src/graph/index.js';
import { writeOnnx } from '../../src/onnx/writing/index.js';
import { createSession } from '../../src/runtimes/onnxruntime.js';
import { ortTensor, runSession } from '../../src/runtimes/ort-values.js';
import { Random } from '../../src/support/random.js';
import { stopwatch, type Seconds } from '../contestants/stopwatch.js';

/** One product of matrices. */
interface Product {
  shapes: [a: [number, number], b: [number, number]];
  transposed?: 'transposeA' | 'transposeB';
}

/**
 * The products of a step of an autoencoder: of each layer the one that goes forward, the gradient by its weights, and, of all but
 * the first, the gradient by its inputs.
 * @param sizes widths of the encoder, which the decoder mirrors
 */
export function productsOf(sizes: readonly number[], batch: number): Product[] {
  const widths = [...sizes, ...sizes.slice(0, -1).toReversed()];
  return widths.slice(1).flatMap((to, i): Product[] => {
    const from = widths[i];
    const forward: Product = {
      shapes: [
        [batch, from],
        [from, to],
      ],
    };
    const byWeights: Product = {
      shapes: [
        [batch, from],
        [batch, to],
      ],
      transposed: 'transposeA',
    };
    const byInputs: Product = {
      shapes: [
        [batch, to],
        [from, to],
      ],
      transposed: 'transposeB',
    };
    return i === 0 ? [forward, byWeights] : [forward, byWeights, byInputs];
  });
}

/** What the products of a step cost by the same ONNX Runtime: below it no step of this network can be. */
export class Arithmetic {
  private constructor(
    private readonly session: Session,
    private readonly matrices: Matrices,
  ) {}

  static async begin(
    sizes: readonly number[],
    { batch, threads }: { batch: number; threads: number },
  ): Promise<Arithmetic> {
    const matrices: Matrices = {};
    const random = new Random(1);
    const matrix = (name: string, shape: [number, number]): Tensor => {
      const data = Float32Array.from({ length: shape[0] * shape[1] }, () => random.uniform(-1, 1));
      matrices[name] = ortTensor({ shape, data }, 'real', 'float');
      return input(name, shape);
    };
    const corners = productsOf(sizes, batch).map(({ shapes: [a, b], transposed }, i) => {
      const product = matmul(matrix(`a${i}`, a), matrix(`b${i}`, b), transposed && { [transposed]: true });
      // one number of each, so that next to nothing is copied
      return [`corner${i}`, slice(slice(product, 0, 0, 1), 1, 0, 1)] as const;
    });
    const session = await createSession(
      writeOnnx({ outputs: Object.fromEntries(corners), precision: 'float' }),
      { threads },
    );
    return new Arithmetic(session, matrices);
  }

  async timed(steps: number): Promise<Seconds> {
    const read = stopwatch();
    for (let step = 0; step < steps; step++) await runSession(this.session, this.matrices);
    return read();
  }

  release(): Promise<void> {
    return this.session.release();
  }
}

type Session = Awaited<ReturnType<typeof createSession>>;
type Matrices = Record<string, ReturnType<typeof ortTensor>>;
