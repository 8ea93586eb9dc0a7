import { columnValues, type Column, type Dataset } from '../../frames/index.js';
import type { ModelMetadata } from '../../onnx/index.js';
import {
  latentPercentiles,
  propertyMetrics,
  usualLevel,
  type PropertiesRecord,
  type PropertyMetrics,
} from '../../properties/index.js';
import { LatentcvError } from '../../support/index.js';

/** The percentile of distances in the latent from which on a prediction is an extrapolation. */
const farFrom = 99;

/** How a property compares with what was measured of the same rows. */
export interface Comparison {
  name: string;
  metrics: PropertyMetrics;
  /** Part of the rows that the intervals held; null without intervals. */
  coverage: number | null;
}

/** What a model says of rows, and of how sure it is. */
export interface PredictedRows {
  /** With the ends of the interval of each property, and how far each row is from the training's in the latent. */
  predicted: Dataset;
  /** Level of the intervals; absent without them. */
  level?: number;
  /** Rows that lie farther from the training's in the latent than 99 % of these from one another. */
  far: number;
  comparisons: Comparison[];
}

/** The column of how far a row is from the training's in the latent. */
export const percentileColumn = 'latent.percentile';

/**
 * Adds to predictions of rows what the model knows of their errors: conformal intervals, and the percentile of the distance to
 * the nearest training row in the latent. Where the table holds measured values they are compared.
 * @param predicted as `predict` gives it
 * @param table with the columns `measured`, NaN where one is missing
 * @throws LatentcvError `bad-argument` for a level that the model has no interval of
 */
export function predictedRows(
  predicted: Dataset,
  metadata: ModelMetadata,
  { table, measured, level = usualLevel }: { table: Dataset; measured: readonly string[]; level?: number },
): PredictedRows {
  const record = (metadata.training as { properties?: PropertiesRecord } | null)?.properties;
  const widths = new Map(
    (record?.each ?? []).map(({ name, intervals }) => [name, widthAt(intervals, level)]),
  );
  const ends = [...widths].flatMap(([name, width]) =>
    width === undefined
      ? []
      : [-width, width].map((by, i) => ({
          label: `${name}.${i === 0 ? 'lower' : 'upper'}`,
          values: columnValues(predicted, name).map((value) => value + by),
        })),
  );
  const percentiles = record && latentPercentiles(latentOf(predicted, metadata), record.latent);
  return {
    predicted: withColumns(predicted, [
      ...ends,
      ...(percentiles ? [{ label: percentileColumn, values: percentiles }] : []),
    ]),
    ...(ends.length > 0 && { level }),
    far: percentiles?.reduce((count, value) => count + (value > farFrom ? 1 : 0), 0) ?? 0,
    comparisons: measured.flatMap((name) => comparison(name, predicted, table, widths.get(name))),
  };
}

/** Half width at a level; undefined where there were too few rows for it. */
function widthAt(
  intervals: PropertiesRecord['each'][number]['intervals'],
  level: number,
): number | undefined {
  const found = intervals.find((each) => each.level === level);
  if (found) return found.halfWidth ?? undefined;
  throw new LatentcvError(
    'bad-argument',
    `expected a level of the model's intervals but received ${level}`,
    `it has ${intervals.map((each) => each.level).join(', ')}`,
  );
}

function latentOf(predicted: Dataset, { outputs }: ModelMetadata): Float64Array {
  const cvs = outputs.map(({ name }) => columnValues(predicted, name));
  return Float64Array.from({ length: predicted.frames * cvs.length }, (_, at) =>
    cvs[at % cvs.length].at(Math.floor(at / cvs.length))!,
  );
}

function comparison(
  name: string,
  predicted: Dataset,
  table: Dataset,
  width: number | undefined,
): Comparison[] {
  const [truth, own] = [columnValues(table, name), columnValues(predicted, name)];
  const metrics = propertyMetrics(truth, own);
  if (!metrics) return [];
  const errors = Array.from(truth, (value, row) => Math.abs(value - own[row])).filter(Number.isFinite);
  const held = width === undefined ? null : errors.filter((error) => error <= width).length / errors.length;
  return [{ name, metrics, coverage: held }];
}

function withColumns(dataset: Dataset, more: readonly { label: string; values: Float64Array }[]): Dataset {
  const before = dataset.columns.length;
  const columns: Column[] = [...dataset.columns, ...more.map(({ label }) => ({ label }))];
  const data = new Float64Array(dataset.frames * columns.length);
  for (let row = 0; row < dataset.frames; row++) {
    data.set(dataset.data.subarray(row * before, (row + 1) * before), row * columns.length);
    more.forEach(({ values }, i) => (data[row * columns.length + before + i] = values[row]));
  }
  return { ...dataset, columns, data };
}
