import { nearestRow, type NearestRow } from '../properties/index.js';

/** Rows of CVs, each CV by its range in training. */
export interface LatentRows {
  /** Row-major `[rows, k]`. */
  values: Float64Array;
  k: number;
}

/** Of training rows, those whose distances to their neighbours tell how dense they lie. */
const mostAsked = 2000;
/** Part of the training rows that have a neighbour within the limit. */
const quantile = 0.95;

/** The training rows in the latent, and how far from the nearest of them a point may lie. */
export class TrainingDensity {
  /** Largest distance to the nearest training row: 95 % of them have another one within it. */
  readonly limit: number;

  constructor(readonly rows: LatentRows) {
    const count = rows.values.length / rows.k;
    const stride = Math.max(1, Math.floor(count / mostAsked));
    const own: number[] = [];
    for (let row = 0; row < count; row += stride) own.push(this.nearest(rows.values, row, row).distance);
    const sorted = own.filter(Number.isFinite).sort((a, b) => a - b);
    this.limit = sorted[Math.ceil(quantile * sorted.length) - 1] ?? 0;
  }

  /** The training row nearest to a row of some table, itself (`but`) left out. */
  nearest(values: Float64Array, row: number, but = -1): NearestRow {
    const { values: own, k } = this.rows;
    return nearestRow(values.subarray(row * k, (row + 1) * k), own, but);
  }

  /** Brings a row that lies too far out back to the limit about its nearest training row, in place. */
  pullBack(values: Float64Array, row: number): void {
    const { values: own, k } = this.rows;
    const { row: near, distance } = this.nearest(values, row);
    if (distance <= this.limit) return;
    const part = this.limit / distance;
    for (let j = 0; j < k; j++) {
      const centre = own[near * k + j];
      values[row * k + j] = centre + part * (values[row * k + j] - centre);
    }
  }
}
