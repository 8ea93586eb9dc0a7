import { columnsFitting, type Dataset } from '../../frames/index.js';
import type { TrainSettings } from '../../training/index.js';
import { framesInMemory } from '../open-frames.js';
import type { TrainingSource } from '../training-source.js';
import { structureDataset, type StructureRows } from './structure-dataset.js';

/** Columns of computed numbers that are chosen, or all of them. */
function chosen({ features, ...rows }: StructureRows, patterns: readonly string[] | undefined): Dataset {
  if (!patterns) return structureDataset({ ...rows, features });
  const inputs = patterns.flatMap((pattern) =>
    columnsFitting(pattern, features.labels, 'what is computed of the structures'),
  );
  return structureDataset({ ...rows, features, inputs: [...new Set(inputs)] });
}

/**
 * Structures as a training learns from them.
 * @param columns patterns of those that are learned from; all that are computed where left out
 */
export function structureSource(
  rows: StructureRows,
  settings: TrainSettings,
  columns?: readonly string[],
): Promise<TrainingSource> {
  const dataset = chosen(rows, columns);
  return Promise.resolve({ open: () => Promise.resolve(framesInMemory(dataset, settings)) });
}
