import type { Dataset } from './dataset.js';
import { sharedNumbers } from './shared-numbers.js';

/** The dataset without the columns at these places. */
export function dropColumns(dataset: Dataset, places: readonly number[]): Dataset {
  const { columns, frames, data } = dataset;
  const dropped = new Set(places);
  const kept = [...columns.keys()].filter((column) => !dropped.has(column));
  const values = sharedNumbers(frames * kept.length);
  for (let frame = 0; frame < frames; frame++)
    kept.forEach((column, i) => (values[frame * kept.length + i] = data[frame * columns.length + column]));
  return { ...dataset, columns: kept.map((column) => columns[column]), data: values };
}
