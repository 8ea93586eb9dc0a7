import { expectDataset } from './expect-dataset.js';
import { LatentcvError, closestName, shortList, expectText } from '../support/index.js';
import type { Dataset } from './dataset.js';

/**
 * One column's values `[frames]`.
 * @throws LatentcvError `bad-argument`, with the closest name, where the dataset has no such column, or an argument is of
 *   another kind or length
 */
export function columnValues(dataset: Dataset, label: string): Float64Array {
  expectDataset(dataset);
  expectText(label, 'label');
  const { columns, frames, data } = dataset;
  const labels = columns.map((column) => column.label);
  const index = labels.indexOf(label);
  if (index < 0) throw missing(label, labels);
  return Float64Array.from({ length: frames }, (_, frame) => data[frame * labels.length + index]);
}

function missing(label: string, labels: readonly string[]): LatentcvError {
  const closest = closestName(label, labels);
  return new LatentcvError(
    'bad-argument',
    `expected a column ${label} but the frames have ${shortList(labels) || 'none'}`,
    closest === undefined ? undefined : `did you mean ${closest}?`,
  );
}
