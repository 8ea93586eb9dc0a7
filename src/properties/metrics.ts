/** How well a property is predicted on rows that were not learned from. */
export interface PropertyMetrics {
  /** Rows in which it was measured. */
  rows: number;
  /** 1 − mean squared error / variance over these rows. */
  r2: number;
  /** Mean absolute error and root of the mean squared error, in the property's unit. */
  mae: number;
  rmse: number;
  /** MAE by the mean absolute deviation from the median: of an educated guess it is 1. */
  maeOverGuess: number;
}

/**
 * Metrics of predictions of one property; rows whose value or prediction is missing (NaN) do not count.
 * @param measured, predicted `[rows]`, in one unit
 */
export function propertyMetrics(
  measured: ArrayLike<number>,
  predicted: ArrayLike<number>,
): PropertyMetrics | undefined {
  const rows = Array.from({ length: measured.length }, (_, i) => i).filter(
    (i) => Number.isFinite(measured[i]) && Number.isFinite(predicted[i]),
  );
  if (rows.length < 2) return undefined;
  const mean = averageOf(rows, (i) => measured[i]);
  const middle = median(rows.map((i) => measured[i]));
  const error = (i: number): number => predicted[i] - measured[i];
  const squared = averageOf(rows, (i) => error(i) ** 2);
  const mae = averageOf(rows, (i) => Math.abs(error(i)));
  return {
    rows: rows.length,
    r2: 1 - squared / averageOf(rows, (i) => (measured[i] - mean) ** 2),
    mae,
    rmse: Math.sqrt(squared),
    maeOverGuess: mae / averageOf(rows, (i) => Math.abs(measured[i] - middle)),
  };
}

const averageOf = (rows: readonly number[], value: (row: number) => number): number =>
  rows.reduce((sum, row) => sum + value(row) / rows.length, 0);

/** The middle value; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
