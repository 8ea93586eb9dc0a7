import { columnValues, type Dataset } from '../frames/index.js';
import type { ModelMetadata } from '../onnx/index.js';
import { rowsOf } from './decode.js';
import type { Landscape, Said } from './landscape.js';

/** Rows of a table with what they are called. */
export interface NamedRows {
  dataset: Dataset;
  /** Name of each row. */
  names?: readonly string[];
}

/** A real row near a candidate. */
export interface NearRow {
  /** In its table, from 0. */
  row: number;
  name?: string;
  /** In the latent, by the CVs' ranges in training. */
  distance: number;
  /** What its table has of the properties, in the model's order; NaN for those that it has not. */
  properties: number[];
}

/** Rows of a table in the latent, and what the model says of them. */
export interface KnownRows extends NamedRows {
  latent: Float64Array;
  said: Said;
  /** `[rows][p]` as measured, NaN where the table has none. */
  measured: (row: number) => number[];
}

export async function knownRows(
  landscape: Landscape,
  rows: NamedRows,
  metadata: ModelMetadata,
): Promise<KnownRows> {
  const { dataset } = rows;
  const inputs = metadata.inputs.map(({ label }) => columnValues(dataset, label));
  const said = await landscape.said(rowsOf(inputs, dataset.frames));
  const there = new Set(dataset.columns.map(({ label }) => label));
  const columns = metadata.properties!.map((label) =>
    there.has(label) ? columnValues(dataset, label) : undefined,
  );
  return {
    ...rows,
    latent: landscape.toLatent(said.cv),
    said,
    measured: (row) => columns.map((values) => values?.[row] ?? NaN),
  };
}

export function deviation(values: Float64Array, width: number, column: number): number {
  const own = values.filter((_, i) => i % width === column);
  const mean = own.reduce((sum, value) => sum + value / own.length, 0);
  return Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2 / own.length, 0));
}

/** Euclidean. */
export const distance = (a: Float64Array, b: Float64Array): number =>
  Math.sqrt(a.reduce((sum, value, j) => sum + (value - b[j]) ** 2, 0));

/** What tells the rows of a table that are nearest to a place in the latent. */
export function nearestRows({ latent: values, names, measured }: KnownRows, k: number, count: number) {
  const rows = values.length / k;
  return (latent: Float64Array): NearRow[] => {
    const distances = Float64Array.from({ length: rows }, (_, row) =>
      distance(latent, values.subarray(row * k, (row + 1) * k)),
    );
    const order = [...distances.keys()].sort((a, b) => distances[a] - distances[b]).slice(0, count);
    return order.map((row) => ({
      row,
      ...(names && { name: names[row] }),
      distance: distances[row],
      properties: measured(row),
    }));
  };
}
