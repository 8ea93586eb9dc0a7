import type { Runtime } from '../../runtimes/index.js';
import type { TrainingTable } from '../../models/index.js';
import { plainFeeds } from './batch.js';
import type { Fit } from './progress.js';
import { packParameters, valueFeeds } from './state.js';
import { lossGraph, names } from './step.js';
import type { Curves } from '../learned.js';
import type { Prepared } from '../prepared.js';

/** The outcome of a method that has a closed form, with its validation loss. */
export async function solved(
  { method, shape, labels, split }: Prepared,
  solve: (table: TrainingTable) => Map<string, Float64Array>,
  runtime: Runtime,
): Promise<Fit> {
  const { features, width } = shape.tables;
  const byName = solve({
    features,
    width,
    ...split.train,
    label: labels?.state,
  });
  const packings = packParameters(method.parameters);
  const values = packings.map(({ members }) =>
    Float64Array.from(members.flatMap(({ name }) => [...(byName.get(name) ?? [])])),
  );
  const { validation } = split;
  const validator = await runtime.compile({
    outputs: lossGraph(method, packings, shape, validation.now.length),
  });
  try {
    const parts = await validator.run({ ...plainFeeds(shape, validation), ...valueFeeds(packings, values) });
    const curves: Curves = { train: [], validation: [], parts: {} };
    for (const [name, { data }] of Object.entries(parts)) {
      if (name === names.loss) curves.validation.push(data[0]);
      else curves.parts[name] = [data[0]];
    }
    return { packings, values, curves, bestEpoch: 0, bestLoss: curves.validation[0] };
  } finally {
    await validator.release();
  }
}
