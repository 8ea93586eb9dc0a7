import type { Runtime } from '../../runtimes/index.js';
import type { Fit } from './progress.js';
import { valueFeeds } from './state.js';
import { appliedGraph, names } from './step.js';
import type { Prepared } from '../prepared.js';

/** What the encoder makes of all frames in memory, `[frames, width]`, at the best epoch. */
export async function latentOf(
  { method, shape: { tables } }: Prepared,
  { packings, values }: Fit,
  runtime: Runtime,
): Promise<Float64Array> {
  const outputs = appliedGraph((parameters, x) => method.encode(parameters, x), packings, tables.width);
  const program = await runtime.compile({ outputs });
  try {
    const features = { shape: [tables.frames, tables.width], data: tables.features };
    const { output } = await program.run({
      [names.features]: features,
      ...valueFeeds(packings, values),
    });
    return Float64Array.from(output.data);
  } finally {
    await program.release();
  }
}
