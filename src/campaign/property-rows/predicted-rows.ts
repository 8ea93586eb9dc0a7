import { columnValues, type Column, type Dataset } from '../../frames/index.js';
import type { ModelMetadata } from '../../onnx/index.js';
import {
  isMarked,
  latentPercentiles,
  propertyMetrics,
  relativeWidth,
  someColumns,
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
  /**
   * Rows that it is of: `new` ones, which the model did not learn from; `learned`, where the table has no others (then it tells nothing of
   * new ones); `unknown` where the model does not tell them apart.
   */
  of: 'new' | 'learned' | 'unknown';
  /** Rows with a measured value that the model learned from; null where that is unknown. */
  learned: number | null;
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
    (record?.each ?? []).map((each) => [each.name, halfWidths(each, predicted, level)] as const),
  );
  const ends = [...widths].flatMap(([name, width]) =>
    width === undefined
      ? []
      : [-1, 1].map((sign) => ({
          label: `${name}.${sign < 0 ? 'lower' : 'upper'}`,
          values: columnValues(predicted, name).map((value, row) => value + sign * width[row]),
        })),
  );
  const percentiles = record && latentPercentiles(latentOf(predicted, metadata), record.latent);
  const labels = metadata.inputs.map(({ label }) => label);
  const seen = record?.rows === undefined ? undefined : isMarked(someColumns(table, labels), record.rows);
  return {
    predicted: withColumns(predicted, [
      ...ends,
      ...(percentiles ? [{ label: percentileColumn, values: percentiles }] : []),
    ]),
    ...(ends.length > 0 && { level }),
    far: percentiles?.reduce((count, value) => count + (value > farFrom ? 1 : 0), 0) ?? 0,
    comparisons: measured.flatMap((name) =>
      comparison(name, { predicted, table, seen, widths: widths.get(name) }),
    ),
  };
}

/** Half width of each row's interval at a level; undefined where there were too few rows for it. */
function halfWidths(
  { name, intervals, spread }: PropertiesRecord['each'][number],
  predicted: Dataset,
  level: number,
): Float64Array | undefined {
  const found = intervals.find((each) => each.level === level);
  if (!found)
    throw new LatentcvError(
      'bad-argument',
      `expected a level of the model's intervals but received ${level}`,
      `it has ${intervals.map((each) => each.level).join(', ')}`,
    );
  const { halfWidth } = found;
  if (halfWidth === null) return undefined;
  if (spread === undefined) return new Float64Array(predicted.frames).fill(halfWidth);
  return columnValues(predicted, `${name}.uncertainty`).map((own) => halfWidth * relativeWidth(own, spread));
}

function latentOf(predicted: Dataset, { outputs }: ModelMetadata): Float64Array {
  const cvs = outputs.map(({ name }) => columnValues(predicted, name));
  return Float64Array.from({ length: predicted.frames * cvs.length }, (_, at) =>
    cvs[at % cvs.length].at(Math.floor(at / cvs.length))!,
  );
}

/** Predictions of a table's rows, of which some may have been learned from. */
interface Compared {
  predicted: Dataset;
  table: Dataset;
  /** Whether each row was learned from; undefined where that is unknown. */
  seen: readonly boolean[] | undefined;
  widths: Float64Array | undefined;
}

function comparison(name: string, { predicted, table, seen, widths }: Compared): Comparison[] {
  const [truth, own] = [columnValues(table, name), columnValues(predicted, name)];
  const rows = [...truth.keys()].filter((row) => Number.isFinite(truth[row] - own[row]));
  const fresh = rows.filter((row) => !seen?.[row]);
  const learned = rows.length - fresh.length;
  const kept = fresh.length > 1 ? fresh : rows;
  const metrics = propertyMetrics(
    kept.map((row) => truth[row]),
    kept.map((row) => own[row]),
  );
  if (!metrics) return [];
  const held = widths && kept.filter((row) => Math.abs(truth[row] - own[row]) <= widths[row]).length;
  return [
    {
      name,
      of: !seen ? 'unknown' : kept === fresh ? 'new' : 'learned',
      learned: seen ? learned : null,
      metrics,
      coverage: held === undefined ? null : held / kept.length,
    },
  ];
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
