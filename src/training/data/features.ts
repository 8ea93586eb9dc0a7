import { LatentcvError } from '../../support/index.js';
import type { Dataset } from '../../frames/index.js';
import type { ScalingMode } from '../choices.js';
import type { FeatureMap, Reals, Scaling } from '../learnable.js';

export function featureMap(columns: Dataset['columns']): FeatureMap {
  const plain: number[] = [];
  const periodic: FeatureMap['periodic'] = [];
  columns.forEach((column, index) => {
    if (!column.period) plain.push(index);
    else periodic.push({ column: index, factor: (2 * Math.PI) / (column.period[1] - column.period[0]) });
  });
  return { plain, quantities: plain.map((column) => columns[column].quantity), periodic };
}

export function featureCount(map: FeatureMap): number {
  return map.plain.length + 2 * map.periodic.length;
}

/** Features of every frame, row-major `[frames, features]`: the data themselves where no column is periodic. */
export function computeFeatures(dataset: Dataset, map: FeatureMap): Float64Array {
  if (map.periodic.length === 0) return dataset.data;
  return featuresOf(dataset, map, 0, dataset.frames);
}

/** Features whose rows are computed some at a time, whenever they are wanted. */
export interface FeatureRows {
  /** Numbers in all, `frames × features`. */
  length: number;
  /** Row-major pieces, in order. */
  pieces(): Iterable<Reals>;
}

/** Frames whose features are computed at once. */
const framesAtOnce = 4096;

/** As `computeFeatures`, for tables of which memory need not hold a copy. */
export function featureRows(dataset: Dataset, map: FeatureMap): FeatureRows {
  const { frames } = dataset;
  return {
    length: frames * featureCount(map),
    *pieces() {
      if (map.periodic.length === 0) yield dataset.data;
      else
        for (let first = 0; first < frames; first += framesAtOnce)
          yield featuresOf(dataset, map, first, Math.min(frames, first + framesAtOnce));
    },
  };
}

function featuresOf(dataset: Dataset, map: FeatureMap, first: number, end: number): Float64Array {
  const columns = dataset.columns.length;
  const width = featureCount(map);
  const { plain, periodic } = map;
  const features = new Float64Array((end - first) * width);
  for (let frame = first; frame < end; frame++) {
    const from = frame * columns;
    const to = (frame - first) * width;
    for (let i = 0; i < plain.length; i++) features[to + i] = dataset.data[from + plain[i]];
    periodic.forEach(({ column, factor }, i) => {
      const phase = factor * dataset.data[from + column];
      features[to + plain.length + i] = Math.sin(phase);
      features[to + plain.length + periodic.length + i] = Math.cos(phase);
    });
  }
  return features;
}

export function fitScaling(features: Reals | FeatureRows, map: FeatureMap, mode: ScalingMode): Scaling {
  const width = featureCount(map);
  const { mean, variance } = moments(features, width);
  const plain = map.plain.length;
  if (plain > 0 && !variance.subarray(0, plain).some((v) => v > 0)) {
    throw new LatentcvError('bad-data', 'expected descriptors that vary but every column is constant');
  }
  const common = commonScales(variance, map);
  const scale = variance.map((v, i) =>
    i >= plain ? 1 : mode === 'common' ? common.get(map.quantities[i])! : Math.sqrt(v) || 1,
  );
  return { mean, scale };
}

/** The scale of each quantity; 1 for sines, which have one already, and where nothing varies. */
function commonScales(variance: Float64Array, { quantities }: FeatureMap): Map<string | undefined, number> {
  return new Map(
    [...new Set(quantities)].map((quantity) => {
      const own = [...variance.subarray(0, quantities.length)].filter((_, i) => quantities[i] === quantity);
      const scale = Math.sqrt(own.reduce((sum, v) => sum + v, 0) / own.length) || 1;
      return [quantity, quantity === 'sine' ? 1 : scale];
    }),
  );
}

/**
 * Deviations from zero beyond which a feature has to be scaled in double precision: one of 24 bits would be off by more
 * than 2e-5 of its scale, and check vectors hold to 1e-4.
 */
const mostInSingle = 300;

/** Columns whose mean is so many times their scale that single precision loses what of them varies. */
export function needsDouble(map: FeatureMap, { mean, scale }: Scaling): number[] {
  return map.plain.filter((_, feature) => Math.abs(mean[feature]) > mostInSingle * scale[feature]);
}

/** Scaled features, in single precision unless double is asked for. */
export function applyScaling(features: Reals | FeatureRows, scaling: Scaling, double = false): Reals {
  const width = scaling.mean.length;
  const out = double ? new Float64Array(features.length) : new Float32Array(features.length);
  let at = 0;
  for (const piece of piecesOf(features))
    for (let i = 0; i < piece.length; i++, at++)
      out[at] = (piece[i] - scaling.mean[i % width]) / scaling.scale[i % width];
  return out;
}

/** Each of whole rows. */
const piecesOf = (table: Reals | FeatureRows): Iterable<Reals> =>
  'pieces' in table ? table.pieces() : [table];

/** Mean and variance (divided by the number of frames) of each column of a row-major table. */
export function moments(
  table: Reals | FeatureRows,
  width: number,
): { mean: Float64Array; variance: Float64Array } {
  const rows = table.length / width;
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  for (const piece of piecesOf(table))
    for (let i = 0; i < piece.length; i++) mean[i % width] += piece[i] / rows;
  for (const piece of piecesOf(table))
    for (let i = 0; i < piece.length; i++) variance[i % width] += (piece[i] - mean[i % width]) ** 2 / rows;
  return { mean, variance };
}
