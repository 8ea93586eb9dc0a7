import { LatentcvError } from '../../support/index.js';
import type { TrainSettings } from '../../training/index.js';
import { framesInMemory } from '../open-frames.js';
import { tableSource, type TablesToLearn } from '../train-from-tables.js';
import type { TrainingSource } from '../training-source.js';
import { withCompositions, type CompositionColumns } from './composition-columns.js';

/**
 * Tables as a training learns from them, with the statistics of their rows' compositions.
 * @throws LatentcvError as `withCompositions`
 */
export async function compositionSource(
  tables: TablesToLearn,
  settings: TrainSettings,
  of: CompositionColumns,
): Promise<TrainingSource> {
  const source = await tableSource(tables, settings);
  const [path] = tables.files;
  return {
    open: async (opening) => {
      if (opening.stream)
        throw new LatentcvError(
          'bad-argument',
          'expected rows in memory for their compositions but ‘stream’ leaves them on disk',
        );
      const { dataset } = await source.open({ ...opening, stream: false });
      return framesInMemory(withCompositions(dataset, of, path).dataset, settings);
    },
  };
}
