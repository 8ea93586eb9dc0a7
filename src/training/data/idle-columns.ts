import type { Dataset } from '../../frames/index.js';
import type { IdleColumn } from '../learnable.js';

/** Relative round-off of sums over many frames in double precision, and of a number in single precision. */
const doubleRoundoff = 1e-12;
const singleRoundoff = 2 ** -23;

/** Part of a deviation beyond which differences are never round-off, however large the numbers are. */
const mostTolerance = 1e-3;

/** A column measured from its mean in its own deviation; a periodic one as it is. */
interface Measured {
  column: number;
  mean: number;
  deviation: number;
  /** What round-off does to a value so measured. */
  noise: number;
  periodic: boolean;
  constant: boolean;
}

function measure({ data, columns, frames }: Dataset, column: number): Measured | undefined {
  const width = columns.length;
  let [sum, min, max, single] = [0, Infinity, -Infinity, true];
  for (let at = column; at < data.length; at += width) {
    const value = data[at];
    if (!Number.isFinite(value)) return undefined;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
    single &&= Math.fround(value) === value;
  }
  const size = Math.max(Math.abs(min), Math.abs(max));
  const constant = max - min <= 1e-9 * size;
  const periodic = columns[column].period !== undefined;
  const mean = periodic ? 0 : sum / frames;
  let squares = 0;
  for (let at = column; at < data.length; at += width) squares += (data[at] - mean) ** 2;
  const deviation = periodic ? 1 : Math.sqrt(squares / frames);
  const roundoff = single ? singleRoundoff : doubleRoundoff;
  return { column, mean, deviation, noise: (4 * roundoff * size) / deviation, periodic, constant };
}

/** Whether one column is the other times a number plus another, to round-off; of periodic ones, the same. */
function isCopy({ data, columns }: Dataset, a: Measured, b: Measured): boolean {
  if (a.periodic !== b.periodic) return false;
  const tolerance = Math.min(a.noise + b.noise, mostTolerance);
  return (a.periodic ? [1] : [1, -1]).some((sign) => {
    for (let row = 0; row < data.length; row += columns.length) {
      const first = (data[row + a.column] - a.mean) / a.deviation;
      const second = (data[row + b.column] - b.mean) / b.deviation;
      if (!(Math.abs(first - sign * second) <= tolerance)) return false;
    }
    return true;
  });
}

/**
 * Columns that do not change, and copies of an earlier one (correlation 1 or −1 to round-off): a network learns nothing
 * from them. Columns with values that are not finite are none.
 * @param among places of the columns that are looked at; all where left out
 */
export function idleColumns(
  dataset: Dataset,
  among: readonly number[] = [...dataset.columns.keys()],
): IdleColumn[] {
  const { columns, data } = dataset;
  const measured = among.flatMap((column) => measure(dataset, column) ?? []);
  const moving = measured.filter(({ constant }) => !constant);
  // copies are neighbours by the size of their first value
  const key = ({ column, mean, deviation }: Measured): number => Math.abs((data[column] - mean) / deviation);
  const sorted = moving.toSorted((a, b) => key(a) - key(b) || a.column - b.column);
  const why = new Map<number, string>();
  for (const { column, constant } of measured) if (constant) why.set(column, 'it is constant');
  for (const [place, each] of sorted.entries()) {
    const original = originalOf(dataset, sorted, place, key);
    if (original !== undefined) why.set(each.column, `it is a copy of ${columns[original].label}`);
  }
  return columns.flatMap(({ label }, i) => (why.has(i) ? [{ label, why: why.get(i)! }] : []));
}

/** The first column that this one is a copy of, among its neighbours on both sides. */
function originalOf(
  dataset: Dataset,
  sorted: readonly Measured[],
  place: number,
  key: (each: Measured) => number,
): number | undefined {
  const own = sorted[place];
  const found: number[] = [];
  for (const step of [-1, 1])
    for (let at = place + step; at >= 0 && at < sorted.length; at += step) {
      const other = sorted[at];
      if (Math.abs(key(other) - key(own)) > mostTolerance) break;
      if (other.column < own.column && isCopy(dataset, own, other)) found.push(other.column);
    }
  return found.length > 0 ? Math.min(...found) : undefined;
}
