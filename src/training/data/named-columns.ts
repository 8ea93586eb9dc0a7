import { selectColumns, type Dataset } from '../../frames/index.js';

/**
 * The labels of a dataset's columns that patterns choose.
 * @throws LatentcvError `bad-data` where one chooses none
 */
export function named(dataset: Dataset, patterns: readonly string[]): string[] {
  if (patterns.length === 0) return [];
  const labels = dataset.columns.map(({ label }) => label);
  const sources = [...new Set(dataset.segments.map(({ source }) => source))].join(', ');
  return selectColumns(labels, sources, patterns);
}
