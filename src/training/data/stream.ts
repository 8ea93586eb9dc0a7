import type { Dataset } from '../../frames/index.js';
import type { Random } from '../../support/index.js';
import { computeFeatures } from './features.js';
import type { FrameStore } from './frame-store.js';
import { pieceFrames } from './learnable-frames.js';
import { splitRoles } from './roles.js';
import { cut, inParts, samplesOf } from './split/index.js';
import { StoreReader } from './store-reader.js';
import { tablesOf } from './tables.js';
import type { Block, Part, PartSource } from '../learnable.js';
import type { Prepared } from '../prepared.js';

/** Values in memory at once, of the training frames. */
const valuesAtOnce = 4_000_000;

/** With the times of its frames, in ps. */
interface StreamedPart extends Part {
  time: Float64Array;
}

export interface StreamSource extends PartSource {
  epoch(random: Random): Iterable<StreamedPart>;
}

/**
 * The training frames of a store. Each epoch takes all of them in a new order: pieces of the trajectory are drawn at
 * random until a part of fixed size is full, whose frames (or pairs, which never leave their piece: it is read a lag
 * further) are shuffled. Memory does not grow with the data.
 * @param prepared of a sample from all over the data
 */
export function streamedParts(store: FrameStore, prepared: Prepared, blocks: readonly Block[]): StreamSource {
  const training = blocks.filter(({ side }) => side === 'train');
  const { lagFrames, course } = prepared;
  const pieces = training.flatMap((block) => cut(block, Math.max(pieceFrames, 4 * lagFrames), lagFrames));
  const pairsAtOnce = Math.max(4 * course.batch, Math.floor(valuesAtOnce / store.columns.length));
  return {
    *epoch(random: Random): Iterable<StreamedPart> {
      const order = Int32Array.from(pieces.keys());
      random.shuffle(order);
      const drawn = Array.from(order, (i) => pieces[i]);
      const reader = new StoreReader(store);
      try {
        for (const chosen of inParts(drawn, {
          frames: pairsAtOnce,
          samples: 4 * course.batch,
          lag: lagFrames,
        }))
          yield partOf(reader.read(chosen), prepared);
      } finally {
        reader.close();
      }
    },
    stepsOfEpoch: (batch) =>
      Math.floor(pieces.reduce((sum, { start, end }) => sum + end - start - lagFrames, 0) / batch),
  };
}

function partOf(dataset: Dataset, prepared: Prepared): StreamedPart {
  const { roles: like, map, scaling, metric, sampling, settings, shape } = prepared;
  const { propertyScaling, equilibrium } = prepared;
  const roles = splitRoles(dataset, settings, like);
  const tables = tablesOf(roles, computeFeatures(roles.inputs, map), {
    map,
    scaling,
    metric,
    needs: shape.needs,
    properties: propertyScaling,
    double: settings.precision === 'double',
  });
  const weights = equilibrium ? equilibrium.weigh(tables.features) : roles.weights;
  const pairWeights = equilibrium ? undefined : roles.pairWeights;
  const options = weights ? { ...sampling, weights, pairWeights, scaled: true } : sampling;
  const samples = samplesOf(dataset.segments, options);
  return { tables, samples, time: dataset.time };
}
