import type { Properties } from '../training/index.js';
import type { BaselineName } from './baselines.js';
import { conformalIntervals, type PredictionInterval } from './conformal.js';
import type { HeldOut } from './cross-predict.js';
import type { LatentSample } from './latent-distance.js';
import { propertyMetrics, type PropertyMetrics } from './metrics.js';

/** Most rows that a parity figure keeps. */
const mostShown = 1000;

/** Parts that rows of one fold are taken in, so that one tells of the others. */
const partsOfOneFold = 5;

/** What is known of one predicted property, on rows that were not learned from. */
export interface PropertyRecord {
  name: string;
  metrics: PropertyMetrics;
  /** The same of the mean, of ridge regression, and of ridge regression on principal components. */
  baselines: Partial<Record<BaselineName, PropertyMetrics>>;
  intervals: PredictionInterval[];
  /** Mean spread of the ensemble's members, where a row's interval goes by its own (`relativeWidth`). */
  spread?: number;
  /** Some of the rows, for a figure. */
  parity: { measured: number[]; predicted: number[] };
}

/** What the model file says of its properties, in `latentcv.training`. */
export interface PropertiesRecord {
  /** `folds`: each row by a training without it; `validation`: rows that ended the training, but were not learned from. */
  of: 'folds' | 'validation';
  /** How many folds, and the column by whose groups they are. */
  folds?: number;
  group?: string;
  each: PropertyRecord[];
  latent: LatentSample;
  /** Marks of all rows that were learned from or validated (`rowMarks`); absent of too many, and of models made before there were any. */
  rows?: string;
}

/** What held-out predictions say of each property. */
export function propertyRecords({ names, data }: Properties, found: HeldOut): PropertyRecord[] {
  const width = names.length;
  return names.flatMap((name, j) => {
    const column = (table: ArrayLike<number>): Float64Array =>
      Float64Array.from({ length: data.length / width }, (_, row) => table[row * width + j]);
    const [measured, predicted] = [column(data), column(found.predicted)];
    const metrics = propertyMetrics(measured, predicted);
    if (!metrics) return [];
    const rows = [...measured.keys()].filter((row) => Number.isFinite(measured[row] - predicted[row]));
    const baselines = Object.entries(found.baselines).flatMap(([baseline, table]) => {
      const own = propertyMetrics(measured, column(table));
      return own ? [[baseline, own] as const] : [];
    });
    const errors = rows.map((row) => predicted[row] - measured[row]);
    const spread = found.spread && column(found.spread);
    const several = new Set(rows.map((row) => found.folds[row])).size > 1;
    const folds = rows.map((row, i) => (several ? found.folds[row] : i % partsOfOneFold));
    const shown = rows.filter((_, i) => i % Math.ceil(rows.length / mostShown) === 0);
    return [
      {
        name,
        metrics,
        baselines: Object.fromEntries(baselines),
        ...conformalIntervals({ errors, folds, ...(spread && { spread: rows.map((row) => spread[row]) }) }),
        parity: {
          measured: shown.map((row) => Number(measured[row].toPrecision(6))),
          predicted: shown.map((row) => Number(predicted[row].toPrecision(6))),
        },
      },
    ];
  });
}
