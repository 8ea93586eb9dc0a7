import type { Tensor } from '../graph/index.js';
import { createOnnxRuntime } from '../runtimes/index.js';

/** Rows of one call: some megabytes of inputs and outputs. */
const rowsAtOnce = 4096;

/** Rows of numbers through a graph, in double. */
export interface Evaluator<Name extends string> {
  /** @param rows row-major `[rows, width]`, by the width of the graph's input */
  run(rows: Float64Array): Promise<Record<Name, Float64Array>>;
  release(): Promise<void>;
}

/** What gives outputs `[n, …]` of an input `[n, width]`, by ONNX Runtime. */
export async function evaluatorOf<Name extends string>(
  input: Tensor,
  outputs: Readonly<Record<Name, Tensor>>,
): Promise<Evaluator<Name>> {
  const program = await createOnnxRuntime({ precision: 'double' }).compile({ inputs: [input], outputs });
  const width = input.shape[1] as number;
  const names = Object.keys(outputs) as Name[];
  return {
    run: async (rows) => {
      const parts: Record<string, ArrayLike<number>>[] = [];
      for (let from = 0; from < rows.length; from += rowsAtOnce * width) {
        const data = rows.subarray(from, from + rowsAtOnce * width);
        const found = await program.run({ [input.name!]: { shape: [data.length / width, width], data } });
        parts.push(Object.fromEntries(names.map((name) => [name, found[name].data])));
      }
      return Object.fromEntries(
        names.map((name) => [name, joined(parts.map((part) => part[name]))]),
      ) as Record<Name, Float64Array>;
    },
    release: () => program.release(),
  };
}

function joined(parts: readonly ArrayLike<number>[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
