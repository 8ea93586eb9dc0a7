import type { Dataset } from '../../frames/index.js';
import { LatentcvError } from '../../support/index.js';
import { computeFeatures } from './features.js';
import type { FrameStore } from './frame-store.js';
import { StoreReader } from './store-reader.js';
import { trainSettings, type TrainOptions, type TrainSettings } from '../options.js';
import type { Part, PartSource } from './parts.js';
import { prepare, type Prepared } from './prepare.js';
import type { Random } from './random.js';
import { splitRoles } from './roles.js';
import { expectAllMet, labelRules, ruledNames } from './ruled-labels.js';
import { samplesOf, sideBlocks, type Block } from './samples.js';
import { cut, inParts, samplePieces } from './pieces.js';
import { tablesOf } from './tables.js';
import { trainPrepared, type TrainedEncoder, type TrainHooks } from '../train.js';

/** Values held in memory at once, of the training frames and of the sample. */
const valuesAtOnce = 4_000_000;
/** Frames of a sample at most: scales, validation and the analysis of the latent are made on it. */
const sampleFrames = 200_000;
/** Frames that are held to rules of states at a time. */
const checkedAtOnce = 65_536;
/** Frames of a piece at least; pieces from anywhere in the data are mixed in one part. */
const pieceFrames = 1024;

/**
 * Trains on frames that stay on disk. Each epoch takes all training frames in a new order: pieces of the
 * trajectory are drawn at random until a part of fixed size is full, whose frames (or pairs, which never leave their
 * piece: it is read a lag further) are shuffled. Memory does not grow with the data. Scales, validation and the
 * analysis afterwards are made on a sample of pieces from all over the data.
 * @throws LatentcvError as `train` does
 */
export async function trainStreamHere(
  store: FrameStore,
  options: TrainOptions,
  hooks: TrainHooks,
): Promise<TrainedEncoder> {
  const settings = trainSettings(options);
  const reader = new StoreReader(store);
  try {
    checkRules(store, reader, settings);
    const { prepared, parts } = preparedStream(store, reader, settings);
    const encoder = await trainPrepared({ ...store, streamed: true }, { prepared, settings, parts }, hooks);
    const { columns } = prepared.inputs;
    const range = (of: number[]): number[] =>
      columns.map(({ label }) => of[store.columns.findIndex((column) => column.label === label)]);
    return { ...encoder, inputs: { min: range(store.min), max: range(store.max) } };
  } finally {
    reader.close();
  }
}

/** What is learned from, checked on a sample, and the parts of an epoch. */
export function preparedStream(
  store: FrameStore,
  reader: StoreReader,
  settings: TrainSettings,
): { prepared: Prepared; parts: StreamSource } {
  if (settings.split === 'random') {
    throw new LatentcvError(
      'bad-argument',
      'expected a split by blocks or trajectories for data that stay on disk but received random',
      'a split by single frames needs all frames in memory',
    );
  }
  const blocks = sideBlocks(store.segments, { lag: 0, mode: settings.split });
  const { sample, sides } = takeSample(store, reader, blocks, settings);
  const prepared = prepare(sample, settings, {
    blocks: sides,
    outOf: store.frames,
    states: statesOf(store, settings),
  });
  checkStreamable(store, prepared);
  return { prepared, parts: partsOf(store, reader, prepared, settings, blocks) };
}

/** All states of the rules, the column or the files that label frames; undefined where the sample has to tell. */
function statesOf(
  { columns, states, segments }: FrameStore,
  { labels }: TrainSettings,
): string[] | undefined {
  const ruled = ruledNames(labels);
  if (ruled) return ruled;
  const column = columns.findIndex(({ label }) => label === labels);
  if (column < 0 && labels === 'source') return [...new Set(segments.map(({ source }) => source))];
  return states?.[column]?.map(String);
}

/** Holds all frames to the rules of states, before the first epoch, in flat memory. */
function checkRules({ frames }: FrameStore, reader: StoreReader, { labels }: TrainSettings): void {
  const rules = labelRules(labels);
  if (!rules) return;
  const starts = Array.from({ length: Math.ceil(frames / checkedAtOnce) }, (_, i) => i * checkedAtOnce);
  expectAllMet(
    starts.map((start) => () => reader.read([{ start, end: Math.min(frames, start + checkedAtOnce) }])),
    rules,
  );
}

/** The sample that `trainStreamHere` takes of a store. */
export function storeSample(store: FrameStore, settings: TrainSettings): Dataset {
  const reader = new StoreReader(store);
  try {
    const blocks = sideBlocks(store.segments, { lag: 0, mode: settings.split });
    return takeSample(store, reader, blocks, settings).sample;
  } finally {
    reader.close();
  }
}

function checkStreamable({ uneven }: FrameStore, { lagFrames, method, name }: Prepared): void {
  if (lagFrames > 0 && uneven !== undefined) {
    throw new LatentcvError(
      'bad-data',
      `expected evenly spaced frames for ${name} but received ${uneven}`,
      'choose files with one print stride, or a method without a lag',
    );
  }
  if (method.relabel) {
    throw new LatentcvError(
      'bad-argument',
      `${name} labels all frames again and again, so they have to be in memory`,
      'take every so many frames with --stride',
    );
  }
}

/** Pieces at even distances over every block (where there are more blocks than pieces, over some), with the side of each. */
function takeSample(
  store: FrameStore,
  reader: StoreReader,
  blocks: readonly Block[],
  { lag: lagTime, bias }: TrainSettings,
): { sample: Dataset; sides: Block[] } {
  const wanted = Math.min(sampleFrames, Math.floor(valuesAtOnce / store.columns.length), store.frames);
  const lag = store.spacing > 0 ? Math.round(lagTime / store.spacing) : 0;
  const length = Math.max(pieceFrames, 5 * lag);
  const pieces = samplePieces(blocks, { wanted, length, frames: store.frames }, (block) =>
    // the zero of a run's bias is found in its own frames
    bias.length > 0 ? reader.sourceOf(block.start) : '',
  );
  const sample = reader.read(pieces);
  const sides = sample.segments.map(({ start, end }, i) => ({ start, end, side: pieces[i].side }));
  return { sample, sides };
}

/** With the times of its frames, in ps. */
interface StreamedPart extends Part {
  time: Float64Array;
}

interface StreamSource extends PartSource {
  epoch(random: Random): Iterable<StreamedPart>;
}

/** The training frames of a store, piece by piece. */
function partsOf(
  store: FrameStore,
  reader: StoreReader,
  prepared: Prepared,
  settings: TrainSettings,
  blocks: readonly Block[],
): StreamSource {
  const training = blocks.filter(({ side }) => side === 'train');
  const { lagFrames, course } = prepared;
  const pieces = training.flatMap((block) => cut(block, Math.max(pieceFrames, 4 * lagFrames), lagFrames));
  const most = Math.max(4 * course.batch, Math.floor(valuesAtOnce / store.columns.length));
  return {
    *epoch(random: Random): Iterable<StreamedPart> {
      const order = Int32Array.from(pieces.keys());
      random.shuffle(order);
      const drawn = Array.from(order, (i) => pieces[i]);
      for (const chosen of inParts(drawn, { frames: most, samples: 4 * course.batch, lag: lagFrames }))
        yield partOf(reader.read(chosen), prepared, settings);
    },
    stepsOfEpoch: (batch) =>
      Math.floor(pieces.reduce((sum, { start, end }) => sum + end - start - lagFrames, 0) / batch),
  };
}

function partOf(dataset: Dataset, prepared: Prepared, settings: TrainSettings): StreamedPart {
  const { roles: like, map, scaling, sampling, shape, propertyScaling } = prepared;
  const roles = splitRoles(dataset, settings, like);
  const tables = tablesOf(roles, computeFeatures(roles.inputs, map), {
    scaling,
    needs: shape.needs,
    properties: propertyScaling,
    double: settings.precision === 'double',
  });
  const samples = samplesOf(dataset.segments, {
    ...sampling,
    ...(roles.weights && { weights: roles.weights, scaled: true }),
  });
  return { tables, samples, time: dataset.time };
}
