import type { Dataset } from '../../src/frames/index.js';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import type { TrainedEncoder } from '../../src/training/index.js';

/** CVs `[rows][k]` of rows. */
export async function latentCvs(
  { graph: { x, cv } }: Pick<TrainedEncoder, 'graph'>,
  { data, frames, columns }: Dataset,
): Promise<number[][]> {
  const program = await createOnnxRuntime({ precision: 'double' }).compile({ inputs: [x], outputs: { cv } });
  try {
    const found = await program.run({ [x.name!]: { shape: [frames, columns.length], data } });
    const values = Array.from(found.cv.data);
    const k = values.length / frames;
    return Array.from({ length: frames }, (_, row) => values.slice(row * k, (row + 1) * k));
  } finally {
    await program.release();
  }
}
