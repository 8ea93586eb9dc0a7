import { expectDataset } from '../frames/index.js';
import type { ModelFile } from '../onnx/index.js';
import { expectList, expectObject, expectWhole, invalidArgument, LatentcvError } from '../support/index.js';
import { alongFront, apart, judge, type Candidate } from './candidates.js';
import { expectDecoder } from './decode.js';
import { TrainingDensity } from './density.js';
import { deviation, knownRows, nearestRows, type NamedRows } from './known-rows.js';
import { landscapeOf } from './landscape.js';
import { sought } from './search.js';
import { parseWants, type Want } from './wants.js';

export interface DesignOptions {
  /** Most candidates; default 10. */
  count?: number;
  /** Training rows that the search starts from: half of them the best, half at random; default 200. */
  starts?: number;
  /** Of the rows at random; default 1. */
  seed?: number;
  /** Rows among which those nearest to each candidate are told; the training rows where left out. */
  near?: NamedRows;
  /** How many of them; default 3. */
  neighbours?: number;
}

/** What was found. */
export interface Designs {
  wants: Want[];
  /** Names of the properties. */
  properties: string[];
  /** Deviation of each property over the training rows, as the model predicts it. */
  deviations: number[];
  /** Training rows. */
  rows: number;
  /** Distance within which 95 % of the training rows have another one: no candidate is farther from its nearest. */
  limit: number;
  /** Whether the candidates are a Pareto front, of two properties that both are wanted as small or large as can be. */
  front: boolean;
  /** Best first; a front from one end to the other. */
  candidates: Candidate[];
}

/**
 * What to make so that a model's properties are what is wanted: places in its latent, sought down from training rows within their
 * density, decoded, and encoded again. Of two properties wanted as small or large as can be, the Pareto front.
 * @param training the rows that the model was trained on, with its inputs by their labels
 * @param want as `parseWants` takes them, or made
 * @throws LatentcvError `bad-model` for a model that tells no properties of its CVs, `bad-argument` where columns are missing
 */
export async function design(
  model: ModelFile,
  training: NamedRows,
  want: string | readonly Want[],
  options: DesignOptions = {},
): Promise<Designs> {
  const decoding = expectDecoder(model, 'property');
  const { metadata } = decoding;
  const properties = metadata.properties!;
  const { count, starts, seed, near, neighbours } = checked(training, options);
  if (typeof want !== 'string') expectList(want, 'want');
  const wants = typeof want === 'string' ? parseWants(want, properties) : [...want];
  const landscape = await landscapeOf(decoding);
  try {
    const known = await knownRows(landscape, training, metadata);
    const density = new TrainingDensity({ values: known.latent, k: landscape.k });
    if (!(density.limit > 0)) throw allTheSame();
    const deviations = properties.map((_, i) => deviation(known.said.property, properties.length, i));
    const columns = wants.map(({ property }) => properties.indexOf(property));
    const wanted = { wants, columns, scales: columns.map((column) => deviations[column] || 1) };
    const front = wants.length === 2 && wants.every(({ kind }) => kind === 'min' || kind === 'max');
    const found = await sought(landscape, density, known, { wanted, front, starts, seed });
    const places = near ? await knownRows(landscape, near, metadata) : known;
    const judged = await judge(landscape, density, wanted, found);
    const kept = front ? alongFront(judged, count) : apart(judged, density, count);
    const tellNearest = nearestRows(places, landscape.k, neighbours);
    return {
      ...{ wants, properties, deviations, rows: training.dataset.frames, limit: density.limit, front },
      candidates: kept.map(({ latent, losses, ...candidate }) => ({
        ...candidate,
        lacks: losses.reduce((a, b) => a + b, 0),
        nearest: tellNearest(latent),
      })),
    };
  } finally {
    await landscape.release();
  }
}

function checked(training: NamedRows, options: DesignOptions) {
  const { count = 10, starts = 200, seed = 1, near, neighbours = 3 } = options;
  for (const [name, rows] of [
    ['training', training],
    ['options.near', near],
  ] as const) {
    if (rows === undefined) continue;
    expectObject(rows, name);
    expectDataset(rows.dataset, `${name}.dataset`);
    if (rows.names && rows.names.length !== rows.dataset.frames)
      throw invalidArgument(
        `a name for each of ${rows.dataset.frames} rows`,
        `${name}.names`,
        rows.names.length,
      );
  }
  expectWhole(count, 'options.count', 1);
  expectWhole(starts, 'options.starts', 1);
  expectWhole(seed, 'options.seed', 0);
  expectWhole(neighbours, 'options.neighbours', 1);
  return { count, starts, seed, near, neighbours };
}

const allTheSame = (): LatentcvError =>
  new LatentcvError('bad-data', 'expected training rows that differ in their CVs but all have the same');
