import { LatentcvError, digits } from '../support/index.js';
import type { Column } from './dataset.js';

/** Part of a period that a printed number may lie beyond its end by rounding: 3.142 of π. */
const rounding = 1e-3;

/** Refuses values outside the domain that their column is said to have. */
export class Domains {
  private readonly periodic: readonly { column: number; lower: number; upper: number }[];

  constructor(private readonly columns: readonly Column[]) {
    this.periodic = columns.flatMap(({ period }, column) => {
      if (!period) return [];
      const slack = rounding * (period[1] - period[0]);
      return [{ column, lower: period[0] - slack, upper: period[1] + slack }];
    });
  }

  /**
   * Looks at the row at `offset`.
   * @param place where the row stands, for the message
   * @throws LatentcvError `bad-data` for a value outside
   */
  check(row: Float64Array, offset: number, place: () => string): void {
    for (const { column, lower, upper } of this.periodic) {
      const value = row[offset + column];
      if (value < lower || value > upper) throw outside(this.columns[column], value, place());
    }
  }
}

/** `phi from -3.14159 to 3.14159` */
export function domainInWords({ label, period }: Column): string {
  return period ? `${label} from ${digits(period[0], 6)} to ${digits(period[1], 6)}` : label;
}

function outside(column: Column, value: number, place: string): LatentcvError {
  const { label, period } = column;
  const inRadians = Math.abs(period![1] - period![0] - 2 * Math.PI) < 0.01;
  const degrees = inRadians && Math.abs(value) > 2 * Math.PI + 0.01;
  return new LatentcvError(
    'bad-data',
    `expected values of ${domainInWords(column)}, its period, but received ${digits(value, 6)} at ${place}`,
    degrees
      ? `are they degrees? ‘periodic: ${label}=-180..180’ (or 0..360) says so, of a table that tells no period`
      : `‘periodic: ${label}=LOWER..UPPER’ says what they are, of a table that tells no period`,
  );
}

/** Whether two columns have the same domain, or both none. */
export function sameDomain(a: Column['period'], b: Column['period']): boolean {
  if (!a || !b) return !a === !b;
  const tolerance = 1e-6 * (a[1] - a[0]);
  return Math.abs(a[0] - b[0]) <= tolerance && Math.abs(a[1] - b[1]) <= tolerance;
}
