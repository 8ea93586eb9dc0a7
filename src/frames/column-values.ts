import type { Dataset } from './dataset.js';

/** One column's values `[frames]`; the label is one of the dataset's. */
export function columnValues({ columns, frames, data }: Dataset, label: string): Float64Array {
  const index = columns.findIndex((column) => column.label === label);
  return Float64Array.from({ length: frames }, (_, frame) => data[frame * columns.length + index]);
}
