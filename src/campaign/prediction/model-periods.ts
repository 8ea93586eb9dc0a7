import type { PeriodicColumns } from '../../frames/index.js';
import type { ModelMetadata } from '../../onnx/index.js';

/** Periods of a model's inputs, for tables that tell none; `labels` where the columns have other names. */
export function modelPeriods(
  { inputs }: Pick<ModelMetadata, 'inputs'>,
  labels: readonly string[] = inputs.map(({ label }) => label),
): PeriodicColumns[] {
  if (labels.length !== inputs.length) return [];
  return inputs.flatMap(({ period }, i) => (period ? [{ columns: [labels[i]], period }] : []));
}
