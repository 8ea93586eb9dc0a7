import type { Dataset } from '../frames/index.js';
import { createOnnxRuntime } from '../runtimes/index.js';
import type { TrainedEncoder } from '../training/index.js';

/** Rows of one call. */
const rowsAtOnce = 4096;

/**
 * Properties that an encoder predicts of rows, `[rows, properties]`, in double.
 * @param inputs with the columns that the encoder learned from, in its order
 * @throws LatentcvError as the runtime does
 */
export async function predictedProperties(
  { graph: { x, property } }: Pick<TrainedEncoder, 'graph'>,
  inputs: Dataset,
): Promise<Float64Array> {
  if (!property) throw new Error('the encoder predicts no properties');
  const width = inputs.columns.length;
  const runtime = createOnnxRuntime({ precision: 'double' });
  const program = await runtime.compile({ inputs: [x], outputs: { property } });
  try {
    const parts: Float64Array[] = [];
    for (let start = 0; start < inputs.frames; start += rowsAtOnce) {
      const end = Math.min(inputs.frames, start + rowsAtOnce);
      const feed = { shape: [end - start, width], data: inputs.data.slice(start * width, end * width) };
      parts.push(Float64Array.from((await program.run({ [x.name!]: feed })).property.data));
    }
    return Float64Array.from(parts.flatMap((part) => [...part]));
  } finally {
    await program.release();
  }
}
